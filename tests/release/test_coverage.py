"""The account of a text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kbtool.quotes.coverage import coverage
from kbtool.release.coverage import source_coverage, spans_by_document
from kbtool.release.parts import SourceCoverage
from tests.export.small import claim_of, source_of

TEXT = "Head: tea may help, and so on."


def test_what_is_quoted_is_not_counted_again() -> None:
    source = source_of("a", "full-text", TEXT)
    passages = {
        "skipped": [source.skipped[0].model_copy(update={"exact": "Head: tea", "start": 0, "end": 9})],
        "connectives": [
            source.connectives[0].model_copy(update={"exact": "tea", "start": 6, "end": 9}),
            source.connectives[0].model_copy(update={"exact": "and", "start": 20, "end": 23}),
            source.connectives[0].model_copy(update={"exact": "elsewhere", "start": 24, "end": 29}),
        ],
    }
    found = source_coverage(source.model_copy(update=passages), TEXT, [(6, 18), (6, 9)])
    assert found == SourceCoverage(letters=21, quoted=10, skipped=4, connectives=3, unaccounted=4)


def test_quotes_are_looked_for_where_they_are_said_to_stand() -> None:
    there = claim_of("usage", "tea may help", source=_passage("tea may help"))
    elsewhere = claim_of("cost", "coffee", source=_passage("coffee"))
    unknown = claim_of("usage", "x", source={**_passage("x"), "document": "no-such-text"})
    assert spans_by_document([there, elsewhere, unknown], {"a": TEXT}) == {"a": [(6, 18)]}


def _passage(words: str) -> dict[str, object]:
    return {"document": "a", "quotes": [{"exact": words}]}


SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda ends: (min(ends), max(ends))), max_size=4)


@given(st.text(max_size=40), SPANS)
def test_every_letter_is_in_one_part(text: str, spans: list[tuple[int, int]]) -> None:
    """Every letter, digit and sign is in exactly one of the four parts."""
    inside = [(min(start, len(text)), min(end, len(text))) for start, end in spans]
    found = source_coverage(source_of("a", "full-text", "x"), text, inside)
    assert found.letters == found.quoted + found.skipped + found.connectives + found.unaccounted
    assert (found.letters, found.quoted) == (coverage(text, inside).counted, coverage(text, inside).accounted)
