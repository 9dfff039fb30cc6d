"""Drafts of documents: every letter has its place, nothing is lost or invented, and what comes out validates."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool.ingest.document import Block, BlockKind, Document, Facts
from kbtool.ingest.draft import draft
from kbtool.ingest.draft_files import MOST_SENTENCES, Drafted, drafted
from kbtool.ingest.draft_values import Draft, Drafts
from kbtool.ingest.sentences import sentences
from kbtool.model.claim import CLAIM
from kbtool.quotes.coverage import coverage
from kbtool.schemas.key_order import order_for
from kbtool.yamlsource.parse import parse
from tests.ingest.drafting import Refusal, document_of, findings, frame, intake, made, markdown, vocabulary

LEAFLET = """# Hay fever

Hay fever affects about 10% of people. There is no cure, but treatments can help. Do you need a test?

Symptoms include:

- sneezing
- itchy eyes

## Don't

- cut grass
- spend too much time outside

One study published in the Journal of Made-up Medicine in 2012 found that 70% of patients had relief. However, some
patients may not respond. Tablets cost $5, and they are available over the counter.

| Drug | Dose |
| --- | --- |
| plumberry tea | 5 mg |

Subscribe to our newsletter today.
"""


def record_in(raw: bytes) -> dict[str, Any]:
    data = parse(raw).data
    assert isinstance(data, dict)
    return data


def drafts_of(document: Document) -> Drafts:
    spans = sentences(document.text, [(block.start, block.end) for block in document.blocks])
    return draft(document, spans, vocabulary())


def one(text: str, kind: BlockKind = "paragraph") -> Draft:
    (found,) = drafts_of(document_of(text, kind)).drafts
    return found


def test_a_leaflet_validates_without_a_finding_and_nothing_is_left_out() -> None:
    files = made(markdown(LEAFLET)).files
    assert findings(files) == []


def test_what_a_leaflet_comes_to() -> None:
    document = markdown(LEAFLET)
    found = drafts_of(document)
    assert [each.statement for each in found.drafts] == [
        "Hay fever affects about 10% of people.",
        "There is no cure, but treatments can help.",
        "Symptoms include sneezing.",
        "Symptoms include itchy eyes.",
        "Don't cut grass.",
        "Don't spend too much time outside.",
        "One study published in the Journal of Made-up Medicine in 2012 found that 70% of patients had relief.",
        "However, some patients may not respond.",
        "Tablets cost $5.",
        "They are available over the counter.",
        "Drug; Dose.",
        "Plumberry tea; 5 mg.",
    ]
    reasons = {document.text[slice(*each.span)]: each.reason for each in found.skipped}
    assert reasons["Hay fever"] == "heading"
    assert reasons["Do you need a test?"] == "question"
    assert reasons["Subscribe to our newsletter today."] in {"boilerplate", "call-to-action"}
    assert "Don't" not in reasons


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "Ketamine",
                "may",
                "not",
                "help",
                "people",
                "with",
                "pain",
                ".",
                "!",
                "?",
                ",",
                ";",
                "and",
                "but",
                "it",
                "is",
                "a",
                "cure",
                "5",
                "mg",
                "10-20",
                "%",
                "<",
                "[12]",
                ")",
                "Smith",
                "2012",
                "study",
                "•",
                "don’t",
                "“",
                "”",
                "The",
                "Rarely,",
                "Some",
                "cost",
                "$500",
                "n/a",
                "日本語。",
                "no",
                "without",
                "—",
                ":",
                "*",
                "_",
                "months",
                "70%",
                "of",
                "patients",
                "can",
                "often",
                "x",
                "=",
                "|",
                "fails",
                "to",
                "…",
            ]
        )
        | st.sampled_from(
            ["\n\n", "\n", "- ", "side effects", "found that", "p < 0.05", "published in the Journal of Tea"]
        ),
        max_size=40,
    ),
    st.sampled_from(["paragraph", "list-item", "table-cell", "heading", "quote", "caption", "boiler-plate"]),
)
def test_any_text_comes_out_whole_or_is_refused(words: list[str], kind: str) -> None:
    """Output is a folder of records that validates, with coverage 100 % by construction."""
    text = "\n".join(line.strip() for line in " ".join(words).split("\n")).strip() + "\n"
    found = drafted(document_of(text, cast("BlockKind", kind)), intake(), frame(), order_for)
    assert (
        isinstance(found, Refusal)
        or [each for each in findings(found.files) if "source-without-claims" not in each] == []
    )


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn")), max_size=120))
def test_every_letter_of_any_text_has_its_place(text: str) -> None:
    """Every letter and digit of a source text stands in a claim's quote, in a skipped passage or in a connective."""
    document = document_of(" ".join(text.split()) + "\n")
    found = drafts_of(document)
    spans = [quote for each in found.drafts for quote in each.quotes]
    spans += [*(each.span for each in found.skipped), *found.connectives]
    assert coverage(document.text, spans).gaps == ()


def test_the_same_document_gives_the_same_bytes() -> None:
    assert made(markdown(LEAFLET)).files == made(markdown(LEAFLET)).files


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("Doctors should check the blood pressure of every patient.", "guidance"),
        ("The tablets cost about $20 and insurance may not pay.", "cost"),
        ("The spray is available over the counter in most pharmacies.", "availability"),
        ("Common side effects are nausea and dizziness.", "safety"),
        ("The dose is 5 mg twice a day by mouth.", "administration"),
        ("About 10% of adults are diagnosed with the condition.", "epidemiology"),
        ("The tea relieves pain and improves sleep.", "efficacy"),
        ("The drug works by blocking receptors in the brain.", "mechanism"),
        ("Ketamine was first used as an anesthetic.", "usage"),
        ("Alveoli are called air sacs.", "definition"),
        ("One study found that 70% of patients had relief.", "study-finding"),
        ("It was published in the Journal of Tea by someone, a study that is known.", "citation"),
        ("Bees hum.", "mechanism"),
        ("A bee is yellow.", "definition"),
    ],
)
def test_the_type_follows_the_cues(text: str, type_: str) -> None:
    assert one(text).type == type_


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("It is not a cure.", {"not-a-cure"}),
        ("The tea may help.", {"limited-evidence"}),
        ("The course can be expensive.", {"cost-and-coverage"}),
        ("Insurance may not cover it.", {"cost-and-coverage", "limited-evidence"}),
        ("It works in some patients.", {"individual-variation"}),
        ("More research is needed.", {"limited-evidence"}),
        ("The effect is short-lived.", {"short-lived-effect"}),
        ("The use is off-label.", {"off-label-use"}),
        ("It is given under medical supervision.", {"medical-supervision"}),
        ("It is one part of a wider plan.", {"comprehensive-plan"}),
        ("The tea is not widely available.", {"limited-availability"}),
        ("Bees hum.", set()),
    ],
)
def test_limits_in_the_text_become_caveats(text: str, kinds: set[str]) -> None:
    assert {each.kind for each in one(text).caveats} == kinds


def test_a_sentence_that_limits_the_one_before_it_gives_it_a_caveat() -> None:
    first, _ = drafts_of(document_of("The tea relieves pain. However, it is not a cure.\n")).drafts
    assert [each.kind for each in first.caveats] == ["not-a-cure"]


def test_a_caveat_quotes_a_whole_clause() -> None:
    document = document_of("The tea is mild, and it is not a cure for anything, as they say.\n")
    spans = [document.text[slice(*caveat.span)] for each in drafts_of(document).drafts for caveat in each.caveats]
    assert spans == ["it is not a cure for anything"]


@pytest.mark.parametrize(
    ("text", "statements"),
    [
        ("Tea is mild, and it can help.", ["Tea is mild.", "It can help."]),
        ("Tea is mild; the price is low.", ["Tea is mild.", "The price is low."]),
        ("Tea is mild, and milk.", ["Tea is mild, and milk."]),
        ("Tea is mild if it is cold, and it can help.", ["Tea is mild if it is cold, and it can help."]),
        ("Tea (it is mild, and it can help) is green.", ["Tea (it is mild, and it can help) is green."]),
        ('Tea is "mild, and it can" help.', ['Tea is "mild, and it can" help.']),
    ],
)
def test_sentences_are_split_where_that_is_safe_alone(text: str, statements: list[str]) -> None:
    assert [each.statement for each in drafts_of(document_of(text)).drafts] == statements


def test_where_splitting_is_not_safe_the_draft_says_so() -> None:
    found = one("Tea is mild if it is cold, and it can help.")
    assert any("more than one statement" in each for each in found.remarks)


def test_a_joining_word_that_the_vocabulary_lacks_does_not_part_a_sentence() -> None:
    bare = vocabulary().model_copy(update={"connectives": ("or",)})
    document = document_of("Tea is mild, and it can help.\n")
    assert len(draft(document, sentences(document.text), bare).drafts) == 1


@pytest.mark.parametrize(
    ("text", "kind", "reason"),
    [
        ("Are you well?", "paragraph", "question"),
        ("Overview", "paragraph", "heading"),
        ("Anything at all.", "heading", "heading"),
        ("Anything at all.", "boiler-plate", "boilerplate"),
        ("1.", "marker", "signpost"),
        ("x = tea()", "code", "boilerplate"),
        ("\u00a9 2024 Somebody", "paragraph", "boilerplate"),
        ("All rights reserved.", "paragraph", "boilerplate"),
        ("Contact our clinic today.", "paragraph", "call-to-action"),
        ("Find a tea shop", "paragraph", "call-to-action"),
        ("The day of your first cup", "paragraph", "heading"),
        ("هل يساعد الشاي؟", "paragraph", "question"),
        ("Let's look at the causes.", "paragraph", "transition"),
        ("Please note:", "paragraph", "signpost"),
        ("In our opinion this is lovely.", "paragraph", "opinion"),
        ("12 %", "table-cell", "boilerplate"),
        ("To be added here soon.", "paragraph", "boilerplate"),
    ],
)
def test_what_claims_nothing_is_skipped_with_a_reason(text: str, kind: BlockKind, reason: str) -> None:
    (found,) = drafts_of(document_of(text, kind)).skipped
    assert found.reason == reason


@pytest.mark.parametrize("text", ["Call your doctor today.", "See a GP now if it gets worse.", "Take 5 mg now."])
def test_advice_on_care_is_a_claim_and_no_advertisement(text: str) -> None:
    assert one(text).type in {"guidance", "administration"}


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("Tea is not a cure.", "denied"),
        ("No tea helps.", "denied"),
        ("Tea helps people who do not sleep.", "asserted"),
        ("Tea helps.", "asserted"),
    ],
)
def test_a_negation_at_the_verb_denies(text: str, polarity: str) -> None:
    assert one(text).polarity == polarity


def test_a_denying_heading_goes_with_each_item_below_it() -> None:
    found = drafts_of(markdown("## Don't\n\n- cut grass\n- smoke\n")).drafts
    assert [each.statement for each in found] == ["Don't cut grass.", "Don't smoke."]
    assert all(len(each.quotes) == 2 for each in found)
    assert [each.fields["recommendation"] for each in found] == [
        {"as_stated": "Don't cut grass"},
        {"as_stated": "Don't smoke"},
    ]


@pytest.mark.parametrize(
    ("text", "statements"),
    [
        ("Never:\n\n- Contact our clinic today\n", ["Never Contact our clinic today."]),
        ("What helps?\n\n- warm tea is good\n", ["Warm tea is good."]),
        ("Take tea. It helps with:\n\n- sleep. It is good.\n- pain\n", None),
    ],
)
def test_words_that_lead_in_are_never_lost(text: str, statements: list[str] | None) -> None:
    document = markdown(text)
    assert findings(made(document).files) == []
    if statements:
        assert [each.statement for each in drafts_of(document).drafts] == statements


def test_a_heading_that_leads_in_to_nothing_but_skips_is_skipped_itself() -> None:
    found = drafts_of(markdown("## Without a doubt:\n\n- n/a\n\nTea is mild.\n"))
    assert {each.reason for each in found.skipped} >= {"boilerplate"}
    assert findings(made(markdown("## Without:\n\n- n/a\n\nTea is mild.\n")).files) == []


def test_a_repeated_statement_restates_the_first() -> None:
    files = made(document_of("Tea is mild.\n\nTea is mild.\n\nTea is mild.\n")).files
    assert findings(files) == []
    claims = [record_in(raw) for name, raw in files.items() if name.startswith("leaflet/")]
    assert sorted(len(each["relations"]) for each in claims) == [1, 1, 2]


def test_a_statement_that_another_document_makes_names_its_own_document() -> None:
    taken = intake(taken_statements=frozenset({"tea is mild"}))
    found = drafted(document_of("Tea is mild.\n"), taken, frame(), order_for)
    assert isinstance(found, Drafted)
    assert any(b"The document 'leaflet' says: Tea is mild." in raw for raw in found.files.values())
    both = frozenset({"tea is mild", "the document leaflet says tea is mild"})
    again = drafted(document_of("Tea is mild.\n"), intake(taken_statements=both), frame(), order_for)
    assert isinstance(again, Drafted)
    assert findings(again.files) == []
    odd = drafted(document_of("Tea is mild.\n"), replace(taken, document="can-2012"), frame(), order_for)
    assert isinstance(odd, Drafted)
    assert findings(odd.files) == []


def test_a_study_gets_a_record_that_says_that_nobody_looked() -> None:
    text = "One study published in the Journal of Tea in 2012 (doi 10.1000/made-up) found that 70% of patients slept.\n"
    found = drafted(document_of(text), intake(taken_evidence=frozenset({"leaflet-study-1"})), frame(), order_for)
    assert isinstance(found, Drafted)
    assert findings(found.files) == []
    study = record_in(found.files["evidence/leaflet-study-2.yaml"])
    assert study["status"] == {"state": "untraced", "on": "2026-11-23", "source": "nobody has looked for the study yet"}
    assert study["identifiers"] == {"doi": "10.1000/made-up"}


@pytest.mark.parametrize(
    ("text", "identifiers"),
    [
        ("A study found that 5 slept (PMID 12345).", {"pmid": "12345"}),
        ("A study found that 5 slept (NCT01234567).", {"registry": ["NCT01234567"]}),
        ("A study found that 5 slept (10.1234/...).", {}),
    ],
)
def test_identifiers_are_taken_as_they_stand(text: str, identifiers: dict[str, object]) -> None:
    files = made(document_of(text + "\n")).files
    study = record_in(files["evidence/leaflet-study-1.yaml"])
    assert study["identifiers"] == identifiers
    assert findings(files) == []


def test_a_note_in_brackets_is_no_finding_but_is_pointed_out() -> None:
    found = one("Tea relieves pain and improves sleep [12].")
    assert found.type == "efficacy"
    assert any("points to a study" in each for each in found.remarks)


def test_a_draft_says_that_a_machine_made_it_and_that_nothing_was_checked() -> None:
    files = made(document_of("Tea relieves pain.\n")).files
    (raw,) = [raw for name, raw in files.items() if name.startswith("leaflet/")]
    claim = CLAIM.validate_python(parse(raw).data)
    assert claim.drafted.machine
    assert claim.review.status == "draft"
    assert claim.verdict.rationale.startswith("Not checked yet")
    assert claim.evidence == ()
    assert "confidence" in (claim.notes or "")


def test_facts_of_the_file_are_recorded() -> None:
    facts = Facts(
        "0" * 64,
        "text/html",
        title="Tea",
        authors=("A. Person", "B. Person"),
        publisher="Tea House",
        published="2024-05-01",
        modified="2024-06",
        language="en-GB",
        licence="CC0",
        address="https://example.org/tea",
    )
    document = replace(document_of("Tea is mild.\n"), facts=facts, remarks=("a comment was seen",))
    files = made(document).files
    source = record_in(files["sources/leaflet.yaml"])
    assert (source["title"], source["publisher"], source["published"]) == ("Tea", "Tea House", "2024-05-01")
    assert source["language"] == "en-GB"
    assert source["rights"]["holder"] == "A. Person, B. Person"
    assert "CC0" in source["rights"]["statement"]
    assert source["found"][0]["url"] == "https://example.org/tea"
    assert "A comment was seen." in source["found"][0]["note"]
    assert findings(files) == []


def test_a_text_that_no_record_can_hold_is_refused_with_the_reason() -> None:
    found = drafted(document_of("Tea m\u0456x is mild.\n"), intake(), frame(), order_for)
    assert isinstance(found, Refusal)
    assert "mixes alphabets" in found.reason


def test_a_character_that_no_file_may_hold_refuses_the_document() -> None:
    found = drafted(document_of("Tea is\x07 mild.\n"), intake(), frame(), order_for)
    assert isinstance(found, Refusal)
    assert "cannot be written" in found.reason


def test_leading_words_without_an_item_are_a_draft_of_their_own() -> None:
    document = markdown("Tea helps with these:\n\n- n/a\n")
    assert [each.statement for each in drafts_of(document).drafts] == ["Tea helps with these:"]
    assert findings(made(document).files) == []


def test_a_long_sentence_and_a_citation_without_a_finding_are_pointed_out() -> None:
    assert any("more than 40 words" in each for each in one("Tea is " + "very " * 45 + "mild.").remarks)
    assert one("It was reported in Nature by Smith et al. (2012).").type == "citation"
    assert "is a fragment of a list: say what it belongs to" in one("green leaves", "list-item").remarks
    assert one("One study was done on tea.").type != "study-finding"


def test_a_document_of_too_many_sentences_is_refused() -> None:
    found = drafted(document_of("Tea is mild. " * (MOST_SENTENCES + 1) + "\n"), intake(), frame(), order_for)
    assert isinstance(found, Refusal)
    assert found.reason == "the document has 20,001 sentences, and a source record takes 20,000 sentences"
    document = document_of("Tea.\n")
    many = drafted(replace(document, blocks=document.blocks * (MOST_SENTENCES + 1)), intake(), frame(), order_for)
    assert isinstance(many, Refusal)
    assert "20,001 paragraphs and other blocks" in many.reason


def test_what_breaks_a_rule_is_drafted_plainly_or_set_aside_and_said_so() -> None:
    """A quote that would leave out the negation right behind it cannot be a claim."""
    text = "Tea is mild\nnot so good it is\n\nTea is green.\n"
    blocks = (Block(0, 11, "paragraph"), Block(12, 29, "paragraph"), Block(31, 44, "paragraph"))
    document = replace(document_of(text), blocks=blocks)
    found = made(document)
    assert findings(found.files) == []
    assert len(found.plain) == 2
    assert {each.cue.partition(":")[0] for each in found.drafts.skipped} == {"no record can hold it"}
