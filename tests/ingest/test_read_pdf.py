"""PDF."""

from __future__ import annotations

import sys

import pytest

from kbtool.ingest import read_pdf
from kbtool.ingest.pdf_lines import LINE_HYPHEN, Line, pieces_of_lines
from tests.ingest.made import Drawn, blocks, pdf, read, refused


def page(*lines: Drawn) -> list[Drawn]:
    return list(lines)


def test_paragraphs_headings_items_and_running_heads() -> None:
    lines = [
        page(
            (72, 770, 8, "Tea report 1"),
            (72, 700, 20, "Tea and sleep"),
            (72, 660, 10, "Tea has caffeine, which keeps some of the people who drink it awake for"),
            (72, 648, 10, "many hours after the last cup."),
            (72, 636, 10, "A second paragraph begins here since the line above it has ended very early in its"),
            (72, 624, 10, "line."),
            (72, 590, 10, "\\225 first item of the list"),
            (72, 578, 10, "\\225 second item"),
            (72, 566, 10, "1. counted item"),
            (72, 30, 8, "Page 1 of 2"),
        ),
        page(
            (72, 770, 8, "Tea report 2"), (72, 700, 14, "More on it"), (72, 680, 10, "It ends here."), (72, 30, 8, "2")
        ),
    ]
    info = "/Title (Tea) /Author (Ann; Ben) /CreationDate (D:20200102) /ModDate (D:20210102)"
    document = read(read_pdf.read_pdf(pdf(lines, info, "/Lang (en-GB)")))
    assert blocks(document) == [
        ("boiler-plate", "Tea report 1"),
        ("heading", "Tea and sleep"),
        (
            "paragraph",
            "Tea has caffeine, which keeps some of the people who drink it awake for many hours after the last cup.",
        ),
        ("paragraph", "A second paragraph begins here since the line above it has ended very early in its line."),
        ("list-item", "first item of the list"),
        ("list-item", "second item"),
        ("list-item", "1. counted item"),
        ("boiler-plate", "Page 1 of 2"),
        ("boiler-plate", "Tea report 2"),
        ("heading", "More on it"),
        ("paragraph", "It ends here."),
        ("boiler-plate", "2"),
    ]
    facts = document.facts
    assert (facts.title, facts.authors, facts.created, facts.modified) == (
        "Tea",
        ("Ann", "Ben"),
        "2020-01-02",
        "2021-01-02",
    )
    assert facts.language == "en-GB"
    assert document.method.startswith("kbtool-pdf/1 pypdfium2/")


def test_pages_without_text_are_said() -> None:
    text = page((72, 700, 10, "One page has words."))
    assert read(read_pdf.read_pdf(pdf([text, []]))).remarks == (
        "page 2 has no text and may be a picture; nothing of it was read",
    )
    assert "pages 2, 3, 4" in read(read_pdf.read_pdf(pdf([text, *[[]] * 12]))).remarks[0]
    assert read(read_pdf.read_pdf(pdf([text, *[[]] * 12]))).remarks[0].count(" and more") == 1
    assert refused(read_pdf.read_pdf(pdf([[], []]))) == "the PDF has pictures of pages and no text"


def test_damaged_and_encrypted_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refused(read_pdf.read_pdf(b"%PDF-1.4 broken")) == "the PDF is damaged"
    assert refused(read_pdf.read_pdf(ENCRYPTED)) == "the PDF is encrypted"
    monkeypatch.setattr(read_pdf, "_MOST_PAGES", 1)
    assert "10,000 pages" in refused(read_pdf.read_pdf(pdf([[], []])))


def test_a_page_that_fails_is_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    import pypdfium2

    def fail(*_: object) -> object:
        raise pypdfium2.PdfiumError("Failed to load page.")

    monkeypatch.setattr(read_pdf, "_lines", fail)
    assert refused(read_pdf.read_pdf(pdf([[]]))) == "the PDF is damaged"


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    assert "not installed" in refused(read_pdf.read_pdf(pdf([[]])))


ENCRYPTED = pdf([[(72, 700, 10, "secret")]]).replace(
    b"/Root 1 0 R",
    b"/Encrypt << /Filter /Standard /V 1 /R 2 /O <"
    + b"00" * 32
    + b"> /U <"
    + b"11" * 32
    + b"> /P -4 >> /ID [<00><00>] /Root 1 0 R",
)


def line(text: str, bottom: float, *, left: float = 50, right: float = 300, size: float = 10, page: int = 0) -> Line:
    return Line(text, left, bottom, right, bottom + size, page, 800)


@pytest.mark.parametrize(
    ("lines", "texts"),
    [
        ([line(f"treat{LINE_HYPHEN}", 400), line("ment of pain", 388)], ["treatment of pain"]),
        ([line("self-", 400), line("reported pain", 388)], ["self-reported pain"]),
        ([line("co-", 400), line("operate and co-operate", 388)], ["co-operate and co-operate"]),
        ([line("re-", 400), line("port, a report", 388)], ["report, a report"]),
        ([line("COVID-", 400), line("19 and B-", 388), line("Vitamin", 376)], ["COVID-19 and B-Vitamin"]),
        ([line("soft\u00ad", 400), line("ware", 388)], ["software"]),
        ([line("at www.example.org/", 400), line("tea is more", 388)], ["at www.example.org/tea is more"]),
        ([line("twice", 400), line("twice", 400), line("here it is", 388)], ["twice here it is"]),
        ([line("one column goes", 100), line("on in the next", 700, left=350)], ["one column goes on in the next"]),
        ([line("One column ends", 100), line("Another begins", 700, left=350)], ["One column ends", "Another begins"]),
        ([line("A page goes", 100), line("on.", 700, page=1)], ["A page goes on."]),
        ([line("First.", 400), line("Second line indented", 388, left=80)], ["First.", "Second line indented"]),
        ([line("Full line.", 400), line("Goes on.", 388)], ["Full line. Goes on."]),
        ([line("Short.", 400, right=90), line("Longer line follows", 388)], ["Short.", "Longer line follows"]),
        ([line("\u2192 call", 400), line("\u2192 write", 388)], ["\u2192 call", "\u2192 write"]),
        ([line("\ue123 item", 400), line("o other", 388)], ["item", "other"]),
        ([line("- ", 400), line("x", 388)], ["x"]),
        ([], []),
    ],
)
def test_lines_are_joined_where_they_go_on(lines: list[Line], texts: list[str]) -> None:
    assert [piece.text for piece in pieces_of_lines(lines)] == texts


def test_large_words_are_headings_by_their_size() -> None:
    lines = [
        line("Report", 700, size=24),
        line("Part", 600, size=16),
        line("Part too", 550, size=15.5),
        line("plain text of some length " * 20, 500),
        line("large but a sentence.", 450, size=16),
        line("x" * 201, 400, size=16),
    ]
    assert [(piece.kind, piece.level) for piece in pieces_of_lines(lines)] == [
        ("heading", 1),
        ("heading", 2),
        ("heading", 2),
        ("paragraph", 0),
        ("paragraph", 0),
        ("paragraph", 0),
    ]
