"""What a release must know of the review of a base: standings, who approved, why something was withdrawn, the log."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kbtool.release.parts import Approver, LogState, Tombstone
from kbtool.review import base64text
from kbtool.review.standing import Standing, standing_of

if TYPE_CHECKING:
    from datetime import date

    from kbtool.model.claim import ClaimBase
    from kbtool.records import KnowledgeBase
    from kbtool.review.reviewed import ClaimReview, ReviewState


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The review of a base, as far as a release shows it."""

    standing: Callable[[ClaimBase], Standing] = standing_of
    roles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Roles of each reviewer by id, sorted."""
    withdrawn: Mapping[str, Tombstone] = field(default_factory=dict)
    """What the decisions to withdraw leave, by claim id."""
    checkpoint: LogState | None = None

    def approvers(self, standing: Standing) -> tuple[Approver, ...]:
        """Who approved, where the standing says so; nobody of a claim that is not approved as it is."""
        if standing.value != "approved":
            return ()
        return tuple(Approver(id_, self.roles.get(id_, ())) for id_ in standing.approvers)

    def tombstone(self, claim: ClaimBase, standing: Standing) -> Tombstone:
        """What remains of a withdrawn claim."""
        return self.withdrawn.get(claim.id) or Tombstone(claim.id, None, standing.reason, None)


UNREVIEWED = Reviewed()
"""Of a base of which no decisions are known: a typed status never approves."""


def reviewed(base: KnowledgeBase, state: ReviewState, as_of: date) -> Reviewed:
    """The review of a base on the day for which `state` was weighed."""
    people = base.reviewers.model.reviewers
    tombstones = {id_: _tombstone(id_, review, as_of) for id_, review in state.claims.items()}
    return Reviewed(
        standing=lambda claim: state.claims[claim.id].standing,
        roles={person.id: tuple(sorted(person.roles)) for person in people},
        withdrawn={id_: found for id_, found in tombstones.items() if found},
        checkpoint=_checkpoint(state),
    )


def _tombstone(id_: str, review: ClaimReview, as_of: date) -> Tombstone | None:
    """Date, reason and successor of the first decision to withdraw that counts."""
    for decision in review.decisions:
        said = decision.predicate
        if decision.counts and said.decision == "withdraw" and said.on <= as_of:
            return Tombstone(id_, said.on, said.note or "", said.successor)
    return None


def _checkpoint(state: ReviewState) -> LogState | None:
    if state.log is None or state.log.checkpoint is None:
        return None
    return LogState(state.log.checkpoint.size, base64text.encode(state.log.checkpoint.root))
