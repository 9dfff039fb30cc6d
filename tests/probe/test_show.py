"""The outcome of a probe in words and as JSON."""

from __future__ import annotations

import json
from dataclasses import replace

from kbtool.probe.mutate import Mutant, Score
from kbtool.probe.run import Outcome
from kbtool.probe.show import as_json, as_text
from tests.probe.bases import tiny_outcome


def one_missed() -> Outcome:
    """The outcome of the tiny base, cut to two faults of which one is said to have got through."""
    (first, caught), (second, other) = tiny_outcome().tried[:2]
    missed = replace(other, by=())
    return Outcome(tiny_outcome().as_of, ((first, caught), (second, missed)), tiny_outcome().skipped[:1])


SCORE = Score((Mutant("quote-cuts", "quote-cuts-word"), Mutant("yaml-tab", None)), ("internal-error",))


def test_the_text_is_a_table_with_the_sum_at_its_end() -> None:
    shown = as_text(one_missed(), SCORE, "a base").splitlines()
    assert shown[0] == "faults planted in a scratch copy of a base as of 2026-02-01:"
    assert shown[2].split() == ["fault", "caught", "by", "planted", "in"]
    assert shown[3].startswith("invented-quote             quote-not-in-source ")
    assert "quote-from-another-source  NOT CAUGHT by quote-not-in-source" in shown[4]
    assert "  quote-straightened: no quote has a curly apostrophe" in shown
    assert "mutation score: 1 of 2 rules were missed when switched off" in shown
    assert "  nothing missed yaml-tab" in shown
    assert "  not switched off, since no fault was planted for them: internal-error" in shown
    assert shown[-1] == "1 of 2 planted faults caught by the right rule; 1 could not be planted in this base"


def test_without_skips_and_score_nothing_is_said_of_them() -> None:
    outcome = replace(one_missed(), skipped=())
    shown = as_text(outcome, None, "a base")
    assert "not planted" not in shown
    assert "mutation" not in shown
    assert shown.endswith("\n1 of 2 planted faults caught by the right rule\n")
    assert "untried" not in as_json(outcome, None, "a base")


def test_the_json_says_the_same() -> None:
    value = json.loads(as_json(one_missed(), SCORE, "a base"))
    assert (value["base"], value["as_of"], value["planted"], value["caught"]) == ("a base", "2026-02-01", 2, 1)
    assert value["faults"][1] == {
        "name": "quote-from-another-source",
        "what": "a quote that stands in another stored text",
        "planted_in": "plumberry-tea/may-not-relieve.yaml: source.quotes",
        "expects": ["quote-not-in-source"],
        "caught_by": [],
    }
    assert value["not_planted"][0]["name"] == "quote-straightened"
    assert value["mutation"] == {
        "rules": 2,
        "noticed": 1,
        "untried": ["internal-error"],
        "missed_when_off": {"quote-cuts": "quote-cuts-word", "yaml-tab": None},
    }
