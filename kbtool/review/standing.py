"""Standing: how a claim stands on a day, with every reason in words. A pure function of decisions, content and policy.

`status_of` folds decisions alone, without clock or content: that is what the tool writes into the record. `standing_on`
adds the day and the content of now. Doubt that comes from other claims is added in `kbtool.review.cascade`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from kbtool.model.claim import ClaimBase
from kbtool.review.needs import Need, months_after
from kbtool.review.weighed import Decision, People

StandingValue = Literal["draft", "in-review", "approved", "needs-review", "changes-requested", "disputed", "withdrawn"]
"""Every standing a claim can have; labels and definitions are in the vocabulary's `statuses`."""

NOT_REVIEWED = "not reviewed by a qualified person"
"""What is shown with every claim that no qualified person has approved."""

APPROVING = frozenset({"approve", "reaffirm"})

_DIFFERS = "differs"
"""Stands for a digest where approvals name different ones; equal to none."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a claim stands, and why."""

    value: StandingValue
    reason: str
    """One sentence, lower-case first letter, no full stop."""
    causes: tuple[str, ...] = ()
    """Each thing that is missing, has changed or has run out, in words."""
    approvers: tuple[str, ...] = ()
    """Ids of those whose approval of the present content counts, sorted."""
    approved_on: date | None = None
    """The oldest of the approvals that carry it: the newest ones that are enough."""
    lapses_on: date | None = None
    """The first day on which the approval no longer holds."""
    approved_content: str | None = None
    """Digest of the content last approved in full, which may be an older one."""
    rests_on: Mapping[str, str] = field(default_factory=dict)
    """What the approvals that carry it name as resting on: digests by name."""


@dataclass(frozen=True, slots=True)
class Case:
    """What standing is a function of, the day apart."""

    content: str
    """Digest of the content as it is now."""
    decisions: Sequence[Decision]
    """All decisions on the claim, as `kbtool.review.weighed.in_order` has them; those that do not count too."""
    need: Need
    people: People
    open_reports: int = 0


def status_of(case: Case) -> StandingValue:
    """The clock-free outcome of the decisions alone, whatever the content has become since."""
    counted = [d for d in case.decisions if d.counts]
    if any(d.predicate.decision == "withdraw" for d in counted):
        return "withdrawn"
    if disputers(counted):
        return "disputed"
    decided = [d for d in counted if d.predicate.decision != "comment"]
    if not decided:
        return "draft"
    newest = decided[-1].content
    if objectors(counted, newest):
        return "changes-requested"
    return "in-review" if missing(counted, newest, case) else "approved"


def standing_on(case: Case, as_of: date) -> Standing:
    """The standing on a day, from the claim's own decisions and content."""
    counted = [d for d in case.decisions if d.counts and d.predicate.on <= as_of]
    for d in counted:
        if d.predicate.decision == "withdraw":
            after = f"; see {d.predicate.successor}" if d.predicate.successor else ""
            reason = f"withdrawn by {d.predicate.by} on {d.predicate.on}: {d.predicate.note}{after}"
            return Standing("withdrawn", reason)
    if found := disputers(counted):
        return Standing("disputed", *_said(found, "disputed by {by} on {on}: {note}"))
    return _approval(case, counted, as_of)


def _said(found: Sequence[Decision], form: str) -> tuple[str, tuple[str, ...]]:
    """The words of the first of the decisions, and of all."""
    words = tuple(form.format(by=d.predicate.by, on=d.predicate.on, note=d.predicate.note) for d in found)
    return words[0], words


def _approval(case: Case, counted: list[Decision], as_of: date) -> Standing:
    if found := objectors(counted, case.content):
        return Standing("changes-requested", *_said(found, "{by} asked for changes on {on}: {note}"))
    lacking = missing(counted, case.content, case)
    if not lacking:
        return _approved(case, counted, as_of)
    if earlier := _approved_before(case, counted):
        newest = earlier[-1].predicate
        reason = f"what was approved on {newest.on} has changed since"
        old = earlier[-1].content
        return Standing("needs-review", reason, tuple(lacking), approved_content=old, rests_on=newest.rests_on)
    if all(d.predicate.decision == "comment" for d in counted):
        return Standing("draft", f"no decision has been made: {NOT_REVIEWED}", tuple(lacking))
    here = tuple(sorted({d.predicate.by for d in approvals(counted, case.content)}))
    return Standing("in-review", f"not yet approved: {'; '.join(lacking)}", tuple(lacking), here)


def _approved_before(case: Case, counted: list[Decision]) -> list[Decision]:
    """The approvals of the content that was decided about last and is approved in full; none where there is none."""
    by_content: dict[str, list[Decision]] = {}
    for d in counted:
        by_content[d.content] = by_content.pop(d.content, [])
        by_content[d.content].append(d)
    full = (content for content in reversed(by_content) if not missing(by_content[content], content, case))
    return next((approvals(by_content[content], content) for content in full), [])


def _approved(case: Case, counted: list[Decision], as_of: date) -> Standing:
    found = approvals(counted, case.content)
    carrying = _carrying(found, case)
    oldest = min(d.predicate.on for d in carrying)
    lapses = months_after(oldest, case.need.months) if case.need.months is not None else None
    causes = []
    if lapses is not None and as_of >= lapses:
        causes.append(f"the approval of {oldest} lapsed on {lapses}")
    if case.open_reports:
        causes.append(f"{case.open_reports} report{'s' * (case.open_reports != 1)} by readers without an answer")
    who = tuple(sorted({d.predicate.by for d in found}))
    return Standing(
        value="needs-review" if causes else "approved",
        reason=causes[0] if causes else f"approved by {', '.join(who)}",
        causes=tuple(causes),
        approvers=who,
        approved_on=oldest,
        lapses_on=lapses,
        approved_content=case.content,
        rests_on=_agreed(carrying),
    )


def _carrying(found: Sequence[Decision], case: Case) -> list[Decision]:
    """The newest approvals that are enough; older ones neither shorten the approval nor tie it to older contents."""
    carrying: list[Decision] = []
    for d in sorted(found, key=lambda d: d.predicate.on, reverse=True):
        if _lacking({each.predicate.by for each in carrying}, case):
            carrying.append(d)
    return carrying


def _agreed(carrying: Sequence[Decision]) -> dict[str, str]:
    """What all of the approvals name with the same digest; where they differ, one at least is about something else."""
    named = [d.predicate.rests_on for d in carrying]
    agreed = {name: {rests.get(name, "") for rests in named} for rests in named for name in rests}
    return {name: digests.pop() if len(digests) == 1 else _DIFFERS for name, digests in agreed.items()}


def approvals(counted: Sequence[Decision], content: str) -> list[Decision]:
    """Of each person, the newest decision on this content, where it approves; in order."""
    newest = _newest(d for d in counted if d.content == content)
    return [d for d in newest if d.predicate.decision in APPROVING]


def objectors(counted: Sequence[Decision], content: str) -> list[Decision]:
    """Of each person, the newest decision on this content, where it asks for changes; in order."""
    newest = _newest(d for d in counted if d.content == content)
    return [d for d in newest if d.predicate.decision == "request-changes"]


def disputers(counted: Sequence[Decision]) -> list[Decision]:
    """Of each person, the newest decision on any content, where it disputes; a dispute outlives edits."""
    return [d for d in _newest(counted) if d.predicate.decision == "dispute"]


def _newest(counted: Iterable[Decision]) -> list[Decision]:
    """The newest decision of each person, comments apart, in order.

    An unsigned one stands beside what its namesake signed and takes nothing back: anybody could have written it.
    """
    newest: dict[tuple[str, bool], Decision] = {}
    for d in counted:
        if d.predicate.decision != "comment":
            for signed in {d.signed, False}:
                newest.pop((d.predicate.by, signed), None)
            newest[d.predicate.by, d.signed] = d
    return list(newest.values())


def missing(counted: Sequence[Decision], content: str, case: Case) -> list[str]:
    """What the approvals of a content lack of what policy asks for, in words; empty where it is all there."""
    return _lacking({d.predicate.by for d in approvals(counted, content)}, case)


def _lacking(who: AbstractSet[str], case: Case) -> list[str]:
    held = frozenset(role for id_ in who if id_ in case.people for role in case.people[id_].roles)
    lacking = [f"approval by a {role} is missing" for role in case.need.roles if role not in held]
    short = case.need.people - len(who)
    if short > len(lacking):
        lacking.append(f"{short} of {case.need.people} approvals missing")
    return lacking


def notice_of(standing: Standing) -> str | None:
    """What must be shown with a claim of this standing; None where it is approved."""
    return None if standing.value == "approved" else NOT_REVIEWED


def standing_of(claim: ClaimBase) -> Standing:
    """The standing of a claim of which no decision is kept.

    A typed `approved` gives `draft`; every other status keeps a claim back or marks it, so it stands as written.
    """
    status = claim.review.status
    if status == "draft":
        return Standing("draft", f"no decision has been made: {NOT_REVIEWED}")
    if status == "approved":
        return Standing("draft", f"the record says 'approved' and no decision backs it: {NOT_REVIEWED}")
    return Standing(status, f"the record says '{status}' and no decision backs it")
