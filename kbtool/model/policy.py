"""The policy: severities of rules, and which claims need which caveats and evidence."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from kbtool.model.base import Count, Model, Slug, Text, term


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


class Policy(Model):
    """What needs what, and how much each rule weighs."""

    severities: dict[Slug, Literal["error", "warning", "note", "off"]] = {}
    """Severity of a rule where it differs from the rule's own; locked rules cannot be lowered."""
    caveats: tuple[CaveatNeed, ...] = ()
    """Which claims need which caveats."""
    evidence: tuple[EvidenceNeed, ...] = ()
    """Which claims need evidence."""
