"""The review state of a base on a day: each claim's decisions, content and standing, and everything that does not hold.

Where nobody ever decided anything and no key is pinned, there is nothing to verify, and none of it is imported.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from kbtool.model.claim import ClaimBase
from kbtool.records.base import KnowledgeBase
from kbtool.review.needs import Need, need_of
from kbtool.review.reviewed import ClaimReview, ReviewState
from kbtool.review.standing import Case, standing_on

if TYPE_CHECKING:
    from kbtool.review.changes import Change
    from kbtool.review.known import Known


def review_state(base: KnowledgeBase, as_of: date, known: Known | None = None) -> ReviewState:
    """Read, verify and weigh everything that was decided about the claims of a base.

    `known` is what is known of its claims beforehand; without it all of it is worked out from their records.
    """
    config = base.config.model
    if base.review or config.root.keys or config.log or base.reviewers.model.reviewers:
        from kbtool.review.weigh import weighed_state  # noqa: PLC0415 - cryptography is needed only here

        return weighed_state(base, as_of, known)
    claims = {id_: undecided(record.model, base, as_of) for id_, record in base.claims.items()}
    return ReviewState(claims, None, None, {}, (), ())


def changes_since_approval(review: ClaimReview, state: ReviewState) -> tuple[Change, ...]:
    """What differs between the content last approved in full and that of now; empty where either is not there."""
    from kbtool.review.changes import changes  # noqa: PLC0415 - for those who show a difference only

    before = state.kept.get(review.standing.approved_content or "")
    if before is None or review.content is None:
        return ()
    return changes(before.value, review.content.value)


def counts_by_standing(state: ReviewState) -> Counter[str]:
    """How many claims there are of each standing."""
    return Counter(review.standing.value for review in state.claims.values())


def undecided(claim: ClaimBase, base: KnowledgeBase, as_of: date) -> ClaimReview:
    """The review of a claim of a base in which nobody ever decided anything."""
    return _waiting(need_of(claim, base.policy.model), as_of)


@lru_cache(maxsize=256)
def _waiting(need: Need, as_of: date) -> ClaimReview:
    """Where nothing is decided, claims with the same need stand alike; a policy has few needs."""
    return ClaimReview(None, (), need, "draft", standing_on(Case("", (), need, {}), as_of))
