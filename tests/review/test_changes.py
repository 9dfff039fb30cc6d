"""What changed between two contents, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool.review.changes import Change, Piece, changes, in_words, word_difference

CAVEAT = {"kind": "off-label-use", "text": "One."}

CHANGES: Mapping[str, tuple[dict[str, Any], dict[str, Any], tuple[Change, ...]]] = {
    "nothing": ({"claim": {"statement": "One."}}, {"claim": {"statement": "One."}}, ()),
    "a word": (
        {"claim": {"statement": "It may help."}},
        {"claim": {"statement": "It helps."}},
        (Change("statement", "It may help.", "It helps."),),
    ),
    "a hedge dropped": ({"claim": {"hedges": ["may"]}}, {"claim": {}}, (Change("hedges", "may", ""),)),
    "one hedge of two dropped": (
        {"claim": {"hedges": ["may", "often"]}},
        {"claim": {"hedges": ["often"]}},
        (Change("hedges: may", "may", ""),),
    ),
    "a caveat's text": (
        {"claim": {"caveats": [CAVEAT]}},
        {"claim": {"caveats": [CAVEAT | {"text": "Two."}]}},
        (Change("caveat 'off-label-use': text", "One.", "Two."),),
    ),
    "a caveat added": (
        {"claim": {"caveats": [CAVEAT]}},
        {"claim": {"caveats": [{"kind": "not-a-cure", "text": "No."}, CAVEAT]}},
        (Change("caveat 'not-a-cure'", "", "kind: not-a-cure; text: No."),),
    ),
    "caveats in another order": (
        {"claim": {"caveats": [CAVEAT, {"kind": "not-a-cure"}]}},
        {"claim": {"caveats": [{"kind": "not-a-cure"}, CAVEAT]}},
        (Change("caveats: order", "off-label-use, not-a-cure", "not-a-cure, off-label-use"),),
    ),
    "the second caveat of a kind": (
        {"claim": {"caveats": [CAVEAT, CAVEAT]}},
        {"claim": {"caveats": [CAVEAT, CAVEAT | {"text": "Two."}]}},
        (Change("caveat 'off-label-use (2)': text", "One.", "Two."),),
    ),
    "a name like that of a repeat": (
        {"claim": {"hedges": ["a", "a", "a (2)"]}},
        {"claim": {"hedges": ["a", "a", "a (2)", "a"]}},
        (Change("hedges: a (3)", "", "a"),),
    ),
    "a stance": (
        {"claim": {"evidence": [{"ref": "x", "stance": "supports"}]}},
        {"claim": {"evidence": [{"ref": "x", "stance": "context"}]}},
        (Change("evidence 'x': stance", "supports", "context"),),
    ),
    "a relation": (
        {"claim": {"relations": [{"claim": "a/b", "kind": "restates"}]}},
        {"claim": {"relations": [{"claim": "a/b", "kind": "narrows"}]}},
        (Change("relation to 'a/b': kind", "restates", "narrows"),),
    ),
    "a quote": (
        {"claim": {"source": {"quotes": [{"exact": "a", "paragraph": "a b"}]}}},
        {"claim": {"source": {"quotes": [{"exact": "a", "paragraph": "a c"}]}}},
        (Change("quote 1: paragraph", "a b", "a c"),),
    ),
    "the rating": (
        {"claim": {"verdict": {"rating": "supported"}}},
        {"claim": {"verdict": {"rating": "contradicted"}}},
        (Change("verdict: rating", "supported", "contradicted"),),
    ),
    "words of the document": (
        {"claim": {"result": {"as_stated": "70%"}}},
        {"claim": {"result": {"as_stated": "17%"}}},
        (Change("result: words of the document", "70%", "17%"),),
    ),
    "a truth value": (
        {"claim": {"drafted": {"machine": False}}},
        {"claim": {"drafted": {"machine": True}}},
        (Change("drafted: machine", "False", "True"),),
    ),
    "a value for a part": (
        {"claim": {"population": "not-stated"}},
        {"claim": {"population": {"as_stated": "adults"}}},
        (Change("population", "not-stated", "words of the document: adults"),),
    ),
    "evidence": (
        {"evidence": {"x": {"status": {"state": "current"}}}},
        {"evidence": {"x": {"status": {"state": "retracted"}}}},
        (Change("evidence record 'x': status, state", "current", "retracted"),),
    ),
    "evidence gone": ({"evidence": {"x": {"n": "4"}}}, {}, (Change("evidence record 'x'", "number studied: 4", ""),)),
    "a term": (
        {"terms": {"caveat_kinds": {"not-a-cure": {"label": "a"}}}},
        {"terms": {"caveat_kinds": {"not-a-cure": {"label": "b"}}}},
        (Change("meaning of 'not-a-cure' among the caveat kinds: label", "a", "b"),),
    ),
    "terms of a list": (
        {"terms": {}},
        {"terms": {"ratings": {"supported": {"label": "b"}}}},
        (Change("meanings among the ratings", "", "supported: label: b"),),
    ),
    "claim before evidence before terms": (
        {"terms": "x", "evidence": "x", "claim": "x"},
        {},
        (Change("claim", "x", ""), Change("evidence", "x", ""), Change("terms", "x", "")),
    ),
    "shapes that no content has": (
        {"claim": [1, None, {"a": 1}, [2]], "evidence": None},
        {"claim": [1], "evidence": {}},
        (Change("3", "a: 1", ""), Change("4", "2", ""), Change("evidence", "", "")),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after", "found"), CHANGES.values(), ids=CHANGES)
def test_changes_in_words(before: dict[str, Any], after: dict[str, Any], found: tuple[Change, ...]) -> None:
    """`standing` says which and through which path."""
    assert changes(before, after) == found


@pytest.mark.parametrize("path", [("claim",), ("evidence",), ("terms",)])
def test_a_section_alone_is_called_by_its_name(path: tuple[str, ...]) -> None:
    assert in_words(path) == path[0]


def test_a_value_of_hostile_depth_is_cut() -> None:
    deep: Any = "x"
    for _ in range(300):
        deep = [deep]
    assert changes({"claim": {"a": deep}}, {}) == (Change("a", "…", ""),)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text("ab ", max_size=4),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["ref", "kind", "claim", "text", "source", "quotes"]), inner, max_size=3)
    ),
    max_leaves=12,
)
CONTENTS = st.dictionaries(st.sampled_from(["claim", "evidence", "terms"]), JSON)


@settings(max_examples=300)
@given(CONTENTS, CONTENTS)
def test_any_two_values_can_be_told_apart(before: dict[str, Any], after: dict[str, Any]) -> None:
    """The content kept of an earlier day may have any shape."""
    assert changes(before, before) == ()
    same = all(before.get(name, {}) == after.get(name, {}) for name in ("claim", "evidence", "terms"))
    assert not (same and changes(before, after))


SAME_END = Piece("same", " 1")
DIFFERENCES: Mapping[str, tuple[str, str, tuple[Piece, ...]]] = {
    "the same": ("one two", "one two", (Piece("same", "one two"),)),
    "nothing": ("", "", ()),
    "all new": ("", "one", (Piece("added", "one"),)),
    "all gone": ("one", "", (Piece("dropped", "one"),)),
    "not dropped": (
        "It does not help.",
        "It does help.",
        (Piece("same", "It does "), Piece("dropped", "not "), Piece("same", "help.")),
    ),
    "a number": (
        "p < 0.05",
        "p < 0.06",
        (Piece("same", "p < 0."), Piece("dropped", "05"), Piece("added", "06")),
    ),
    "a sign": ("p < 1", "p > 1", (Piece("same", "p "), Piece("dropped", "<"), Piece("added", ">"), SAME_END)),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after", "pieces"), DIFFERENCES.values(), ids=DIFFERENCES)
def test_word_differences(before: str, after: str, pieces: tuple[Piece, ...]) -> None:
    assert word_difference(before, after) == pieces


@given(st.text("ab .\n", max_size=30), st.text("ab .\n", max_size=30))
def test_a_word_difference_holds_both_texts(before: str, after: str) -> None:
    assert_holds(before, after)


def assert_holds(before: str, after: str) -> None:
    pieces = word_difference(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "dropped") == after
    assert all(piece.text for piece in pieces)


LONG = ["a b " * 3_000, "a b " * 1_500 + "c " + "a b " * 1_500, "b " * 6_000, "a " + "a b " * 3_000]


@pytest.mark.parametrize("before", LONG)
@pytest.mark.parametrize("after", LONG)
def test_long_texts_of_few_words_are_compared_at_once(before: str, after: str) -> None:
    assert_holds(before, after)
