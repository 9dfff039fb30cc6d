"""What a conversion from another format left in a paragraph: attributes in braces, a list run together with its label.

A document goes through many hands. One program writes `{.wide}` behind an item for the next one to read, and the next
prints it; or it puts "Key points", written right above a list, and the list itself into one paragraph: "Key points -
One thing. - Another." The words stay where they stand; only the borders of blocks are drawn as they were meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kbtool.ingest.clauses import has_verb
from kbtool.ingest.document import BlockKind

Part = tuple[int, int, BlockKind]
"""Start and end within the paragraph, and what stands there."""

_ATTRIBUTES = re.compile(r"(?<=\S)\s+((?:\{:?[ \t]*[.#][\w.#: \t\u2013\u2014-]*\}\s*)+)\Z")
_LABEL = re.compile(r"([^\W\d_](?:[^\W_]| ){2,50})\s+(?=[-\u2013\u2022]\s+[A-Z])")
_NEXT_ITEM = re.compile(r"[.!?]\s+[-\u2013\u2022]\s+[A-Z]")
_MOST_WORDS = 6
"""Words of a label at the most."""
_PARTED = frozenset({"paragraph", "list-item", "heading"})


def parts_of_block(words: str, kind: BlockKind) -> Iterator[Part]:
    """The blocks that a paragraph, list item or heading holds, in order; most hold themselves alone."""
    end = len(words)
    attributes = _ATTRIBUTES.search(words) if kind in _PARTED and words.endswith("}") else None
    if attributes:
        end = attributes.start()
    label = _label_before_list(words[:end]) if kind == "paragraph" else None
    if label:
        yield 0, label[0], "heading"
    yield label[1] if label else 0, end, kind
    if attributes:
        yield *attributes.span(1), "boiler-plate"


def _label_before_list(words: str) -> tuple[int, int] | None:
    """Where the label ends that a paragraph of run-together items begins with, and where the first item begins."""
    found = _LABEL.match(words)
    if found is None or len(found[1].split()) > _MOST_WORDS or has_verb(found[1]):
        return None
    return (found.end(1), found.end()) if _NEXT_ITEM.search(words, found.end()) else None
