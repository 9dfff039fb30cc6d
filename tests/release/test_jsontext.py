"""The three forms of JSON that releases use."""

from __future__ import annotations

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kbtool.release.jsontext import (
    Rows,
    canonical,
    canonical_chunks,
    in_order,
    one_line,
    one_line_in_order,
    pretty,
    pretty_chunks,
    rows_of,
    whole,
)

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)
OBJECTS = st.dictionaries(st.text(), VALUES)


def test_forms() -> None:
    value = {"b": "\u00e9\u2028", "a": [1, None, True]}
    assert canonical(value) == '{"a":[1,null,true],"b":"\u00e9\u2028"}'.encode()
    assert one_line(value) == '{"a":[1,null,true],"b":"\u00e9\\u2028"}\n'.encode()
    assert pretty({"b": 1, "a": {}}) == b'{\n  "a": {},\n  "b": 1\n}\n'


@given(OBJECTS)
def test_every_form_says_the_same(value: dict[str, object]) -> None:
    assert json.loads(canonical(value)) == json.loads(one_line(value)) == json.loads(pretty(value)) == value


@given(OBJECTS)
def test_a_line_is_one_line_for_every_reader(value: dict[str, object]) -> None:
    assert len(one_line(value).decode().splitlines()) == 1


@given(OBJECTS)
def test_what_is_in_order_says_the_same_with_sorted_keys(value: dict[str, object]) -> None:
    assert in_order(value) == value
    assert json.dumps(in_order(value)) == json.dumps(value, sort_keys=True)
    assert one_line_in_order(in_order(value)) == one_line(value)


@given(st.dictionaries(st.text(), st.integers(), min_size=2))
def test_the_order_of_keys_does_not_matter(value: dict[str, int]) -> None:
    assert canonical(dict(reversed(value.items()))) == canonical(value)


@given(OBJECTS)
def test_the_pretty_form_is_that_of_the_library(value: dict[str, object]) -> None:
    assert pretty(value).decode() == f"{json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True)}\n"


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(OBJECTS, st.dictionaries(st.text(), st.lists(OBJECTS, max_size=3), max_size=3))
def test_piece_by_piece_gives_the_same_bytes(
    plain: dict[str, object], lists: dict[str, list[dict[str, object]]]
) -> None:
    """A list may be given as `Rows`, which are made and written one at a time."""
    parts = {**plain, **{name: Rows(lambda items=items: iter(items)) for name, items in lists.items()}}  # type: ignore[misc]
    value = {**plain, **lists}
    assert whole(parts) == value
    assert all(list(rows_of(parts, name)) == list(rows_of(value, name)) == items for name, items in lists.items())
    if parts:
        assert b"".join(canonical_chunks(parts)) == canonical(value)
        assert b"".join(pretty_chunks(parts)) == pretty(value)
