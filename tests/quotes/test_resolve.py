"""Where a selector stands; positions are code points, and nothing is matched loosely."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kbtool.model.claim import Selector
from kbtool.quotes.cut import cut_at
from kbtool.quotes.places import starts_of
from kbtool.quotes.resolve import MOST_PLACES, Resolution, matches, resolve, stands

TEXT = "It may help. It may not help. \U0001f9ea Tests may help."

CASES = [
    ({"exact": "not"}, "found", ((20, 23),)),
    ({"exact": "not", "start": 20, "end": 23}, "found", ((20, 23),)),
    ({"exact": "not", "start": 20}, "found", ((20, 23),)),
    ({"exact": "not", "end": 23}, "found", ((20, 23),)),
    ({"exact": "not", "start": 19, "end": 22}, "elsewhere", ((20, 23),)),
    ({"exact": "not", "start": 20, "end": 24}, "elsewhere", ((20, 23),)),
    ({"exact": "not", "end": 1}, "elsewhere", ((20, 23),)),
    ({"exact": "not", "start": 10**11}, "elsewhere", ((20, 23),)),
    ({"exact": "It may"}, "ambiguous", ((0, 6), (13, 19))),
    ({"exact": "It may", "start": 13, "end": 19}, "ambiguous", ((0, 6), (13, 19))),
    ({"exact": "It may", "start": 12, "end": 18}, "elsewhere", ((0, 6), (13, 19))),
    ({"exact": "It may", "prefix": "help. "}, "found", ((13, 19),)),
    ({"exact": "It may", "suffix": " not"}, "found", ((13, 19),)),
    ({"exact": "It may", "suffix": " not", "start": 13, "end": 19}, "found", ((13, 19),)),
    ({"exact": "It may", "suffix": " not", "start": 0, "end": 6}, "elsewhere", ((13, 19),)),
    ({"exact": "It may", "prefix": "", "suffix": ""}, "ambiguous", ((0, 6), (13, 19))),
    ({"exact": "not", "prefix": "will "}, "missing", ()),
    ({"exact": "it may"}, "missing", ()),
    ({"exact": "It  may"}, "missing", ()),
    ({"exact": "Tests", "start": 32, "end": 37}, "found", ((32, 37),)),
    ({"exact": "\U0001f9ea", "start": 30, "end": 31}, "found", ((30, 31),)),
    ({"exact": "\U0001f9ea", "start": 30, "end": 32}, "elsewhere", ((30, 31),)),
]


@pytest.mark.parametrize(("selector", "outcome", "places"), CASES)
def test_table(selector: dict[str, str | int], outcome: str, places: tuple[tuple[int, int], ...]) -> None:
    found = resolve(Selector.model_validate(selector), TEXT)
    assert (found.outcome, found.places) == (outcome, places)


WORDY = st.text(st.sampled_from("ab \n.5-<%é\u0301\u00a0\U0001f9ea"), min_size=1, max_size=60)


@given(st.one_of(st.text(min_size=1, max_size=80), WORDY), st.data())
def test_any_span_is_found_or_ambiguous(text: str, data: st.DataObject) -> None:
    """A quote stands in the stored text at the stated place. Where `exact` is not unique, context makes it so."""
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assume(text[start:end].strip())
    selector = Selector(exact=text[start:end], start=start, end=end)
    found = resolve(selector, text)
    assert found.outcome in {"found", "ambiguous"}
    assert (start, end) in found.places
    whole = Selector(exact=selector.exact, start=start, end=end, prefix=text[:start], suffix=text[end:])
    assert resolve(whole, text) == Resolution("found", ((start, end),))


@given(WORDY, WORDY, st.text("ab ", max_size=2), st.text("ab ", max_size=2))
def test_every_place_is_verbatim_and_none_is_missed(text: str, exact: str, prefix: str, suffix: str) -> None:
    """A quote stands in the stored text; a fuzzy match is a suggestion to a person, never an answer."""
    assume(exact.strip())
    selector = Selector(exact=exact, prefix=prefix, suffix=suffix)
    expected = [
        (at, at + len(exact))
        for at in range(len(text))
        if text.startswith(exact, at) and text[:at].endswith(prefix) and text[at + len(exact) :].startswith(suffix)
    ]
    assert list(matches(selector, text)) == expected[:MOST_PLACES]
    assert stands(exact, text) == (exact in text)


def test_a_place_beyond_the_first_fifty_is_still_the_stated_one() -> None:
    text = "ab" * 1000
    found = resolve(Selector(exact="ab", start=1500, end=1502), text)
    assert found.outcome == "ambiguous"
    assert found.places[-1] == (1500, 1502)
    assert len(found.places) == MOST_PLACES
    assert resolve(Selector(exact="ab", start=1501, end=1503), text).outcome == "elsewhere"
    assert resolve(Selector(exact="ab", start=1500, end=1503), text).outcome == "elsewhere"
    assert resolve(Selector(exact="ab", start=0, end=2, prefix="b"), text).outcome == "elsewhere"


LETTERS = st.text(st.sampled_from("ab "), min_size=15, max_size=40)


@given(LETTERS, st.integers(0, 60_000), st.integers(0, 40))
def test_long_texts_are_indexed_without_a_difference(words: str, at: int, shift: int) -> None:
    """A quote stands in the stored text at the stated place, however long the text is."""
    text = f"{LONG[:at]}{words}{LONG[at:]}"
    wanted = text[max(0, at - shift) : at + len(words)]
    expected: list[int] = []
    found = text.find(wanted)
    while found >= 0 and len(expected) < MOST_PLACES:
        expected.append(found)
        found = text.find(wanted, found + 1)
    assert list(starts_of(wanted, text, MOST_PLACES)) == expected


LONG = "".join(f"{n} " for n in range(20_000))
"""Over 100,000 code points, most runs of which occur once or a few times."""

MINUS, NBSP, SHY = "\u2212", "\u00a0", "\u00ad"
FALSE_FRIENDS = [
    ("p < 0.05", "p > 0.05"),
    ("p < 0.05", "p <0.05"),
    ("p < 0.05", "p \uff1c 0.05"),
    ("p ≤ 0.05", "p < 0.05"),
    ("by -5 points", "by 5 points"),
    ("by 5 points", "by -5 points"),
    ("by -5 points", f"by {MINUS}5 points"),
    ("by -5 points", "by –5 points"),
    ("by +5 points", "by -5 points"),
    ("5 mg daily", "5 g daily"),
    ("5 mg daily", "5 µg daily"),
    ("5 µg daily", "5 μg daily"),
    ("5 mg", "5 mg/kg daily"),
    ("5 mg daily", f"5{NBSP}mg daily"),
    ("5 mg daily", "5mg daily"),
    ("5 mg daily", "5\nmg daily"),
    ("5 mg twice daily", "15 mg twice daily"),
    ("5 mg twice daily", "0.5 mg twice daily"),
    ("5 mg twice daily", "1,5 mg twice daily"),
    ("5 mg twice daily", "５ mg twice daily"),
    ("5 mg twice daily", "٥ mg twice daily"),
    ("5 mg twice daily", "-5 mg twice daily"),
    ("10 mg", "5–10 mg"),
    ("5", "5%"),
    ("70%", "70‰"),
    ("70%", "70 %"),
    ("it is effective", "it is not effective"),
    ("it is not effective", "it is effective"),
    ("it is effective", "it isn't effective"),
    ("it isn't effective", "it isn’t effective"),
    ("it is", "it isn’t"),
    ("effective in adults", "ineffective in adults"),
    ("inferior", "non-inferior"),
    ("may help", "helps"),
    ("café", "cafe\u0301"),
    ("cafe\u0301", "café"),
    ("cafe", "cafe\u0301"),
    ("ketamine", "kеtamine"),
    ("ketamine", "keta\u00admine"),
    (f"keta{SHY}mine", "ketamine"),
    ("ketamine", "keta\u200bmine"),
    ("Ketamine", "ketamine"),
    ("fi", "ﬁ"),
    ("10⁶ cells", "106 cells"),
    ("10 cells", "10⁶ cells"),
    ("“pain”", '"pain"'),
    ("pain - relief", "pain – relief"),
    ("two  words", "two words"),
    ("12 000 people", "12,000 people"),
    ("000 people", "12 000 people"),
]


@pytest.mark.parametrize(("quote", "text"), FALSE_FRIENDS)
def test_false_friends_are_never_accepted(quote: str, text: str) -> None:
    """Matching never ignores a number, sign, unit, negation or word boundary: `p < 0.05` is not `p > 0.05`."""
    text = f"It says: {text} here."
    found = resolve(Selector(exact=quote), text)
    assert found.outcome != "found" or cut_at(text, *found.places[0]) is not None


@given(st.text(min_size=1, max_size=40), st.data())
def test_no_changed_text_is_accepted(text: str, data: st.DataObject) -> None:
    """A quote is verbatim: after any change of one character within it the quote is not found."""
    assume(text.strip())
    at = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.characters(exclude_characters=text))
    changed = text[:at] + other + text[at + 1 :]
    assert resolve(Selector(exact=text), changed).outcome == "missing"


@given(st.text(min_size=1, max_size=40))
def test_composed_and_decomposed_letters_are_not_the_same(text: str) -> None:
    """Quotes are verbatim: two ways of writing the same letters are two texts."""
    composed, parted = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assume(composed != parted and composed.strip())
    assert resolve(Selector(exact=composed), parted).outcome == "missing"
