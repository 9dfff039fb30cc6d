"""DOCX: the body in its final form, then the footnotes; comments and tracked changes are reported.

Office Open XML is read with the standard library: what is wanted of it (insertions, notes, text boxes, deleted rows)
is not what libraries for making such files show.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from xml.etree.ElementTree import Element

from kbtool.ingest.archive import DAMAGED, Archive, Unreadable, opened
from kbtool.ingest.dates import folded_or_none, language_tag, partial_day
from kbtool.ingest.document import Document, Facts, Refusal
from kbtool.ingest.docx_pieces import Notes, Style, W, pieces_below, styles_of
from kbtool.ingest.laying import Piece, laid_out
from kbtool.ingest.read_text import NO_WORDS
from kbtool.ingest.settle import counted, remarks_on

METHOD = "kbtool-docx/1"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MAIN = ("/officeDocument",)


def read_docx(content: bytes) -> Document | Refusal:
    """The document of a DOCX file's bytes."""
    try:
        return _read(content, opened(content))
    except Unreadable as why:
        return why.refusal


def _read(content: bytes, archive: Archive) -> Document | Refusal:
    main = _main(archive)
    folder = main.rpartition("/")[0]
    styles = styles_of(archive.xml_or_none(f"{folder}/styles.xml"))
    notes = Notes()
    body = archive.xml(main).find(f"{W}body")
    if body is None:
        return DAMAGED
    pieces = list(pieces_below(body, styles, notes))
    pieces += _notes(archive, folder, styles, notes)
    laid = laid_out(pieces)
    if not laid.has_words:
        return NO_WORDS
    remarks = (*_remarks(notes, archive.xml_or_none(f"{folder}/comments.xml")), *remarks_on(laid.text))
    return Document(laid.text, laid.blocks, _facts(content, archive, folder), METHOD, remarks)


def _main(archive: Archive) -> str:
    """The name of the member that holds the body."""
    for relation in archive.xml("_rels/.rels").iter(_RELATION):
        if relation.get("Type", "").endswith(_MAIN):
            return relation.get("Target", "").removeprefix("/")
    raise Unreadable(DAMAGED)


def _notes(archive: Archive, folder: str, styles: Mapping[str, Style], notes: Notes) -> Iterator[Piece]:
    """The footnotes and endnotes that the body refers to, in the order of reference."""
    found: dict[tuple[str, str], Element] = {}
    for kind in ("footnote", "endnote"):
        root = archive.xml_or_none(f"{folder}/{kind}s.xml")
        if root is not None:
            found |= {(kind, each.get(f"{W}id", "")): each for each in root.iter(f"{W}{kind}")}
    for key in list(notes.numbers):
        if key in found:
            yield from (
                replace(each, kind="footnote", level=0, row=0) for each in pieces_below(found[key], styles, notes)
            )


def _remarks(notes: Notes, comments: Element | None) -> Iterator[str]:
    if notes.inserted or notes.deleted:
        yield (
            f"tracked changes were taken as final: {counted(notes.inserted, 'insertion')} kept, "
            f"{counted(notes.deleted, 'deletion')} left out"
        )
    made = [] if comments is None else list(comments.iter(f"{W}comment"))
    if made:
        yield f"{counted(len(made), 'comment')} in the file, not part of the text: {'; '.join(map(_comment, made))}"


def _comment(comment: Element) -> str:
    words = " ".join("".join(each.text or "" for each in comment.iter(f"{W}t")).split())
    shown = words if len(words) <= 80 else f"{words[:77]}..."
    return f"{comment.get(f'{W}author') or 'somebody'} wrote {shown!r}"


def _facts(content: bytes, archive: Archive, folder: str) -> Facts:
    core = archive.xml_or_none("docProps/core.xml")
    settings = archive.xml_or_none(f"{folder}/styles.xml")
    default = None if settings is None else settings.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    told = {} if core is None else {each.tag: folded_or_none(each.text) for each in core}
    creator = told.get(f"{_DC}creator")
    return Facts(
        digest=sha256(content).hexdigest(),
        media_type=MEDIA_TYPE,
        title=told.get(f"{_DC}title"),
        authors=tuple(each.strip() for each in creator.split(";") if each.strip()) if creator else (),
        publisher=told.get(f"{_DC}publisher"),
        created=partial_day(told.get(f"{_TERMS}created")),
        modified=partial_day(told.get(f"{_TERMS}modified")),
        language=language_tag(told.get(f"{_DC}language"))
        or language_tag(None if default is None else default.get(f"{W}val")),
        licence=told.get(f"{_DC}rights"),
    )
