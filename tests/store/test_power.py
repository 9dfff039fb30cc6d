"""A loss of power keeps only what was forced to the disk; that too is the old state or the new one."""

from __future__ import annotations

import os
import shutil
from itertools import count
from pathlib import Path

import pytest

from kbtool.store.transaction import commit, pending
from tests.store.changes import AFTER, CLAIM, NEW, OLD, State, change, disk, put, view
from tests.store.power import Disk
from tests.store.test_journal import journal_of, lay


@pytest.mark.parametrize("names_survive", [False, True])
def test_a_loss_of_power_after_every_call(ground: Path, names_survive: bool) -> None:
    """Writes survive a kill at any point, that of the whole machine included."""
    root = put(ground / "kb")
    shutil.copytree(ground / "schema", ground / "lost/schema")
    turns, views = count(1), []

    def lose(model: Disk) -> None:
        left = ground / "lost" / str(next(turns))
        model.put(left, names_survive=names_survive)
        views.append(view(left))

    Disk(root, lose).during(lambda: commit(root, change(OLD, NEW)))
    assert view(root) == NEW
    turn = views.index(NEW)
    assert views == [OLD] * turn + [NEW] * (len(views) - turn)
    assert turn > 20
    assert pending(ground / "lost" / str(len(views))) == {}
    for number, seen in enumerate(views, start=1):
        heals(ground / "lost" / str(number), seen)


def test_a_text_put_in_place_by_hand_is_forced_to_the_disk_before_the_journal_goes(ground: Path) -> None:
    root = put(ground / "kb")
    shutil.copytree(ground / "schema", ground / "lost/schema")
    lay(root, journal_of(OLD, NEW))

    def act() -> None:
        handle = os.open(root / "reviewed.txt", os.O_WRONLY | os.O_CREAT)
        os.write(handle, NEW[CLAIM])
        os.close(handle)
        (root / "reviewed.txt").replace(root / CLAIM)
        commit(root, [])

    model = Disk(root, lambda _: None)
    model.during(act)
    model.put(ground / "lost/kb", names_survive=False)
    assert view(ground / "lost/kb") == NEW


def heals(left: Path, seen: State) -> None:
    """The next change brings the disk to one state."""
    commit(left, change(seen, AFTER))
    assert disk(left) == AFTER


def test_the_model_loses_what_was_not_forced(ground: Path) -> None:
    """The model itself: without a forced folder a new file is gone, without forced bytes it is empty."""
    root = put(ground / "kb")
    model = Disk(root, lambda _: None)

    def write() -> None:
        (root / "new").mkdir()

    model.during(write)
    for survive in (False, True):
        model.put(ground / str(survive), names_survive=survive)
    assert not (ground / "False/new").exists()
    assert (ground / "True/new").is_dir()
