"""Every quote that rests on a document, with the text and place that it stands in: of claims and of the source itself.

The quotes of a claim are numbered from 1, those that its caveats rest on come last; of a source record the skipped
passages come first, then the connectives.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from kbtool.diagnostics import Path
from kbtool.model.claim import ClaimBase, Selector
from kbtool.model.source import Source
from kbtool.quotes.resolve import Span, resolve
from kbtool.records.base import KnowledgeBase
from kbtool.records.layout import FileKind, kind_of

Kind = Literal["quote", "basis", "skipped", "connective"]
"""A quote of a claim, one that a caveat rests on, a passage that is skipped, a joining word."""


@dataclass(frozen=True, slots=True)
class Tracked:
    """One quote of one record."""

    record: str
    """The claim's id, or `sources/<document>`; with `.yaml` the name of the file."""
    number: int
    kind: Kind
    path: Path
    """Where its selector stands in the record."""
    quote: Selector
    text: str
    """The stored text that it stands in: the one under check or, of a quote that an update left behind, an older one.
    The one under check also where it stands in none."""
    place: Span | None
    """Where it stands there; None where it stands in no stored text."""

    @property
    def is_passage(self) -> bool:
        """Whether it is a passage of the source record, which has a place and no context."""
        return self.kind in {"skipped", "connective"}


def tracked_quotes(base: KnowledgeBase, document: str, older: Sequence[str]) -> tuple[Tracked, ...]:
    """Every quote on a document whose text is there: claims by id, the source record last."""
    claims = sorted((id_, record.model) for id_, record in base.claims.items())
    own = (quotes_of(claim) for _, claim in claims if claim.source.document == document)
    named = zip((id_ for id_, claim in claims if claim.source.document == document), own, strict=True)
    parts = [*named, (f"sources/{document}", _passages_of(base.sources[document].model))]
    texts = (base.texts[document], *older)
    return tuple(each for record, quotes in parts for each in _tracked(record, tuple(quotes), texts))


def record_quotes(base: KnowledgeBase, record: str, older: Sequence[str]) -> tuple[Tracked, ...]:
    """The quotes of one record, a claim's id or `sources/<document>`, whose document's text is there."""
    if record in base.claims:
        claim = base.claims[record].model
        return tuple(_tracked(record, tuple(quotes_of(claim)), (base.texts[claim.source.document], *older)))
    document = record.removeprefix("sources/")
    passages = tuple(_passages_of(base.sources[document].model))
    return tuple(_tracked(record, passages, (base.texts[document], *older)))


def older_texts(files: Sequence[tuple[str, bytes]], document: str, current: str) -> tuple[str, ...]:
    """The texts of a document that were stored before, by name; `files` are those of the base as (name, bytes)."""
    folder = f"sources/{document}/"
    names = ((name, raw) for name, raw in sorted(files) if name.startswith(folder) and kind_of(name) is FileKind.TEXT)
    return tuple(raw.decode(errors="replace") for name, raw in names if current not in name)


def quotes_of(claim: ClaimBase) -> Iterator[tuple[Kind, Path, Selector]]:
    """The quotes of a claim in order, then those that its caveats rest on."""
    for at, quote in enumerate(claim.source.quotes):
        yield "quote", ("source", "quotes", at), quote
    for at, caveat in enumerate(claim.caveats):
        if caveat.basis and caveat.basis.quote:
            yield "basis", ("caveats", at, "basis", "quote"), caveat.basis.quote


def _passages_of(source: Source) -> Iterator[tuple[Kind, Path, Selector]]:
    for at, skip in enumerate(source.skipped):
        yield "skipped", ("skipped", at), Selector(exact=skip.exact, start=skip.start, end=skip.end)
    for at, joint in enumerate(source.connectives):
        yield "connective", ("connectives", at), Selector(exact=joint.exact, start=joint.start, end=joint.end)


def _tracked(record: str, quotes: Sequence[tuple[Kind, Path, Selector]], texts: Sequence[str]) -> Iterator[Tracked]:
    for number, (kind, path, quote) in enumerate(quotes, start=1):
        places = ((text, place) for text in texts if (place := place_in(text, quote)))
        yield Tracked(record, number, kind, path, quote, *next(places, (texts[0], None)))


def place_in(text: str, quote: Selector) -> Span | None:
    """Where the quote stands: at its stated place, also where it is not the only one, or at the one that is found."""
    start, end = quote.start, quote.end
    if start is not None and end is not None:
        return (start, end) if text[start:end] == quote.exact else None
    found = resolve(quote, text)
    return found.places[0] if found.outcome == "found" else None
