"""Plain text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.ingest.document import Document
from kbtool.ingest.read_text import read_text
from tests.ingest.made import blocks, read, refused

TEA = """Tea

A cup of tea
has caffeine.

Side effects:

- poor sleep
* headache
\u2022 none
1. first thing
(b) second

+ 5 mg more

=====

Last line
"""


def test_blocks_are_told_by_how_they_stand() -> None:
    assert blocks(read(read_text(TEA.encode()))) == [
        ("heading", "Tea"),
        ("paragraph", "A cup of tea\nhas caffeine."),
        ("paragraph", "Side effects:"),
        ("list-item", "poor sleep"),
        ("list-item", "headache"),
        ("list-item", "none"),
        ("marker", "1."),
        ("list-item", "first thing"),
        ("marker", "(b)"),
        ("list-item", "second"),
        ("marker", "+"),
        ("list-item", "5 mg more"),
        ("paragraph", "Last line"),
    ]


def test_the_text_is_the_file_where_it_is_settled_already() -> None:
    document = read(read_text(TEA.encode()))
    assert document.text == TEA
    assert document.method == "kbtool-text/1"
    assert document.blocks[1].trail == ("Tea",)
    assert document.facts.media_type == "text/plain"


def test_lines_that_only_look_like_headings_are_none() -> None:
    assert blocks(read(read_text(b"It has:\n\nOne thing\n\nMore.\n\nAbc\n\nDef\n\nGhi\n\nText follows here."))) == [
        ("paragraph", "It has:"),
        ("paragraph", "One thing"),
        ("paragraph", "More."),
        ("paragraph", "Abc"),
        ("paragraph", "Def"),
        ("paragraph", "Ghi"),
        ("paragraph", "Text follows here."),
    ]


@pytest.mark.parametrize(
    "line",
    ["x" * 91, "in small letters", "Ends in a stop.", "Ends in a comma,", " ".join(["Word"] * 13), "Cited here.[1]"],
)
def test_no_heading(line: str) -> None:
    assert blocks(read(read_text(f"{line}\n\nText.".encode())))[0][0] == "paragraph"


def test_what_is_no_text_is_refused() -> None:
    assert refused(read_text(b"\x00\x01")) == "the file is no text"
    assert refused(read_text(b" \n- \n")) == "there are no words in the file"


def test_a_long_text_is_read_in_time() -> None:
    page = b"One sentence stands here. Another one follows it, and a third.\n\n" * 64
    began = time.process_time()
    document = read(read_text(page * (50 * 1024 * 1024 // len(page) // 16)))
    assert time.process_time() - began < 8
    assert len(document.text) > 3_000_000


@given(st.text())
def test_every_letter_stands_in_a_block(text: str) -> None:
    """In order, not overlapping; every letter and digit of the text is inside one, bullets may be outside."""
    made = read_text(text.encode(errors="ignore"))
    if isinstance(made, Document):
        check_blocks(made)


def check_blocks(document: Document) -> None:
    at = 0
    for block in document.blocks:
        assert at <= block.start < block.end
        assert not any(c.isalnum() for c in document.text[at : block.start])
        words = document.text[block.start : block.end]
        assert words == words.strip()
        at = block.end
    assert not any(c.isalnum() for c in document.text[at:])
    assert document.text.endswith("\n")
