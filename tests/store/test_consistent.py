"""A reader sees the files of one moment, whatever a writer does between two of its lines."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from itertools import count, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool.store.read import NoBase, read_base
from kbtool.store.transaction import Write, commit
from tests.store.changes import AFTER, NEW, OLD, REFUSALS, State, change, committing, copied, disk, put, view
from tests.store.faults import DONE, KILLED, STORE, at_each_call, kill, once

if TYPE_CHECKING:
    from types import FrameType

THREE = [OLD, NEW, AFTER]


def whole(root: Path) -> None:
    """A change from beginning to end."""
    commit(root, change(OLD, NEW))


def two(root: Path) -> None:
    """Two changes in a row."""
    commit(root, change(OLD, NEW))
    commit(root, change(NEW, AFTER))


def killed(root: Path, step: int = 62) -> None:
    """A change whose process is killed when some of its files are in place."""
    assert at_each_call(committing(root, change(OLD, NEW)), kill, once(step), REFUSALS) == KILLED
    assert view(root) == NEW
    assert disk(root) != NEW


def rolled_forward(root: Path) -> None:
    """An interrupted change is finished and another one made."""
    commit(root, change(NEW, AFTER))


def read_with(root: Path, meanwhile: Callable[[Path], None], step: int) -> tuple[State, bool]:
    """What a reader sees when something else happens before its `step`-th line, and whether it came to that."""
    seen = 0

    def trace(frame: FrameType, event: str, _: object) -> Any:
        nonlocal seen
        if STORE not in frame.f_code.co_filename:
            return None
        if event == "line":
            seen += 1
            if seen == step:
                sys.settrace(None)
                meanwhile(root)
                sys.settrace(trace)
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        found = view(root)
    finally:
        sys.settrace(before)
    return found, seen >= step


@pytest.mark.parametrize("meanwhile", [whole, two, killed])
def test_a_change_between_any_two_lines_of_a_reader(ground: Path, meanwhile: Callable[[Path], None]) -> None:
    views = []
    for step in count(1):
        root = put(ground / str(step) / "kb")
        found, reached = read_with(root, meanwhile, step)
        if not reached:
            break
        assert found in THREE
        views.append(found)
    assert OLD in views
    assert NEW in views or AFTER in views
    assert step > 150


def finished(root: Path) -> None:
    """An interrupted change is finished."""
    commit(root, [])


@pytest.mark.parametrize(("meanwhile", "states"), [(rolled_forward, [NEW, AFTER]), (finished, [NEW])])
def test_finishing_a_change_between_any_two_lines_of_a_reader(
    ground: Path, meanwhile: Callable[[Path], None], states: list[State]
) -> None:
    views = []
    killed(put(ground / "killed" / "kb"))
    for step in count(1):
        root = copied(ground / "killed", ground / str(step)) / "kb"
        found, reached = read_with(root, meanwhile, step)
        if not reached:
            break
        assert found in states
        views.append(found)
    assert all(state in views for state in states)


def test_a_writer_at_work_all_the_time(ground: Path) -> None:
    """Every file of a state names the state; no reader ever sees two names."""
    states = [{f"tea/{name}.yaml": b"%d\n" % turn * 50 for name in "abcdefgh"} for turn in range(40)]
    root = put(ground / "kb", {"kb.yaml": b"title: Tea\n"} | states[0])
    child = os.fork()
    if not child:
        code = 1
        try:
            for before, after in pairwise(states):
                commit(root, change(before, after))
            code = DONE
        finally:
            os._exit(code)
    met = set()
    while os.waitpid(child, os.WNOHANG) == (0, 0):
        try:
            files = {file.name: file.raw for file in read_base(root, "kb").files.base}
        except NoBase as error:
            assert "never stops changing" in str(error)  # noqa: PT017
            continue
        assert len({raw for name, raw in files.items() if name != "kb.yaml"}) == 1
        met.add(files["tea/a.yaml"])
    assert len(met) > 1
    assert {name: raw for name, raw in view(root).items() if name != "kb.yaml"} == states[-1]


def test_a_base_that_never_stops_changing(ground: Path) -> None:
    root = put(ground / "kb")
    turns = count()

    def again(_: Path) -> None:
        commit(root, [Write("log/1.txt", b"%d" % next(turns), view(root)["log/1.txt"])])

    def trace(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code.co_name == "_schema_folder":
            sys.settrace(None)
            again(root)
            sys.settrace(trace)

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        with pytest.raises(NoBase, match="'kb' never stops changing") as caught:
            read_base(root, "kb")
    finally:
        sys.settrace(before)
    assert caught.value.hint == "wait until the other kbtool process has ended"


NAMES = ("kb.yaml", "tea/a.yaml", "tea/b.yaml", "decisions/tea/a/1.json", "thé/é.yaml")
STATES = st.dictionaries(st.sampled_from(NAMES[1:]), st.binary(max_size=40), max_size=4)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(STATES, st.integers(0, 110)), min_size=1, max_size=5))
def test_any_changes_with_kills_against_a_model(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[State, int]]
) -> None:
    """A process killed at any point leaves the old state or the new one, and the next begins from what is seen."""
    root = put(tmp_path_factory.mktemp("model") / "kb", {"kb.yaml": b"title: Tea\n"})
    model = view(root)
    for files, step in changes:
        after = model | files
        end = at_each_call(committing(root, change(model, after)), kill, once(step), REFUSALS)
        now = view(root)
        assert now in (model, after)
        assert end == KILLED or now == after
        model = now
    commit(root, [])
    assert disk(root) == model == view(root)
