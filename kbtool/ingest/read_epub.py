"""EPUB: the chapters of a book in reading order; its cover and its table of contents are no text of it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from itertools import count
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from kbtool.ingest.archive import DAMAGED, LOCKED, Archive, Unreadable, opened
from kbtool.ingest.dates import folded_or_none, language_tag, partial_day
from kbtool.ingest.decode import decoded
from kbtool.ingest.document import Document, Facts, Refusal
from kbtool.ingest.html_pieces import standing_pieces
from kbtool.ingest.laying import Piece, laid_out
from kbtool.ingest.read_html import charset_of, needs_extra, parsed_page, parser_version
from kbtool.ingest.read_text import NO_WORDS
from kbtool.ingest.settle import remarks_on

MEDIA_TYPE = "application/epub+zip"
NEEDS_EXTRA = Refusal("EPUB cannot be read here: trafilatura is not installed", "pip install 'kbtool[ingest]'")

_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_TITLE_PAGES = frozenset({"titlepage", "cover", "halftitlepage"})


def read_epub(content: bytes) -> Document | Refusal:
    """The document of an EPUB file's bytes."""
    if needs_extra():
        return NEEDS_EXTRA
    try:
        return _read(content, opened(content))
    except Unreadable as why:
        return why.refusal


def _read(content: bytes, archive: Archive) -> Document | Refusal:
    if "META-INF/encryption.xml" in archive.names and "META-INF/rights.xml" in archive.names:
        return LOCKED
    package_name = _package(archive)
    package = archive.xml(package_name)
    laid = laid_out(_pieces(archive, package, posixpath.dirname(package_name)))
    if not laid.has_words:
        return NO_WORDS
    method = f"kbtool-epub/1 {parser_version()}"
    return Document(laid.text, laid.blocks, _facts(content, package), method, remarks_on(laid.text))


def _package(archive: Archive) -> str:
    """The name of the member that lists the others."""
    for each in archive.xml("META-INF/container.xml").iter():
        if each.tag.endswith("}rootfile"):
            return each.get("full-path", "")
    raise Unreadable(DAMAGED)


def _pieces(archive: Archive, package: Element, folder: str) -> Iterator[Piece]:
    """The pieces of the chapters in the order of the spine."""
    items = {each.get("id", ""): each for each in package.iter(f"{_OPF}item")}
    rows = count(1)
    for reference in package.iter(f"{_OPF}itemref"):
        item = items.get(reference.get("idref", ""))
        if item is None or "nav" in item.get("properties", "").split() or reference.get("linear") == "no":
            continue
        name = posixpath.normpath(posixpath.join(folder, unquote(item.get("href", ""))))
        yield from _chapter(archive.content(name), rows)


def _chapter(content: bytes, rows: Iterator[int]) -> Iterator[Piece]:
    """The pieces of a chapter; its rows are told apart from those of other chapters."""
    found = decoded(content, charset_of(content))
    tree = parsed_page(found.text) if found else None
    body = next(tree.iter("body"), None) if tree is not None else None
    if body is None or _is_title_page(body):
        return
    numbers: dict[int, int] = {}
    for each in standing_pieces(body):
        row = each.piece.row
        yield replace(each.piece, row=numbers.setdefault(row, next(rows)) if row else 0)


def _is_title_page(body: Any) -> bool:
    """Whether a chapter only shows the book's title, which the metadata tell better."""
    return any(_TITLE_PAGES & {*(each.get("epub:type") or "").split()} for each in (body, *body))


def _facts(content: bytes, package: Element) -> Facts:
    told: dict[str, list[str]] = {}
    for each in package.iter():
        if words := folded_or_none(each.text):
            told.setdefault(each.get("property") or each.tag, []).append(words)

    def first(name: str) -> str | None:
        return next(iter(told.get(name, ())), None)

    return Facts(
        digest=sha256(content).hexdigest(),
        media_type=MEDIA_TYPE,
        title=first(f"{_DC}title"),
        authors=tuple(told.get(f"{_DC}creator", ())),
        publisher=first(f"{_DC}publisher"),
        published=partial_day(first(f"{_DC}date")),
        modified=partial_day(first("dcterms:modified")),
        language=language_tag(first(f"{_DC}language")),
        licence=first(f"{_DC}rights"),
    )
