"""PDF: the words of its pages in the order in which the file draws them.

pypdfium2 has its one home here. A page without words is a picture of a page: nothing is guessed from it.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from typing import Any

from kbtool.ingest.dates import folded_or_none, language_tag, partial_day
from kbtool.ingest.document import Document, Facts, Refusal
from kbtool.ingest.laying import laid_out
from kbtool.ingest.pdf_lines import LINE_HYPHEN, Line, pieces_of_lines
from kbtool.ingest.settle import remarks_on

NEEDS_EXTRA = Refusal("PDF cannot be read here: pypdfium2 is not installed", "pip install 'kbtool[ingest]'")
ENCRYPTED = Refusal("the PDF is encrypted", "save it without a password")
DAMAGED = Refusal("the PDF is damaged", "open it in a viewer and print it to a new PDF")
SCANNED = Refusal("the PDF has pictures of pages and no text", "run it through a program that recognises text (OCR)")
TOO_LONG = Refusal("the PDF has more than 10,000 pages", "split it")

_MOST_PAGES = 10_000
_SPACES = frozenset(" \t\u00a0\u2002\u2003\u2009")


def read_pdf(content: bytes) -> Document | Refusal:
    """The document of a PDF's bytes."""
    try:
        import pypdfium2  # noqa: PLC0415 - the extra is there or not
    except ImportError:
        return NEEDS_EXTRA
    try:
        file = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        return ENCRYPTED if "password" in str(error).lower() else DAMAGED
    try:
        return _read(content, file)
    except pypdfium2.PdfiumError:
        return DAMAGED
    finally:
        file.close()


@cache
def method() -> str:
    """How PDFs are read, with the versions of what takes part."""
    from pypdfium2.version import PDFIUM_INFO, PYPDFIUM_INFO  # noqa: PLC0415

    return f"kbtool-pdf/1 pypdfium2/{PYPDFIUM_INFO.tag} pdfium/{PDFIUM_INFO.build}"


def _read(content: bytes, file: Any) -> Document | Refusal:
    if len(file) > _MOST_PAGES:
        return TOO_LONG
    lines = [line for number in range(len(file)) for line in _lines(file, number)]
    laid = laid_out(pieces_of_lines(lines))
    if not any(block.kind != "boiler-plate" for block in laid.blocks):
        return SCANNED
    empty = sorted(set(range(len(file))) - {line.page for line in lines})
    remarks = (*_without_text(empty), *remarks_on(laid.text))
    return Document(laid.text, laid.blocks, _facts(content, file), method(), remarks)


def _without_text(pages: list[int]) -> Iterator[str]:
    if pages:
        shown = ", ".join(str(page + 1) for page in pages[:10]) + (" and more" if len(pages) > 10 else "")
        what = f"page {shown} has" if len(pages) == 1 else f"pages {shown} have"
        yield f"{what} no text and may be a picture; nothing of it was read"


def _lines(file: Any, number: int) -> Iterator[Line]:
    """The lines of a page that have words."""
    page = file[number]
    text = page.get_textpage()
    height = page.get_height()
    try:
        for codes, first, last in _stretches(text):
            words = _text_of(codes)
            if words.strip():
                yield _boxed(text, words, (first, last), (number, height))
    finally:
        text.close()
        page.close()


def _stretches(text: Any) -> Iterator[tuple[list[int], int, int]]:
    """The character codes of each line, with the places of its first and last visible character."""
    from pypdfium2.raw import FPDFText_GetUnicode  # noqa: PLC0415

    codes: list[int] = []
    first = last = -1
    for place in range(text.count_chars()):
        code = FPDFText_GetUnicode(text, place)
        if code in {10, 13}:
            yield codes, first, last
            codes, first, last = [], -1, -1
        else:
            codes.append(code)
            if code > 32 and chr(code) not in _SPACES and code != ord(LINE_HYPHEN):
                first, last = place if first < 0 else first, place
    yield codes, first, last


def _text_of(codes: list[int]) -> str:
    """The text of character codes, of which two may be halves of one."""
    return "".join(map(chr, codes)).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _boxed(text: Any, words: str, ends: tuple[int, int], page: tuple[int, float]) -> Line:
    """A line with its box, from those of its first and last character; `page` is its number and height."""
    left, bottom, right, top = text.get_charbox(max(ends[0], 0), loose=True)
    end = text.get_charbox(max(ends[1], 0), loose=True)
    return Line(words, left, min(bottom, end[1]), max(right, end[2]), max(top, end[3]), *page)


def _facts(content: bytes, file: Any) -> Facts:
    told = {key: folded_or_none(value) for key, value in file.get_metadata_dict().items()}
    author = told.get("Author")
    return Facts(
        digest=sha256(content).hexdigest(),
        media_type="application/pdf",
        title=told.get("Title"),
        authors=tuple(each.strip() for each in author.split(";") if each.strip()) if author else (),
        created=partial_day(told.get("CreationDate")),
        modified=partial_day(told.get("ModDate")),
        language=language_tag(_language(file)),
    )


def _language(file: Any) -> str | None:
    """The language that the catalogue names."""
    from pypdfium2.raw import FPDFCatalog_GetLanguage  # noqa: PLC0415

    size = FPDFCatalog_GetLanguage(file, None, 0)
    room = ctypes.create_string_buffer(size)
    FPDFCatalog_GetLanguage(file, ctypes.cast(room, ctypes.POINTER(ctypes.c_ushort)), size)
    return room.raw.decode("utf-16-le", "ignore").rstrip("\x00")
