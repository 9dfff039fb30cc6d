"""The decisions on a claim as a release shows them: who decided what about which content, and whether it counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from kbtool.release.parts import ReleasedDecision

if TYPE_CHECKING:
    from datetime import date

    from kbtool.model.decision import Verb
    from kbtool.review.weighed import Decision

LABELS: Mapping[Verb, str] = {
    "approve": "Approved",
    "reaffirm": "Approved again after seeing what changed",
    "request-changes": "Asked for changes",
    "dispute": "Disputed",
    "withdraw": "Withdrew",
    "comment": "Commented",
}
"""What each kind of decision is called, for readers."""


def released_decisions(
    decisions: Iterable[Decision], roles: Mapping[str, tuple[str, ...]], as_of: date
) -> tuple[ReleasedDecision, ...]:
    """Those made by the day `as_of`, in the order in which they hold; notes stay in the base."""
    return tuple(
        ReleasedDecision(
            kind=each.predicate.decision,
            reviewer=each.predicate.by,
            roles=roles.get(each.predicate.by, ()),
            on=each.predicate.on,
            content=each.content,
            file=each.digest,
            counts=each.counts,
        )
        for each in decisions
        if each.predicate.on <= as_of
    )
