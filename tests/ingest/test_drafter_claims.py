"""Answers of another drafter: what holds is taken, what does not is refused with a reason, and our draft stays."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest

from kbtool.ingest.document import Document
from kbtool.ingest.draft import draft
from kbtool.ingest.draft_values import Drafts
from kbtool.ingest.drafter_claims import Taken, take_answers
from kbtool.ingest.drafter_lines import LINE_LIMIT, read_answers, request_lines
from kbtool.ingest.sentences import sentences
from tests.ingest.drafting import document_of, findings, made, markdown, vocabulary

TEXT = "The tea may not help 5 people, and it is mild. Is it tea?\n"
GOOD = {
    "statement": "Tea may not help 5 people.",
    "type": "efficacy",
    "fields": {
        "intervention": {"as_stated": "The tea"},
        "outcome": {"as_stated": "help 5 people"},
        "direction": "not-stated",
    },
    "quotes": ["The tea may not help 5 people"],
    "caveats": [{"kind": "limited-evidence", "text": "It only may.", "quote": "may not help 5 people"}],
}
MILD = {
    "statement": "Tea is mild.",
    "type": "definition",
    "fields": {"term": {"as_stated": "it"}, "meaning": {"as_stated": "mild"}},
    "quotes": ["it is mild"],
}


def ours(document: Document) -> Drafts:
    spans = sentences(document.text, [(block.start, block.end) for block in document.blocks])
    return draft(document, spans, vocabulary())


def taken(document: Document, drafts: Drafts, answers: Sequence[Any]) -> Taken:
    raw = "\n".join(each if isinstance(each, str) else json.dumps(each) for each in answers).encode()
    return take_answers(document, drafts, read_answers(raw), "helper", vocabulary())


def refused_with(answers: Sequence[Any], text: str = TEXT) -> str:
    """Why the only answer is refused, whichever check refuses it; our own drafts stand and validate."""
    document = document_of(text)
    said: list[str] = []

    def redraft(drafts: Drafts) -> Drafts:
        found = taken(document, drafts, answers)
        said.extend(found.refused)
        return found.drafts

    found = made(document, redraft)
    assert findings(found.files) == []
    assert {each.drafter for each in found.drafts.drafts} == {"kbtool"}
    said.extend(found.refused.values())
    return "; ".join(said)


def test_a_drafter_is_told_the_task_and_every_sentence_with_what_stands_around_it() -> None:
    document = markdown("# Tea\n\nDo:\n\n- drink it\n\nTea is mild. Is it tea?\n")
    task, *told = map(json.loads, request_lines(document, ours(document), "tea", vocabulary()).splitlines())
    assert task["protocol"] == "kbtool-drafter/1"
    assert task["claim_types"]["definition"] == ["term*", "meaning*"]
    assert "study-finding" not in task["claim_types"]
    assert {"hedges", "negations", "caveat_kinds", "skip_reasons"} <= task.keys()
    assert [each["text"] for each in told] == ["Tea", "drink it", "Tea is mild.", "Is it tea?"]
    assert told[1]["lead"] == "Do:"
    assert told[2]["under"] == ["Tea"]
    assert (told[2]["before"], told[2]["after"]) == ("drink it", "Is it tea?")
    assert "lead" not in told[2]


def test_a_good_answer_stands_and_says_who_drafted_it() -> None:
    document = document_of(TEXT)
    found = made(document, lambda drafts: taken(document, drafts, [{"sentence": 0, "claims": [GOOD, MILD]}]).drafts)
    assert findings(found.files) == []
    assert [each.statement for each in found.drafts.drafts] == ["Tea may not help 5 people.", "Tea is mild."]
    assert {each.drafter for each in found.drafts.drafts} == {"helper"}
    assert [document.text[slice(*each)] for each in found.drafts.connectives] == ["and"]
    (raw,) = [raw for name, raw in found.files.items() if name.endswith("tea-may-not-help-5-people.yaml")]
    assert b"by: helper" in raw
    assert b"machine: true" in raw
    assert b"It only may." in raw


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"statement": "Tea may not help 6 people."}, "number-not-in-quote"),
        ({"statement": "Tea may help 5 people."}, "negation-lost"),
        ({"statement": "Tea does not help 5 people."}, "hedge-lost"),
        ({"statement": "Tea may not help 5 mg people."}, "measure-not-as-quoted"),
        ({"statement": " "}, "'statement' is no text"),
        ({"type": "study-finding"}, "no claim type that a drafter may give"),
        ({"type": "fable"}, "no claim type that a drafter may give"),
        ({"verdict": {"rating": "supported"}}, "unknown key 'verdict'"),
        ({"quotes": ["The tea might not help 5 people"]}, "does not stand in the sentence"),
        ({"quotes": ["help 5 people", "The tea"]}, "does not stand in the sentence"),
        ({"quotes": [5]}, "does not stand in the sentence"),
        ({"quotes": []}, "no quote"),
        ({"quotes": "The tea"}, "'quotes' is no list"),
        ({"quotes": ["The tea may not help"]}, "are in no quote"),
        ({"fields": []}, "'fields' is no object"),
        ({"fields": {"intervention": {"as_stated": "The tea"}}}, "schema-missing"),
        ({"fields": {"dose": {"as_stated": "5"}}}, "unknown key 'dose'"),
        ({"fields": {"intervention": "tea"}}, "neither 'not-stated' nor"),
        ({"fields": {"intervention": {"as_stated": 5}}}, "neither 'not-stated' nor"),
        ({"fields": {"intervention": {"told": "tea"}}}, "unknown key 'told'"),
        ({"fields": {**GOOD["fields"], "outcome": {"as_stated": "sleep"}}}, "words-not-as-stated"),  # type: ignore[dict-item]
        ({"caveats": {}}, "'caveats' is no list"),
        ({"caveats": ["may"]}, "a caveat is no object"),
        ({"caveats": [{"kind": "fable", "text": "a", "quote": "may"}]}, "no caveat kind"),
        ({"caveats": [{"kind": "not-a-cure", "text": "a", "quote": "never"}]}, "does not stand in the sentence"),
        ({"caveats": [{"kind": "not-a-cure", "text": "It is 9.", "quote": "may"}]}, "caveat-number-without-basis"),
        ({"caveats": [{"kind": "not-a-cure", "word": "a"}]}, "unknown key 'word'"),
    ],
)
def test_what_does_not_hold_is_refused_with_the_reason(change: dict[str, Any], why: str) -> None:
    assert why in refused_with([{"sentence": 0, "claims": [{**GOOD, **change}, MILD]}])


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ("no json", "is no JSON"),
        ("[" * 100_000, "is no JSON"),
        ("[1]", "is no JSON object"),
        ('"' + "x" * LINE_LIMIT + '"', "has more than"),
        ({"sentence": 0, "id": "x", "skip": "opinion"}, "unknown key 'id'"),
        ({"sentence": True, "skip": "opinion"}, "no sentence by its number"),
        ({"sentence": 0, "claims": ["x"]}, "no list of objects"),
        ({"sentence": 0}, "neither claims nor"),
        ({"sentence": 0, "claims": [GOOD], "skip": "opinion"}, "or both"),
        ({"sentence": 9, "skip": "opinion"}, "no such sentence"),
        ({"sentence": 0, "skip": "fable"}, "no skip reason"),
        ({"sentence": 0, "skip": "opinion"}, "count, deny, hedge"),
        ({"sentence": 0, "claims": [GOOD]}, "the words 'and it is mild' are in no quote"),
    ],
)
def test_a_line_that_cannot_be_taken_is_refused_with_the_reason(answer: Any, why: str) -> None:
    assert why in refused_with([answer])


def test_the_second_answer_on_a_sentence_is_refused() -> None:
    document = document_of(TEXT)
    answer = {"sentence": 1, "skip": "question"}
    found = taken(document, ours(document), [answer, "", answer])
    assert (found.answered, len(found.refused)) == (1, 1)
    assert found.drafts.skipped[0].cue == "said by helper"


def test_an_item_of_a_list_keeps_the_words_that_lead_in_to_it() -> None:
    document = markdown("Never:\n\n- drink it\n")
    answer = {
        "sentence": 1,
        "claims": [
            {
                **MILD,
                "statement": "Never drink it.",
                "type": "guidance",
                "quotes": ["drink it"],
                "fields": {"recommendation": {"as_stated": "drink it"}, "strength": "not-stated"},
            }
        ],
    }
    found = made(document, lambda drafts: taken(document, drafts, [answer]).drafts)
    assert [each.statement for each in found.drafts.drafts] == ["Never drink it."]
    assert [document.text[slice(*quote)] for quote in found.drafts.drafts[0].quotes] == ["Never:", "drink it"]
    skip = taken(document, ours(document), [{"sentence": 1, "skip": "opinion"}])
    assert "go on with a list" in skip.refused[0]
