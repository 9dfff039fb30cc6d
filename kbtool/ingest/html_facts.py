"""What a page says of itself: in its metadata, its schema.org data and its links, never in its prose."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kbtool.ingest.dates import folded_or_none, language_tag, partial_day
from kbtool.ingest.document import Facts

_TITLES = ("citation_title", "og:title", "dc.title", "dcterms.title", "twitter:title")
_AUTHORS = ("citation_author", "author", "dc.creator", "dcterms.creator", "article:author")
_PUBLISHED = (
    "article:published_time",
    "citation_publication_date",
    "citation_date",
    "dc.date",
    "dcterms.issued",
    "dcterms.date",
    "datepublished",
    "date",
)
_MODIFIED = ("article:modified_time", "dcterms.modified", "last-modified", "datemodified", "og:updated_time")
_LICENCES = ("dcterms.license", "dcterms.rights", "dc.rights", "copyright")
_PUBLISHERS = ("citation_publisher", "dc.publisher", "dcterms.publisher", "og:site_name")
_ARTICLES = frozenset(
    {"Article", "BlogPosting", "FAQPage", "HowTo", "MedicalWebPage", "NewsArticle", "Report", "ScholarlyArticle"}
    | {"TechArticle", "WebPage"}
)
_MOST_JSON = 1024 * 1024
"""Characters of a page's schema.org data that are looked at."""


def page_facts(tree: Any, digest: str) -> Facts:
    """The facts of a parsed page; what its metadata names first counts."""
    meta = _meta(tree)
    data = next(_articles(tree), {})
    return Facts(
        digest=digest,
        media_type="text/html",
        title=_first(meta, _TITLES) or _words(data.get("headline")) or _title(tree),
        authors=_authors(meta, data),
        publisher=_first(meta, _PUBLISHERS) or next(iter(_names(data.get("publisher"))), None),
        published=_day(meta, _PUBLISHED) or partial_day(_words(data.get("datePublished"))),
        modified=_day(meta, _MODIFIED) or partial_day(_words(data.get("dateModified"))),
        language=language_tag(
            _words(tree.get("lang")) or _words(tree.get("{http://www.w3.org/XML/1998/namespace}lang"))
        ),
        licence=_linked(tree, "license") or _words(data.get("license")) or _first(meta, _LICENCES),
        address=_address(_linked(tree, "canonical"), _first(meta, ("og:url",)), _words(data.get("url"))),
    )


def _meta(tree: Any) -> Mapping[str, Sequence[str]]:
    """The contents of the meta elements by name in lower case, in the page's order."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = element.get("name") or element.get("property") or element.get("itemprop") or element.get("http-equiv")
        if name and (words := folded_or_none(element.get("content"))):
            found.setdefault(name.strip().lower(), []).append(words)
    return found


def _first(meta: Mapping[str, Sequence[str]], names: Sequence[str]) -> str | None:
    return next((meta[name][0] for name in names if name in meta), None)


def _day(meta: Mapping[str, Sequence[str]], names: Sequence[str]) -> str | None:
    return next((day for name in names if name in meta and (day := partial_day(meta[name][0]))), None)


def _authors(meta: Mapping[str, Sequence[str]], data: Mapping[str, Any]) -> tuple[str, ...]:
    """The authors that the first source names; an address is no name."""
    for name in _AUTHORS:
        if people := tuple(words for words in meta.get(name, ()) if "://" not in words):
            return people
    return tuple(_names(data.get("author")))


def _names(value: Any) -> Iterator[str]:
    """The names in a schema.org value: words, a person or organisation, or a list of such."""
    for each in value if isinstance(value, list) else [value]:
        name = each.get("name") if isinstance(each, dict) else each
        if (words := _words(name)) and "://" not in words:
            yield words


def _words(value: Any) -> str | None:
    return folded_or_none(value) if isinstance(value, str) else None


def _title(tree: Any) -> str | None:
    return next((words for each in tree.iter("title") if (words := folded_or_none("".join(each.itertext())))), None)


def _linked(tree: Any, relation: str) -> str | None:
    """The target of the first link with that relation."""
    for element in tree.iter("link", "a"):
        if relation in (element.get("rel") or "").lower().split() and element.get("href"):
            return folded_or_none(element.get("href"))
    return None


def _address(*found: str | None) -> str | None:
    """The first that is an absolute web address."""
    return next((each for each in found if each and each.startswith(("http://", "https://")) and " " not in each), None)


def _articles(tree: Any) -> Iterator[Mapping[str, Any]]:
    """The schema.org nodes of the page that are articles."""
    for element in tree.iter("script"):
        if (element.get("type") or "").strip().lower() == "application/ld+json" and len(
            element.text or ""
        ) < _MOST_JSON:
            yield from filter(_is_article, _nodes(element.text or ""))


def _nodes(text: str) -> Iterator[Mapping[str, Any]]:
    """The nodes at the top of a JSON-LD text, and those of its graph."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return
    for each in data if isinstance(data, list) else [data]:
        if isinstance(each, dict):
            graph = each.get("@graph")
            yield from (node for node in (graph if isinstance(graph, list) else [each]) if isinstance(node, dict))


def _is_article(node: Mapping[str, Any]) -> bool:
    kinds = node.get("@type")
    return bool(_ARTICLES & {each for each in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(each, str)})
