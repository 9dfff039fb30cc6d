"""ODT: the body in its final form, with its notes after it; comments and tracked changes are reported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from xml.etree.ElementTree import Element

from kbtool.ingest.archive import DAMAGED, LOCKED, Archive, Unreadable, opened
from kbtool.ingest.dates import folded_or_none, language_tag, partial_day
from kbtool.ingest.document import BlockKind, Document, Facts, Refusal
from kbtool.ingest.laying import BREAK, Piece, laid_out, parts_of
from kbtool.ingest.read_text import NO_WORDS
from kbtool.ingest.settle import counted, remarks_on

METHOD = "kbtool-odt/1"
MEDIA_TYPE = "application/vnd.oasis.opendocument.text"

_OPEN = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _OFFICE, _TABLE = f"{{{_OPEN}text:1.0}}", f"{{{_OPEN}office:1.0}}", f"{{{_OPEN}table:1.0}}"
_STYLE, _META = f"{{{_OPEN}style:1.0}}", f"{{{_OPEN}meta:1.0}}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_ASIDE = frozenset({f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_TEXT}table-of-content"})
_SIGNS: Mapping[str, str] = {f"{_TEXT}tab": " ", f"{_TEXT}line-break": BREAK}
_PARAGRAPHS = frozenset({f"{_TEXT}p", f"{_TEXT}h"})


@dataclass(slots=True)
class _Found:
    """What is met on the way through the body."""

    notes: list[Element] = field(default_factory=list)
    rows: int = 0


def read_odt(content: bytes) -> Document | Refusal:
    """The document of an ODT file's bytes."""
    try:
        return _read(content, opened(content))
    except Unreadable as why:
        return why.refusal


def _read(content: bytes, archive: Archive) -> Document | Refusal:
    if b"encryption-data" in archive.content("META-INF/manifest.xml"):
        return LOCKED
    root = archive.xml("content.xml")
    body = root.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        return DAMAGED
    named = _parents(root) | _parents(archive.xml_or_none("styles.xml"))
    found = _Found()
    pieces = [*_pieces(body, named, found), *_noted(found, named)]
    laid = laid_out(pieces)
    if not laid.has_words:
        return NO_WORDS
    remarks = (*_remarks(body), *remarks_on(laid.text))
    return Document(laid.text, laid.blocks, _facts(content, archive.xml_or_none("meta.xml")), METHOD, remarks)


def _parents(root: Element | None) -> dict[str, str]:
    """The style that each style is based on, by name."""
    styles = () if root is None else root.iter(f"{_STYLE}style")
    return {each.get(f"{_STYLE}name", ""): each.get(f"{_STYLE}parent-style-name", "") for each in styles}


def _pieces(
    body: Element, parents: Mapping[str, str], found: _Found, around: BlockKind = "paragraph"
) -> Iterator[Piece]:
    """The pieces below an element, in order."""
    stack: list[tuple[Element, BlockKind, int]] = [(body, around, 0)]
    while stack:
        element, kind, row = stack.pop()
        if element.tag in _PARAGRAPHS:
            yield from _paragraph(element, kind, row, parents, found)
        elif element.tag not in _ASIDE:
            if element.tag == f"{_TABLE}table-row":
                found.rows += 1
                row = found.rows
            inside = _kind_inside(element.tag, kind)
            stack += [(child, inside, row) for child in reversed(element)]


def _kind_inside(tag: str, kind: BlockKind) -> BlockKind:
    if tag == f"{_TABLE}table-cell":
        return "table-cell"
    return "list-item" if tag == f"{_TEXT}list-item" and kind == "paragraph" else kind


def _paragraph(
    element: Element, kind: BlockKind, row: int, parents: Mapping[str, str], found: _Found
) -> Iterator[Piece]:
    words = "".join(_words(element, found))
    style = _style(element.get(f"{_TEXT}style-name", ""), parents)
    level = _level(element, style) if kind == "paragraph" else 0
    own = "heading" if level else _styled(style) if kind == "paragraph" else kind
    for part in parts_of(words):
        yield Piece(own, part, level, row if own == "table-cell" else 0)


def _level(element: Element, style: str) -> int:
    if element.tag == f"{_TEXT}h":
        outline = element.get(f"{_TEXT}outline-level", "1")
        return int(outline) if outline in set("123456789") else 1
    return int(style == "title")


def _style(name: str, parents: Mapping[str, str]) -> str:
    """The named style below an automatic one, in lower case with plain spaces."""
    for _ in range(8):
        if not parents.get(name):
            break
        name = parents[name]
        if name.lower() in {"title", "quotations", "caption", "preformatted_20_text", "footnote"}:
            break
    return name.replace("_20_", " ").lower()


def _styled(style: str) -> BlockKind:
    kinds: Mapping[str, BlockKind] = {
        "quotations": "quote",
        "caption": "caption",
        "figure": "caption",
        "table": "caption",
        "preformatted text": "code",
        "footnote": "footnote",
    }
    return kinds.get(style, "paragraph")


def _words(paragraph: Element, found: _Found) -> Iterator[str]:
    """The words of a paragraph; a note is put aside and leaves its number."""
    stack: list[Element | str] = [paragraph]
    while stack:
        each = stack.pop()
        if isinstance(each, str):
            yield each
        elif each.tag == f"{_TEXT}note":
            found.notes.append(each)
            yield f"[{len(found.notes)}]"
        elif each.tag == f"{_TEXT}s":
            yield " "
        elif each.tag not in _ASIDE:
            yield _SIGNS.get(each.tag, "") + (each.text or "")
            for child in reversed(each):
                stack += [child.tail or "", child]


def _noted(found: _Found, parents: Mapping[str, str]) -> Iterator[Piece]:
    """The pieces of the notes, in order; a note in a note comes after those there are."""
    for note in found.notes:
        body = note.find(f"{_TEXT}note-body")
        if body is not None:
            yield from _pieces(body, parents, found, "footnote")


def _remarks(body: Element) -> Iterator[str]:
    kinds = [change.tag.removeprefix(_TEXT) for each in body.iter(f"{_TEXT}changed-region") for change in each]
    if kinds:
        kept, gone = kinds.count("insertion"), kinds.count("deletion")
        yield (
            f"tracked changes were taken as final: {counted(kept, 'insertion')} kept, "
            f"{counted(gone, 'deletion')} left out"
        )
    made = list(body.iter(f"{_OFFICE}annotation"))
    if made:
        yield f"{counted(len(made), 'comment')} in the file, not part of the text: {'; '.join(map(_comment, made))}"


def _comment(comment: Element) -> str:
    words = " ".join("".join(text for each in comment.iter(f"{_TEXT}p") for text in each.itertext()).split())
    shown = words if len(words) <= 80 else f"{words[:77]}..."
    return f"{comment.findtext(f'{_DC}creator') or 'somebody'} wrote {shown!r}"


def _facts(content: bytes, meta: Element | None) -> Facts:
    told: dict[str, str | None] = {}
    for each in () if meta is None else meta.iter():
        told.setdefault(each.tag, folded_or_none(each.text))
    author = told.get(f"{_META}initial-creator") or told.get(f"{_DC}creator")
    return Facts(
        digest=sha256(content).hexdigest(),
        media_type=MEDIA_TYPE,
        title=told.get(f"{_DC}title"),
        authors=(author,) if author else (),
        created=partial_day(told.get(f"{_META}creation-date")),
        modified=partial_day(told.get(f"{_DC}date")),
        language=language_tag(told.get(f"{_DC}language")),
        licence=told.get(f"{_DC}rights"),
    )
