"""The three forms of JSON that releases use."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from kbtool.release.jsontext import canonical, one_line, pretty

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


@given(st.dictionaries(st.text(), st.integers(), min_size=2))
def test_the_order_of_keys_does_not_matter(value: dict[str, int]) -> None:
    assert canonical(dict(reversed(value.items()))) == canonical(value)
