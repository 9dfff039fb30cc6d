"""What a reader makes of a file: the text that quotes will stand on, its blocks, what the file says of itself.

A stored text has the form that `kbtool.ingest.settle` gives it: LF ends each line, also the last one, letters are
composed (NFC), invisible characters are gone, ligatures are spelled out. A blank line stands between paragraphs,
headings and list items; the cells of one row of a table stand on lines of their own with no blank line between them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

BlockKind = Literal[
    "heading",
    "paragraph",
    "list-item",
    "marker",
    "table-cell",
    "caption",
    "footnote",
    "quote",
    "code",
    "boiler-plate",
]
"""What a block is. A `marker` is the number or letter before a list item of a plain text ("1.", "b)") and says nothing;
`boiler-plate` is a menu, a cookie note, a share link, a running header or a page number; `quote` is a block quotation.
"""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a stored text that no sentence crosses."""

    start: int
    """Its first code point in the text; never white space."""
    end: int
    """The place after its last code point; that one is never white space either."""
    kind: BlockKind
    """What it is."""
    trail: tuple[str, ...] = ()
    """The headings above it, outermost first; of a heading those above itself."""
    level: int = 0
    """How deep a heading is, from 1; 0 for anything else."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a file says of itself; None or empty where it says nothing. Nothing is guessed from its prose."""

    digest: str
    """SHA-256 of the file's bytes as they came, in lower-case hexadecimal."""
    media_type: str
    """What the bytes are, by their content."""
    title: str | None = None
    """The document's title."""
    authors: tuple[str, ...] = ()
    """Who wrote it, in the file's order."""
    publisher: str | None = None
    """Who published it."""
    published: str | None = None
    """When it was published: YYYY, YYYY-MM or YYYY-MM-DD."""
    created: str | None = None
    """When the file was made, in the same form; that is no day of publication."""
    modified: str | None = None
    """When it was last changed, in the same form."""
    language: str | None = None
    """A BCP 47 tag, as the source record takes it ("en", "en-GB")."""
    licence: str | None = None
    """The licence as the file gives it: an address or words."""
    address: str | None = None
    """Where the document says that it lives."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document as a reader made it of a file's bytes; the same bytes and method always give the same document."""

    text: str
    """The text to be stored; quotes stand on it."""
    blocks: tuple[Block, ...]
    """In order, not overlapping; every letter and digit of the text is inside one, bullets may be outside."""
    facts: Facts
    """What the file says of itself."""
    method: str
    """How the text was made, with versions: "kbtool-html/1 trafilatura/2.1.0"."""
    remarks: tuple[str, ...] = ()
    """What a person should know: tracked changes taken as final, comments seen, characters replaced; one sentence
    each, in the form of messages."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why bytes give no document."""

    reason: str
    """One sentence in the form of messages: what is wrong with the file."""
    hint: str
    """What to do."""
