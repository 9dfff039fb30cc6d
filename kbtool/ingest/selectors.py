"""Selectors for places in a text: the words, their place, and what stands around as far as it makes them unique."""

from __future__ import annotations

from kbtool.model.claim import Selector
from kbtool.quotes.resolve import Span, resolve
from kbtool.yamlsource.problems import Data

_FIRST = 24
_WIDEST = 6_144
"""Code points of prefix and suffix at the most; where a text repeats itself beyond that, nothing parts the places."""


def selector_at(text: str, span: Span) -> Data:
    """The selector of a span as data for a record."""
    start, end = span
    width = 0
    while not _is_unique(text, span, width) and width < _WIDEST:
        width = width * 2 or _FIRST
    low, high = _context(text, span, width)
    found: dict[str, Data] = {"exact": text[start:end], "start": str(start), "end": str(end)}
    found |= {"prefix": text[low:start]} if low < start else {}
    return found | ({"suffix": text[end:high]} if high > end else {})


def _is_unique(text: str, span: Span, width: int) -> bool:
    low, high = _context(text, span, width)
    start, end = span
    selector = Selector(
        exact=text[start:end], start=start, end=end, prefix=text[low:start] or None, suffix=text[end:high] or None
    )
    return resolve(selector, text).outcome == "found"


def _context(text: str, span: Span, width: int) -> Span:
    """The span with so many code points around it, whole words where they are not too long."""
    start, end = span
    if not width:
        return span
    low, high = max(0, start - width), min(len(text), end + width)
    while low > 0 and start - low < width + _FIRST and not text[low - 1].isspace():
        low -= 1
    while high < len(text) and high - end < width + _FIRST and not text[high].isspace():
        high += 1
    return low, high
