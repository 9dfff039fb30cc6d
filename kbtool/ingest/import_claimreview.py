"""schema.org ClaimReview: one, a list, a graph, a DataFeed or an ItemList of them, as JSON-LD or inside a page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from kbtool.ingest.dates import language_tag, partial_day
from kbtool.ingest.decode import decoded
from kbtool.ingest.import_json import NoJson, address_of, each, json_of, mapping, name_of, types_of, words
from kbtool.ingest.import_row import Found, Judged, Limit, NoRow, Quoted, Row

_SCRIPT = re.compile(r"<script[^>]*application/ld\+json[^>]*>(.*?)</script\s*>", re.IGNORECASE | re.DOTALL)
_INSIDE = ("@graph", "dataFeedElement", "itemListElement", "item", "mainEntity", "hasPart", "review", "claimReview")
_DEEPEST = 12


def claimreview_rows(content: bytes) -> Iterator[Found]:
    """A row for each ClaimReview in a file, in its order; raises NoJson where the file has no JSON."""
    number = 0
    for value in _values(content):
        for node in _reviews(value):
            number += 1
            yield _row(node, f"review {number}") if "ClaimReview" in types_of(node) else _absent(node, number)


def _values(content: bytes) -> Iterator[Any]:
    """The JSON values of a file: itself, or those in the scripts of a page."""
    found = decoded(content)
    if found is None or not found.text.lstrip().startswith("<"):
        yield json_of(content)
        return
    for script in _SCRIPT.finditer(found.text):
        try:
            yield json.loads(script[1])
        except (ValueError, RecursionError) as error:
            raise NoJson("a script of the page with JSON-LD in it is no JSON") from error


def _reviews(value: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """The reviews in a value, and the claims of a feed that stand for what it no longer has."""
    for node in each(value):
        if not isinstance(node, dict) or depth > _DEEPEST:
            continue
        kinds = types_of(node)
        if "ClaimReview" in kinds or ("Claim" in kinds and "creativeWorkStatus" in node):
            yield node
        else:
            for key in _INSIDE:
                yield from _reviews(node.get(key), depth + 1)


def _absent(node: Mapping[str, Any], number: int) -> NoRow:
    """A claim that a feed lists as held or withdrawn."""
    state = words(node.get("creativeWorkStatus"))
    return NoRow(
        f"review {number}", f"the feed lists {address_of(node) or 'a claim'!r} as {state!r} and does not give it"
    )


def _row(node: Mapping[str, Any], place: str) -> Found:
    claim = mapping(node.get("itemReviewed"))
    statement = words(node.get("claimReviewed")) or words(claim.get("text")) or words(claim.get("name"))
    if statement is None:
        return NoRow(place, "it does not say which claim was reviewed ('claimReviewed')")
    rating = mapping(node.get("reviewRating"))
    verdict = words(rating.get("name")) or words(rating.get("alternateName"))
    if verdict is None:
        what = f", only the number {rating['ratingValue']!r}" if "ratingValue" in rating else ""
        return NoRow(place, f"it gives no verdict in words ('reviewRating.alternateName'){what}")
    told = _properties(node)
    work = _work(claim)
    return Row(
        place=place,
        statement=statement,
        quotes=_quotes(work),
        judged=_judged(node, verdict),
        limits=tuple(told.get("caveat", ())),
        document_url=address_of(work),
        document_title=words(work.get("name")),
        claimant=name_of(claim.get("author")),
        claimed_on=partial_day(words(claim.get("datePublished"))),
        language=language_tag(words(node.get("inLanguage"))),
        type=next((limit.text for limit in told.get("claim-type", ())), None),
        id=next((limit.text for limit in told.get("claim-id", ())), None),
    )


def _judged(node: Mapping[str, Any], verdict: str) -> Judged:
    return Judged(
        words=verdict,
        by=name_of(node.get("author")) or name_of(node.get("publisher")) or _host(node),
        url=address_of(node.get("url")) or address_of(node),
        title=words(node.get("headline")) or words(node.get("name")),
        on=partial_day(words(node.get("datePublished"))),
        why=words(node.get("reviewBody")) or words(mapping(node.get("reviewRating")).get("ratingExplanation")),
        cites=tuple(_cited(node)),
    )


def _host(node: Mapping[str, Any]) -> str | None:
    """The host of the reviewer's own address, or of the review's."""
    address = address_of(node.get("author")) or address_of(node.get("url"))
    return urlsplit(address).hostname if address else None


def _cited(node: Mapping[str, Any]) -> Iterator[str]:
    for work in each(node.get("citation")):
        name = name_of(work)
        if name:
            about = words(work.get("description")) if isinstance(work, dict) else None
            yield f"{name} - {about}" if about else name


def _work(claim: Mapping[str, Any]) -> Mapping[str, Any]:
    """The document in which the claim stands: where it appears, else what was reviewed where that is a document."""
    appearance = mapping(claim.get("appearance")) or mapping(claim.get("firstAppearance"))
    return appearance or ({} if "Claim" in types_of(claim) else claim)


def _quotes(work: Mapping[str, Any]) -> tuple[Quoted, ...]:
    parts = (part for part in each(work.get("hasPart")) if isinstance(part, dict) and "Quotation" in types_of(part))
    return tuple(Quoted(part["text"]) for part in parts if isinstance(part.get("text"), str) and part["text"].strip())


def _properties(node: Mapping[str, Any]) -> Mapping[str, list[Limit]]:
    """The additional properties that our own exports write, by name: words with what they are called."""
    told: dict[str, list[Limit]] = {}
    for item in each(node.get("additionalProperty")):
        if isinstance(item, dict) and (said := words(item.get("value"))):
            name = str(item.get("propertyID", "")).removeprefix("kbtool:")
            told.setdefault(name, []).append(Limit(said, words(item.get("name"))))
    return told
