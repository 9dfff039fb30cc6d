"""Every letter, digit and sign of a text is counted once, and stands in a span or in a gap."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.quotes.coverage import Coverage, counted_places, coverage, merged

COUNTED = [
    ("Pain may ease.", "Painmayease"),
    ("p < 0.05", "p<0.05"),
    ("-5 to 10 %", "-5to10%"),
    ("well-known", "wellknown"),
    ("a - b", "ab"),
    ("8/12 at 12:30", "8/12at12:30"),
    ("and/or", "andor"),
    ("A > B", "A>B"),
    ("> quoted\n+ bullet\n> 5 mg", "quotedbullet>5mg"),
    ("Head\n====\n~~gone~~", "Headgone"),
    ("| a | b |", "ab"),
    ("P(A|B)", "PA|B"),
    ("10⁻⁶ m²", "10⁻⁶m²"),
    ("± 2 × 3 → ✓", "±2×3→✓"),
    ("37 °C, $5", "37°C$5"),
    ("_under_ **bold**", "underbold"),
    ("cafe\u0301 新药 ７", "cafe新药７"),
    ("\u00ad\u200b\ufeff", ""),
    ("!?…“”()", ""),
]


@pytest.mark.parametrize(("text", "counted"), COUNTED)
def test_what_is_counted(text: str, counted: str) -> None:
    assert "".join(text[at] for at in counted_places(text)) == counted


CASES = [
    ("It may help.", [(0, 12)], Coverage(9, 9, ())),
    ("It may help.", [], Coverage(9, 0, ((0, 11),))),
    ("It may help.", [(0, 2), (7, 11)], Coverage(9, 6, ((3, 6),))),
    ("It may help.", [(0, 2), (7, 9)], Coverage(9, 4, ((3, 6), (9, 11)))),
    ("It may help.", [(3, 6), (0, 7), (2, 4)], Coverage(9, 5, ((7, 11),))),
    ("It may help.", [(7, 99)], Coverage(9, 4, ((0, 6),))),
    ("It may help.", [(50, 99), (-9, -3)], Coverage(9, 0, ((0, 11),))),
    ("It may help.", [(-5, 2)], Coverage(9, 2, ((3, 11),))),
    ("It may help.", [(9, 3)], Coverage(9, 0, ((0, 11),))),
    ("by -5", [(0, 2), (4, 5)], Coverage(4, 3, ((3, 4),))),
    ("0.05", [(0, 1), (2, 4)], Coverage(4, 3, ((1, 2),))),
    ("", [], Coverage(0, 0, ())),
    ("...", [], Coverage(0, 0, ())),
]


@pytest.mark.parametrize(("text", "spans", "expected"), CASES)
def test_table(text: str, spans: list[tuple[int, int]], expected: Coverage) -> None:
    assert coverage(text, spans) == expected


SPANS = st.lists(st.tuples(st.integers(-5, 70), st.integers(-5, 70)), max_size=8)


@given(st.text(st.sampled_from("ab5-.<% \né\u0301>|=/:")) | st.text(max_size=60), SPANS)
def test_each_is_in_a_span_or_in_a_gap(text: str, spans: list[tuple[int, int]]) -> None:
    """Everything is accounted for: every letter and digit stands in a quote, a skipped passage or a connective."""
    found = coverage(text, spans)
    places = counted_places(text)
    inside = [at for at in places if any(start <= at < end for start, end in spans)]
    in_gaps = [at for at in places if any(start <= at < end for start, end in found.gaps)]
    assert sorted(inside + in_gaps) == places
    assert (found.counted, found.accounted) == (len(places), len(inside))
    assert {at for at, character in enumerate(text) if character.isalnum()} <= set(places)
    for start, end in found.gaps:
        assert start in in_gaps
        assert end - 1 in in_gaps


@given(SPANS)
def test_merged_spans_hold_the_same_places(spans: list[tuple[int, int]]) -> None:
    """No character is counted twice."""
    joined = merged(spans)
    assert {at for s, e in joined for at in range(s, e)} == {at for s, e in spans for at in range(s, e)}
    assert all(left[1] < right[0] for left, right in pairwise(joined))
