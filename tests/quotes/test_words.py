"""Negations, hedges and connectives: what turns or weakens a statement is found wherever it hides."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.quotes.words import hedges, is_connective, negations
from tests.quotes.vocabulary import CONNECTIVES, HEDGES, NEGATIONS, small_lexicon

WORDS = small_lexicon()

NEGATION_CASES = [
    ("It does not help", ["not"]),
    ("It does NOT help", ["not"]),
    ("NO EFFECT", ["no"]),
    ("It isn't so", ["n't"]),
    ("It isn’t so", ["n’t"]),
    ("IT ISN’T SO", ["n’t"]),
    ("It isnʼt so", ["n't"]),
    ("It isn´t so", ["n't"]),
    ("It can't and won’t", ["n't", "n’t"]),
    ("It cannot help", ["cannot"]),
    ("It can not help", ["not"]),
    ("a no-effect level", ["no"]),
    ("It does _not_ help", ["not"]),
    ("It does **not** help", ["not"]),
    ("(not)", ["not"]),
    ("It does n\u00adot help", ["not"]),
    ("It does n\u200bo\u200bt help", ["not"]),
    ("It isn\u2060't so", ["n't"]),
    ("neither here nor there", ["nor"]),
    ("No. No! None?", ["no", "no", "none"]),
    ("No. 5 of them", ["no"]),
    ("nothing noted, a knot, nonetheless, another, notable", []),
    ("in't", ["n't"]),
    ("don'ts", []),
    ("nota bene, canto", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "words"), NEGATION_CASES)
def test_negations(text: str, words: list[str]) -> None:
    found = negations(WORDS, text)
    assert [cue.word for cue in found] == words
    assert all(cue.group == "negation" and 0 <= cue.start < cue.end <= len(text) for cue in found)


HEDGE_CASES = [
    ("It may help", ["may"]),
    ("It MAY help", ["may"]),
    ("May cause drowsiness", ["may"]),
    ("May 12 patients be enrolled", ["may"]),
    ("In May 2012 it", []),
    ("May 2012 saw it", []),
    ("MAY 2012", []),
    ("MAY HELP", ["may"]),
    ("since May it", []),
    ("12 May it", []),
    ("12th May it", []),
    ("May 12, 2012 it", []),
    ("May 12th, 2012 it", []),
    ("on May 12.", []),
    ("on May 12", []),
    ("early May brought", []),
    ("May of 2012", []),
    ("It may 2012", ["may"]),
    ("It may be in May 2012", ["may"]),
    ("It is able to help", ["able to"]),
    ("It is able\nto help", ["able to"]),
    ("It is ABLE  TO help", ["able to"]),
    ("It is able\u00a0to help", ["able to"]),
    ("It is able, to", []),
    ("some degree of pain in some", ["some degree of", "some"]),
    ("It can help", ["can"]),
    ("It can't help", []),
    ("It can’t help", []),
    ("It cannot help", []),
    ("It couldn't help", []),
    ("It can 't was", ["can"]),
    ("It _may_ help", ["may"]),
    ("It m\u200bay help", ["may"]),
    ("may\u00adbe", []),
    ("Maybe the mayor canned something likelylike", []),
    ("un-likely and likely.", ["likely", "likely"]),
    ("ſome do", ["some"]),
    ("It may be lıkely", ["may", "likely"]),
    ("", []),
]


@pytest.mark.parametrize(("text", "words"), HEDGE_CASES)
def test_hedges(text: str, words: list[str]) -> None:
    found = hedges(WORDS, text)
    assert [cue.word for cue in found] == words
    assert all(cue.word in HEDGES[cue.group] and text[cue.start : cue.end] for cue in found)


def test_places_of_cues_in_the_text_as_it_is() -> None:
    text = "It\u200b may n\u00adot help"
    assert [text[c.start : c.end] for c in (*hedges(WORDS, text), *negations(WORDS, text))] == ["may", "n\u00adot"]


CUES = [
    *(word for word in NEGATIONS if word[0] != "n" or word[1:2].isalpha()),
    *(w for ws in HEDGES.values() for w in ws),
]
PLAIN = st.lists(st.sampled_from(["pain", "relief.", "(drug)", "2012", "Not-a", "“it”"]), max_size=4)


@given(PLAIN, st.sampled_from(CUES), st.sampled_from([str, str.upper, str.title]), PLAIN)
def test_no_cue_is_overlooked(before: list[str], cue: str, case: type[str], after: list[str]) -> None:
    """Negation and hedges ("may", "can", "generally") are part of the claim and may not get lost."""
    text = " ".join([*before, "it", case(cue), "them", *after])
    found = {c.word for c in (*negations(WORDS, text), *hedges(WORDS, text))}
    assert cue in found


@given(st.text(max_size=60))
def test_any_text_can_be_searched(text: str) -> None:
    for cue in (*negations(WORDS, text), *hedges(WORDS, text)):
        assert 0 <= cue.start < cue.end <= len(text)


def test_scripts_without_spaces() -> None:
    words = small_lexicon({"possibility": ("可能",)}, ("不", "ない"), ("和",))
    assert [cue.word for cue in negations(words, "新药不有效")] == ["不"]
    assert [cue.word for cue in negations(words, "効果がない。")] == ["ない"]
    assert [(cue.word, cue.start) for cue in hedges(words, "它可能有效")] == [("可能", 1)]


def test_empty_lists_and_words_of_signs_find_nothing() -> None:
    words = small_lexicon({}, ("not", "±"), ())
    assert hedges(words, "It may help") == ()
    assert [cue.word for cue in negations(words, "not ± 5")] == ["not", "±"]


def test_words_with_capitals_and_odd_spaces_in_the_vocabulary() -> None:
    words = small_lexicon({"possibility": ("It  Seems",)})
    assert [cue.word for cue in hedges(words, "it seems so")] == ["it seems"]


CONNECTIVE_CASES = [
    ("and", True),
    (" And, ", True),
    (". However,", True),
    ("found\nthat", True),
    ("that's", True),
    ("that’s", True),
    ("— which —", True),
    ("\u00a0and\u00a0", True),
    ("“and”", True),
    ("and so", False),
    ("but not", False),
    ("and may", False),
    ("not", False),
    ("may", False),
    ("and 5", False),
    ("", False),
    ("...", False),
]


@pytest.mark.parametrize(("text", "listed"), CONNECTIVE_CASES)
def test_connectives(text: str, listed: bool) -> None:
    assert is_connective(WORDS, text) is listed


@given(st.sampled_from(CONNECTIVES), st.sampled_from(CUES), st.booleans())
def test_no_negation_or_hedge_is_ever_a_connective(connective: str, cue: str, first: bool) -> None:
    """Negations and hedges can never be connectives, even where a vocabulary lists them as such."""
    phrase = f"{cue} {connective}" if first else f"{connective} {cue}"
    assert not is_connective(small_lexicon(connectives=(phrase, cue)), phrase)
    assert not is_connective(small_lexicon(connectives=(phrase, cue)), cue)


def test_placeholders() -> None:
    assert WORDS.placeholder.search("to be written: TODO")
    assert WORDS.placeholder.search("n/a")
    assert not WORDS.placeholder.search("a todolist")
