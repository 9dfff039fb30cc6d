"""What a conversion from another format left in a paragraph, and the blocks that it holds."""

from __future__ import annotations

import pytest

from kbtool.ingest.document import BlockKind
from kbtool.ingest.laying import Piece, laid_out
from kbtool.ingest.leftovers import parts_of_block
from kbtool.ingest.read_text import read_text
from tests.ingest.made import blocks, read

FLAT = "Key points - Tea is mild. - Tea is green."


@pytest.mark.parametrize(
    ("words", "kind", "parts"),
    [
        ("Tea is mild.", "paragraph", [("Tea is mild.", "paragraph")]),
        ("drink tea {.list--check}", "list-item", [("drink tea", "list-item"), ("{.list--check}", "boiler-plate")]),
        ("Tea {: .a #b} {.c-d}", "heading", [("Tea", "heading"), ("{: .a #b} {.c-d}", "boiler-plate")]),
        ("a set {1, 2} of teas {x}", "paragraph", [("a set {1, 2} of teas {x}", "paragraph")]),
        ("Tea {.wide}", "table-cell", [("Tea {.wide}", "table-cell")]),
        ("{.wide}", "paragraph", [("{.wide}", "paragraph")]),
        (FLAT, "paragraph", [("Key points", "heading"), ("- Tea is mild. - Tea is green.", "paragraph")]),
        (FLAT, "list-item", [(FLAT, "list-item")]),
        ("Tea - It is mild.", "paragraph", [("Tea - It is mild.", "paragraph")]),
        ("Tea is - Mild. - Green.", "paragraph", [("Tea is - Mild. - Green.", "paragraph")]),
        ("One two three four five six seven - A. - B.", "paragraph", None),
    ],
)
def test_the_blocks_that_a_paragraph_holds(
    words: str, kind: BlockKind, parts: list[tuple[str, BlockKind]] | None
) -> None:
    found = [(words[start:end], part) for start, end, part in parts_of_block(words, kind)]
    assert found == (parts or [(words, kind)])


def test_they_are_the_same_in_a_text_and_in_laid_out_pieces() -> None:
    text = read(read_text(f"{FLAT}\n\n- drink tea {{.last}}\n- drink water\n".encode()))
    laid = laid_out(
        [Piece("paragraph", FLAT), Piece("list-item", "drink tea {.last}"), Piece("list-item", "drink water")]
    )
    expected = [
        ("heading", "Key points"),
        ("paragraph", "- Tea is mild. - Tea is green."),
        ("list-item", "drink tea"),
        ("boiler-plate", "{.last}"),
        ("list-item", "drink water"),
    ]
    assert blocks(text) == expected
    assert [(block.kind, laid.text[block.start : block.end]) for block in laid.blocks] == expected
    assert text.blocks[1].trail == ("Key points",) == laid.blocks[1].trail
