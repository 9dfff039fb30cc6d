"""Plain text: its lines stay as they are; what is a heading or an item of a list is told by how it stands there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256

from kbtool.ingest.decode import decoded
from kbtool.ingest.document import Block, BlockKind, Document, Facts, Refusal
from kbtool.ingest.leftovers import parts_of_block
from kbtool.ingest.looks import LEVEL, heading_like
from kbtool.ingest.sentences import blocks_of
from kbtool.ingest.settle import remarks_on, settled

METHOD = "kbtool-text/1"
NO_TEXT = Refusal("the file is no text", "give text, Markdown, HTML, PDF, DOCX, ODT or EPUB")
NO_WORDS = Refusal("there are no words in the file", "see that it is the right file")

_MARKER = re.compile(
    r"(?P<bullet>[\u2022\u2043\u2023\u25aa\u25cf\u25e6\u2219]\s*|[-*\u2013\u2014]\s+)|(?P<count>\(?(?:\d{1,3}|[a-z])(?:\.\)|[.)])|\+)\s+"
)
_WORD = re.compile(r"\w")


def read_text(content: bytes) -> Document | Refusal:
    """The document of a plain text's bytes."""
    found = decoded(content)
    if found is None:
        return NO_TEXT
    text = settled(found.text).strip("\n")
    if not _WORD.search(text):
        return NO_WORDS
    text = re.sub(r"\n{3,}", "\n\n", text) + "\n"
    blocks = tuple(_trailed(text, tuple(_parted(text, _blocks(text)))))
    facts = Facts(sha256(content).hexdigest(), "text/plain")
    return Document(text, blocks, facts, METHOD, (*found.remarks, *remarks_on(text)))


def _blocks(text: str) -> Iterator[tuple[int, int, BlockKind]]:
    """The blocks of a text with their kinds; a number before an item is a block of its own."""
    for start, end in blocks_of(text):
        begin = start + len(text[start:end]) - len(text[start:end].lstrip())
        stop = begin + len(text[begin:end].rstrip())
        marker = _MARKER.match(text, begin, stop)
        if marker is None or marker.end() == stop:
            if _WORD.search(text, begin, stop):
                yield begin, stop, "paragraph"
            continue
        if marker["count"]:
            yield begin, marker.end("count"), "marker"
        yield marker.end(), stop, "list-item"


def _parted(text: str, blocks: Iterable[tuple[int, int, BlockKind]]) -> Iterator[tuple[int, int, BlockKind]]:
    for start, end, kind in blocks:
        yield from ((start + a, start + b, part) for a, b, part in parts_of_block(text[start:end], kind))


def _trailed(text: str, blocks: Sequence[tuple[int, int, BlockKind]]) -> Iterator[Block]:
    """The blocks with the heading above each; a heading is what looks like one, and all are of one level."""
    looks = heading_like([_looked_at(text, *block) for block in blocks])
    trail: tuple[str, ...] = ()
    for (start, end, kind), is_heading in zip(blocks, looks, strict=True):
        if is_heading or kind == "heading":
            words = " ".join(text[start:end].split())
            yield Block(start, end, "heading", (), LEVEL)
            trail = (words,)
        else:
            yield Block(start, end, kind, trail)


def _looked_at(text: str, start: int, end: int, kind: BlockKind) -> str | None:
    """The words of a paragraph that stands between blank lines."""
    stands_alone = start == 0 or text.endswith("\n\n", 0, start)
    is_read = kind == "paragraph" and stands_alone and (end + 1 >= len(text) or text[end + 1] == "\n")
    return " ".join(text[start:end].split()) if is_read else None
