"""Which column of a table, or which key of a JSON line, holds what of a claim."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kbtool.ingest.dates import language_tag, partial_day
from kbtool.ingest.import_row import Found, Judged, Limit, NoRow, Quoted, Row
from kbtool.ingest.verdict_words import folded_words

FIELDS: Mapping[str, str] = {
    "statement": "the claim, in words",
    "quote": "the words of the document that make it; one quote a line",
    "rating": "the verdict, in words",
    "reviewer": "who gave the verdict",
    "review-url": "where the verdict was published",
    "reviewed": "when the verdict was published",
    "rationale": "why",
    "caveats": "limits of the claim; one a line",
    "claimant": "who made the claim",
    "claimed": "when it was made",
    "document": "id of a document of the base",
    "document-url": "address of the document",
    "document-title": "title of the document",
    "language": "language of the claim",
    "type": "type of claim",
    "id": "id of the claim in a base",
    "note": "a remark",
}
"""What can be mapped, with what it is."""

_USUAL: Mapping[str, tuple[str, ...]] = {
    "statement": ("statement", "claim", "claim text", "text", "claimreviewed", "sentence"),
    "quote": ("quote", "quotes", "exact", "quotation"),
    "rating": ("rating", "verdict", "label", "textual rating", "textualrating", "ruling", "conclusion"),
    "reviewer": ("reviewer", "publisher", "fact checker", "reviewed by", "site", "organization", "organisation"),
    "review-url": ("review url", "reviewurl", "url", "link", "uri"),
    "reviewed": ("review date", "reviewdate", "reviewed", "date published", "date", "published"),
    "rationale": ("rationale", "explanation", "why", "review", "reason"),
    "caveats": ("caveats", "caveat", "limits"),
    "claimant": ("claimant", "speaker", "author", "said by", "claimed by"),
    "claimed": ("claim date", "claimdate", "claimed", "statement date"),
    "document": ("document",),
    "document-url": ("document url", "source url", "source", "appearance"),
    "document-title": ("document title", "source title", "title"),
    "language": ("language", "lang", "languagecode"),
    "type": ("type", "claim type"),
    "id": ("id", "claim id"),
    "note": ("note", "notes", "comment", "remark"),
}
"""The usual names of columns, the first that a table has counts; compared without case and signs."""

Mapped = Mapping[str, str]
"""A field of `FIELDS` to the column or key that holds it."""


def mapping_problem(given: Mapped, columns: Iterable[str] | None = None) -> str | None:
    """What is wrong with a mapping, or None: a field that there is not, a column that the table has not."""
    unknown = sorted(set(given) - set(FIELDS))
    if unknown:
        return f"{unknown[0]!r} is nothing that can be mapped; there are: {', '.join(FIELDS)}"
    present = None if columns is None else set(columns)
    missing = sorted(set(given.values()) - present) if present is not None else []
    return f"the table has no column {missing[0]!r}" if missing else None


def usual_mapping(columns: Iterable[str], given: Mapped) -> dict[str, str]:
    """The mapping given, with the usual names for what it does not mention."""
    named: dict[str, str] = {}
    for column in columns:
        named.setdefault(folded_words(column), column)
    found = {
        field: next(named[name] for name in names if name in named)
        for field, names in _USUAL.items()
        if any(name in named for name in names)
    }
    return {**found, **given}


def mapped_row(cells: Mapping[str, str], mapped: Mapped, place: str) -> Found:
    """The row that cells make; the words of a column that is not mapped are left out of it."""
    said = {field: " ".join(cells.get(column, "").split()) for field, column in mapped.items()}
    lines = {field: _lines(cells.get(mapped[field], "")) for field in ("quote", "caveats") if field in mapped}
    statement = said.get("statement") or " ".join(lines.get("quote", ()))
    if not statement:
        return NoRow(place, f"there is no statement (column {mapped.get('statement', 'statement')!r} is empty)")
    return Row(
        place=place,
        statement=statement,
        quotes=tuple(Quoted(line) for line in lines.get("quote", ())),
        judged=_judged(said),
        limits=tuple(_limit(line) for line in lines.get("caveats", ())),
        document=said.get("document") or None,
        document_url=_address(said.get("document-url")),
        document_title=said.get("document-title") or None,
        claimant=said.get("claimant") or None,
        claimed_on=partial_day(said.get("claimed")),
        language=language_tag(said.get("language")),
        type=said.get("type") or None,
        id=said.get("id") or None,
        note=said.get("note") or None,
    )


def _judged(said: Mapping[str, str]) -> Judged | None:
    if not said.get("rating"):
        return None
    return Judged(
        words=said["rating"],
        by=said.get("reviewer") or None,
        url=_address(said.get("review-url")),
        on=partial_day(said.get("reviewed")),
        why=said.get("rationale") or None,
    )


def _lines(cell: str) -> list[str]:
    return [words for line in cell.splitlines() if (words := " ".join(line.split()))]


def _limit(line: str) -> Limit:
    """A caveat, which may be written with its kind before a colon."""
    label, colon, text = line.partition(": ")
    return Limit(text, label) if colon and len(label) <= 60 else Limit(line)


def _address(words: Any) -> str | None:
    is_address = isinstance(words, str) and words.startswith(("http://", "https://")) and not set(words) & set(' <>"')
    return words if is_address else None
