"""Which pieces of a page belong to the document, and which to the page around it.

Three witnesses are heard. An extractor says which words it takes for the main text. The element that holds nearly all
of those is the document's own, so that what it holds besides (a list, a table, a box) belongs to the document too. And
what the page itself calls navigation, a footer or a cookie note never does, whatever the others say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kbtool.ingest.html_pieces import Standing

_PAGE_TAGS = frozenset({"nav", "footer", "aside", "form", "button", "select", "dialog", "menu"})
_PAGE_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "search", "complementary", "dialog", "alertdialog", "menu", "menubar"}
)
_PAGE_NAMES = (
    "nav|navbar|navigation|navlist|side-?nav\\w*|side-?bar|menu|bread-?crumbs?|cookies?|consent|gdpr|share|sharing",
    "social|social-media|share-?this|add-?this|newsletter|subscribe|advert\\w*|ads?|sponsor\\w*|promo|related(?:-\\w+)?",
    "pager|pagination|comments?|disqus|skip-?link|skip-?nav|sr-only|visually-hidden|screen-reader\\w*|site-?footer",
    "site-?header|masthead|footer|banner|popup|modal|overlay|print-?only|toolbar|tags|back-to-top|toc",
)
_PAGE_WORDS = re.compile(rf"(?:^|[\s_-])(?:{'|'.join(_PAGE_NAMES)})(?:$|[\s_-])", re.IGNORECASE)
"""What authors call the elements of the page around a document, as a class or an id."""
_OWN_TAGS = frozenset({"main", "article", "body", "html"})
_SHARED = "share|print|email|e-mail|tweet|pin|save|follow us|like"
_WHERE = "this|it|on|to|via|with|page|article|post|twitter|x|facebook|linkedin|pinterest|whatsapp|email|a|friend"
_OFFERS = (
    "skip to (?:main )?content|back to top|advertisement|menu|(?:accept|reject|manage|allow)(?: all)? cookies",
    "(?:previous|next)(?: page| article)?|search|log ?in|sign (?:in|up)|subscribe(?: now)?|read more|learn more",
    r"all rights reserved\.?|leave a (?:comment|reply)",
)
_OFFER = re.compile(rf"(?:{_SHARED})(?: (?:{_WHERE}))*|{'|'.join(_OFFERS)}", re.IGNORECASE)
"""Words of a page's buttons and links, where they are all that an element says."""
_COOKIES = re.compile(
    r"\b(?:we|this (?:web)?site|our (?:partners|website))\b[^.]{0,60}\bcookies?\b"
    r"|\bcookie (?:policy|settings|preferences)\b|^\s*(?:\u00a9|\(c\)|copyright)\s*(?:\u00a9\s*)?\d{4}\b",
    re.IGNORECASE,
)
_NEARLY_ALL = 0.9
_MOSTLY_LINKS = 0.75
_TOO_LONG_FOR_CHANCE = 40
"""Letters of a piece whose words do not stand in the main text by chance."""
_SHORT = 500_000
"""Letters of a main text that is searched for every piece."""
_WORDS = re.compile(r"\w+")


def main_pieces(pieces: Sequence[Standing], extracted: str | None) -> list[bool]:
    """For each piece whether it belongs to the document; `extracted` is the main text by an extractor, if it found any.

    Where that leaves nothing the page has no plain division, and all but the plainest boiler-plate is the document.
    """
    marks: dict[Any, bool] = {}
    of_page = [_is_of_page(piece, marks) for piece in pieces]
    taken = _taken(pieces, extracted or "")
    core = [yes and not no for yes, no in zip(taken, of_page, strict=True)]
    home = _home(pieces, core) if any(core) else _declared(pieces)
    inside = _within(pieces, home)
    linked = _link_lists(pieces)
    return [
        not no and ((here and (yes or not links)) or (yes and len(standing.piece.text) >= _TOO_LONG_FOR_CHANCE))
        for standing, no, yes, here, links in zip(pieces, of_page, core, inside, linked, strict=True)
    ]


def _is_of_page(standing: Standing, marks: dict[Any, bool]) -> bool:
    """Whether a piece belongs to the page by what it says or by what an element around it is called."""
    words = " ".join(standing.piece.text.split())
    if _OFFER.fullmatch(words) or (len(words) < 400 and _COOKIES.search(words)):
        return True
    return _under_page_element(standing.element, marks)


def _under_page_element(element: Any, marks: dict[Any, bool]) -> bool:
    """Whether an element or one around it is called part of the page; what is found is kept for its neighbours."""
    path = []
    while element is not None and element not in marks:
        path.append(element)
        element = element.getparent()
    found = element is not None and marks[element]
    for each in reversed(path):
        found = found or _is_page_element(each)
        marks[each] = found
    return found


def _is_page_element(element: Any) -> bool:
    name = element.tag if isinstance(element.tag, str) else ""
    if name in _OWN_TAGS:
        return False
    if name in _PAGE_TAGS or element.get("role", "").lower() in _PAGE_ROLES:
        return True
    if name == "header":
        return not _holds(element, "h1")
    called = f"{element.get('class', '')} {element.get('id', '')}"
    return bool(_PAGE_WORDS.search(called)) and not _holds(element, "main", "article", "h1")


def _holds(element: Any, *names: str) -> bool:
    return next(element.iter(*names), None) is not None


def _taken(pieces: Sequence[Standing], extracted: str) -> list[bool]:
    """Whether the extractor's text has the words of each piece: as a line, or anywhere in it if that is no chance."""
    lines = frozenset(map(_bare, extracted.split("\n")))
    text = f" {_bare(extracted)} " if len(extracted) < _SHORT else ""
    said = (_bare(standing.piece.text) for standing in pieces)
    return [words in lines or (len(words) >= _TOO_LONG_FOR_CHANCE and f" {words} " in text) for words in said]


def _bare(text: str) -> str:
    return " ".join(_WORDS.findall(text.casefold()))


def _home(pieces: Sequence[Standing], core: Iterable[bool]) -> Any:
    """The innermost element that holds nearly all of the letters of the main text."""
    weights: dict[Any, int] = {}
    total = 0
    for standing, is_core in zip(pieces, core, strict=True):
        if is_core:
            size = len(standing.piece.text)
            total += size
            for element in _lineage(standing.element):
                weights[element] = weights.get(element, 0) + size
    return _innermost(weights, total * _NEARLY_ALL)


def _innermost(weights: Mapping[Any, int], enough: float) -> Any:
    """The element of enough weight that has the most elements around it."""
    return max(
        (element for element, weight in weights.items() if weight >= enough), key=lambda e: len(list(_lineage(e)))
    )


def _declared(pieces: Sequence[Standing]) -> Any:
    """The element that the page itself names its main one, else the outermost."""
    root = list(_lineage(pieces[0].element))[-1]
    return next((found for name in ("main", "article") for found in root.iter(name)), root)


def _lineage(element: Any) -> Iterable[Any]:
    while element is not None:
        yield element
        element = element.getparent()


def _within(pieces: Sequence[Standing], home: Any) -> list[bool]:
    below = set(home.iter())
    return [standing.element in below for standing in pieces]


def _link_lists(pieces: Sequence[Standing]) -> list[bool]:
    """Whether each piece stands in a list of three or more items that is made of links: a menu without a name."""
    items: dict[Any, list[tuple[int, int]]] = {}
    for standing in pieces:
        if standing.piece.kind == "list-item":
            items.setdefault(standing.element.getparent(), []).append((standing.linked, len(standing.piece.text)))
    menus = {
        parent
        for parent, sizes in items.items()
        if len(sizes) >= 3 and sum(a for a, _ in sizes) >= _MOSTLY_LINKS * sum(b for _, b in sizes)
    }
    return [each.piece.kind == "list-item" and each.element.getparent() in menus for each in pieces]
