"""Where the words of a row stand: in a document that the base has, or in none of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kbtool.ingest.import_row import Quoted, Row
from kbtool.model.claim import Selector
from kbtool.model.source import Source
from kbtool.quotes.resolve import Span, resolve
from kbtool.records.base import KnowledgeBase


@dataclass(frozen=True, slots=True)
class Placed:
    """The places of a row's words in a document of the base."""

    document: str
    spans: tuple[Span, ...]


def placed(row: Row, base: KnowledgeBase, document: str | None = None) -> Placed | str | None:
    """The places of the row's quotes, why they have none, or None where the row is about no document of the base.

    `document` is the id that the user names; else the row's own id or address decides.
    """
    named = document or row.document or _by_address(row.document_url, base)
    if named is None and row.home in base.texts:
        named = row.home
    if named is None:
        return None
    if named not in base.texts:
        return f"there is no readable document {named!r} in the base" if document or row.document else None
    quotes = row.quotes or (Quoted(row.statement),)
    spans: list[Span] = []
    for quote in quotes:
        found = _place(quote, base.texts[named])
        if isinstance(found, str):
            return f"the words {shortened(quote.exact)} {found} {named!r}"
        spans.append(found)
    return Placed(named, tuple(sorted(spans)))


def _place(quote: Quoted, text: str) -> Span | str:
    """The one place of a quote; where positions do not hold (other texts count otherwise), its words decide."""
    tries = (
        Selector(exact=quote.exact, start=quote.start, end=quote.end, prefix=quote.prefix, suffix=quote.suffix),
        Selector(exact=quote.exact, prefix=quote.prefix, suffix=quote.suffix),
        Selector(exact=quote.exact),
    )
    outcomes = []
    for selector in tries:
        found = resolve(selector, text)
        if found.outcome == "found":
            return found.places[0]
        outcomes.append(bool(found.places))
    return "stand more than once in" if outcomes[-1] else "do not stand in"


def _by_address(url: str | None, base: KnowledgeBase) -> str | None:
    """The document that lives at an address: that of a place where it was found, or its public identifier."""
    if url is None:
        return None
    own = url.removeprefix(f"{base.config.model.base_url}sources/")
    if own in base.sources:
        return own
    return next((id_ for id_, record in base.sources.items() if url in _addresses(record.model)), None)


def _addresses(source: Source) -> Iterator[str]:
    return (place.url for place in (*source.found, *source.copies) if place.url)


def shortened(text: str) -> str:
    """The beginning of a text, in quotes."""
    return repr(text if len(text) <= 60 else f"{text[:57]}...")
