"""Faults of quotes: invented, drifted, moved, cut, turned, taken from another document."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from typing import Any

from kbtool.diagnostics import Path
from kbtool.model.claim import ClaimBase, Selector
from kbtool.model.source import Source
from kbtool.probe.edits import changed, on_claim, on_source, planted
from kbtool.probe.fault import Fault, NotApplicable, Plant, Planted, Scratch, caught_by
from kbtool.quotes.resolve import Span, resolve
from kbtool.records.layout import text_name
from kbtool.yamlsource.write import write

_WORD = re.compile(r"[^\W\d_]{5,}")
_UNIT = re.compile(r"(\d)(?= ?(?:%|mg|kg|weeks?|hours?|minutes?|days?|years?)(?!\w))")
_YEAR = re.compile(r"\d{2}(?=\d{2}(?!\d))")
_NUMBER = re.compile(r"\d+")
_SIGN = re.compile(r"[<>]")
_NOT, _MAY = re.compile(r"\b(?:not|no|never|without) (?=\w)"), re.compile(r"\b(?:may|can|might|could) (?=\w)")


def quotes_in(claim: ClaimBase, scratch: Scratch) -> Iterator[tuple[int, Selector, Span, str]]:
    """Each quote of a claim that stands where it says: position in the list, quote, place, stored text."""
    text = scratch.base.texts.get(claim.source.document)
    for index, quote in enumerate(claim.source.quotes) if text is not None else ():
        if text is not None and (found := resolve(quote, text)).outcome == "found":
            yield index, quote, found.places[0], text


def quote_at(index: int, start: int, exact: str) -> dict[Path, Any]:
    """The changes that make a quote these words at this place, without context."""
    value = {"exact": exact, "start": str(start), "end": str(start + len(exact))}
    return {("source", "quotes", index): value}


Words = Callable[[str], str | None]
"""Other words for the words of a quote; None where it has nothing to change."""


def _words(change: Words, lacking: str) -> Plant:
    """Other words in the first quote that has what is changed; the place stays as it was."""

    @on_claim(lacking)
    def plant(claim: ClaimBase, scratch: Scratch) -> dict[Path, Any] | None:
        for index, quote, _, text in quotes_in(claim, scratch):
            other = change(quote.exact)
            if other is not None and other not in text:
                return {("source", "quotes", index, "exact"): other}
        return None

    return plant


Part = Callable[[str], tuple[int, int] | None]
"""Which part of the words of a quote is kept; None where it has nothing to cut."""


def _cut(part: Part, lacking: str) -> Plant:
    """A quote shortened, with its place put right, in the first claim whose quotes can be cut so."""

    @on_claim(lacking)
    def plant(claim: ClaimBase, scratch: Scratch) -> dict[Path, Any] | None:
        for index, quote, (start, _), text in quotes_in(claim, scratch):
            kept = part(quote.exact)
            if kept and text.count(quote.exact[slice(*kept)]) == 1:
                return quote_at(index, start + kept[0], quote.exact[slice(*kept)])
        return None

    return plant


def _behind(pattern: re.Pattern[str]) -> Part:
    return lambda exact: (found.end(), len(exact)) if (found := pattern.search(exact)) else None


def _before(pattern: re.Pattern[str]) -> Part:
    return lambda exact: (0, found.end()) if (found := pattern.search(exact)) else None


def _without_last_letter(exact: str) -> tuple[int, int] | None:
    return (0, len(exact) - 1) if exact[-2:].isalpha() and len(exact) > 2 else None


def _dropped(pattern: re.Pattern[str]) -> Words:
    return lambda exact: pattern.sub("", exact, count=1) if pattern.search(exact) else None


def _other_number(exact: str) -> str | None:
    return _NUMBER.sub(lambda m: str(int(m[0]) + 1), exact, count=1) if _NUMBER.search(exact) else None


def _other_sign(exact: str) -> str | None:
    return _SIGN.sub(lambda m: "<>"[m[0] == "<"], exact, count=1) if _SIGN.search(exact) else None


def _word_left_out(exact: str) -> str | None:
    words = exact.split(" ")
    return " ".join((words[0], *words[2:])) if len(words) > 3 else None


def _other_apostrophe(exact: str) -> str | None:
    return exact.replace("’", "'") if "’" in exact else None  # noqa: RUF001 - the curly one is meant


@on_claim("no quote stands where it says")
def _shifted(claim: ClaimBase, scratch: Scratch) -> dict[Path, Any] | None:
    for index, _, (start, end), text in quotes_in(claim, scratch):
        if end < len(text):
            path = ("source", "quotes", index)
            return {(*path, "start"): str(start + 1), (*path, "end"): str(end + 1)}
    return None


@on_claim("no word of five letters in a quote stands twice in its text")
def _ambiguous(claim: ClaimBase, scratch: Scratch) -> dict[Path, Any] | None:
    for index, quote, _, text in quotes_in(claim, scratch):
        word = next((w for w in _WORD.findall(quote.exact) if text.count(w) > 1), None)
        if word:
            return {("source", "quotes", index): {"exact": word}}
    return None


@on_claim("no claim has one quote whose halves stand only once in the text")
def _turned_round(claim: ClaimBase, scratch: Scratch) -> dict[Path, Any] | None:
    for _, quote, (start, _end), text in quotes_in(claim, scratch):
        middle = quote.exact.find(" ", len(quote.exact) // 2)
        parts = (start + middle + 1, quote.exact[middle + 1 :]), (start, quote.exact[:middle])
        if len(claim.source.quotes) == 1 and middle > 0 and all(text.count(exact) == 1 for _, exact in parts):
            values = [{"exact": e, "start": str(s), "end": str(s + len(e))} for s, e in parts]
            return {("source", "quotes"): values}
    return None


@on_claim("no quoted sentence has another behind it")
def _two_sentences(claim: ClaimBase, scratch: Scratch) -> dict[Path, Any] | None:
    for index, _, (start, end), text in quotes_in(claim, scratch):
        ends = [e for s, e in scratch.base.sources[claim.source.document].model.sentences if s > end]
        if ends:
            return quote_at(index, start, text[start : ends[0]])
    return None


@on_source("no claim quotes a stored text")
def _skipped_too(source: Source, text: str, scratch: Scratch) -> dict[Path, Any] | None:
    del text
    reason = next(iter(scratch.base.vocabulary.model.skip_reasons))
    for _, record in sorted(scratch.base.claims.items()):
        for _, quote, (start, end), _text in quotes_in(record.model, scratch):
            if record.model.source.document == source.document:
                skip = {"exact": quote.exact, "start": str(start), "end": str(end), "reason": reason}
                return {("skipped", len(source.skipped)): skip} if source.skipped else {("skipped",): [skip]}
    return None


_OTHER_WORDS = "These words stand in another document."


def _of_another_document(scratch: Scratch) -> Planted | NotApplicable:
    claim = next(
        (r.model for _, r in sorted(scratch.base.claims.items()) if r.model.source.document in scratch.base.texts), None
    )
    if claim is None:
        return NotApplicable("no claim quotes a stored text")
    raw = f"{_OTHER_WORDS}\n".encode()
    digest, stored = hashlib.sha256(raw).hexdigest(), scratch.base.sources[claim.source.document].model.text.stored
    place = {"on": stored.isoformat(), "note": "Made up by the probe."}
    record: dict[str, Any] = {
        "document": "probe-other-document",
        "title": "Another document",
        "language": "en",
        "rights": {"use": "full-text", "holder": "Nobody", "statement": "Made up by the probe."},
        "found": [place],
        "text": {
            "digest": digest,
            "bytes": str(len(raw)),
            "characters": str(len(raw)),
            "media_type": "text/plain",
            "stored": stored.isoformat(),
        },
        "sentences": [["0", str(len(_OTHER_WORDS))]],
    }
    files = changed(scratch.files, f"{claim.id}.yaml", {("source", "quotes"): [{"exact": _OTHER_WORDS}]})
    more = {"sources/probe-other-document.yaml": write(record), text_name("probe-other-document", digest): raw}
    return Planted({**files, **more}, f"{claim.id}.yaml: source.quotes")


def _no_such_document(scratch: Scratch) -> Planted | NotApplicable:
    first = min(scratch.base.claims, default=None)
    if first is None:
        return NotApplicable("the base has no claim")
    return planted(scratch, f"{first}.yaml", {("source", "document"): "probe-no-such-document"})


@on_claim("no quote has a context")
def _other_context(claim: ClaimBase, scratch: Scratch) -> dict[Path, Any] | None:
    for index, quote, _, _text in quotes_in(claim, scratch):
        name = "prefix" if quote.prefix else "suffix" if quote.suffix else None
        if name:
            return {("source", "quotes", index, name): "words that stand elsewhere "}
    return None


_NOT_IN_SOURCE = caught_by("quote-not-in-source")
_NO_QUOTE = "no quote stands where it says"

FAULTS: tuple[Fault[Scratch], ...] = (
    Fault(
        "invented-quote",
        "a quote that no document holds",
        _NOT_IN_SOURCE,
        _words(lambda _: "Words that stand in no document at all", _NO_QUOTE),
    ),
    Fault(
        "quote-from-another-source", "a quote that stands in another stored text", _NOT_IN_SOURCE, _of_another_document
    ),
    Fault(
        "quote-number-changed",
        "another number in a quote",
        _NOT_IN_SOURCE,
        _words(_other_number, "no quote has a number"),
    ),
    Fault(
        "quote-sign-turned", "'<' for '>' in a quote", _NOT_IN_SOURCE, _words(_other_sign, "no quote has a '<' or '>'")
    ),
    Fault(
        "quote-not-dropped",
        "a quote without its 'not'",
        _NOT_IN_SOURCE,
        _words(_dropped(_NOT), "no quote has a 'not' within it"),
    ),
    Fault(
        "quote-may-dropped",
        "a quote without its 'may' or 'can'",
        _NOT_IN_SOURCE,
        _words(_dropped(_MAY), "no quote has a 'may' or 'can' within it"),
    ),
    Fault(
        "quote-word-left-out",
        "a quote with a word less",
        _NOT_IN_SOURCE,
        _words(_word_left_out, "no quote has four words"),
    ),
    Fault(
        "quote-straightened",
        "a straight apostrophe for a curly one",
        _NOT_IN_SOURCE,
        _words(_other_apostrophe, "no quote has a curly apostrophe"),
    ),
    Fault("quote-shifted", "a place that is off by one", caught_by("quote-at-another-place"), _shifted),
    Fault(
        "quote-other-context",
        "a context that does not stand beside the quote",
        caught_by("quote-at-another-place"),
        _other_context,
    ),
    Fault("quote-ambiguous", "a quote that stands at several places", caught_by("quote-not-unique"), _ambiguous),
    Fault(
        "quote-cuts-word",
        "a quote that ends within a word",
        caught_by("quote-cuts"),
        _cut(_without_last_letter, "no quote ends in a word"),
    ),
    Fault(
        "quote-cuts-unit",
        "a quote that ends before the unit of its number",
        caught_by("quote-cuts"),
        _cut(_before(_UNIT), "no quote has a number with a unit"),
    ),
    Fault(
        "quote-cuts-number",
        "a quote that ends within a number",
        caught_by("quote-cuts"),
        _cut(_before(_YEAR), "no quote has a number of four figures"),
    ),
    Fault(
        "quote-behind-not",
        "a quote that begins just behind its 'not'",
        caught_by("quote-cuts-negation"),
        _cut(_behind(_NOT), "no quote has a 'not' within it"),
    ),
    Fault(
        "quote-behind-may",
        "a quote that begins just behind its 'may' or 'can'",
        caught_by("quote-cuts-negation"),
        _cut(_behind(_MAY), "no quote has a 'may' or 'can' within it"),
    ),
    Fault(
        "quote-turned-round",
        "two halves of a quote in the other order",
        caught_by("quote-parts-out-of-order"),
        _turned_round,
    ),
    Fault(
        "quote-of-skipped-words",
        "a passage that is quoted and skipped at once",
        caught_by("quote-in-skipped-passage"),
        _skipped_too,
    ),
    Fault(
        "quote-of-two-sentences",
        "a quote that takes in the next sentence",
        caught_by("quote-over-sentences"),
        _two_sentences,
    ),
    Fault(
        "no-such-document", "a claim of a document that is not there", caught_by("unknown-source"), _no_such_document
    ),
)
"""Faults of quotes, as a literal list."""
