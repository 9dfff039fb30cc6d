"""Putting the edits of a review into a base, all of them or none; records follow what others decided meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from kbtool.records.assemble import assemble
from kbtool.records.base import KnowledgeBase
from kbtool.review.decide import Decisions
from kbtool.review.edits import Edit, StatusChange, status_change
from kbtool.review.state import review_state
from kbtool.store.read import read_base
from kbtool.store.transaction import Busy, Conflict, FileRefused, Unfinished, Write, commit

_TRIES = 5
"""How often a record's status is written anew where others keep deciding about the same claim."""


def write_edits(root: Path, edits: Sequence[Edit]) -> None:
    """Write all the files or none, and touch nothing where there are none; raises what `commit` raises."""
    if edits:
        commit(root, [Write(edit.name, edit.content, edit.expects) for edit in edits])


def write_decisions(root: Path, made: Decisions, base: KnowledgeBase) -> None:
    """Write decisions that were made on `base`, which was read from `root`.

    Raises what `kbtool.store.transaction.commit` raises; then nothing was decided, or (Unfinished) all of it was.
    """
    write_edits(root, made.edits)
    before = frozenset(base.review) | {edit.name for edit in made.edits}
    if crowded := [one.claim for one in made.decided if not _decisions(root, one.claim) <= before]:
        try:
            settle(root, crowded)
        except (Busy, FileRefused) as error:
            message = f"the decision is made, but the status in the record could not follow: {error.message}"
            raise Unfinished(message, "run 'kbtool review sync'") from error


def settle(root: Path, claims: Iterable[str]) -> None:
    """Let the records of these claims say what all decisions on them amount to.

    Two people who decide about one claim at the same time each write the status without knowing of the other; whoever
    is last sees both decisions here. Raises what `commit` raises, Conflict where others never stop.
    """
    wanted = sorted(claims)
    for _ in range(_TRIES - 1):
        try:
            write_edits(root, _status_edits(root, wanted))
        except Conflict:
            continue
        return
    write_edits(root, _status_edits(root, wanted))


def _status_edits(root: Path, claims: Sequence[str]) -> list[Edit]:
    base = assemble(read_base(root, ".").files).base
    if base is None:
        return []
    state = review_state(base, date.max)
    changes = [status_change(base, claim, state.claims[claim].status) for claim in claims if claim in base.claims]
    return [change.edit for change in changes if isinstance(change, StatusChange)]


def _decisions(root: Path, claim: str) -> frozenset[str]:
    """Names of the decisions on a claim that stand on the disk now."""
    folder = f"decisions/{claim}"
    return frozenset(f"{folder}/{path.name}" for path in (root / folder).iterdir() if path.suffix == ".json")
