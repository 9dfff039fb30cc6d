"""Sentences as units that a claim can be made of: rows of tables as one, items of a list with what leads in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kbtool.ingest.document import Block, Document
from kbtool.quotes.resolve import Span
from kbtool.quotes.words import Lexicon, negations

_REACH = 40
"""Code points looked at around a passage, to tell a whole word from a cut one."""
_LONGEST_LEAD = 300
"""Code points of words that lead in to a list, at the most."""
_STOP = re.compile(r"[.,;:!\u2026\u3002\uff01]+[\"'\u201d\u2019)\]]*\Z")
_BULLET = re.compile(r"[-*\u2013\u2014\u2022\u25cf\u25aa\u25e6]\s+")
_COLON = re.compile(r":[*_\"'\u201d)]*$")


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence, a row of a table, or an item of a list behind the words that lead in to it."""

    parts: tuple[Span, ...]
    """Places in the text, in order: the leading words where there are any, then the sentence itself."""
    kind: str
    """The kind of its block."""
    trail: tuple[str, ...]
    paragraph: int
    """Number of the paragraph it stands in, from 0."""
    leads: bool = False
    """Whether it only leads in to the items behind it, which carry its words."""

    @property
    def span(self) -> Span:
        """The place of the sentence itself."""
        return self.parts[-1]

    def words(self, text: str) -> str:
        """The words of all parts, as one sentence; the colon of leading words goes, and cells are parted by commas."""
        lead = [text[start:end] for start, end in self.parts[:-1]]
        own = text[slice(*self.span)]
        own = own[bullet.end() :] if (bullet := _BULLET.match(own)) and bullet.end() < len(own) else own
        shown = "; ".join(own.split("\n")) if self.kind == "table-cell" else own
        return " ".join(" ".join((*(_COLON.sub("", each) for each in lead), shown)).split())


def passages(document: Document, spans: Sequence[Span], words: Lexicon) -> tuple[Passage, ...]:
    """The passages of a document's sentences, in order."""
    return tuple(_led(list(_rows(document, spans)), document.text, words))


def whole_spans(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """The sentences, each with the bullet or rule before it that belongs to none; so only white space is between."""
    found: list[Span] = []
    at = 0
    for start, end in (*spans, (len(text), len(text))):
        gap = text[at:start]
        begin = at + len(gap) - len(gap.lstrip())
        if begin < start and "\n" in gap.rstrip(" ")[-1:]:
            found.append((begin, at + len(gap.rstrip())))
            begin = start
        if start < end:
            found.append((min(begin, start), end))
        elif begin < start:
            found.append((begin, at + len(gap.rstrip())))
        at = end
    return tuple(found)


def quoted_part(text: str, span: Span) -> Span:
    """A sentence's span without a bullet before it, the stop at its end and what closes behind that; never empty."""
    start, end = span
    bullet = _BULLET.match(text, start, end)
    start = bullet.end() if bullet and bullet.end() < end else start
    ending = _STOP.search(text, start, end)
    return (start, ending.start()) if ending and ending.start() > start else (start, end)


def words_around(text: str, spans: Sequence[Span]) -> str:
    """The words of spans with a few of their paragraphs around each, with single spaces.

    The cost does not grow with the paragraph.
    """
    parts = dict.fromkeys((_gap_before(text, start), _gap_behind(text, end)) for start, end in spans)
    return " ".join(" ".join(text[start:end].split()) for start, end in parts)


def _gap_before(text: str, at: int) -> int:
    """A place some words before another in its paragraph, between two words where there is a gap."""
    low = max(0, at - 2 * _REACH)
    paragraph = text.rfind("\n\n", low, at) + 1
    return paragraph or max(low, text.rfind(" ", low, max(0, at - _REACH)))


def _gap_behind(text: str, at: int) -> int:
    high = min(len(text), at + 2 * _REACH)
    paragraph = text.find("\n\n", at, high)
    gap = text.find(" ", at + _REACH, high)
    return paragraph if paragraph >= 0 else gap if gap >= 0 else high


def _rows(document: Document, spans: Sequence[Span]) -> Iterator[Passage]:
    """A passage for each sentence, the cells of one row of a table as one."""
    starts = [block.start for block in document.blocks]
    row: Passage | None = None
    for start, end in spans:
        number = bisect_right(starts, start) - 1
        block = document.blocks[number] if number >= 0 else Block(start, end, "paragraph")
        passage = Passage(((start, end),), block.kind, block.trail, number)
        if row and block.kind == "table-cell" and "\n\n" not in document.text[row.span[1] : start]:
            row = replace(row, parts=((row.span[0], end),))
            continue
        if row:
            yield row
        row = passage if block.kind == "table-cell" else None
        if row is None:
            yield passage
    if row:
        yield row


def _led(every: list[Passage], text: str, words: Lexicon) -> Iterator[Passage]:
    """The passages, items of a list with the leading words before the first of them."""
    lead: Passage | None = None
    last_item = -1
    for position, passage in enumerate(every):
        follows = every[position + 1] if position + 1 < len(every) else None
        if passage.kind in {"list-item", "marker"}:
            is_first = passage.paragraph != last_item
            last_item = passage.paragraph
            has_lead = lead is not None and passage.kind == "list-item" and is_first
            yield replace(passage, parts=(*lead.parts, *passage.parts)) if lead and has_lead else passage
            continue
        lead = passage if _leads(passage, follows, text, words) else None
        yield replace(passage, leads=lead is not None)


def _leads(passage: Passage, follows: Passage | None, text: str, words: Lexicon) -> bool:
    """Whether the items behind a passage go on with it: it ends in a colon, or is a heading that denies them."""
    if follows is None or follows.kind not in {"list-item", "marker"}:
        return False
    shown = text[slice(*passage.span)]
    if len(shown) > _LONGEST_LEAD or passage.kind in {"table-cell", "boiler-plate", "code"} or "?" in shown:
        return False
    return bool(_COLON.search(shown)) or (passage.kind == "heading" and bool(negations(words, shown)))
