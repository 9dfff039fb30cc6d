"""`claimreview/`: schema.org ClaimReview as JSON-LD, one file a claim, and all of them in a DataFeed.

Required and recommended properties are those of Google's page on fact checks, types and ranges those of schema.org.
In every file `<`, `>` and `&` are written as JSON escapes, so that it can stand in a page's script element as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from pydantic_core import to_json

from kbtool.export.claimreview_feed import absent_elements, feed_head
from kbtool.export.claimreview_item import Shelves, claim_review, shelves_of
from kbtool.export.exporter import Artifact, CaveatLost, OutputFile, Streamed
from kbtool.export.item_lines import with_items
from kbtool.release.jsontext import in_order
from kbtool.release.view import claim_views

if TYPE_CHECKING:
    from kbtool.release.jsontext import JsonObject
    from kbtool.release.release import Release

CONTEXT = "https://schema.org"
_OPENING = f'{{"@context":"{CONTEXT}",'.encode()

_ESCAPES = {sign.encode(): f"\\u{ord(sign):04x}".encode() for sign in "<>&\x7f\u0085\u2028\u2029"}
"""Markup, and what some readers take for the end of a line."""


@dataclass(frozen=True, slots=True)
class ClaimReviewExporter:
    """One ClaimReview a claim, and the feed of all."""

    name: str = "claimreview"
    purpose: str = "for search tools and fact-check collections that read schema.org markup"
    standard: str = "schema.org 30.0 ClaimReview and DataFeed, as JSON-LD"
    contract: str = "claimreview/1"
    files: tuple[str, ...] = ("claimreview/feed.jsonld", "claimreview/*/*.jsonld")
    cannot_carry: tuple[str, ...] = (
        "editors' notes",
        "the vocabulary's definitions",
        "the fields of a claim's type",
        "relations to other claims",
        "the places of quotes",
        "the stored texts",
    )

    def export(self, release: Release) -> Iterator[OutputFile | CaveatLost]:
        """One file a claim in the order of ids, then the feed."""
        shelves = shelves_of(release)
        made: list[tuple[str, bytes]] = []
        for claim in claim_views(release):
            content = _escaped(to_json(claim_review(claim, shelves, CONTEXT))) + b"\n"
            made.append((str(claim["uri"]), content))
            yield Artifact(f"claimreview/{claim['id']}.jsonld", content)
        yield Streamed("claimreview/feed.jsonld", lambda: _feed(shelves, made))


def _feed(shelves: Shelves, made: list[tuple[str, bytes]]) -> Iterator[bytes]:
    """The feed, one element a line; the reviews in it are the files that were made, not made a second time."""
    head = _line({"@context": CONTEXT, **feed_head(shelves)})
    reviews = (_element(uri, content, shelves.header["as_of"]) for uri, content in made)
    return with_items(head, "dataFeedElement", chain(reviews, map(_line, absent_elements(shelves))))


def _element(uri: str, content: bytes, as_of: str) -> bytes:
    """A DataFeedItem around a file, without the file's context."""
    review = b"{" + content.removeprefix(_OPENING).removesuffix(b"\n")
    before = f'{{"@type":"DataFeedItem","dateModified":"{as_of}","item":['.encode()
    return b"".join((before, review, b'],"url":', _json(uri), b"}"))


def _line(value: JsonObject) -> bytes:
    return _json(value) + b"\n"


def _json(value: JsonObject | str) -> bytes:
    return _escaped(to_json(in_order(value)))


def _escaped(text: bytes) -> bytes:
    for character, escape in _ESCAPES.items():
        if character[-1] in text:
            text = text.replace(character, escape)
    return text
