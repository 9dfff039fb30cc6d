"""Several values of a file changed at once, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.yamlsource.parse import parse
from kbtool.yamlsource.splice import SpliceError
from kbtool.yamlsource.splice_all import splice_all

RAW = b"""# a remark
exact: old words  # kept as it is
text:
  digest: aa
  note: >-
    folded
    words
spans:
  - [0, 3]
  - [4, 9]
flow: {exact: one, start: 0}
none: []
"""
RAW = RAW.replace(b"  # kept as it is", b"")


def test_scalars_and_lists_change_and_every_other_byte_stays() -> None:
    changed = splice_all(
        RAW,
        {
            ("exact",): "new: words",
            ("text", "note"): "plain",
            ("spans",): [["0", "5"], ["6", "7"], ["8", "9"]],
            ("flow", "exact"): "a, b",
            ("flow", "start"): "12",
            ("none",): [["1", "2"]],
        },
    )
    assert changed == RAW.replace(b"exact: old words", b'exact: "new: words"').replace(
        b">-\n    folded\n    words", b"plain"
    ).replace(b"- [0, 3]\n  - [4, 9]", b"- [0, 5]\n  - [6, 7]\n  - [8, 9]").replace(
        b"{exact: one, start: 0}", b'{exact: "a, b", start: 12}'
    ).replace(b"none: []", b"none: [[1, 2]]")


def test_no_change_gives_the_same_bytes() -> None:
    assert splice_all(RAW, {}) is RAW
    assert splice_all(RAW, {("text", "digest"): "aa"}) == RAW


def test_a_list_may_become_empty() -> None:
    assert parse(splice_all(RAW, {("none",): []})).data == parse(RAW).data


def test_a_key_that_is_not_there_is_added_at_the_end_of_its_mapping() -> None:
    raw = b'a:\n  - x: "1"  # remark\n  - {x: 1, y: 2}\nb:\n  c: >-\n    folded\n    words\n'
    changed = splice_all(raw, {("a", 0, "z"): "end", ("a", 1, "z"): "a, b", ("b", "d"): "e", ("b", "f"): "g"})
    assert changed == (
        b'a:\n  - x: "1"  # remark\n    z: end\n  - {x: 1, y: 2, z: "a, b"}\n'
        b"b:\n  c: >-\n    folded\n    words\n  d: e\n  f: g\n"
    )


def test_a_mapping_is_added_at_the_end_of_a_list() -> None:
    changed = splice_all(b"a:\n  - x: 1\n    y: 2\nb: [{z: 1}]\n", {("a", 1): {"x": "a, b"}, ("b", 1): {"z": "2"}})
    assert changed == b'a:\n  - x: 1\n    y: 2\n  - {x: "a, b"}\nb: [{z: 1}, {z: 2}]\n'


@pytest.mark.parametrize(
    ("raw", "values", "message"),
    [
        (b"a: [\n", {("a",): "b"}, "the file cannot be read"),
        (RAW, {("nothing", "b"): "b"}, "no value of that kind stands at 'nothing.b'"),
        (RAW, {("exact", "b"): "b"}, "no value of that kind stands at 'exact.b'"),
        (RAW, {("nothing",): [["b"]]}, "no value of that kind stands at 'nothing'"),
        (RAW, {("spans", 7): "b"}, "no value of that kind stands at 'spans.7'"),
        (RAW, {(): "b"}, "no value of that kind"),
        (RAW, {("spans",): "b"}, "no value of that kind stands at 'spans'"),
        (RAW, {("exact",): [["1"]]}, "no value of that kind stands at 'exact'"),
        (RAW, {("spans",): [["1"]], ("spans", 0, 0): "2"}, "a value stands inside another one"),
        (RAW, {("spans", 7): {"a": "b"}}, "no value of that kind stands at 'spans.7'"),
        (RAW, {("flow",): {"a": "b"}}, "no value of that kind stands at 'flow'"),
        (RAW, {("flow", 0): {"a": "b"}}, "no value of that kind stands at 'flow.0'"),
        (b"a: |- # remark\n  b\n", {("a",): "c"}, "a remark stands in the way at 'a'"),
        (RAW, {("exact",): "\x00"}, "cannot be changed without changing more"),
    ],
)
def test_what_cannot_be_changed(raw: bytes, values: dict[tuple[str | int, ...], str], message: str) -> None:
    with pytest.raises(SpliceError, match=message):
        splice_all(raw, values)


@given(st.text(max_size=30), st.text(max_size=30))
def test_exactly_these_values_change(first: str, second: str) -> None:
    """Parsing the result gives the old data with exactly these changes."""
    try:
        changed = splice_all(RAW, {("exact",): first, ("flow", "exact"): second})
    except SpliceError:
        return
    data = parse(RAW).data
    assert isinstance(data, dict)
    expected = data | {"exact": first, "flow": {"exact": second, "start": "0"}}
    assert parse(changed).data == expected
