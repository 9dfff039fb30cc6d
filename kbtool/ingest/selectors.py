"""Selectors for places in a text: the words, their place, and what stands around as far as it makes them unique."""

from __future__ import annotations

from collections.abc import Callable

from kbtool.quotes.resolve import Span
from kbtool.yamlsource.problems import Data

_SLACK = 24
"""Code points by which context goes on to the end of a word at most."""
_WIDEST = 6_144
"""Code points of a prefix or suffix at the most; where a text repeats itself beyond that, nothing parts the places."""


def selector_at(text: str, span: Span) -> Data:
    """The selector of a span as data for a record: with a suffix or prefix where its words stand elsewhere too."""
    start, end = span
    found: dict[str, Data] = {"exact": text[start:end], "start": str(start), "end": str(end)}
    if _is_alone(text, start, end):
        return found
    behind = _least(lambda length: _is_alone(text, start, end + length), len(text) - end)
    before = _least(lambda length: _is_alone(text, start - length, end), start)
    prefix = text[_word_start(text, max(0, start - before)) : start]
    suffix = text[end : _word_end(text, min(len(text), end + behind))]
    if before <= start and (before < behind or end + behind > len(text)):
        return found | {"prefix": prefix}
    if end + behind <= len(text):
        return found | {"suffix": suffix}
    return found | ({"prefix": prefix} if prefix else {}) | ({"suffix": suffix} if suffix else {})


def _is_alone(text: str, start: int, end: int) -> bool:
    """Whether the words between two places stand nowhere else."""
    words = text[start:end]
    return text.find(words, text.find(words) + 1) < 0


def _least(is_enough: Callable[[int], bool], room: int) -> int:
    """The least number from 1 that is enough, one more than there is room for where none is.

    What is enough stays so when there is more of it, so twice as much is tried each time, and then the middle.
    """
    room = min(room, _WIDEST)
    high = 1
    while high <= room and not is_enough(high):
        high *= 2
    low, high = high // 2, min(high, room + 1)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if is_enough(middle) else (middle, high)
    return high


def _word_start(text: str, at: int) -> int:
    low = max(0, at - _SLACK)
    while at > low and not text[at - 1].isspace():
        at -= 1
    return at


def _word_end(text: str, at: int) -> int:
    high = min(len(text), at + _SLACK)
    while at < high and not text[at].isspace():
        at += 1
    return at
