"""The nearest passage: a suggestion that says word by word what differs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.quotes.near import differing, index_text, nearest
from kbtool.quotes.tokens import fold, tokenise

TEXT = (
    "Ketamine is a dissociative anesthetic. One study found that 70% of patients reported significant pain relief.\n\n"
    "However, it isn’t a cure, and some patients may not experience any relief. The dose was 5 mg (p < 0.05).\n\n"
    "The effect was non-inferior to 15 mg/kg of placebo in 2012. Another one found nothing of the kind."
)

CASES = [
    (
        "One study found that 80% of patients reported significant pain relief",
        "One study found that 70% of patients reported significant pain relief",
        (("80", "70"),),
    ),
    ("some patients may experience any relief", "some patients may not experience any relief", (("", "not"),)),
    ("some patients never may not experience", "some patients may not experience", (("never", ""),)),
    ("it isn't a cure", "it isn’t a cure", (("isn't", "isn’t"),)),
    ("it is a cure, and some", "it isn’t a cure, and some", (("is", "isn’t"),)),
    ("The dose was 5 mg (p > 0.05)", "The dose was 5 mg (p < 0.05)", ((">", "<"),)),
    ("The dose was 5 g (p", "The dose was 5 mg (p", (("g", "mg"),)),
    ("a dissociative  anesthetic", "a dissociative anesthetic", ()),
    (
        "patients reported pain relief. However",
        "patients reported significant pain relief.\n\nHowever",
        (("", "significant"),),
    ),
    ("Ketamine was a dissociative anesthetic", "Ketamine is a dissociative anesthetic", (("was", "is"),)),
    ("Esketamine is a dissociative anesthetic", "Ketamine is a dissociative anesthetic", (("Esketamine", "Ketamine"),)),
    ("one found nothing of the sort", "one found nothing of the kind", (("sort", "kind"),)),
]


@pytest.mark.parametrize(("quote", "passage", "differences"), CASES)
def test_table(quote: str, passage: str, differences: tuple[tuple[str, str], ...]) -> None:
    near = nearest(quote, index_text(TEXT))
    assert near is not None
    assert (near.text, near.differences) == (passage, differences)
    assert TEXT[near.start : near.end] == near.text


@pytest.mark.parametrize(
    "quote", ["Quantum chromodynamics explains quark confinement", "?!", "zebra", "the zebra ran over green hills"]
)
def test_what_shares_hardly_a_word_has_no_near_passage(quote: str) -> None:
    assert nearest(quote, index_text(TEXT)) is None


def test_empty_text_has_no_near_passage() -> None:
    assert nearest("a quote", index_text("")) is None


def test_stray_common_words_far_off_pull_nothing_in() -> None:
    text = "The cat sat by a red door. A drug helps most people here. In the end the door was shut."
    near = nearest("The drug helps most people the", index_text(text))
    assert near is not None
    assert near.text == "A drug helps most people here"


TWICE = (
    "The infusions can be repeated every month. In some places they are hard to get, and people wait for long.\n\n"
    "The treatment can be expensive, and few insurers pay for it. The dose can be raised later on."
)

STATED = [
    ("can be cheap", None, "can be repeated"),
    ("can be cheap", TWICE.index("can be repeated"), "can be repeated"),
    ("can be cheap", TWICE.index("can be expensive"), "can be expensive"),
    ("can be cheap", TWICE.index("can be raised") + 3, "can be raised"),
    ("can be cheap", TWICE.index("few insurers"), "can be expensive"),
    ("can be cheap", TWICE.index("In some places"), "can be repeated"),
    ("can be cheap", 10**9, "can be raised"),
    ("can be cheap", -5, "can be repeated"),
    ("they are hard to find", TWICE.index("can be expensive"), "they are hard to get"),
    ("they are very hard to get, and people wait", 0, "they are hard to get, and people wait"),
]


@pytest.mark.parametrize(("quote", "stated", "passage"), STATED)
def test_of_passages_equally_like_it_the_one_at_the_stated_place_is_offered(
    quote: str, stated: int | None, passage: str
) -> None:
    near = nearest(quote, index_text(TWICE), stated)
    assert near is not None
    assert near.text == passage


def test_a_stated_place_with_nothing_like_it_changes_nothing() -> None:
    for place in (None, 0, 60, len(TWICE)):
        assert nearest("zebras ran over green hills", index_text(TWICE), place) is None
    assert nearest("a quote", index_text(""), 5) is None


SOME_WORDS = ("pain", "relief", "may", "not", "the", "of", "5", "mg", "<", "%", "isn’t", "non-inferior", ".", "é")
PHRASES = st.lists(st.sampled_from(SOME_WORDS), min_size=1, max_size=30)


@given(PHRASES, PHRASES)
def test_differences_turn_the_quote_into_the_passage(quote: list[str], text: list[str]) -> None:
    """A fuzzy match is a suggestion to a person, never an answer: it says every word that differs."""
    mine, theirs = tokenise(" ".join(quote)), tokenise(" ".join(text))
    rebuilt: list[str] = []
    at = 0
    for a, b, c, d in differing(mine, theirs):
        rebuilt += mine.shown()[at:a] + theirs.shown()[c:d]
        at = b
    assert rebuilt + mine.shown()[at:] == theirs.shown()


@given(st.text(max_size=80), st.text(max_size=200))
def test_a_near_passage_always_stands_in_the_text(quote: str, text: str) -> None:
    """A fuzzy match is a suggestion, never an answer; what it shows stands in the text at the place it gives."""
    near = nearest(quote, index_text(text))
    if near is not None:
        assert text[near.start : near.end] == near.text
        assert 0 < near.similarity <= 1


@given(PHRASES, st.data())
def test_a_quote_that_stands_in_the_text_is_its_own_nearest(words: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(words) - 1))
    part = " ".join(words[start : data.draw(st.integers(start + 1, len(words)))])
    near = nearest(part, index_text(" ".join(words)))
    assert near is not None
    assert near.similarity >= 0.5


FOLDS = [
    ("Pain", "pain"),
    ("isn’t", "isn't"),
    ("café", "cafe\u0301"),
    ("keta\u00admine", "ketamine"),
    ("５", "5"),
    ("−", "-"),
    ("kеtаmine", "ketamine"),
    ("µg", "μg"),
    ("“", '"'),
    ("ﬁve", "five"),
]


@pytest.mark.parametrize(("one", "other"), FOLDS)
def test_fold(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_tokens() -> None:
    tokens = tokenise("p<0.05, non-inferior; 5mg isn’t 15-20% of_it e\u0301t")
    assert tokens.shown() == [
        *(
            "p",
            "<",
            "0.05",
            ",",
            "non-inferior",
            ";",
            "5",
            "mg",
            "isn’t",
            "15",
            "-",
            "20",
            "%",
            "of",
            "_",
            "it",
            "e\u0301t",
        )
    ]
    assert tokens.words(4, 4) == ""
