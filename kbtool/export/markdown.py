"""`markdown/`: one page a claim with YAML front matter, and pages that list them, for Hugo, Eleventy and MkDocs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kbtool.export import markdown_lists as lists_
from kbtool.export.exporter import Artifact, CaveatLost, OutputFile
from kbtool.export.markdown_claim import claim_page, tombstone_page
from kbtool.export.markdown_lists import Lists
from kbtool.export.markdown_parts import Shelf, page_of
from kbtool.release.jsontext import rows_of
from kbtool.release.view import document_parts, shelf_of

if TYPE_CHECKING:
    from kbtool.release.jsontext import Parts
    from kbtool.release.release import Release

FOLDER = "markdown"
_LISTS = (lists_.INDEX, lists_.BY_VERDICT, lists_.BY_CAVEAT, lists_.HELD, lists_.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class MarkdownExporter:
    """One page a claim, and pages that list them."""

    name: str = "markdown"
    purpose: str = "for static site generators: Hugo, Eleventy, MkDocs"
    standard: str = "CommonMark 0.31 with tables (GFM), YAML 1.2 front matter"
    contract: str = "markdown/1"
    files: tuple[str, ...] = (*(f"{FOLDER}/{name}" for name in _LISTS), f"{FOLDER}/*/*.md")
    cannot_carry: tuple[str, ...] = ("editors' notes", "the vocabulary's definitions", "the stored texts")

    def export(self, release: Release) -> Iterator[OutputFile | CaveatLost]:
        """The page of each claim in the order of ids, then those of tombstones, sources and evidence, then lists."""
        for path, content in _pages(release):
            yield Artifact(f"{FOLDER}/{path}", content)


def _pages(release: Release) -> Iterator[tuple[str, bytes]]:
    parts, shelf, lists = document_parts(release), _shelf(release), Lists()
    for claim in rows_of(parts, "claims"):
        lists.add(claim, shelf)
        yield page_of(claim["id"]), claim_page(claim, shelf)
    gone = list(rows_of(parts, "withdrawn"))
    for tombstone in gone:
        yield page_of(tombstone["id"]), tombstone_page(tombstone, shelf)
    yield from _shared_pages(parts, lists, shelf)
    yield lists_.INDEX, lists_.index_page(shelf, [each.source.document for each in release.sources])
    yield lists_.BY_VERDICT, lists_.verdict_page(lists, parts["vocabulary"]["ratings"], shelf)
    yield lists_.BY_CAVEAT, lists_.caveat_page(lists, parts["vocabulary"]["caveat_kinds"], shelf)
    yield lists_.HELD, lists_.held_page(list(rows_of(parts, "held")), shelf)
    yield lists_.WITHDRAWN, lists_.withdrawn_page(gone, shelf)


def _shared_pages(parts: Parts, lists: Lists, shelf: Shelf) -> Iterator[tuple[str, bytes]]:
    for source in rows_of(parts, "sources"):
        yield f"sources/{source['document']}.md", lists_.source_page(source, lists, shelf)
    for evidence in rows_of(parts, "evidence"):
        yield f"evidence/{evidence['id']}.md", lists_.evidence_page(evidence, lists, shelf)


def _shelf(release: Release) -> Shelf:
    cards = shelf_of(release)
    out = {each.claim.id for each in release.claims} | {each.id for each in release.tombstones}
    return Shelf(
        header=document_parts(release)["release"],
        pages=frozenset(out),
        citation=lambda slug: str(cards.card(slug)["citation"]),
    )
