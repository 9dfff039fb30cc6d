"""What the policy asks of a claim's review: its risk, who must approve, how long an approval holds."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import MAXYEAR, date

from kbtool.model.claim import ClaimBase
from kbtool.model.policy import ApprovalNeed, Lifetime, Policy, Risk
from kbtool.review.conditions import holds


@dataclass(frozen=True, slots=True)
class Need:
    """What one claim's approval takes."""

    risk: Risk
    people: int
    """How many different people."""
    roles: tuple[str, ...]
    """Roles of which each must be held by one of them."""
    months: int | None
    """How long it holds; None for ever."""


def need_of(claim: ClaimBase, policy: Policy) -> Need:
    """What the policy asks for this claim; where it says nothing, one person of any role, for ever."""
    risk = risk_of(claim, policy)
    fits = (need for need in policy.approvals if _fits(need, risk, claim))
    approval = next(fits, ApprovalNeed())
    months = [lifetime.months for lifetime in policy.lifetimes if _fits(lifetime, risk, claim)]
    return Need(risk, max(1, approval.people), approval.roles, min(months, default=None))


def risk_of(claim: ClaimBase, policy: Policy) -> Risk:
    """How much harm a wrong claim can do, as the policy sees it."""
    return next((rule.risk for rule in policy.risks if holds(rule.when, claim)), "low")


def months_after(day: date, months: int) -> date:
    """The same day of the month so many months later; the last day of the month where there is no such day.

    The last day that the calendar has where the months go beyond it.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > MAXYEAR:
        return date.max
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _fits(rule: ApprovalNeed | Lifetime, risk: Risk, claim: ClaimBase) -> bool:
    return (not rule.risks or risk in rule.risks) and holds(rule.when, claim)
