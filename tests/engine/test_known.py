"""What was known of the files comes back as it was, and a walk differs from it by exactly what changed."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool.engine import known as module
from kbtool.engine.known import LATER, TABLE, Known, known_files, parts_of, seen_in
from kbtool.records.layout import FileKind, kind_of
from kbtool.store.cache import Damaged
from kbtool.store.scan import WIDTH, Scan

NAMES = (
    "kb.yaml",
    "tea/one.yaml",
    "tea/two.yaml",
    "evidence/trial.yaml",
    "tea/notes.doc",
    "README.md",
    "tea/\udcff.yaml",
)
OLD = 100
Base = dict[str, tuple[int, int]]
"""Time and content of each file, by its name."""
BASES = st.dictionaries(st.sampled_from(NAMES), st.tuples(st.integers(1, 120), st.integers(0, 3)))


def walk(base: Base) -> Scan:
    """The walk of a base, every file in the one folder."""
    numbers = array("q", [n for time, _ in base.values() for n in (1, 2, time, time, 3)])
    return Scan((("", len(base)),), list(base), numbers)


def digest(content: int) -> str:
    """A made-up digest."""
    return f"{content:064x}"


@settings(max_examples=40, deadline=None)
@given(steps=st.lists(BASES, min_size=1, max_size=5), most=st.integers(0, 4))
def test_a_walk_differs_from_what_was_known_by_what_changed(steps: list[Base], most: int) -> None:
    """Files are held against those of the last run: their stat data, and their bytes where these differ."""
    kept: dict[str, bytes] = {}
    before: Base = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_MOST_LATER", most)
        for step in steps:
            base = {name: told_apart(name, found, before) for name, found in step.items()}
            kept |= looked_at(base, before, known_files(kept.get))
            before = base


def told_apart(name: str, found: tuple[int, int], before: Base) -> tuple[int, int]:
    """A file as a walk finds it: with the same old time it has the same content."""
    earlier = before.get(name, (0, 0))
    return earlier if found[0] == earlier[0] <= OLD else found


def looked_at(base: Base, before: Base, known: Known) -> dict[str, bytes]:
    """Hold a base against what is known of the one before; what is kept of it."""
    read: list[str] = []

    def digests(names: list[str]) -> Iterable[str]:
        read.extend(names)
        return [digest(base[name][1]) for name in names]

    seen = seen_in(known, walk(base), digests)
    both = before.keys() & base.keys()
    assert seen.fresh == sorted(name for name in base if name not in both or base[name][1] != before[name][1])
    assert seen.removed == sorted(before.keys() - base.keys())
    assert set(read) == {name for name in both if base[name][0] != before[name][0] or before[name][0] > OLD}
    assert set(seen.touched) == set(read) - set(seen.fresh)
    assert seen.kinds == {name: kind_of(name) for name in before.keys() | base.keys()}
    return parts_of(known, seen, walk(base), OLD, lambda name: digest(base[name][1]))


def test_a_table_of_another_length_is_damaged() -> None:
    table = Known(["kb.yaml"], array("q", range(WIDTH)), [digest(1)], [FileKind.CONFIG]).as_table()
    assert known_files({TABLE: table, LATER: b"{}"}.get).names == ["kb.yaml"]
    with pytest.raises(Damaged):
        known_files({TABLE: table[:-1]}.get)
