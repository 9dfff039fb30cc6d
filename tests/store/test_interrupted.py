"""Old state or new state at every kill and every failing call, never anything between, and the next change heals."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from kbtool.store.journal import JOURNAL
from kbtool.store.transaction import commit
from tests.store.changes import AFTER, NEW, OLD, REFUSALS, UNFINISHED, change, committing, copied, disk, put, view
from tests.store.faults import (
    DONE,
    KILLED,
    NOT_REACHED,
    REFUSED,
    Fault,
    at_each_call,
    ever_since,
    fails,
    fails_after,
    kept_at_each_state,
    kill,
    kill_half_way,
    once,
    short_write,
)

SHOWS = {DONE: [NEW], UNFINISHED: [NEW], REFUSED: [OLD], KILLED: [OLD, NEW], NOT_REACHED: [NEW]}
"""What readers may see after a change that ended so."""

CALLS_OF_A_CHANGE = 80
"""At least so many calls to the system change the disk in one change of four files with four new folders."""


def heals(root: Path) -> None:
    """The next change finishes or forgets the interrupted one, and leaves nothing behind."""
    commit(root, change(view(root), AFTER))
    assert view(root) == AFTER
    assert disk(root) == AFTER


@pytest.mark.parametrize(
    ("fault", "when", "ends"),
    [
        (kill, once, {KILLED}),
        (kill_half_way, once, {KILLED}),
        (fails(errno.ENOSPC), once, {DONE, REFUSED, UNFINISHED}),
        (fails(errno.EIO), once, {DONE, REFUSED, UNFINISHED}),
        (fails(errno.EIO), ever_since, {DONE, REFUSED, UNFINISHED}),
        (fails_after(errno.EIO), once, {DONE, REFUSED, UNFINISHED}),
        (short_write, ever_since, {DONE}),
    ],
    ids=["kill", "torn-write", "full", "failing", "dead-from-then-on", "done-but-failing", "short-writes"],
)
def test_every_call(ground: Path, fault: Fault, when: Callable[[int], Callable[[int], bool]], ends: set[int]) -> None:
    """Nothing is lost: writes survive a kill at any point."""
    met = set()
    for step in count(1):
        root = put(ground / str(step) / "kb")
        end = at_each_call(committing(root, change(OLD, NEW)), fault, when(step), REFUSALS)
        assert view(root) in SHOWS[end]
        assert view(root) in (OLD, NEW)
        heals(root)
        if end == NOT_REACHED:
            break
        met.add(end)
    assert step > CALLS_OF_A_CHANGE
    assert met == ends


def test_a_kill_at_every_line(ground: Path) -> None:
    root = put(ground / "base" / "kb")
    states = kept_at_each_state(committing(root, change(OLD, NEW)), root.parent, ground / "states")
    seen = [view(state / "kb") for state in states]
    for state in states:
        heals(state / "kb")
    turn = seen.index(NEW)
    assert seen == [OLD] * turn + [NEW] * (len(seen) - turn)
    assert turn > 10
    assert len(seen) - turn > 10


@pytest.mark.parametrize("fault", [kill, fails(errno.EIO)], ids=["kill", "failing"])
def test_finishing_an_interrupted_change_may_be_interrupted_too(ground: Path, fault: Fault) -> None:
    """Rolling forward is the same however often it begins."""
    assert cut_short(put(ground / "cut" / "kb")) == KILLED
    for step in count(1):
        root = copied(ground / "cut", ground / str(step)) / "kb"
        end = at_each_call(committing(root, change(NEW, AFTER)), fault, once(step), REFUSALS)
        assert view(root) in (NEW, AFTER)
        assert (view(root) == NEW) <= (end in {KILLED, REFUSED})
        heals(root)
        if end == NOT_REACHED:
            break
    assert step > 40


def cut_short(root: Path) -> int:
    """A change that is made, and killed when two of its four files are in place."""

    def third(_: int) -> bool:
        return len([name for name, raw in NEW.items() if OLD.get(name) != raw and disk(root).get(name) == raw]) == 2

    return at_each_call(committing(root, change(OLD, NEW)), kill, third, REFUSALS)


def test_other_people_may_read_the_journal_and_a_file_keeps_its_mode(ground: Path) -> None:
    root = put(ground / "kb")
    (root / "tea/steeping.yaml").chmod(0o640)
    before = os.umask(0o077)
    try:
        assert cut_short(root) == KILLED
        assert (root / JOURNAL).stat().st_mode & 0o777 == 0o755
        assert {path.stat().st_mode & 0o777 for path in (root / JOURNAL).iterdir()} == {0o644}
        commit(root, [])
    finally:
        os.umask(before)
    assert (root / "tea/steeping.yaml").stat().st_mode & 0o777 == 0o640
    assert (root / "reviewed/1.json").stat().st_mode & 0o777 == 0o644
