"""The pieces of an HTML tree in the order in which they are read, each with the element it stands in.

The tree is any with the interface of ElementTree; the walk keeps its own stack, so no depth of nesting ends it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kbtool.ingest.document import BlockKind
from kbtool.ingest.laying import BREAK, Piece, parts_of
from kbtool.ingest.markup import BLOCK_TAGS, UNSEEN_TAGS

_KINDS: dict[str, BlockKind] = {
    "li": "list-item",
    "dt": "list-item",
    "dd": "list-item",
    "td": "table-cell",
    "th": "table-cell",
    "caption": "caption",
    "figcaption": "caption",
    "blockquote": "quote",
    "pre": "code",
}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_NOTE = re.compile(r"(?:^|[\s_-])(?:footnotes?|endnotes?|fn\d*)(?:$|[\s_-])", re.IGNORECASE)
_NOTE_ROLE = re.compile(r"doc-(?:foot|end)notes?$")
_NOTE_MARK = re.compile(r"\s*\[?(\d{1,3}|[a-z*\u2020\u2021])\]?\s*")
_BACK = re.compile(r"[\u21a9\u21a5\u2191^]\ufe0e?\Z")


@dataclass(frozen=True, slots=True)
class Standing:
    """A piece and where it stands: its block element, and how many of its letters are links' words."""

    piece: Piece
    element: Any
    linked: int


@dataclass(frozen=True, slots=True)
class _Frame:
    """What an element hands on to the words inside it."""

    block: Any
    kind: BlockKind = "paragraph"
    level: int = 0
    row: int = 0
    is_link: bool = False
    is_raised: bool = False


@dataclass(frozen=True, slots=True)
class _Said:
    """Words with the frame they stand in; None for the words is a border between blocks."""

    words: str | None
    frame: _Frame


def standing_pieces(body: Any) -> Iterator[Standing]:
    """The pieces of an element's text, in order; those of one paragraph that line breaks part come one by one."""
    said: list[tuple[str, _Frame]] = []
    for each in _walk(body):
        if each.words is not None:
            said.append((each.words, each.frame))
        elif said:
            yield from _ended(said)
            said = []
    yield from _ended(said)


def _ended(said: list[tuple[str, _Frame]]) -> Iterator[Standing]:
    """The pieces of the words between two borders."""
    frame = next((frame for words, frame in said if words.strip()), None)
    if frame is None:
        return
    linked = sum(len(words.strip()) for words, frame in said if frame.is_link)
    text = "".join(words for words, _ in said)
    parts = [text] if frame.kind == "code" else parts_of(text)
    for part in parts:
        words = _BACK.sub("", part.rstrip()) if frame.kind == "footnote" else part
        yield Standing(Piece(frame.kind, words, frame.level, frame.row), frame.block, linked * len(part) // len(text))


def _walk(body: Any) -> Iterator[_Said]:
    """The words below an element and the borders of blocks, in order."""
    rows = 0
    stack: list[tuple[Any, _Frame, bool]] = [(body, _Frame(body), True)]
    while stack:
        element, frame, is_entered = stack.pop()
        name = element.tag if isinstance(element.tag, str) else ""
        if name in BLOCK_TAGS:
            yield _Said(None, frame)
        if not is_entered:
            yield _Said(element.tail or "", frame)
            continue
        if element is not body:
            stack.append((element, frame, False))
        if name and name not in UNSEEN_TAGS:
            rows += name == "tr"
            own = _framed(element, name, frame, rows)
            yield _Said(_first_words(element, name, own), own)
            stack += [(child, own, True) for child in reversed(element)]


def _framed(element: Any, name: str, around: _Frame, rows: int) -> _Frame:
    """The frame of the words inside an element."""
    is_link, is_raised = around.is_link or name == "a", around.is_raised or name == "sup"
    if name not in BLOCK_TAGS:
        return _Frame(around.block, around.kind, around.level, around.row, is_link, is_raised)
    if name in _HEADINGS:
        return _Frame(element, "heading", _HEADINGS[name], 0, is_link)
    kind = "footnote" if around.kind == "footnote" or _is_note(element) else _KINDS.get(name, around.kind)
    return _Frame(element, kind, 0, rows if kind == "table-cell" else 0, is_link)


def _is_note(element: Any) -> bool:
    return bool(
        _NOTE_ROLE.match(element.get("role", ""))
        or _NOTE.search(element.get("class", ""))
        or _NOTE.search(element.get("id", ""))
    )


def _first_words(element: Any, name: str, own: _Frame) -> str:
    """The words of an element before its first child; the number of a note stands in square brackets."""
    words = element.text or ""
    if name == "br":
        return BREAK
    is_reference = name == "a" and (own.is_raised or element.get("role") == "doc-noteref")
    is_reference = is_reference or (name == "sup" and element.getparent().tag == "a")
    mark = _NOTE_MARK.fullmatch(words) if is_reference else None
    return f"[{mark[1]}]" if mark else words
