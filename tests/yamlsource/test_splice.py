"""Changing one scalar: that path alone changes, every other byte stays, or it is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.diagnostics import Path
from kbtool.yamlsource.parse import Data, parse
from kbtool.yamlsource.places import locate
from kbtool.yamlsource.splice import SpliceError, splice
from tests.yamlsource.samples import RECORD, mutated, texts

CHANGES: tuple[tuple[str, Path, str, str], ...] = (
    ("a: b\nc: d\n", ("a",), "new text", "a: new text\nc: d\n"),
    ("a: b\n", ("a",), "", 'a: ""\n'),
    ("a: b\n", ("a",), "null", 'a: "null"\n'),
    ("a: b\n", ("a",), "c: d", 'a: "c: d"\n'),
    ("a: b\n", ("a",), "c\nd", 'a: "c\\nd"\n'),
    ("a: 'b'  # why\n", ("a",), "c", 'a: "c"  # why\n'),
    ("a: {b: c}  # why\n", ("a", "b"), "d", "a: {b: d}  # why\n"),
    ("a: {b: c}\n", ("a", "b"), "d e", 'a: {b: "d e"}\n'),
    ("a: >-\n  b\n  c\n\n# x\nd: e\n", ("a",), "f", "a: f\n\n# x\nd: e\n"),
    ("a:\n  - b\n  - c\n", ("a", 1), "d", "a:\n  - b\n  - d\n"),
    ("a: b\n", ("a",), "b", "a: b\n"),
)

REFUSED: tuple[tuple[bytes, Path, str, str], ...] = (
    (b"a: ~\n", ("a",), "b", "the file cannot be read"),
    (b"a: b\n", ("c",), "b", "no text stands at 'c'"),
    (b"a: [b]\n", ("a",), "b", "no text stands at 'a'"),
    (b"a: |  # why\n  b\n", ("a",), "c", "cannot be changed"),
    (b"a: b\n", ("a",), "\x00", "cannot be changed"),
    (b"a: b\n", ("a",), "\ud800", "cannot be changed"),
    (b"a: b\n", ("a",), "x" * 3_000, "cannot be changed"),
)


@pytest.mark.parametrize(("text", "path", "new", "changed"), CHANGES)
def test_changes_one_scalar(text: str, path: Path, new: str, changed: str) -> None:
    assert splice(text.encode(), path, new).decode() == changed


@pytest.mark.parametrize(("raw", "path", "new", "message"), REFUSED)
def test_refuses_what_it_cannot_prove(raw: bytes, path: Path, new: str, message: str) -> None:
    with pytest.raises(SpliceError, match=message):
        splice(raw, path, new)


def _set(data: Data, path: Path, new: str) -> Data:
    if not path:
        return new
    copy = data.copy() if isinstance(data, (dict, list)) else data
    copy[path[0]] = _set(copy[path[0]], path[1:], new)  # type: ignore[index]
    return copy


@given(raw=st.one_of(st.just(RECORD.encode()), mutated()), which=st.integers(0, 30), new=texts)
def test_only_that_path_changes(raw: bytes, which: int, new: str) -> None:
    """Proves "change one scalar [...] and prove that exactly that path changed; every other byte stays"."""
    data = parse(raw).data
    if not data:
        return
    places = locate(raw)
    path = sorted(places.scalars, key=str)[which % len(places.scalars)] if places.scalars else ()
    try:
        changed = splice(raw, path, new)
    except SpliceError:
        return
    assert parse(changed).data == _set(data, path, new)
    place = places.values[path]
    assert changed.decode().startswith(places.text[: place.start])
    assert changed.decode().endswith(places.text[place.end :])
