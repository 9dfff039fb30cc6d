"""The tables of the documents under check and of every passage of their texts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kbtool.export.rows import label_of, numbered
from kbtool.export.sqlite_table import SqlTable, count, day, day_or_null, position, text, text_or_null
from kbtool.release.uris import source_uri

if TYPE_CHECKING:
    from kbtool.release.jsontext import JsonObject

_PLACES = {"found": "found", "copies": "copy"}
"""What a place is called in the table, by its list in a source."""


def _sources(document: JsonObject) -> Iterator[JsonObject]:
    for source in document["sources"]:
        yield {
            **source,
            "uri": source_uri(document["release"]["base_url"], source["document"]),
            **{f"rights_{name}": value for name, value in source["rights"].items()},
            **{f"text_{name}": value for name, value in source["text"].items()},
            **{f"coverage_{name}": value for name, value in source["coverage"].items()},
        }


def _places(document: JsonObject) -> Iterator[JsonObject]:
    for source in document["sources"]:
        for name, kind in _PLACES.items():
            places = ({**place, "seen_on": place["on"]} for place in source[name])
            yield from numbered(places, document=source["document"], kind=kind)


def _sentences(document: JsonObject) -> Iterator[JsonObject]:
    for source in document["sources"]:
        spans = ({"start_at": start, "end_at": end} for start, end in source["sentences"])
        yield from numbered(spans, document=source["document"])


def _set_aside(document: JsonObject) -> Iterator[JsonObject]:
    """Skipped passages and connectives, as they follow each other in the text."""
    reasons = document["vocabulary"]["skip_reasons"]
    for source in document["sources"]:
        skipped = [{**each, "label": label_of(reasons, each["reason"])} for each in source["skipped"]]
        passages = sorted([*skipped, *source["connectives"]], key=lambda each: (each["start"], each["end"]))
        spans = ({**each, "start_at": each["start"], "end_at": each["end"]} for each in passages)
        yield from numbered(spans, document=source["document"])


_OF_SOURCE = text("document", "Id of the document", "REFERENCES source (document)")
_START = count("start_at", "Position of the first character in the stored text, from 0, in code points")
_END = count("end_at", "Position just after the last character")

SOURCE_TABLES: tuple[SqlTable, ...] = (
    SqlTable(
        "source",
        "One document of which claims are made",
        (
            text("document", "Id of the document", "PRIMARY KEY"),
            text("uri", "Its public identifier"),
            text("title", "The document's title, or a description in brackets where it has none"),
            text("language", "The language of the text, as a BCP 47 tag"),
            text_or_null("publisher", "Who published it, where known"),
            day_or_null("published", "When, where known"),
            text("rights_use", "What may go out", "CHECK (rights_use IN ('full-text', 'quotes-only'))"),
            text("rights_holder", "Whose the text is"),
            text("rights_statement", "On what ground it is kept and quoted"),
            text("text_digest", "SHA-256 of the stored bytes"),
            count("text_bytes", "Number of bytes"),
            count("text_characters", "Number of Unicode code points"),
            text("text_media_type", "What the stored bytes are"),
            day("text_stored", "The day the text was stored"),
            text_or_null(
                "full_text",
                "The stored text; null where its rights allow quotes only",
                "CHECK (full_text IS NULL OR rights_use = 'full-text')",
            ),
            count("coverage_letters", "Letters, digits and signs of the text"),
            count("coverage_quoted", "Those in a quote of a claim of the base, whatever became of the claim"),
            count("coverage_skipped", "Those in a skipped passage and in no quote"),
            count("coverage_connectives", "Those in a listed connective and in neither"),
            count("coverage_unaccounted", "The rest"),
        ),
        _sources,
    ),
    SqlTable(
        "source_place",
        "Where a document, or a copy of it, was found",
        (
            _OF_SOURCE,
            text("kind", "The stored text, or a copy of it", "CHECK (kind IN ('found', 'copy'))"),
            position(),
            text_or_null("url", "Its address, where one is known"),
            text_or_null("title", "The title shown there"),
            day("seen_on", "The day it was seen"),
            text("note", "What was seen there"),
        ),
        _places,
        ("document", "kind", "position"),
    ),
    SqlTable(
        "sentence",
        "One sentence of a stored text",
        (_OF_SOURCE, position("Place in the text, from 1"), _START, _END),
        _sentences,
        ("document", "position"),
    ),
    SqlTable(
        "set_aside",
        "A passage of a stored text of which no claim is made: skipped with a reason, or joining words",
        (
            _OF_SOURCE,
            position("Place in the text, from 1"),
            _START,
            _END,
            text_or_null("reason", "Why no claim is made of it, a code; null for joining words"),
            text_or_null("label", "The reason, for readers"),
            text_or_null("note", "A remark for the reader"),
        ),
        _set_aside,
        ("document", "position"),
    ),
)
"""In an order in which each refers only to those before it."""
