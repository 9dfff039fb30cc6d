"""W3C Web Annotations (one, a page, a collection) and what Hypothesis gives out: quotes with remarks on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from kbtool.ingest.dates import language_tag, partial_day
from kbtool.ingest.import_json import address_of, each, json_of, mapping, name_of, types_of, words
from kbtool.ingest.import_row import Found, Judged, Limit, NoRow, Quoted, Row

_INSIDE = ("items", "first", "rows", "annotations", "@graph")
_DEEPEST = 6


def annotation_rows(content: bytes) -> Iterator[Found]:
    """A row for each annotation of a file, in its order; raises NoJson where the file is no JSON.

    Annotations of one claim of a base, one for each part of its passage, are one row.
    """
    parts: dict[str, Row] = {}
    for number, node in enumerate(_annotations(json_of(content)), 1):
        found = _row(node, f"annotation {number}")
        if isinstance(found, NoRow) or found.id is None:
            yield found
        else:
            before = parts.get(found.id)
            parts[found.id] = replace(before, quotes=(*before.quotes, *found.quotes)) if before else found
    yield from parts.values()


def _annotations(value: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    for node in each(value):
        if not isinstance(node, dict) or depth > _DEEPEST:
            continue
        if "target" in node:
            yield node
        else:
            for key in _INSIDE:
                yield from _annotations(node.get(key), depth + 1)


def _row(node: Mapping[str, Any], place: str) -> Found:
    targets = [target for target in each(node.get("target")) if isinstance(target, dict)]
    quotes = tuple(quote for target in targets if (quote := _quote(target)))
    own = next((body for body in each(node.get("body")) if isinstance(body, dict) and "Claim" in types_of(body)), None)
    if not quotes:
        return NoRow(place, "it quotes no words of its target (no TextQuoteSelector)")
    source = targets[0].get("source", targets[0].get("id"))
    plain = Row(
        place=place,
        statement=" ".join(" ".join(quote.exact.split()) for quote in quotes),
        quotes=quotes,
        document_url=address_of(source) or address_of(node.get("uri")),
        document_title=words(mapping(source).get("dcterms:title")) or words(mapping(node.get("document")).get("title")),
        language=language_tag(words(mapping(source).get("language"))),
    )
    return _own(plain, own, node) if own is not None else _remarked(plain, node)


def _own(row: Row, own: Mapping[str, Any], node: Mapping[str, Any]) -> Found:
    """The row with what our own exports say of the claim in a body."""
    verdict = mapping(own.get("kb:verdict"))
    rating = words(mapping(verdict.get("kb:rating")).get("skos:prefLabel"))
    by = name_of(node.get("creator"))
    return replace(
        row,
        statement=words(own.get("kb:statement")) or row.statement,
        judged=Judged(rating, by, address_of(own), why=words(verdict.get("kb:rationale"))) if rating else None,
        limits=tuple(_limits(own)),
        id=words(own.get("dcterms:identifier")),
    )


def _limits(own: Mapping[str, Any]) -> Iterator[Limit]:
    for caveat in map(mapping, each(own.get("kb:caveat"))):
        if text := words(caveat.get("kb:text")):
            yield Limit(text, words(mapping(caveat.get("kb:caveatKind")).get("skos:prefLabel")))


def _remarked(row: Row, node: Mapping[str, Any]) -> Row:
    """The row with what somebody remarked on the quote, and the tags, which may be words for a verdict."""
    bodies = [body for body in each(node.get("body")) if isinstance(body, (dict, str))]
    tags = [tag for tag in each(node.get("tags")) if isinstance(tag, str) and tag.strip()]
    tags += [said for body in bodies if _is_tag(body) and (said := _value(body))]
    remarks = [*(_value(body) for body in bodies if not _is_tag(body)), words(node.get("text"))]
    remark = " ".join(filter(None, remarks)) or None
    by = name_of(node.get("creator")) or _user(node)
    tagged = tuple(Judged(tag, by, address_of(node), on=_day(node), why=remark) for tag in tags)
    who = f"{by or 'somebody'} wrote: {remark}" if remark else None
    return replace(row, tagged=tagged, note=who)


def _is_tag(body: Any) -> bool:
    return isinstance(body, dict) and body.get("purpose") in {"tagging", "classifying"}


def _value(body: Any) -> str | None:
    return words(body.get("value")) if isinstance(body, dict) else words(body)


def _day(node: Mapping[str, Any]) -> str | None:
    return partial_day(words(node.get("created")))


def _user(node: Mapping[str, Any]) -> str | None:
    """The name of a Hypothesis account ("acct:name@authority")."""
    name = words(mapping(node.get("user_info")).get("display_name")) or words(node.get("user"))
    return name.removeprefix("acct:").partition("@")[0] if name else None


def _quote(target: Mapping[str, Any]) -> Quoted | None:
    """The quote of a target with what tells its place, from all its selectors."""
    exact = prefix = suffix = None
    start = end = None
    for selector in _selectors(target.get("selector")):
        kinds = types_of(selector)
        if "TextQuoteSelector" in kinds and isinstance(selector.get("exact"), str) and selector["exact"].strip():
            exact = selector["exact"]
            prefix, suffix = (_context(selector.get(side)) for side in ("prefix", "suffix"))
        elif "TextPositionSelector" in kinds:
            start, end = (place if type(place := selector.get(side)) is int else None for side in ("start", "end"))
    return Quoted(exact, prefix, suffix, start, end) if exact else None


def _context(value: Any) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _selectors(value: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """The selectors of a target, those that refine others too."""
    for selector in each(value):
        if isinstance(selector, dict) and depth < _DEEPEST:
            yield selector
            yield from _selectors(selector.get("refinedBy"), depth + 1)
