"""The pieces of a word-processor's document (WordprocessingML), in order, with tracked changes taken as final."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from kbtool.ingest.document import BlockKind
from kbtool.ingest.laying import BREAK, Piece, parts_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_GONE = frozenset({f"{W}del", f"{W}moveFrom", f"{W}rPr", f"{W}pPr", f"{W}instrText", f"{W}delText", f"{W}tblPr"})
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_HEADING = re.compile(r"(?:heading|\u00fcberschrift|titre|t\u00edtulo|titolo|kop|rubrik)\s*([1-9])$", re.IGNORECASE)
_STYLE_KINDS: Mapping[str, BlockKind] = {
    "caption": "caption",
    "table caption": "caption",
    "image caption": "caption",
    "quote": "quote",
    "intense quote": "quote",
    "block text": "quote",
    "footnote text": "footnote",
    "endnote text": "footnote",
    "source code": "code",
    "html preformatted": "code",
    "plain text": "paragraph",
    "header": "boiler-plate",
    "footer": "boiler-plate",
    "toc heading": "boiler-plate",
}


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style means: its name, its outline level (from 1), whether it numbers."""

    name: str
    level: int = 0
    is_list: bool = False


@dataclass(slots=True)
class Notes:
    """What is found on the way through the body."""

    numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    """Each footnote or endnote referred to, by kind and id, in the order of first reference."""
    inserted: int = 0
    deleted: int = 0
    rows: int = 0


def styles_of(root: Element | None) -> Mapping[str, Style]:
    """The paragraph styles by id; a style without an outline level has that of the style that it is based on."""
    if root is None:
        return {}
    elements = {each.get(f"{W}styleId", ""): each for each in root.iter(f"{W}style")}
    return {name: _style(name, elements) for name in elements}


def _style(name: str, elements: Mapping[str, Element]) -> Style:
    """A style with what it takes from those below it; a chain that bites its tail ends there."""
    first, level, is_list, seen = None, 0, False, set[str]()
    while name in elements and name not in seen:
        seen.add(name)
        element = elements[name]
        called = _value(element.find(f"{W}name"))
        first = called if first is None else first
        heading = _HEADING.match(called)
        outline = _value(element.find(f"{W}pPr/{W}outlineLvl"))
        level = level or (int(heading[1]) if heading else 0) or (int(outline) + 1 if outline in set("012345678") else 0)
        level = level or int(called.lower() == "title")
        is_list = is_list or element.find(f"{W}pPr/{W}numPr") is not None
        name = _value(element.find(f"{W}basedOn"))
    return Style((first or "").lower(), level, is_list)


def _value(element: Element | None) -> str:
    return "" if element is None else element.get(f"{W}val", "")


def pieces_below(root: Element, styles: Mapping[str, Style], notes: Notes) -> Iterator[Piece]:
    """The pieces of a body, a note or a text box; tables come row by row where they stand."""
    stack: list[tuple[Element, int]] = [(root, 0)]
    while stack:
        element, row = stack.pop()
        if element.tag == f"{W}p":
            yield from _paragraph(element, row, styles, notes)
            continue
        if element.tag in _GONE or element.tag == f"{_COMPATIBLE}Fallback":
            continue
        if element.tag == f"{W}tr" and not _is_deleted(element):
            notes.rows += 1
            row = notes.rows
        elif element.tag == f"{W}tr":
            notes.deleted += 1
            continue
        stack += [(child, row) for child in reversed(element)]


def _is_deleted(row: Element) -> bool:
    return row.find(f"{W}trPr/{W}del") is not None


def _paragraph(element: Element, row: int, styles: Mapping[str, Style], notes: Notes) -> Iterator[Piece]:
    """The piece of a paragraph, and those of text boxes that hang on it."""
    boxes: list[Element] = []
    words = "".join(_words(element, notes, boxes))
    properties = element.find(f"{W}pPr")
    style = styles.get(_value(element.find(f"{W}pPr/{W}pStyle")), Style(""))
    yield from (_styled(Piece("paragraph", part, row=row), properties, style) for part in parts_of(words))
    for box in boxes:
        yield from (replace(piece, row=0) for piece in pieces_below(box, styles, notes))


def _styled(piece: Piece, properties: Element | None, style: Style) -> Piece:
    """The piece with the kind that its paragraph's properties and style give it."""
    outline = _value(None if properties is None else properties.find(f"{W}outlineLvl"))
    level = int(outline) + 1 if outline in set("012345678") else style.level
    if level and not piece.row:
        return replace(piece, kind="heading", level=level)
    if piece.row:
        return replace(piece, kind="table-cell")
    numbering = None if properties is None else properties.find(f"{W}numPr/{W}numId")
    if _value(numbering) not in {"", "0"} or (numbering is None and style.is_list):
        return replace(piece, kind="list-item")
    kind = "boiler-plate" if style.name.startswith("toc ") else _STYLE_KINDS.get(style.name, "paragraph")
    return replace(piece, kind=kind)


def _words(paragraph: Element, notes: Notes, boxes: list[Element]) -> Iterator[str]:
    """The words of a paragraph in order, inserted ones too, deleted ones not; text boxes are put aside."""
    stack = [paragraph]
    while stack:
        element = stack.pop()
        if element.tag == f"{W}txbxContent":
            boxes.append(element)
            continue
        if element.tag in {f"{W}ins", f"{W}moveTo"}:
            notes.inserted += 1
        elif element.tag in {f"{W}del", f"{W}moveFrom"}:
            notes.deleted += 1
        if element.tag not in _GONE and element.tag != f"{_COMPATIBLE}Fallback":
            yield _said(element, notes)
            stack += reversed(element)


_SIGNS = {"br": BREAK, "cr": BREAK, "tab": " ", "ptab": " ", "noBreakHyphen": "-"}


def _said(element: Element, notes: Notes) -> str:
    """The words that an element stands for by itself."""
    name = element.tag.removeprefix(W)
    if name == "t":
        return element.text or ""
    if name == "sym":
        return _symbol(element.get(f"{W}char", ""))
    if name in {"footnoteReference", "endnoteReference"}:
        key = (name.removesuffix("Reference"), element.get(f"{W}id", ""))
        return f"[{notes.numbers.setdefault(key, len(notes.numbers) + 1)}]"
    return _SIGNS.get(name, "")


def _symbol(code: str) -> str:
    """A character of a symbol font by its code."""
    return chr(int(code, 16)) if re.fullmatch(r"[0-9A-Fa-f]{1,4}", code) else ""
