"""Dates and order are claims, and the log bounds them: what a decision names of it was there, and in that order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kbtool.model.decision import CheckpointRef, ReviewPredicate, ReviewStatement
from kbtool.review import base64text
from kbtool.review.log import Entry, Log
from kbtool.review.merkle import root_at
from kbtool.review.problem import ReviewProblem
from kbtool.review.statements import Signed

_WRONG = "the date is wrong; decide again with the right one"
_RESTORE = "restore the file from the repository's history; a decision is never deleted"


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the dates and references of decisions are held against."""

    log: Log
    numbers: Mapping[str, int]
    """Number in the log of each logged file, by name."""
    decisions: Mapping[str, str]
    """Name of the file of each decision of the base, readable or not, by its digest."""


def out_of_bounds(item: Signed[ReviewStatement], bounds: Bounds) -> Iterator[ReviewProblem]:
    """What does not fit the log: the decision's day, the checkpoint that it names, the decisions that it saw."""
    predicate, subject = item.statement.predicate, item.statement.subject[0].name
    number = bounds.numbers.get(item.file)
    if number is not None and predicate.on > (taken := bounds.log.entries[number].on):
        message = f"dated {predicate.on}, after {taken}, when the log took it up"
        yield ReviewProblem("decision-misdated", item.file, message, _WRONG, subject)
    for rule, message, hint in _named_checkpoint(predicate, number, bounds.log):
        yield ReviewProblem(rule, item.file, message, hint, subject)
    for rule, message, hint in _seen(predicate, number, bounds):
        yield ReviewProblem(rule, item.file, message, hint, subject)


_Fault = tuple[str, str, str]
"""Rule, message, hint."""


def _named_checkpoint(predicate: ReviewPredicate, number: int | None, log: Log) -> Iterator[_Fault]:
    named = predicate.checkpoint
    if named is None or named.size == 0:
        return
    if named.size > len(log.entries) or (number is not None and named.size > number):
        message = f"it names a checkpoint of {named.size} entries, which the log did not have"
        yield "decision-misdated", message, "the log was rolled back or the decision moved; restore them"
    elif not _is_of(named, log):
        message = f"the checkpoint of {named.size} entries that it names is not one of this log: there is a fork"
        yield "log-forked", message, "the reviewer was shown another history; find out which one was published"
    elif predicate.on < (known := _last(named, log)).on:
        message = f"dated {predicate.on}, before {known.on}, the day of the checkpoint that it names"
        yield "decision-misdated", message, "it was back-dated; decide again with the right date"


def _is_of(named: CheckpointRef, log: Log) -> bool:
    return base64text.encode(root_at(named.size, log.tree)) == named.root


def _last(named: CheckpointRef, log: Log) -> Entry:
    """The newest entry under the checkpoint."""
    return log.entries[named.size - 1]


def _seen(predicate: ReviewPredicate, number: int | None, bounds: Bounds) -> Iterator[_Fault]:
    for digest in predicate.saw:
        file = bounds.decisions.get(digest)
        if file is None:
            yield (
                "logged-file-missing",
                f"the decision '{digest[:16]}…', which its reviewer had seen, is gone",
                _RESTORE,
            )
        elif number is not None and not bounds.numbers.get(file, number) < number:
            message = f"the log has it before '{digest[:16]}…', which its reviewer had seen"
            yield "decision-misdated", message, "the entries of the log were put into another order; restore it"
