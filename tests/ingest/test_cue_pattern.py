"""Lists of cues: what they can begin with, and that they are found as a plain search finds them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool.ingest.claim_kind import CUES
from kbtool.ingest.cue_pattern import Cues, any_of, beginnings


@pytest.mark.parametrize(
    ("cue", "first"),
    [
        ("cause|lead to", {"cau", "lea"}),
        ("no|do(?:es)? not", {"no", "do", "doe"}),
        ("eas(?:e|es)", {"eas"}),
        ("us(?:es?|ed)", {"use"}),
        ("(?:un)?safe", {"uns", "saf"}),
        ("(?:(?:up|down)-?)?regulated", {"up", "upr", "dow", "reg"}),
        ("a?bc", {"abc", "bc"}),
        (r"\d+ times|3 cups|a\s?&\s?e", {"0", "a"}),
        (r"\w+ times", {None}),
        ("ab*c", {None}),
        ("(?:ab)*c", {None, "abc"}),
        ("[ab]c", {None}),
    ],
)
def test_the_first_letters_of_what_a_cue_can_match(cue: str, first: set[str | None]) -> None:
    assert set(beginnings(cue)) == first


def test_a_cue_with_an_open_group_is_refused() -> None:
    with pytest.raises(ValueError, match="a group is open"):
        next(beginnings("(?:a(?:b)c"))


LISTS = [*(cues for _, cues in CUES.values()), any_of(r"\w+ tea|tea", "don't"), any_of(r"is|a[- ]?b|\d cups")]
WORDS = [
    *("tea", "Tea", "cause", "causes", "rate", "treatment-free", "3 cups", "don't", "don\u2019t", "used to", "a b"),
    *("CURES", "\u017ftudy", "is \u212anown as", "\u0131s", "caf\u00e9s", "50% of", "a", "should", "side effects", "x"),
]
GAPS = [" ", "-", ". ", "", "\n"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(GAPS)), max_size=8), st.sampled_from(LISTS))
def test_cues_are_found_as_a_plain_search_finds_them(parts: list[tuple[str, str]], cues: Cues) -> None:
    """Cues ... found as `re.Pattern` finds but sooner."""
    text = "".join(f"{word}{gap}" for word, gap in parts)
    plain = [match.span() for match in cues.anywhere.finditer(text)]
    assert [match.span() for match in cues.finditer(text)] == plain
    first = cues.search(text)
    assert (first.span() if first else None) == (plain[0] if plain else None)
