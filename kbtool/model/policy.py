"""The policy: severities of rules, and which claims need which caveats and evidence."""

from typing import Annotated, Literal

from pydantic import Field

from kbtool.model.base import Count, Model, Slug, Text, Truth, term


class When(Model):
    """Which claims a requirement is about; every part that is given must hold."""

    types: tuple[Annotated[Slug, term("claim_types")], ...] = ()
    """Claim types; empty for any."""
    ratings: tuple[Annotated[Slug, term("ratings")], ...] = ()
    """Verdict ratings; empty for any."""
    polarity: Literal["asserted", "denied"] | None = None
    """Polarity; absent for either."""
    mentions: tuple[Text, ...] = ()
    """Words that must all stand in the statement, in any case."""


class CaveatNeed(Model):
    """Claims that need a caveat."""

    when: When
    """Which claims."""
    any_of: tuple[Annotated[Slug, term("caveat_kinds")], ...] = Field(min_length=1)
    """At least one caveat of these kinds."""
    why: Text
    """The reason, shown with the diagnostic."""


class EvidenceNeed(Model):
    """Claims that need evidence."""

    when: When
    """Which claims."""
    at_least: Count
    """How many evidence records must be cited."""
    why: Text
    """The reason, shown with the diagnostic."""


Risk = Literal["high", "medium", "low"]
"""How much harm a wrong claim can do."""


class RiskRule(Model):
    """The risk of the claims that a condition holds for; the first rule that holds decides, else `low`."""

    when: When
    """Which claims."""
    risk: Risk
    """Their risk."""


class ApprovalNeed(Model):
    """Who must approve claims of a risk; the first that fits decides."""

    risks: tuple[Risk, ...] = ()
    """Risks; empty for any."""
    when: When = When()
    """Which claims."""
    people: Count = 1
    """How many different people."""
    roles: tuple[Slug, ...] = ()
    """Roles of which each must be held by one of them."""


class Lifetime(Model):
    """How long an approval holds; the shortest that fits decides."""

    risks: tuple[Risk, ...] = ()
    """Risks; empty for any."""
    when: When = When()
    """Which claims."""
    months: Count
    """Months from the earliest approval that counts."""


class Policy(Model):
    """What needs what, and how much each rule weighs."""

    severities: dict[Slug, Literal["error", "warning", "note", "off"]] = Field(default_factory=dict)
    """Severity of a rule where it differs from the rule's own; locked rules cannot be lowered."""
    caveats: tuple[CaveatNeed, ...] = ()
    """Which claims need which caveats."""
    evidence: tuple[EvidenceNeed, ...] = ()
    """Which claims need evidence."""
    risks: tuple[RiskRule, ...] = ()
    """How harmful a wrong claim would be; orders the review queue and selects approvals."""
    approvals: tuple[ApprovalNeed, ...] = ()
    """Who must approve; where none fits, one person of any role."""
    lifetimes: tuple[Lifetime, ...] = ()
    """How long an approval holds; without one, for ever."""
    interests_months: Count = 12
    """How old a reviewer's statement of interests may be when they decide."""
    pending_counts: Truth = True
    """Whether a decision counts before a checkpoint has logged it."""
