"""Taking up what waits into the log: in one order, under a new checkpoint, or not at all.

Run in one place, on the published branch. Governance comes first, so that a revocation stands before whatever a revoked
key signed and nobody had logged; then decisions by their day and digest, each behind those that its reviewer saw.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kbtool.model.base_config import LogKey
from kbtool.records.base import KnowledgeBase
from kbtool.records.layout import BaseFile
from kbtool.review.content import digest_of
from kbtool.review.edits import Edit, Refusal
from kbtool.review.keys import PrivateKey
from kbtool.review.log import CHECKPOINT, ENTRIES, OLDER, Entry, Log
from kbtool.review.merkle import tree_of
from kbtool.review.note import Checkpoint, checkpoint_text, sign_note
from kbtool.review.problem import ReviewProblem
from kbtool.review.reviewed import ReviewState
from kbtool.review.weighed import Decision, in_order

_TAKEN_UP = ("decisions/", "governance/", "reviewed/", "kb.yaml", "policy.yaml", "reviewers.yaml")
"""Where files or states that cannot be logged as they are would lie."""


@dataclass(frozen=True, slots=True)
class Sequenced:
    """What a checkpoint adds to the log, and the files that say so; nothing where nothing waited."""

    added: tuple[Entry, ...]
    checkpoint: Checkpoint | None
    edits: tuple[Edit, ...]


def sequence(base: KnowledgeBase, state: ReviewState, key: PrivateKey, on: date) -> Sequenced | Refusal:
    """Take up everything that waits, as of the day `on`, signed with the log's key; or why that cannot be."""
    log_key, log = base.config.model.log, state.log
    if log_key is None or log is None:
        hint = "pin one with 'kbtool govern init', agreed by the root keys"
        return Refusal("kb.yaml names no log key, so no checkpoint can be signed", hint)
    if key.public().to_text() != log_key.public:
        message = f"the key given, '{key.public().to_text()}', is not the log's, '{log_key.public}'"
        return Refusal(message, "give the key of 'log' in kb.yaml; a new one must be agreed by the root keys first")
    waiting = _waiting(state)
    if refusal := _broken(state, log) or _bad_day(log, waiting, state, on):
        return refusal
    if not waiting:
        return Sequenced((), log.checkpoint, ())
    added = tuple(Entry(name, digest_of(base.review[name].raw), on) for name in waiting)
    return _signed(base.review, (*log.entries, *added), added, log_key, key)


def _broken(state: ReviewState, log: Log) -> Refusal | None:
    """What keeps the log from growing: it does not hold itself, or something that waits does not."""
    if log.problems:
        return _refusal("the log does not hold", log.problems)
    logged = log.numbers
    bad = [p for p in state.problems if p.file not in logged and p.file.startswith(_TAKEN_UP)]
    return _refusal("what waits cannot be logged", bad) if bad else None


def _refusal(what: str, problems: tuple[ReviewProblem, ...] | list[ReviewProblem]) -> Refusal:
    first = problems[0]
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    return Refusal(f"{what}: {first.file}: {first.message} [{first.rule}]{more}", first.hint)


def _bad_day(log: Log, waiting: tuple[str, ...], state: ReviewState, on: date) -> Refusal | None:
    if log.entries and on < log.entries[-1].on:
        message = f"the day {on} is before {log.entries[-1].on}, the day of the last entry of the log"
        return Refusal(message, "entries are dated in the order of the log")
    stated = _stated_days(state)
    for name in waiting:
        if stated[name] > on:
            return Refusal(f"{name!r} is dated {stated[name]}, after {on}, the day of the checkpoint", _WRONG_DAY)
    return None


_WRONG_DAY = "make the checkpoint on that day or later; if the file's day is wrong, it must be made anew"


def _stated_days(state: ReviewState) -> dict[str, date]:
    """The day that each readable file of decisions and governance states, by name."""
    days = {d.file: d.predicate.on for d in _decisions(state)}
    chain = state.governance.chain if state.governance else ()
    return days | {signed.file: signed.statement.predicate.on for signed in chain}


def _decisions(state: ReviewState) -> Iterator[Decision]:
    for review in state.claims.values():
        yield from review.decisions


def _waiting(state: ReviewState) -> tuple[str, ...]:
    """Names of the files that wait, in the order in which the log takes them up."""
    pending = frozenset(state.pending)
    governance = sorted(name for name in pending if name.startswith("governance/"))
    decisions = in_order(d for d in _decisions(state) if d.file in pending)
    return (*governance, *(d.file for d in decisions))


def _signed(
    files: Mapping[str, BaseFile],
    entries: tuple[Entry, ...],
    added: tuple[Entry, ...],
    log_key: LogKey,
    key: PrivateKey,
) -> Sequenced:
    lines = [entry.line() for entry in entries]
    tree = tree_of(lines)
    checkpoint = Checkpoint(log_key.origin, tree.size, tree.root)
    note = sign_note(checkpoint_text(checkpoint), log_key.origin, key)
    contents = {
        ENTRIES: b"".join(line + b"\n" for line in lines),
        CHECKPOINT: note,
        f"{OLDER}{tree.size}": note,
    }
    edits = tuple(Edit(name, content, files[name].raw if name in files else None) for name, content in contents.items())
    return Sequenced(added, checkpoint, edits)
