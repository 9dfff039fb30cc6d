"""From paths to places: every key and value, missing ones, characters inside prose."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.diagnostics import Path
from kbtool.yamlsource.parse import Data, parse
from kbtool.yamlsource.places import TOP, locate
from kbtool.yamlsource.reader import READERS, Open
from kbtool.yamlsource.write import write
from tests.yamlsource.samples import RECORD, anything, mutated, records

PLACES = locate(RECORD.encode())

SPANS: tuple[tuple[Path, str], ...] = (
    (("id",), "doc/one"),
    (("hedges",), "[may, can]"),
    (("hedges", 1), "can"),
    (("result", "as_stated"), '"5 of 10"'),
    (("source", "quotes", 0, "start"), "0"),
    (("source", "quotes", 1), "{exact: 'it''s', start: 10}"),
    (("source", "quotes", 1, "exact"), "'it''s'"),
    (("plain",), "several words\n  on two lines"),
    (("note",), "|\n  first line\n    second line\n\n  last"),
    (("empty",), "[]"),
)

NEAREST: tuple[tuple[Path, tuple[int, int]], ...] = (
    ((), (1, 1)),
    (("nothing",), (1, 1)),
    (("study-finding", "id"), (2, 5)),
    (("result", "stated", "as_stated"), (10, 21)),
    (("result", "unit"), (10, 1)),
    (("result", "stated"), (10, 1)),
    (("source", "quotes", 0, "end"), (14, 7)),
    (("source", "quotes", 7), (13, 3)),
    (("source", "tag", "quotes", "tag", 1, "start"), (16, 31)),
)

CHARACTERS: tuple[tuple[Path, str], ...] = (
    (("id",), "/"),
    (("statement",), "t 15"),
    (("statement",), "#"),
    (("note",), "second"),
    (("note",), "last"),
    (("plain",), "two"),
    (("source", "quotes", 1, "exact"), "s"),
    (("source", "quotes", 0, "exact"), "two"),
    (("hedges", 0), "y"),
)


@pytest.mark.parametrize(("path", "source"), SPANS)
def test_value_spans_hold_the_source_of_the_value(path: Path, source: str) -> None:
    place = PLACES.value(path)
    assert place
    assert PLACES.text[place.start : place.end] == source


def test_keys_have_places_and_items_have_none() -> None:
    key = PLACES.key(("source", "quotes", 0, "start"))
    assert key
    assert (key.line, key.column, PLACES.text[key.start : key.end]) == (15, 7, "start")
    assert PLACES.key(("hedges", 0)) is None
    assert PLACES.value(("nothing",)) is None


@pytest.mark.parametrize(("path", "place"), NEAREST)
def test_nearest_skips_what_has_no_node_and_falls_back_to_the_key(path: Path, place: tuple[int, int]) -> None:
    found = PLACES.nearest(path)
    assert (found.line, found.column) == place


@pytest.mark.parametrize(("path", "words"), CHARACTERS)
def test_a_character_in_a_value_is_found_where_it_is_written(path: Path, words: str) -> None:
    offset = PLACES.scalars[path].value.index(words)
    place = PLACES.text_place(path, offset)
    assert PLACES.text[place.start] == words[0]
    assert (place.line, place.column) == (
        PLACES.text.count("\n", 0, place.start) + 1,
        place.start - PLACES.text.rfind("\n", 0, place.start),
    )


def test_an_escaped_character_is_found_at_its_backslash() -> None:
    path = ("source", "quotes", 0, "exact")
    place = PLACES.text_place(path, PLACES.scalars[path].value.index("\u200b"))
    assert PLACES.text[place.start : place.start + 6] == "\\u200b"


def test_blanks_and_ends_stand_behind_the_character_before() -> None:
    places = locate(b'a: "  b c"\nd: |\n    e\n\nf: >-\n  g\n  h\n')
    shown = {(path, offset): places.text_place((path,), offset) for path, offset in (("a", 0), ("a", 9), ("f", 1))}
    assert [place.column for place in shown.values()] == [5, 10, 4]
    assert places.text_place(("f",), 0).line == 6


def test_what_is_no_scalar_has_the_nearest_place() -> None:
    assert PLACES.text_place(("hedges",), 3) == PLACES.nearest(("hedges",))
    assert PLACES.text_place(("id", "tag"), 3) == PLACES.nearest(("id", "tag"))
    assert PLACES.text_place(("nothing",), 3) == TOP


@pytest.mark.parametrize("raw", [b"\xef\xbb\xbf- .", "a: b\x85 c\n".encode(), "a: |\n  \x85 c\u2028d\n".encode()])
def test_places_outside_of_the_subset_are_guesses_within_the_file(raw: bytes) -> None:
    places = locate(raw)
    for path, scalar in places.scalars.items():
        for offset in range(len(scalar.value) + 1):
            assert places.text_place(path, offset).start <= len(places.text)


@pytest.mark.parametrize("raw", [b"? [a]\n: b\n", b"a: " + b"[" * 99 + b"\n", b"text\n", b"a: 'b", b"\xff: b\n"])
def test_what_does_not_parse_is_read_as_far_as_it_goes(raw: bytes) -> None:
    assert locate(raw).nearest(("missing",)) == TOP


def _scalars(data: Data, path: Path = ()) -> Iterator[tuple[Path, str]]:
    if isinstance(data, str):
        yield path, data
        return
    for part, value in data.items() if isinstance(data, dict) else enumerate(data):
        yield from _scalars(value, (*path, part))


@pytest.mark.parametrize("begin", READERS)
@given(raw=mutated())
def test_every_value_of_what_parses_has_its_place(begin: Open, raw: bytes) -> None:
    """Proves "the place of every key and value of a file that parses"."""
    data = parse(raw).data
    if data is None:
        return
    places = locate(raw, begin=begin)
    assert {path: scalar.value for path, scalar in places.scalars.items()} == dict(_scalars(data))
    assert all(places.keys[path].start < place.start for path, place in places.values.items() if path in places.keys)


@given(record=records, share=st.floats(0, 1))
def test_printable_characters_are_found_in_every_style(record: dict[str, Data], share: float) -> None:
    """A character of a value that is written as itself is found where it is written."""
    try:
        raw = write(record)
    except Exception:  # noqa: BLE001 - what cannot be written has no places
        return
    places = locate(raw)
    for path, value in _scalars(record):
        offset = int(share * (len(value) - 1)) if value else 0
        wanted = value[offset : offset + 1]
        if wanted.isprintable() and wanted not in {"", " ", '"', "\\"}:
            assert places.text[places.text_place(path, offset).start] == wanted


@given(raw=anything)
def test_places_of_any_bytes_are_places_in_them(raw: bytes) -> None:
    """Never raises, and never points outside of the file."""
    places = locate(raw)
    for place in (*places.values.values(), *places.keys.values()):
        assert 0 <= place.start <= place.end <= len(places.text)
    for path, scalar in places.scalars.items():
        for offset in range(len(scalar.value) + 1):
            assert places.text_place(path, offset).start <= len(places.text)
