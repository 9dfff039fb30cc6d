"""The cues of drafting, module by module: causal language, clauses, typed fields, odd spans."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool.ingest.causal import causal_language
from kbtool.ingest.clauses import joint_of, main_clause, reported_part
from kbtool.ingest.draft_check import draft_problems
from kbtool.ingest.draft_one import statement_of
from kbtool.ingest.passages import whole_spans
from kbtool.ingest.said_caveats import said_caveats
from kbtool.ingest.selectors import selector_at
from kbtool.ingest.slugs import claim_slugs, slug_of
from kbtool.ingest.typed_fields import first_quantity, typed_fields, words_of
from kbtool.model.claim import Selector
from kbtool.quotes.resolve import resolve
from kbtool.records.layout import BaseFile
from tests.ingest.drafting import frame, vocabulary


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Tea lowers blood pressure.", "causal"),
        ("The tea reduced the pain of patients.", "causal"),
        ("Tea was effective in children.", "causal"),
        ("Sleep is affected by tea.", "causal"),
        ("Tea may reduce pain.", "conditional-causal"),
        ("Tea could possibly lead to better sleep.", "conditional-causal"),
        ("Tea is associated with sleep.", "correlational"),
        ("Tea, which is associated with sleep, may reduce pain.", "correlational"),
        ("Sleep was better in tea drinkers than in others.", "correlational"),
        ("Patients with increased pain slept.", "none"),
        ("The increase was small.", "none"),
        ("An increase was seen.", "none"),
        ("We need strategies to reduce pain.", "none"),
        ("Further research should assess whether tea reduces pain.", "none"),
        ("Tea is green.", "none"),
        ("Tea cuts the risk of falls.", "causal"),
        ("Tea increases the odds of sleep.", "causal"),
        ("Tea drinkers had an increased risk of sleep.", "correlational"),
        ("Tea can lead to a higher risk of falls, which is associated with age.", "correlational"),
        ("Tea slows ageing, says the Leaf Association of Tea Growers.", "causal"),
        ("Associations of tea slow ageing.", "correlational"),
        ("Tea has a big impact on sleep.", "causal"),
        ("Tea drinkers are prone to sleep.", "correlational"),
        ("Scores were significantly higher on tea days.", "correlational"),
        ("Tea may be a useful drink.", "conditional-causal"),
        ("Tea could face a ban.", "conditional-causal"),
        ("Previous studies have shown that tea reduces pain.", "none"),
        ("Tea has long been associated with sleep.", "none"),
        ("The trial was fully funded.", "none"),
    ],
)
def test_causal_language(text: str, kind: str) -> None:
    assert causal_language(text).kind == kind


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Tea also helps people.", ("Tea", "helps", "people")),
        ("However, it's worth noting that tea is green.", ("tea", "is", "green")),
        ("People who drink tea are calm.", ("People who drink tea", "are", "calm")),
        ("Tea.", None),
        ("Is.", None),
    ],
)
def test_the_main_clause(text: str, parts: tuple[str, str, str] | None) -> None:
    found = main_clause(text)
    assert parts == (found and tuple(text[slice(*part)] for part in (found.subject, found.verb, found.rest)))


def test_what_somebody_found_is_told_from_who_found_it() -> None:
    assert reported_part("One study found that tea helps.") == "tea helps."
    assert reported_part("Tea helps.") == "Tea helps."


def test_the_second_joint_is_taken_where_the_first_is_not_safe() -> None:
    text = "Tea, and it, is mild, and it can help."
    joint = joint_of(text)
    assert joint
    assert text[joint[2] :] == "it can help."


@pytest.mark.parametrize(
    ("words", "statement"),
    [
        ("tea is mild.", "Tea is mild."),
        ("pH is low;", "pH is low."),
        ("mRNA, here", "mRNA, here."),
        ("Stop!", "Stop!"),
    ],
)
def test_a_statement_begins_and_ends_as_one(words: str, statement: str) -> None:
    assert statement_of(words) == statement


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Tea does not help people.", "no-effect"),
        ("Tea worsens pain.", "worsens"),
        ("Tea can reduce pain.", "may-improve"),
        ("Tea reduces pain.", "improves"),
    ],
)
def test_the_direction_of_an_effect(text: str, code: str) -> None:
    direction = typed_fields("efficacy", words_of(text), vocabulary())["direction"]
    assert isinstance(direction, dict)
    assert direction["code"] == code


def test_a_field_without_words_is_not_stated() -> None:
    assert typed_fields("efficacy", words_of("Tea is for people in pain."), vocabulary())["direction"] == "not-stated"
    bare = vocabulary().model_copy(update={"directions": {}})
    assert typed_fields("efficacy", words_of("Tea reduces pain."), bare)["direction"] == "not-stated"


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("Mild nausea is common.", {"seriousness": {"as_stated": "Mild", "code": "mild"}}),
        ("Fatal bleeding is rare.", {"seriousness": {"as_stated": "Fatal", "code": "serious"}}),
        ("Nausea is common.", {}),
    ],
)
def test_how_serious_an_unwanted_effect_is(text: str, fields: dict[str, object]) -> None:
    found = typed_fields("safety", words_of(text), vocabulary())
    assert {name: value for name, value in found.items() if name == "seriousness"} == fields


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("about 10% of people", {"as_stated": "about 10% of people", "value": "10", "unit": "%"}),
        ("1 in 1 million people", {"as_stated": "1 in 1 million"}),
        ("12 slept", {"as_stated": "12", "value": "12"}),
        ("1,5 mg", {"as_stated": "1,5 mg"}),
        ("tea 5mgx", {"as_stated": "tea 5mgx", "value": "5"}),
        ("nothing", None),
    ],
)
def test_a_quantity_is_taken_whole(text: str, quantity: object) -> None:
    assert first_quantity(text) == quantity


def test_words_that_a_field_would_cut_are_given_up() -> None:
    """Typed fields hold whole words of the document, however long a name is."""
    text = "It helps sleep in people with sore " + "x" * 60 + " a lot."
    found = typed_fields("efficacy", words_of(text), vocabulary())["population"]
    assert isinstance(found, dict)
    assert f" {found['as_stated']} " in f" {text.rstrip('.')} "


def test_a_cue_that_is_all_of_its_clause_is_quoted_with_its_sentence() -> None:
    text = "Tea, temporarily, helps."
    (found,) = said_caveats(text, (0, len(text)), ["short-lived-effect"])
    assert found.span == (0, len(text))
    text = "Tea helps (for now), and is temporary (so far)."
    (found,) = said_caveats(text, (0, len(text)), ["short-lived-effect"])
    assert text[slice(*found.span)] == "and is temporary"


@pytest.mark.parametrize(
    ("text", "spans", "whole"),
    [
        ("\u2022 tea\n", [(2, 5)], ((0, 5),)),
        ("tea\n\n***\n\nmilk\n", [(0, 3), (10, 14)], ((0, 3), (5, 8), (10, 14))),
        ("tea\n\n***\n", [(0, 3)], ((0, 3), (5, 8))),
        ("tea ***", [(0, 3)], ((0, 3), (4, 7))),
        ("tea\n", [(0, 3)], ((0, 3),)),
    ],
)
def test_between_sentences_there_is_nothing_but_white_space(
    text: str, spans: list[tuple[int, int]], whole: tuple[tuple[int, int], ...]
) -> None:
    assert whole_spans(text, spans) == whole


def test_slugs_are_made_of_telling_words_and_never_twice() -> None:
    assert slug_of("The tea isn't a cure for people who can't sleep at night") == "tea-isnt-cure-people-cant-sleep"
    assert slug_of("\u65e5\u672c") == "claim"
    assert slug_of("It is") == "it-is"
    assert claim_slugs(["Tea.", "Tea!", "Tea 2.", "Tea?"]) == ["tea", "tea-2", "tea-2-2", "tea-3"]


def test_a_quote_gets_as_much_context_as_makes_it_unique() -> None:
    text = "Green tea helps. Black tea helps."
    assert selector_at(text, (0, 9)) == {"exact": "Green tea", "start": "0", "end": "9"}
    assert selector_at("Green tea helps. Black tea helps.", (6, 15)) == {
        "exact": "tea helps",
        "start": "6",
        "end": "15",
        "suffix": ". Black",
    }
    assert selector_at("tea is green. tea is black.", (0, 3)) == {
        "exact": "tea",
        "start": "0",
        "end": "3",
        "suffix": " is green.",
    }


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(("tea ", "milk ", "tea. ", "\n\n", "a ")), min_size=1, max_size=40), st.data())
def test_a_selector_finds_its_one_place(words: list[str], data: st.DataObject) -> None:
    """A quote stands in the stored text at the stated place; where `exact` is not unique, context makes it so."""
    text = "".join(words)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    if text[start:end].strip():
        found = Selector.model_validate(selector_at(text, (start, end)))
        assert resolve(found, text).places == ((start, end),)
        assert resolve(found, text).outcome == "found"


def test_a_page_that_stands_twice_is_told_apart_by_what_stands_around_it() -> None:
    page = "".join(f"Tea number {number} is mild. " for number in range(120))
    text = f"First. {page}Second. {page}Third."
    at = text.find("Tea number 60", len(page))
    found = Selector.model_validate(selector_at(text, (at, at + 13)))
    assert resolve(found, text).outcome == "found"
    assert len(found.prefix or found.suffix or "") > 1_000


def test_a_frame_that_is_no_base_cannot_check() -> None:
    broken = replace(frame(), config=(BaseFile("kb.yaml", "kb.yaml", b"title: x\n"),))
    with pytest.raises(ValueError, match="cannot be read"):
        draft_problems({}, broken)
    odd = replace(frame(), config=(*frame().config, BaseFile("odd.bin", "odd.bin", b"")))
    assert draft_problems({}, odd) == {}
