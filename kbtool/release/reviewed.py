"""What a release must know of the review of a base: standings, who approved, why something was withdrawn, the log."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kbtool.release.decided import released_decisions
from kbtool.release.parts import Approver, LogState, ReleasedDecision, Tombstone
from kbtool.review import base64text
from kbtool.review.standing import Standing, standing_of

if TYPE_CHECKING:
    from datetime import date

    from kbtool.model.claim import ClaimBase
    from kbtool.records.base import KnowledgeBase
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
    decisions: Mapping[str, tuple[ReleasedDecision, ...]] = field(default_factory=dict)
    """What was decided about each claim by the day of the release, by claim id."""

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
    roles = {person.id: tuple(sorted(person.roles)) for person in base.reviewers.model.reviewers}
    decided = {id_: released_decisions(r.decisions, roles, as_of) for id_, r in state.claims.items() if r.decisions}
    tombstones = {id_: _tombstone(id_, state.claims[id_], found) for id_, found in decided.items()}
    return Reviewed(
        standing=lambda claim: state.claims[claim.id].standing,
        roles=roles,
        withdrawn={id_: found for id_, found in tombstones.items() if found},
        checkpoint=_checkpoint(state),
        decisions=decided,
    )


def _tombstone(id_: str, review: ClaimReview, released: tuple[ReleasedDecision, ...]) -> Tombstone | None:
    """Date, reason and successor of the first decision to withdraw that counts."""
    first = next((each for each in released if each.counts and each.kind == "withdraw"), None)
    if first is None:
        return None
    said = next(each.predicate for each in review.decisions if each.digest == first.file)
    return Tombstone(id_, said.on, said.note or "", said.successor, first)


def _checkpoint(state: ReviewState) -> LogState | None:
    if state.log is None or state.log.checkpoint is None:
        return None
    return LogState(state.log.checkpoint.size, base64text.encode(state.log.checkpoint.root))
