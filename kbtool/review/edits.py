"""What a review changes in the files of a base, as values: new files, and one scalar of a record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kbtool.records.base import KnowledgeBase
from kbtool.review.reviewed import ReviewState
from kbtool.review.standing import StandingValue
from kbtool.yamlsource.splice import SpliceError, splice

STATUS = ("review", "status")
"""The one scalar of a record that the tool writes."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One file to write; `expects` is what it holds now, None where it must not exist."""

    name: str
    """Name inside the base."""
    content: bytes
    expects: bytes | None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something is not done: one sentence, and what to do next."""

    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class StatusChange:
    """A record whose status is written anew."""

    claim: str
    before: StandingValue
    after: StandingValue
    edit: Edit


def status_change(base: KnowledgeBase, claim: str, status: StandingValue) -> StatusChange | Refusal | None:
    """The change that makes the record say `status`; None where it says so already."""
    record = base.claims[claim]
    before = record.model.review.status
    if before == status:
        return None
    try:
        changed = splice(record.raw, STATUS, status)
    except SpliceError as error:
        hint = "write the line 'status:' of the block 'review' on its own, and try again"
        return Refusal(f"the status of {claim!r} cannot be written: {error}", hint)
    return StatusChange(claim, before, status, Edit(f"{claim}.yaml", changed, record.raw))


def status_changes(base: KnowledgeBase, state: ReviewState) -> Iterator[StatusChange | Refusal]:
    """Every record whose status is not what its decisions amount to, by id; without decisions that is `draft`."""
    for claim in sorted(base.claims):
        if change := status_change(base, claim, state.claims[claim].status):
            yield change
