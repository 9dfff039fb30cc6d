"""Standing: how a claim stands with its reviewers, with the reason in words.

This version keeps no decisions. So nothing can back a status, and a status that somebody typed never makes a claim
approved: the gate of a release must hold even where nobody ran the checks first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from kbtool.model.claim import ClaimBase

StandingValue = Literal["draft", "in-review", "approved", "needs-review", "changes-requested", "disputed", "withdrawn"]
"""Every standing a claim can have; labels and definitions are in the vocabulary's `statuses`."""

NOT_REVIEWED = "not reviewed by a qualified person"
"""What is shown with every claim that no qualified person has approved."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a claim stands, and why."""

    value: StandingValue
    reason: str
    """One sentence, lower-case first letter, no full stop."""


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


def notice_of(standing: Standing) -> str | None:
    """What must be shown with a claim of this standing; None where it is approved."""
    return None if standing.value == "approved" else NOT_REVIEWED
