"""Any file to a document: what it is, is told by its bytes; its name only parts plain text from Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from kbtool.ingest.decode import decoded
from kbtool.ingest.document import Document, Refusal
from kbtool.ingest.read_docx import read_docx
from kbtool.ingest.read_epub import read_epub
from kbtool.ingest.read_html import charset_of, read_html
from kbtool.ingest.read_markdown import read_markdown
from kbtool.ingest.read_odt import read_odt
from kbtool.ingest.read_pdf import read_pdf
from kbtool.ingest.read_text import NO_TEXT, read_text

Reader = Callable[[bytes], Document | Refusal]

READERS: Mapping[str, Reader] = {
    "text": read_text,
    "markdown": read_markdown,
    "html": read_html,
    "pdf": read_pdf,
    "docx": read_docx,
    "odt": read_odt,
    "epub": read_epub,
}
"""Each kind of file with what reads it."""

_ENDINGS: Mapping[str, str] = {
    "txt": "text",
    "text": "text",
    "md": "markdown",
    "markdown": "markdown",
    "mdown": "markdown",
    "mkd": "markdown",
    "html": "html",
    "htm": "html",
    "xhtml": "html",
    "pdf": "pdf",
    "docx": "docx",
    "odt": "odt",
    "epub": "epub",
}
_KNOWN: tuple[tuple[re.Pattern[bytes], Refusal], ...] = (
    (
        re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        Refusal("the file is an old Word document (or an encrypted new one)", "save it as DOCX without a password"),
    ),
    (re.compile(rb"\{\\rtf"), Refusal("the file is RTF", "save it as DOCX or text")),
    (
        re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8|II\*\x00|MM\x00\*|RIFF....WEBP"),
        Refusal("the file is a picture", "run it through a program that recognises text (OCR)"),
    ),
    (re.compile(rb"\x1f\x8b|BZh|\xfd7zXZ|7z\xbc\xaf|Rar!"), Refusal("the file is packed", "unpack it first")),
    (re.compile(rb"%!PS"), Refusal("the file is PostScript", "turn it into a PDF")),
)
"""What is no document, by its first bytes."""
_OTHER_ZIP = Refusal("the file is a ZIP archive without a document in it", "unpack it and give the files in it")
_EMPTY = Refusal("the file is empty", "see that it is the right file")
_PDF = re.compile(rb".{0,1024}?%PDF-\d", re.DOTALL)
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_FRAGMENT = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(?:div|p|h[1-6]|main|article|section|table|ul|ol)[\s>]", re.IGNORECASE | re.DOTALL
)
_MARKS = (
    re.compile(r"(?m)^ {0,3}#{1,6} \S"),
    re.compile(r"\[[^\[\]\n]+\]\((?:https?://|/|#|\.)[^\s()]*\)"),
    re.compile(r"(?<![\w*])\*\*(?=\S)[^*\n]+(?<=\S)\*\*(?![\w*])"),
    re.compile(r"(?m)^\|?(?:\s*:?-{3,}:?\s*\|)+\s*(?::?-{3,}:?\s*)?$"),
    re.compile(r"(?m)^```"),
    re.compile(r"(?m)^\[\^[^\[\]\s]+\]: "),
)
_SAMPLE = 64 * 1024
"""Bytes looked at to tell what a file is."""


def read_document(content: bytes, name: str | None = None) -> Document | Refusal:
    """The document of a file's bytes; `name` is its name, where it has one.

    A file that is not what its ending says is read as what it is, and a remark says so.
    """
    kind = kind_of(content, name)
    if isinstance(kind, Refusal):
        return kind
    read = READERS[kind](content)
    said = _ending(name)
    if isinstance(read, Refusal) or said in {None, kind} or (said == "text" and kind == "markdown"):
        return read
    remark = f"the file's name says {said}, and it was read as {kind}, which it is"
    return Document(read.text, read.blocks, read.facts, read.method, (remark, *read.remarks))


def kind_of(content: bytes, name: str | None = None) -> str | Refusal:
    """The kind of a file, a key of `READERS`, or why it is none."""
    if not content.strip():
        return _EMPTY
    if _PDF.match(content[:1100]):
        return "pdf"
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(content)
    for beginning, refusal in _KNOWN:
        if beginning.match(content):
            return refusal
    return _kind_of_text(content, _ending(name))


def _kind_of_zip(content: bytes) -> str | Refusal:
    """By the members that each format must have; their names stand in the archive as plain bytes."""
    if b"mimetypeapplication/epub+zip" in content[:_SAMPLE] or b"META-INF/container.xml" in content:
        return "epub"
    if b"application/vnd.oasis.opendocument.text" in content[:_SAMPLE]:
        return "odt"
    return "docx" if b"[Content_Types].xml" in content and b"word/" in content else _OTHER_ZIP


def _kind_of_text(content: bytes, ending: str | None) -> str | Refusal:
    """A page begins as pages do; Markdown is told by its ending or, where there is none, by two of its marks."""
    sample = content[:_SAMPLE]
    found = decoded(sample, charset_of(content)) or decoded(sample[:-1])
    if found is None:
        return NO_TEXT
    if _PAGE.match(found.text):
        return "html"
    if ending == "markdown" or (ending == "html" and "<" in found.text):
        return ending
    if ending is None and _FRAGMENT.match(found.text):
        return "html"
    marks = sum(bool(mark.search(found.text)) for mark in _MARKS)
    return "markdown" if ending is None and marks >= 2 else "text"


def _ending(name: str | None) -> str | None:
    """The kind that the ending of a name says, where it says one that is read."""
    return _ENDINGS.get((name or "").rpartition(".")[2].lower()) if name and "." in name else None
