"""Canonical text: what it looks like, and that reading it gives the data back."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest
from hypothesis import given

from kbtool.diagnostics import Path
from kbtool.yamlsource.parse import Data, parse
from kbtool.yamlsource.problems import UNWELCOME
from kbtool.yamlsource.write import WriteError, write
from tests.shared import SHARED, needs_shared
from tests.yamlsource.samples import records

HEAD = "This sentence has quite a few words, so that it cannot stand on one line of a hundred columns"
LONG = f"{HEAD} without a fold."

TEXTS: tuple[tuple[Data, str], ...] = (
    ({}, "{}\n"),
    ({"a": "b c"}, "a: b c\n"),
    ({"a": "no", "b": "NULL", "c": "~", "d": "y"}, 'a: "no"\nb: "NULL"\nc: "~"\nd: "y"\n'),
    ({"a": "1.10", "b": "2012-01-02", "c": "-5", "d": "70%"}, "a: 1.10\nb: 2012-01-02\nc: -5\nd: 70%\n"),
    (
        {"a": "b: c", "d": "e #f", "g": "h:", "i": "- j", "k": "l#m"},
        'a: "b: c"\nd: "e #f"\ng: "h:"\ni: "- j"\nk: l#m\n',
    ),
    ({"a": "b\u200b", "c": "d\xa0e", "f": "\U000e0001"}, 'a: "b\\u200b"\nc: "d\\_e"\nf: "\\U000e0001"\n'),
    ({"on": "a", "null": "b", "c d": "e"}, 'on: a\n"null": b\n"c d": e\n'),
    ({"a": {"b": "c", "d": "e f"}, "g": {}}, 'a: {b: c, d: "e f"}\ng: {}\n'),
    ({"a": ["b", "c"], "d": [], "e": ["f g"]}, "a: [b, c]\nd: []\ne:\n  - f g\n"),
    ({"a": {"b": {"c": "d"}, "e": ["f"]}}, "a:\n  b: {c: d}\n  e: [f]\n"),
    ({"a": {"b": {}, "c": ["d"], "e": []}}, "a: {b: {}, c: [d], e: []}\n"),
    ({"a": {"b": ["c d"]}}, "a:\n  b:\n    - c d\n"),
    (
        {"a": [{"b": ["c d"], "e": "f"}, ["g", "h"], [["i j"]]]},
        "a:\n  - b:\n      - c d\n    e: f\n  - [g, h]\n  - - - i j\n",
    ),
    ({"a": LONG}, f"a: >-\n  {HEAD}\n  without a fold.\n"),
    ({"a": f"{LONG}\nshort"}, f'a: "{HEAD}\n  without a fold.\\nshort"\n'),
    ({"a": "b\n  c\n\nd\n"}, 'a: "b\\n  c\\n\\nd\\n"\n'),
    ({"a": f"{LONG[:80]}\n  {LONG[80:]}\n"}, f"a: |\n  {LONG[:80]}\n    {LONG[80:]}\n"),
    ({"a": f"{LONG[:80]}\n\n{LONG[81:]}"}, f"a: |-\n  {LONG[:80]}\n\n  {LONG[81:]}\n"),
    ({"a": {"b": LONG}}, f"a:\n  b: >-\n    {HEAD}\n    without a fold.\n"),
    ({"a": "x" * 500}, f"a: {'x' * 500}\n"),
)

REFUSED: tuple[tuple[Data, str], ...] = (
    ("text", "only a mapping"),
    (["a"], "only a mapping"),
    ({"": "a"}, "the key is empty"),
    ({"a": "\x00"}, "control character"),
    ({"a": "\ud800"}, "cannot be written"),
    ({"a": [{"k" * 101: "a"}]}, "more than 100 characters"),
)


def _deep(levels: int) -> Data:
    data: Data = "text"
    for _ in range(levels):
        data = {"a": data}
    return data


@pytest.mark.parametrize(("data", "text"), TEXTS, ids=lambda case: repr(case)[:40])
def test_looks_as_it_should(data: Data, text: str) -> None:
    raw = write(data)
    assert parse(raw).data == data
    assert raw.decode() == text


@pytest.mark.parametrize(("data", "message"), REFUSED, ids=lambda case: repr(case)[:40])
def test_refuses_what_the_subset_cannot_say(data: Data, message: str) -> None:
    with pytest.raises(WriteError, match=message):
        write(data)


def test_writes_as_deep_as_the_loader_reads() -> None:
    assert parse(write(_deep(32))).data == _deep(32)
    for levels in (33, 5_000):
        with pytest.raises(WriteError, match="deep"):
            write(_deep(levels))


def test_keys_stand_in_order_and_unknown_ones_after() -> None:
    def order(path: Path) -> Sequence[str]:
        return ("z", "a", "missing", "a") if not path else ("second", "first")

    data: Data = {"u": "1", "a": {"first": "x", "second": "y"}, "z": "2"}
    assert write(data, order=order) == b'z: 2\na: {second: "y", first: x}\nu: 1\n'


def test_a_comment_stands_at_the_top() -> None:
    assert write({"a": "b"}, comment="one\n\ntwo") == b"# one\n#\n# two\na: b\n"
    with pytest.raises(WriteError, match="control character"):
        write({"a": "b"}, comment="a\x07b")


def test_long_lines_are_cut_and_words_kept() -> None:
    data: Data = {"a": " ".join(["word"] * 2_000), "b": "\u200b" * 3_000 + " x  " * 400 + "é" * 5_000}
    raw = write(data)
    assert parse(raw, limit=len(raw)).data == data
    assert max(map(len, raw.decode().splitlines())) <= 100


@given(record=records)
def test_what_is_written_is_read_again(record: dict[str, Data]) -> None:
    """Proves "parse(write(d)) == d", and every key keeps its place."""
    raw = write(record)
    again = parse(raw, limit=len(raw)).data
    assert isinstance(again, dict)
    assert again == record
    assert list(again) == list(record)


@needs_shared
def test_naughty_strings_come_back_unchanged() -> None:
    assert SHARED
    strings = json.loads((SHARED / "testdata/naughty-strings/blns.json").read_text("utf-8"))
    written = 0
    for text in strings:
        if UNWELCOME.search(text):
            with pytest.raises(WriteError):
                write({"a": text})
        else:
            assert parse(write({"a": text, "b": [text, {"c": text}]})).data == {"a": text, "b": [text, {"c": text}]}
            written += 1
    assert (written, len(strings)) == (508, 515)
