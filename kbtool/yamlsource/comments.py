"""Comments: every '#' outside of keys and scalar values begins one, up to the end of its line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_COMMENT = re.compile(r"#[^\n]*")
_BLOCK_HEADER = re.compile(r"[|>][^#\n]*")


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment at a code-point offset; `behind` is the offset where the text before it on its line ends."""

    start: int
    text: str
    """From the '#' to the end of the line, without trailing blanks."""
    behind: int | None
    """None where the comment has its line to itself."""


def comments(text: str, scalars: Iterable[tuple[int, int]]) -> Iterator[Comment]:
    """The comments of a file, given the spans of all its scalars (keys too) in order of their start."""
    at = 0
    for start, end in scalars:
        yield from _between(text, at, start)
        header = _BLOCK_HEADER.match(text, start, end)
        if header and text[header.end() : header.end() + 1] == "#":
            yield from _between(text, header.end(), text.index("\n", start))
        at = end
    yield from _between(text, at, len(text))


def _between(text: str, start: int, end: int) -> Iterator[Comment]:
    for found in _COMMENT.finditer(text, start, end):
        line = text.rfind("\n", 0, found.start()) + 1
        before = text[line : found.start()].rstrip(" ")
        yield Comment(found.start(), found[0].rstrip(), line + len(before) if before else None)
