"""The pages of small sites, and a reader of them that shares no code with the product."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element

import html5lib

from kbtool.export.site import SiteExporter
from kbtool.model.claim import ClaimBase
from kbtool.records.base import KnowledgeBase
from kbtool.release.gate import GATES
from kbtool.release.release import Release, make_release
from tests.export.small import AS_OF, base_of, claim_of, files_of, record, small_release, source_of

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

TEXT = (
    "The pill may help  some people, and it is cheap. Is it?\n"
    "A second line.\r\n"
    "\n"
    "People sleep better with it; they do not sleep longer. \U0001f634 That is all.\n"
)
"""A text in which quotes overlap, are split, meet and repeat."""


def quote(words: str, **more: Any) -> dict[str, Any]:
    """A quote of `TEXT` at its first place."""
    start = TEXT.index(words)
    return {"exact": words, "start": str(start), "end": str(start + len(words)), **more}


def marked_claims() -> list[ClaimBase]:
    """Claims on `TEXT`: shared words, split words, one found by its words alone, one that stands in two places."""
    ratings = {"usage": "contradicted", "cost": "unverifiable", "mechanism": "thought-up"}
    quotes: dict[str, list[dict[str, Any]]] = {
        "definition": [quote("The pill may help")],
        "efficacy": [quote("The pill may help  some people")],
        "usage": [quote("The pill"), quote("it is cheap")],
        "cost": [quote("it is cheap")],
        "safety": [{"exact": "they do not sleep longer"}],
        "mechanism": [quote("A second line"), quote("\U0001f634 That is all")],
        "guidance": [{"exact": "sleep"}],
        "citation": [{"exact": "words of another text", "start": "3", "end": "9"}],
    }
    return [
        claim_of(
            kind,
            f"What the text says of {kind}.",
            source={"document": "open-text", "quotes": parts},
            verdict={"rating": ratings.get(kind, "supported"), "rationale": "because"},
        )
        for kind, parts in quotes.items()
    ]


def with_text(base: KnowledgeBase, text: str = TEXT) -> KnowledgeBase:
    """The base with another text for its open document, in which one passage is skipped."""
    source = source_of("open-text", "full-text", text)
    start = text.find("Is it?")
    skipped = [{"exact": "Is it?", "start": start, "end": start + 6, "reason": "heading", "note": "a question"}]
    data = {**source.model_dump(mode="json", by_alias=True, exclude_none=True), "connectives": []}
    mended = type(source).model_validate({**data, "skipped": skipped if start >= 0 else []})
    return replace(base, sources={**base.sources, "open-text": record(mended)}, texts={**base.texts, "open-text": text})


@cache
def marked_release() -> Release:
    """The release of `marked_claims`."""
    return make_release(with_text(base_of(marked_claims())), GATES["any"], AS_OF)


@cache
def site(name: str = "any") -> Mapping[str, bytes]:
    """The files of a small site below `site/`: `any` and `approved` are gates of the small base, `marked` a base."""
    return site_of(marked_release() if name == "marked" else small_release(name))


def site_of(release: Release) -> dict[str, bytes]:
    """The files of the site of a release, by path below `site/`."""
    return {path.removeprefix("site/"): raw for path, raw in files_of(SiteExporter(), release).items()}


@cache
def page(path: str, name: str = "any") -> Element:
    """A page as a browser's parser builds it; markup that the HTML standard calls an error raises."""
    return parsed(site(name)[path])


def parsed(raw: bytes) -> Element:
    """The elements of a page; raises on any parse error."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    root: Element = parser.parse(raw, transport_encoding="utf-8")
    return root


def pages(name: str = "any") -> Iterator[tuple[str, Element]]:
    """Every page of a site."""
    for path in site(name):
        if path.endswith(".html"):
            yield path, page(path, name)


def words(element: Element | None) -> str:
    """All text below an element, white space folded."""
    assert element is not None
    return " ".join("".join(element.itertext()).split())


def by_class(root: Element, name: str) -> list[Element]:
    """The elements that bear a class."""
    return [each for each in root.iter() if name in each.get("class", "").split()]


def by_id(root: Element, id_: str) -> Element:
    """The element with an id."""
    return next(each for each in root.iter() if each.get("id") == id_)
