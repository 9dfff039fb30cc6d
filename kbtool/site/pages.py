"""The whole site of a release, page after page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from kbtool.release.artifact import Artifact, OutputFile
from kbtool.release.citation import citation_line
from kbtool.release.view import document_of
from kbtool.site import paths
from kbtool.site.absent import held_page, not_shown_page, tombstone_page
from kbtool.site.claim_file import claim_files
from kbtool.site.claim_page import claim_page
from kbtool.site.contents import contents_of
from kbtool.site.document_page import document_page
from kbtool.site.evidence_page import evidence_page
from kbtool.site.frame import frame_of
from kbtool.site.items import Items
from kbtool.site.lists import claims_pages, evidence_list, term_pages
from kbtool.site.overview import browse_page, glossary_page, home_page
from kbtool.site.passages import paragraphs
from kbtool.site.people import decision_pages, release_page, reviewer_pages, reviewers_of
from kbtool.site.search_index import search_files
from kbtool.site.sitemap import sitemap
from kbtool.site.source_page import source_page
from kbtool.site.templates import ASSETS, asset
from kbtool.site.text import cleaned

if TYPE_CHECKING:
    from kbtool.release.jsontext import JsonObject
    from kbtool.release.release import Release
    from kbtool.site.frame import Frame

Structured = Callable[["JsonObject"], "JsonObject | None"]
"""What a claim's page carries as JSON-LD; None for a claim that has no such form."""


def site_files(release: Release, structured: Structured, feeds: Iterable[OutputFile] = ()) -> Iterator[OutputFile]:
    """Every file of the site; paths are below the site's folder. `feeds` are files that lie beside the pages."""
    document, beside = document_of(release), list(feeds)
    frame = frame_of(contents_of(document), has_feeds=bool(beside))
    citations = {evidence.id: cleaned(citation_line(evidence.citation)) for evidence in release.evidence}
    listed: list[str] = []
    for page in _pages(frame, document["claims"], structured, citations):
        if page.path != paths.NOT_FOUND and not _is_absent(frame, page.path):
            listed.append(page.path)
        yield page
    yield from claim_files(document)
    yield from search_files(frame.contents)
    yield from sitemap(document["release"]["base_url"], listed, document["release"]["as_of"])
    yield from (Artifact(name, asset(name)) for name in ASSETS)
    yield from beside


def _pages(
    frame: Frame, views: Iterable[JsonObject], structured: Structured, citations: dict[str, str]
) -> Iterator[Artifact]:
    """Every page; `views` are the claims as the release has them, before their texts were made fit for pages."""
    contents, items = frame.contents, Items(frame)
    yield home_page(frame, items)
    for document in contents.order:
        yield document_page(frame, document)
        yield source_page(frame, document)
    yield from claims_pages(frame, items)
    yield browse_page(frame)
    yield evidence_list(frame)
    yield glossary_page(frame)
    yield frame.page(paths.AUDIT, "audit.html", "For auditors", "For auditors", **_audit(frame))
    yield not_shown_page(frame)
    yield frame.page(
        paths.NOT_FOUND, "404.html", "There is no page here", unlisted=True, canonical=None, is_anywhere=True
    )
    yield release_page(frame)
    yield from _claims(frame, views, structured)
    for record in contents.evidence.values():
        yield evidence_page(frame, items, record, citations[record["id"]])
    yield from term_pages(frame, items)
    yield from decision_pages(frame)
    yield from reviewer_pages(frame)
    yield from _absent(frame, items)


def _claims(frame: Frame, views: Iterable[JsonObject], structured: Structured) -> Iterator[Artifact]:
    contents = frame.contents
    texts = {name: source["full_text"] for name, source in contents.sources.items()}
    spans = {name: paragraphs(text) if text is not None else [] for name, text in texts.items()}
    for view in views:
        claim = contents.claims[view["id"]]
        yield claim_page(frame, claim, spans[claim["source"]["document"]], structured(view))


def _absent(frame: Frame, items: Items) -> Iterator[Artifact]:
    yield from (held_page(frame, items, held) for held in frame.contents.held.values())
    yield from (tombstone_page(frame, items, stone) for stone in frame.contents.withdrawn.values())


def _audit(frame: Frame) -> JsonObject:
    return {"counts": frame.contents.release["counts"], "reviewers": reviewers_of(frame)}


def _is_absent(frame: Frame, path: str) -> bool:
    id_ = path.removesuffix("/index.html")
    return id_ in frame.contents.held or id_ in frame.contents.withdrawn
