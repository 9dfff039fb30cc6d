"""Conformance with published cases of text quote selectors, and hostile strings as texts."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from kbtool.model.claim import Selector
from kbtool.quotes.cut import cut_at
from kbtool.quotes.near import index_text, nearest
from kbtool.quotes.resolve import matches, resolve
from tests.shared import SHARED, needs_shared


@cache
def _cases(name: str) -> list[dict[str, Any]]:
    assert SHARED is not None
    file = SHARED / "testdata" / "anchoring-cases" / f"annotator-text-quote-{name}.json"
    cases: list[dict[str, Any]] = json.loads(file.read_text("utf-8"))
    return cases


def _selector(given: dict[str, str]) -> Selector:
    return Selector.model_construct(
        exact=given["exact"], prefix=given.get("prefix"), suffix=given.get("suffix"), start=None, end=None
    )


@needs_shared
def test_matches_all_published_spans() -> None:
    """All 25 cases match as published; the 6 with an empty quote cannot be written in a record."""
    for case in _cases("match"):
        spans = [tuple(span) for span in case["expected_spans"]]
        assert list(matches(_selector(case["selector"]), case["text"])) == spans, case["name"]
    assert len(_cases("match")) == 25
    assert sum(not case["selector"]["exact"] for case in _cases("match")) == 6


@needs_shared
def test_described_selectors_lead_back_to_their_span() -> None:
    """All 22 described selectors lead to their span and to no other; how much context they choose is not held to."""
    for case in _cases("describe"):
        found = resolve(_selector(case["expected_selector"]), case["text"])
        assert (found.outcome, found.places) == ("found", (tuple(case["span"]),)), case["name"]
    assert len(_cases("describe")) == 22


@needs_shared
def test_hostile_strings_as_texts() -> None:
    """A quote stands in the stored text at the stated place, whatever the text holds."""
    assert SHARED is not None
    file = SHARED / "testdata" / "naughty-strings" / "blns.json"
    strings: list[str] = [text for text in json.loads(file.read_text("utf-8")) if text.strip()]
    assert len(strings) > 500
    whole = "\n".join(strings)
    index, at = index_text(whole), 0
    for text in strings:
        selector = Selector(exact=text, start=at, end=at + len(text))
        assert resolve(selector, whole).outcome in {"found", "ambiguous"}
        assert cut_at(text, 0, len(text)) is None
        assert resolve(Selector(exact=f"{text}\u0378"), whole).outcome == "missing"
        near = nearest(text, index)
        assert near is None or whole[near.start : near.end] == near.text
        at += len(text) + 1
