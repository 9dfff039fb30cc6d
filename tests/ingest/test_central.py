"""Which sentences of an abstract or article are taken for its claims."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.ingest.central import THRESHOLD, centrality, gives_numbers
from kbtool.ingest.draft import draft
from kbtool.ingest.sentences import sentences
from tests.ingest.drafting import document_of, vocabulary

ABSTRACT = (
    "Sleep is important for health.",
    "We aimed to determine whether tea improves sleep.",
    "A total of 50 patients were randomized to tea or water.",
    "Sleep was measured with a questionnaire.",
    "The mean was 5.2 (95% CI 4-6).",
    "In conclusion, these results suggest that tea improves sleep.",
    "Further studies are needed.",
)


def test_the_conclusion_of_an_abstract_is_central_and_its_aim_and_methods_are_not() -> None:
    found = [centrality(each, at, len(ABSTRACT)).is_central for at, each in enumerate(ABSTRACT)]
    assert found == [False, False, False, False, False, True, False]


@pytest.mark.parametrize(
    ("text", "from_the_end", "is_central"),
    [
        ("Tea is a safe option for poor sleepers.", 0, True),
        ("Tea is a safe option for poor sleepers.", 1, True),
        ("Tea is a safe option for poor sleepers.", 2, False),
        ("Thus, tea may help poor sleepers.", 2, True),
        ("Thus, tea may help poor sleepers.", 8, False),
        ("Here we show that tea promotes sleep.", 4, True),
        ("We also find that tea promotes sleep.", 3, True),
        ("We drank tea.", 1, False),
        ("Our findings point to a role of tea in sleep.", 2, True),
        ("The mean dose was 5 mg.", 0, False),
        ("The mean dose was 5 mg.", 1, False),
        ("Sleep was longer in drinkers of tea.", 0, True),
        ("The new tea might help.", 1, True),
        ("However, sleep was scored by two observers.", 1, False),
        ("The implications for sleep are discussed.", 1, False),
        ("The tea log is freely available at www.example.org.", 1, False),
        ("We review what is known about tea.", 1, False),
        ("This work was supported by a grant of the tea council.", 0, False),
        ("It is unclear whether tea helps.", 1, False),
        ("Is tea a safe option for poor sleepers?", 1, False),
    ],
)
def test_the_place_and_the_words_both_count(text: str, from_the_end: int, is_central: bool) -> None:
    total = 9
    assert centrality(text, total - 1 - from_the_end, total).is_central is is_central


def test_the_first_sentences_are_hardly_conclusions() -> None:
    text = "Here we show that tea promotes sleep."
    assert centrality(text, 0, 9).score < centrality(text, 2, 9).score == centrality(text, 3, 9).score
    assert centrality(text, 1, 4).score < centrality(text, 2, 5).score


def test_the_place_in_a_passage_of_two_sentences_tells_nothing() -> None:
    assert centrality("Tea is green.", 0, 2).score == centrality("Tea is green.", 1, 2).score


@pytest.mark.parametrize(
    ("from_the_end", "counted", "is_central"),
    [(1, 0, False), (1, 1, False), (1, 2, True), (2, 2, False), (3, 9, False)],
)
def test_a_sentence_without_numbers_behind_some_with_them_says_what_they_come_to(
    from_the_end: int, counted: int, is_central: bool
) -> None:
    assert centrality("Tea was well tolerated.", 9 - from_the_end, 10, counted).is_central is is_central


def test_a_sentence_with_numbers_says_nothing_about_those_before() -> None:
    text = "Tea was drunk by 5.2 people."
    assert gives_numbers(text)
    assert centrality(text, 8, 10, 0) == centrality(text, 8, 10, 5)


def test_the_cues_are_those_that_speak_for_it() -> None:
    found = centrality("In conclusion, these data suggest that tea is safe.", 8, 9)
    assert found.cues == ("sentence 9 of 9", "In conclusion", "is", "safe", "no past tense and no number")


@given(st.text(max_size=80), st.integers(0, 12), st.integers(1, 12))
def test_a_score_stays_within_its_bounds(text: str, position: int, more: int) -> None:
    """How likely a sentence is a claim of its passage, from 0 to 1."""
    found = centrality(text, position, position + more)
    assert 0 <= found.score <= 1
    assert found.is_central == (found.score >= THRESHOLD)


@pytest.mark.parametrize(("dose", "is_central"), [("5.2 mg", True), ("little", False)])
def test_a_draft_looks_at_the_numbers_of_its_section(dose: str, is_central: bool) -> None:
    doses = " ".join(f"Group {name} was given {dose} of tea." for name in ("one", "two", "three"))
    text = f"{doses} Tea was well tolerated. Nobody was asked.\n"
    found = draft(document_of(text), sentences(text), vocabulary()).drafts
    assert [each.central.is_central for each in found if each.statement == "Tea was well tolerated."] == [is_central]
