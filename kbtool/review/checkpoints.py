"""Checkpoints of the log: which key had to sign one, whether it holds, and whether it is a beginning of the log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from kbtool.model.base_config import LogKey
from kbtool.model.decision import GovernanceStatement
from kbtool.review.keys import KeyProblem, PublicKey
from kbtool.review.merkle import Tree, root_at
from kbtool.review.note import Checkpoint, Note, NoteProblem, read_checkpoint, read_note, verify_note
from kbtool.review.statements import Signed

Chain: TypeAlias = Sequence[Signed[GovernanceStatement]]
"""Governance statements in the order of their numbers."""


@dataclass(frozen=True, slots=True)
class LogKeys:
    """Which key signs a checkpoint: that of the last governance among its entries, before the first that of kb.yaml."""

    first: LogKey | None
    changes: tuple[tuple[int, LogKey | None], ...]
    """From which size on which key, in order."""

    def at(self, size: int) -> LogKey | None:
        """The key of a checkpoint over so many entries."""
        return next((key for start, key in reversed(self.changes) if start <= size), self.first)


def log_keys(names: Sequence[str], key: LogKey | None, chain: Chain) -> LogKeys:
    """The keys of a log, one after another; a change counts from the checkpoint on that takes it up.

    `names` are the files that the log has taken up, in order; `key` is the one in kb.yaml.
    """
    said = {signed.file: signed.statement.predicate.log for signed in chain}
    return LogKeys(key, tuple((number, said[name]) for number, name in enumerate(names, 1) if name in said))


def checkpoint_of(raw: bytes, keys: LogKeys) -> Checkpoint | str:
    """A checkpoint signed by the key that the log had at its size, or why it is none."""
    note = read_note(raw)
    if isinstance(note, NoteProblem):
        return note.message
    said = read_checkpoint(note.text)
    if isinstance(said, NoteProblem):
        return said.message
    key = keys.at(said.size)
    return _verified(note, said, key) if key else "kb.yaml names no log key"


def _verified(note: Note, said: Checkpoint, key: LogKey) -> Checkpoint | str:
    """The checkpoint that a note says, where it is this log's and its key signed it, else what is wrong with it."""
    public = PublicKey.from_text(key.public)
    if isinstance(public, KeyProblem):
        return public.message
    signers = verify_note(note, {key.origin: public})
    if isinstance(signers, NoteProblem):
        return signers.message
    return said if said.origin == key.origin else f"it is a checkpoint of another log, '{said.origin}'"


def forked(older: Checkpoint, tree: Tree) -> str:
    """Why an older checkpoint is no beginning of this log, or "" where it is one."""
    if older.size > tree.size:
        return f"the older checkpoint has {older.size} entries and the log only {tree.size}: it was rolled back"
    if root_at(older.size, tree) != older.root:
        return f"the first {older.size} entries are not those of the older checkpoint: there is a fork"
    return ""
