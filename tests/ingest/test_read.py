"""Any file: what it is, is told by its bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.ingest.document import Document, Refusal
from kbtool.ingest.read import kind_of, read_document
from tests.ingest.made import docx, epub, odt, paragraph, pdf, read, refused, zipped


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (b"Tea.", None, "text"),
        (b"Tea.", "tea.txt", "text"),
        (b"Tea.", "tea.md", "markdown"),
        (b"# Tea\n\nIt **has** it.", None, "markdown"),
        (b"# Tea\n\nIt **has** it.", "tea.txt", "text"),
        (b"<!DOCTYPE html><p>x", "tea.txt", "html"),
        (b"\n<!-- x --><html><p>x", None, "html"),
        (b"<div>x</div>", None, "html"),
        (b"<div>x</div>", "x.md", "markdown"),
        (b"<div>x</div>", "x.html", "html"),
        (b"no tags", "x.html", "text"),
        ("<html><p>x".encode("utf-16"), "x", "html"),
        (pdf([[]]), "x.docx", "pdf"),
        (b"junk before " + pdf([[]]), None, "pdf"),
        (docx(paragraph("x")), "x.pdf", "docx"),
        (odt("x"), None, "odt"),
        (epub({}, "", ""), None, "epub"),
    ],
)
def test_the_kind_is_told_by_content(content: bytes, name: str | None, kind: str) -> None:
    assert kind_of(content, name) == kind


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the file is empty"),
        (b" \n", "the file is empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "old Word"),
        (b"{\\rtf1", "RTF"),
        (b"\x89PNG\r\n", "picture"),
        (b"\x1f\x8b\x08", "packed"),
        (b"%!PS-Adobe", "PostScript"),
        (zipped({"a.txt": "x"}), "ZIP archive without a document"),
        (b"a\x00\x01\x02\x03\x00\xff", "no text"),
    ],
)
def test_what_is_no_document_is_refused(content: bytes, reason: str) -> None:
    assert reason in refused(read_document(content))


def test_a_wrong_ending_is_said() -> None:
    document = read(read_document(docx(paragraph("Tea.")), "tea.pdf"))
    assert document.remarks[0] == "the file's name says pdf, and it was read as docx, which it is"
    assert read(read_document(b"Tea.", "tea.txt")).remarks == ()
    assert read(read_document(b"Tea.", "no ending")).remarks == ()


@given(st.binary(max_size=2000))
def test_no_bytes_raise(content: bytes) -> None:
    """Why bytes give no document."""
    assert isinstance(read_document(content), Document | Refusal)
