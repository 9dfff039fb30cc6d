"""Quotes carried to a new revision of their text."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool.quotes.carry import Carried, carry
from kbtool.quotes.revision import aligned
from kbtool.quotes.tokens import index_text
from kbtool.quotes.votes import likely_places

OLD = (
    "Ketamine is an anaesthetic drug. It has been used for years in hospitals.\n\n"
    "In one trial, 70% of patients reported relief (p < 0.05). The dose was 5 mg per kilogram.\n\n"
    "Ketamine infusions are not a cure. They \u2018can\u2019 be expensive \u2013 insurance may not cover them. "
    "Ask your doctor.\n"
)


def carried(quote: str, new: str, old: str = OLD) -> Carried:
    at = old.index(quote)
    return carry(old, new, [(at, at + len(quote))])[0]


def shown(result: Carried) -> tuple[str, str]:
    return result.outcome, result.words


QUOTE = "70% of patients reported relief (p < 0.05)"


@pytest.mark.parametrize(
    ("quote", "change", "outcome", "words"),
    [
        (QUOTE, ("", ""), "same", QUOTE),
        (QUOTE, ("Ask your doctor", "Ask a doctor"), "same", QUOTE),
        (QUOTE, ("It has been used", "It has long been used"), "moved", QUOTE),
        (QUOTE, ("70% of patients reported", "70% of patients\nreported"), "reflowed", QUOTE.replace("s r", "s\nr")),
        (QUOTE, ("70%", "60%"), "changed", QUOTE.replace("70", "60")),
        (QUOTE, ("p < 0.05", "p > 0.05"), "changed", QUOTE.replace("<", ">")),
        ("not a cure", ("are not a cure", "are a cure"), "changed", "a cure"),
        ("5 mg per kilogram", ("5 mg", "15 mg"), "changed", "15 mg per kilogram"),
        ("5 mg per kilogram", ("5 mg", "5mg"), "changed", "5mg per kilogram"),
        ("They \u2018can\u2019 be expensive", ("\u2018can\u2019", "'can'"), "retyped", "They 'can' be expensive"),
        ("expensive \u2013 insurance may", (" \u2013 ", " - "), "retyped", "expensive - insurance may"),
        ("insurance may not cover them", ("may not", "does not"), "changed", "insurance does not cover them"),
        ("Ask your doctor", ("Ask your doctor.", ""), "missing", ""),
        ("(p < 0.05)", ("p < 0.05", "p \u2013 0.05"), "changed", "(p \u2013 0.05)"),
    ],
)
def test_outcomes(quote: str, change: tuple[str, str], outcome: str, words: str) -> None:
    assert shown(carried(quote, OLD.replace(*change))) == (outcome, words)


@pytest.mark.parametrize(
    ("quote", "change", "said"),
    [
        (QUOTE, ("70%", "60%"), "a number differs: '70' in the quote, '60' in the text"),
        (QUOTE, ("p < 0.05", "p > 0.05"), "a sign differs: '<' in the quote, '>' in the text"),
        ("not a cure", ("are not a cure", "are a cure"), "the negation 'not' is not in the text"),
        ("5 mg per kilogram", ("5 mg", "5 g"), "a unit differs: 'mg' in the quote, 'g' in the text"),
        ("insurance may not", ("may not", "will not"), "a modal verb differs: 'may' in the quote, 'will' in the text"),
    ],
)
def test_what_turns_the_meaning_is_said_loudly(quote: str, change: tuple[str, str], said: str) -> None:
    assert said in carried(quote, OLD.replace(*change)).alarms


def test_a_dash_beside_a_digit_is_never_only_style() -> None:
    old, new = "Give 5\u201310 mg of it now.", "Give 5-10 mg of it now."
    assert carry(old, new, [(0, 15)])[0].outcome == "changed"
    assert carry("It is 5\u2019 away from here.", "It is 5' away from here.", [(0, 17)])[0].outcome == "changed"


def test_a_quote_does_not_stand_inside_a_longer_word() -> None:
    old = "It was effective in all of them."
    assert carry(old, "It was ineffective in all of them.", [(7, 16)])[0].outcome != "moved"
    assert carry("Take 5 mg at night.", "We say: take 15 mg at night.", [(5, 9)])[0].outcome != "moved"


def test_of_equal_words_the_one_at_its_own_place_is_taken() -> None:
    old = "Ask a doctor. One two three four five.\n\nAsk a doctor. Six seven eight nine ten."
    second = old.rindex("Ask")
    assert carry(old, "New. " + old, [(second, second + 13)])[0].new == (second + 5, second + 18)
    apart = "Ask a doctor. Up. Ask a doctor."
    assert carry(apart, "Ask a doctor! Ask a doctor. Down. Ask a doctor.", [(18, 31)])[0].new == (34, 47)
    swapped = "Six seven eight nine ten. Ask a doctor.\n\nOne two three four five. Ask a doctor."
    assert carry(old, swapped, [(0, 13), (second, second + 13)])[0].outcome in {"moved", "ambiguous"}


def test_a_look_alike_does_not_take_the_place_of_a_quote_that_is_gone() -> None:
    old = "The first drug may help. Ask a doctor.\n\nThe second drug is new to us all. Ask a doctor.\n"
    new = "The second drug is new to us all. Ask a doctor.\n"
    gone = carry(old, new, [(25, 38)])[0]
    assert (gone.outcome, gone.new) == ("ambiguous", None)
    assert [new[each.start : each.end] for each in gone.candidates][:1] == ["Ask a doctor."]


def test_the_only_place_is_taken_wherever_it_went() -> None:
    assert carried("gem", "one two three four five six gem", "gem one two three four five six").new == (28, 31)


def test_four_words_that_stand_once_in_each_text_are_tied() -> None:
    old = "Hazards include nuclear testing and more.\n\nHazards. If you have diseases, see us. Nuclear testing, more."
    new = (
        "Hazards. Nuclear testing.\n\nHazards include nuclear testing and more.\n\nIf you have diseases, see us. More."
    )
    assert carried("Hazards include nuclear testing and more", new, old).outcome == "moved"


def test_of_two_alike_the_one_in_its_place_is_its_new_wording() -> None:
    old = "Intro words here. Are you Eligible for an exam? Then call us soon.\n"
    new = "Intro words here. Are you eligible for an exam? Then call us soon.\n\nAre you eligible for an exam? Write.\n"
    found = carried("Are you Eligible for an exam?", new, old)
    assert (found.outcome, found.new) == ("changed", (18, 47))


def test_a_quote_that_was_only_reflowed_may_not_cut_anything_either() -> None:
    for new in ("Give -5 mg now, or wait.", "Give 5 mg/kg now, or wait.", "Give 2.5 mg now, or wait."):
        assert not carried("5\nmg", new, "Give 5\nmg now, or wait.").stands


def test_two_places_as_likely_as_each_other_are_left_to_a_person() -> None:
    new = "Old ships that sank in the deep bay count. Lone ships that sank in the deep bay count.\n"
    found = carried(
        "New ships that sank in the deep bay count", new, "Ab. New ships that sank in the deep bay count.\n"
    )
    assert (found.outcome, len(found.candidates)) == ("ambiguous", 2)


def test_candidates_say_why() -> None:
    new = OLD.replace("70% of patients reported relief", "70 of 100 people reported much relief")
    found = carried(QUOTE, new)
    assert found.candidates[0].reasons[0] == "the words that were kept stand here, in order"
    assert 0 < found.candidates[0].score < 1
    assert ("patients", "100 people") in found.differences


def test_an_empty_new_text_has_nothing() -> None:
    lost = carried(QUOTE, "")
    assert (lost.outcome, lost.candidates, lost.stands) == ("missing", (), False)


def test_a_quote_of_signs_alone() -> None:
    assert carry("a ... b", "a b", [(2, 5)])[0].outcome == "missing"
    assert carry("a \n b", "a b", [(1, 4)])[0].outcome == "missing"


_WORDS = st.sampled_from(
    [
        "ketamine",
        "may",
        "not",
        "help",
        "all",
        "5",
        "15",
        "mg",
        "g",
        "70",
        "%",
        "<",
        ">",
        "–",
        "-",
        "‘it’",
        "'it'",
        "never",
        "some",
        "most",
        "of",
        "patients",
        ".",
        "\n",
        "relief",
    ]
)
_TEXT = st.lists(_WORDS, min_size=1, max_size=40).map(" ".join)
_LOOKS = str.maketrans({"\u2018": "'", "\u2019": "'", "\u2013": "-"})


@settings(max_examples=200)
@given(_TEXT, _TEXT, st.data())
def test_no_change_is_silent(old: str, new: str, data: st.DataObject) -> None:
    """Reflowed differs in white space only, retyped in quote and dash style only, never beside a digit or sign."""
    start = data.draw(st.integers(0, len(old) - 1))
    end = data.draw(st.integers(start + 1, len(old)))
    exact, result = old[start:end], carry(old, new, [(start, end)])[0]
    if result.outcome in {"same", "moved"}:
        assert result.words == exact
    if result.outcome in {"reflowed", "retyped"}:
        assert result.words.translate(_LOOKS).split() == exact.translate(_LOOKS).split()
        assert re.findall(r"[\d<>%]+|not|never|may|some|most|all", exact) == re.findall(
            r"[\d<>%]+|not|never|may|some|most|all", result.words
        )
    if result.new:
        assert new[slice(*result.new)] == result.words


@settings(max_examples=200)
@given(_TEXT, _TEXT, st.data())
def test_there_and_back(old: str, new: str, data: st.DataObject) -> None:
    """A quote whose words stand once in both texts is never carried back to another place than it came from."""
    start = data.draw(st.integers(0, len(old) - 1))
    span = (start, data.draw(st.integers(start + 1, len(old))))
    there = carry(old, new, [span])[0]
    if there.outcome in {"same", "moved"} and there.new and old.count(there.words) == new.count(there.words) == 1:
        back = carry(new, old, [there.new])[0]
        assert back.new == span or back.outcome not in {"same", "moved"}


_CHANGES = [
    ("5 mg", "15 mg"),
    ("5 mg", "5 g"),
    ("5 mg", "-5 mg"),
    ("< 0.05", "> 0.05"),
    ("70%", "70"),
    ("do not", "do"),
    ("cannot", "can"),
    ("may", "will"),
    ("some", "all"),
    ("most", "few"),
    ("only", ""),
]


@pytest.mark.parametrize(("said", "changed"), _CHANGES)
@given(before=_TEXT, after=_TEXT)
@settings(max_examples=20)
def test_what_changes_the_meaning_never_stands(said: str, changed: str, before: str, after: str) -> None:
    """No change of a number, unit, sign, negation, modality or quantifier is ever reported as standing."""
    words = "Give 5 mg to some or most; they do not and cannot (p < 0.05), only 70% may"
    old, new = f"{before}\n\n{words}\n\n{after}", f"{before}\n\n{words.replace(said, changed)}\n\n{after}"
    found = carry(old, new, [(len(before) + 2, len(before) + 2 + len(words))])[0]
    assert not found.stands
    assert found.alarms or found.outcome != "changed"


@given(_TEXT)
def test_the_same_text_changes_nothing(text: str) -> None:
    """Carrying to the same text is identity."""
    assert carry(text, text, [(0, len(text))])[0].new == (0, len(text))


@given(st.lists(_WORDS, max_size=30), st.lists(_WORDS, max_size=30))
def test_aligned_pairs_rise_and_are_equal(old: list[str], new: list[str]) -> None:
    """Pairs of positions of words that are the same in both, both rising."""
    pairs = list(aligned(old, new))
    assert all(old[i] == new[j] for i, j in pairs)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(pairs))


def test_long_texts_without_a_word_in_common_cost_no_more_than_their_length() -> None:
    pairs = list(aligned(["a", *map(str, range(9000))], ["a", *(f"x{n}" for n in range(9000))]))
    assert pairs == [(0, 0)]
    assert len(list(aligned(["a", "b"] * 3000 + ["c"], ["b", "a"] * 3000 + ["d"]))) == 0


def test_stray_words_at_the_ends_pull_nothing_in() -> None:
    old = "Alpha beta gamma delta epsilon zeta."
    new = "Alpha one two three four five. Beta gamma delta epsilon or six seven eight nine ten zeta eleven."
    found = carry(old, new, [(0, 35)])[0]
    assert new[found.candidates[0].start : found.candidates[0].end].startswith("Beta gamma delta epsilon")


def test_places_of_repeated_words_are_told_apart() -> None:
    index = index_text("red fish. blue fish. old fish. new fish. " * 3)
    places = likely_places(["blue", "fish"], index, 2)
    assert len(places) == 2
    assert abs(places[0] - places[1]) > 4
    assert likely_places(["green"], index, 2) == []
