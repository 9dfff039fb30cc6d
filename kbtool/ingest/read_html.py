"""HTML: all that a page shows is stored, in blocks; what belongs to the page and not to the document is so marked.

Scripts, styles, templates and the like are no text. What a page hides until somebody opens it is read like the rest.
lxml and trafilatura have their one home here.
"""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from typing import Any

from kbtool.ingest.decode import decoded
from kbtool.ingest.document import Document, Refusal
from kbtool.ingest.html_facts import page_facts
from kbtool.ingest.html_main import main_pieces
from kbtool.ingest.html_pieces import Standing, standing_pieces
from kbtool.ingest.laying import Piece, laid_out
from kbtool.ingest.read_text import NO_TEXT, NO_WORDS
from kbtool.ingest.settle import remarks_on

NEEDS_EXTRA = Refusal("HTML cannot be read here: trafilatura is not installed", "pip install 'kbtool[ingest]'")

_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,80}encoding=[\"']([\w.-]+)", re.IGNORECASE
)
_HEAD = 4096
"""Bytes in which a page must name its encoding (HTML asks for the first 1024)."""


def read_html(content: bytes) -> Document | Refusal:
    """The document of a page's bytes."""
    if needs_extra():
        return NEEDS_EXTRA
    found = decoded(content, charset_of(content))
    if found is None:
        return NO_TEXT
    tree = parsed_page(found.text)
    body = next(tree.iter("body"), None) if tree is not None else None
    standing = [] if body is None else [each for each in standing_pieces(body) if each.piece.text.strip()]
    laid = laid_out(_judged(standing, found.text) if standing else ())
    if not laid.has_words:
        return NO_WORDS
    facts = page_facts(tree, sha256(content).hexdigest())
    return Document(laid.text, laid.blocks, facts, method(), (*found.remarks, *remarks_on(laid.text)))


def needs_extra() -> bool:
    """Whether what reads pages is not installed."""
    return find_spec("lxml") is None or find_spec("trafilatura") is None


@cache
def method() -> str:
    """How pages are read, with the versions of what takes part."""
    from trafilatura import __version__ as extractor  # noqa: PLC0415

    return f"kbtool-html/1 trafilatura/{extractor} {parser_version()}"


def parser_version() -> str:
    """The parser of pages with its version."""
    from lxml import etree  # noqa: PLC0415

    return f"libxml2/{'.'.join(map(str, etree.LIBXML_VERSION))}"


def charset_of(content: bytes) -> str | None:
    """The encoding that a page names for itself."""
    named = _CHARSET.search(content[:_HEAD])
    return (named[1] or named[2]).decode("ascii", "replace") if named else None


def parsed_page(text: str) -> Any:
    """The tree of a page, without comments; None where there is no element in it."""
    from lxml import etree, html  # noqa: PLC0415

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        return html.document_fromstring(text.replace("\x00", "").encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def _judged(standing: list[Standing], page: str) -> list[Piece]:
    """The pieces, with those of the page around the document marked as boiler-plate."""
    belongs = main_pieces(standing, _extracted(page))
    return [
        each.piece if yes else replace(each.piece, kind="boiler-plate", level=0, row=0)
        for each, yes in zip(standing, belongs, strict=True)
    ]


def _extracted(page: str) -> str | None:
    """The main text by trafilatura; a page that it fails on has none."""
    from trafilatura import extract  # noqa: PLC0415

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it could not take is no news to the user
    try:
        return extract(page, fast=True, include_comments=False, include_tables=True, deduplicate=False)
    except Exception:  # noqa: BLE001 - it is one witness of three, and pages are hostile
        return None
