"""What people must do once a base is in its new version: claims to look at again, changes that root keys must sign."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from kbtool.review.state import review_state
from kbtool.schemas.migrate import Migrated

_GOVERNED = frozenset({"policy.yaml", "reviewers.yaml"})
"""Files whose exact bytes the root keys have agreed on."""


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A claim that was approved, and is not approved in its new form."""

    claim: str
    why: str


def unsettled(made: Migrated, as_of: date) -> Iterator[Unsettled]:
    """The claims whose decisions amount to an approval, of another content than the one that is there afterwards.

    Decisions are never migrated: they stand as they were signed, for what was shown then. Nothing comes of a base that
    no model here reads.
    """
    base = made.loaded.base if made.loaded else None
    if base is None:
        return
    for id_, review in sorted(review_state(base, as_of).claims.items()):
        now = review.content.digest if review.content else ""
        if review.status == "approved" and review.standing.approved_content != now:
            yield Unsettled(id_, "; ".join(review.standing.causes) or review.standing.reason)


def to_be_agreed(made: Migrated) -> tuple[str, ...]:
    """Changed files that the root keys must agree on anew, where there are root keys; sorted."""
    base = made.loaded.base if made.loaded else None
    if base is None or not base.config.model.root.keys:
        return ()
    names = (PurePosixPath(change.file.name).name for change in made.rewritten)
    return tuple(sorted(_GOVERNED.intersection(names)))
