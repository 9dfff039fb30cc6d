"""A small base on disk, a review decision that changes four of its files, and what readers and the disk then show."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from kbtool.store.lock import LOCK, Busy
from kbtool.store.read import read_base
from kbtool.store.transaction import FileRefused, Unfinished, Write, commit
from tests.store.faults import Refusals

State = dict[str, bytes]

UNFINISHED = 12
"""How a child ends whose change is made but not in place."""
REFUSALS: Refusals = (FileRefused, Busy)

CLAIM, DECISION, REVIEWED, LOG = "tea/steeping.yaml", "decisions/tea/steeping/1.json", "reviewed/1.json", "log/1.txt"
OLD: State = {"kb.yaml": b"title: Tea\n", CLAIM: b"status: draft\n", LOG: b"", "tea/cups.yaml": b"id: tea/cups\n"}
NEW: State = OLD | {CLAIM: b"status: approved\n", DECISION: b"{}\n", REVIEWED: b'{"a": 1}\n', LOG: b"approved\n" * 99}
AFTER: State = NEW | {"tea/cups.yaml": b"id: tea/cups\nnotes: later\n"}


def put(root: Path, state: State = OLD) -> Path:
    """A base with these files, and a schema folder beside it; its folder."""
    for name, raw in (*state.items(), ("../schema/vocabulary.yaml", b"{}\n"), ("../schema/policy.yaml", b"{}\n")):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
    return root


def copied(folder: Path, to: Path) -> Path:
    """The same folder again, elsewhere."""
    return shutil.copytree(folder, to)


def change(before: State, after: State) -> tuple[Write, ...]:
    """What leads from one state to the other."""
    return tuple(Write(name, raw, before.get(name)) for name, raw in after.items() if before.get(name) != raw)


def view(root: Path) -> State:
    """What a reader sees; it has nothing to complain of."""
    read = read_base(root, "kb")
    assert read.diagnostics == ()
    return {file.name: file.raw for file in read.files.base}


def disk(root: Path) -> State:
    """Every file on the disk, hidden ones too, but for the lock."""
    files = {path.relative_to(root).as_posix(): path for path in root.rglob("*") if not path.is_dir()}
    return {name: path.read_bytes() for name, path in files.items() if name != LOCK}


def committing(root: Path, writes: Sequence[Write]) -> Callable[[], None]:
    """What makes a change in a child process."""

    def act() -> None:
        try:
            commit(root, writes)
        except Unfinished:
            os._exit(UNFINISHED)

    return act


def refused(root: Path, *writes: Write) -> FileRefused:
    """The refusal of a change, which changed nothing."""
    before = disk(root)
    with pytest.raises(FileRefused) as caught:
        commit(root, writes)
    assert disk(root) == before
    assert caught.value.hint
    return caught.value
