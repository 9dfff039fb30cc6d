"""Sentences of a text as spans: in order, not overlapping, with nothing but white space between them.

A border is looked for only after a mark that can end a sentence (`sentence_ends`), at the items of a list and around
rules and smileys, so the cost is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kbtool.ingest.sentence_ends import BULLET_SIGNS, MARK, SMILE, after, ends

Span = tuple[int, int]
"""Start and end in code points, the end exclusive."""

_SMILE = re.compile(rf"(?<=\s){SMILE}(?=\s+[\"'\u201c(]?[A-Z])")
_BLANK = re.compile(r"\n[^\S\n]*\n\s*")
_LINE = re.compile(r"[^\n]+")
_ITEM = re.compile(rf"\s*(?:[{BULLET_SIGNS}]|[-*+\u2013\u2014]\s|\(?(?:\d{{1,3}}|[a-z])(?:\.\)|[.)])\s)")
_RULED = re.compile(r"(?<!\s)\s+(?=([=_*~-])\1{4,}\s)|(?<=[=_*~-]{5})\s+")
"""The space before and after a rule drawn in signs, which stands by itself."""
_BULLET = re.compile(rf"(?<!\s)\s+(?=[{BULLET_SIGNS}]\s?\S)")
_MARKER = re.compile(r"[\u2022\u2043]?\s*(?P<count>\d{1,3}|[a-z])(?P<style>\.\)|[.)])\s")


def sentences(text: str, blocks: Iterable[Span] | None = None) -> tuple[Span, ...]:
    """The sentences of a text, each without the white space around it.

    `blocks` are the spans of its paragraphs, headings and list items, in order; no sentence crosses their borders.
    Without them, blank lines part blocks, and so do lines that are plainly items of a list or too short to be wrapped.
    """
    return tuple(span for block in (blocks_of(text) if blocks is None else blocks) for span in _of_block(text, *block))


def blocks_of(text: str) -> Iterator[Span]:
    """The blocks of a plain text: what blank lines part, and within that what lines that end on purpose part."""
    at = 0
    for gap in _BLANK.finditer(text):
        yield from _lines_joined(text, at, gap.start())
        at = gap.end()
    yield from _lines_joined(text, at, len(text))


def _lines_joined(text: str, start: int, end: int) -> Iterator[Span]:
    """The lines of a paragraph, joined where a line only ends because the next word did not fit any more."""
    lines = [match.span() for match in _LINE.finditer(text, start, end)]
    width = max((stop - begin for begin, stop in lines), default=0)
    opened = None
    for position, (begin, stop) in enumerate(lines):
        opened = begin if opened is None else opened
        follows = lines[position + 1] if position + 1 < len(lines) else None
        if follows is None or _is_broken(text, (begin, stop), follows, width):
            yield opened, stop
            opened = None


def _is_broken(text: str, line: Span, follows: Span, width: int) -> bool:
    """Whether a line ends on purpose: the next one is an item of a list, or its first word would have fitted."""
    following = text[follows[0] : min(follows[1], follows[0] + width + 1)]
    if _ITEM.match(following):
        return True
    first = following.split(None, 1)
    return bool(first) and line[1] - line[0] + 1 + len(first[0]) <= width


def _of_block(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentences between two places that no sentence crosses."""
    at = _inked(text, start, end)
    for border, following in _borders(text, at, end):
        yield at, border
        at = following
    last = len(text[at:end].rstrip()) + at
    if last > at:
        yield at, last


def _inked(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _borders(text: str, start: int, end: int) -> Sequence[Span]:
    """End of a sentence and start of the next, in order."""
    listed = {m.start(): m.end() for m in _BULLET.finditer(text, start, end)} | dict(_items(text, start, end))
    openings = {_first_word(text, at, end) for at in (start, *listed.values())}
    borders: dict[int, int] = {}
    for match in MARK.finditer(text, start, end):
        if ends(text, match, openings, end):
            border, following = after(match)
            borders[border] = following
            openings.add(following)
    borders |= {m.end(): _inked(text, m.end(), end) for m in _SMILE.finditer(text, start, end)}
    borders |= {m.start(): m.end() for m in _RULED.finditer(text, start, end)}
    return sorted((borders | listed).items())


def _first_word(text: str, at: int, end: int) -> int:
    """Where the first word of an item begins, after its bullet."""
    return _inked(text, at + 1, end) if text[at : at + 1] in frozenset(BULLET_SIGNS) else at


def _items(text: str, start: int, end: int) -> Iterator[Span]:
    """Borders before the items of a list that runs on in one line, as 1) and 2) or a. and b. do it."""
    first = _MARKER.match(text, start, end)
    count, at = (first["count"], first.end()) if first else ("", end)
    while first and count:
        count = str(int(count) + 1) if count.isdigit() else chr(ord(count) + 1)
        mark = re.escape(count + first["style"])
        item = re.compile(rf"(?<!\s)\s+(?=[\u2022\u2043]?\s?{mark}\s+[A-Z])").search(text, at, end)
        if item is None:
            return
        yield item.start(), item.end()
        at = item.end()
