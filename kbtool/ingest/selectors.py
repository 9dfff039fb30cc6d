"""Selectors for places in a text: the words, their place, and what stands around as far as it makes them unique."""

from __future__ import annotations

from collections.abc import Iterable

from kbtool.quotes.places import starts_of
from kbtool.quotes.resolve import Span
from kbtool.yamlsource.problems import Data

_SLACK = 24
"""Code points by which context goes on to the end of a word at most."""
_WIDEST = 6_144
"""Code points of a prefix or suffix at the most; where a text repeats itself beyond that, nothing parts the places."""
_STEP = 64
_MOST_PLACES = 2_000
"""Places of the same words that are told apart at the most."""


def selector_at(text: str, span: Span) -> Data:
    """The selector of a span as data for a record: with a suffix or prefix where its words stand elsewhere too."""
    start, end = span
    found: dict[str, Data] = {"exact": text[start:end], "start": str(start), "end": str(end)}
    others = [at for at in starts_of(text[start:end], text, _MOST_PLACES) if at != start]
    if not others:
        return found
    behind = max(_same_behind(text, end, at + end - start) for at in others) + 1
    before = max(_same_before(text, start, at) for at in others) + 1
    prefix = text[_word_start(text, max(0, start - before)) : start]
    suffix = text[end : _word_end(text, min(len(text), end + behind))]
    if before <= start and (before < behind or end + behind > len(text)):
        return found | {"prefix": prefix}
    if end + behind <= len(text):
        return found | {"suffix": suffix}
    return found | ({"prefix": prefix} if prefix else {}) | ({"suffix": suffix} if suffix else {})


def _same_behind(text: str, one: int, other: int) -> int:
    """How many code points behind two places are the same."""
    length = 0
    while (
        length < _WIDEST and text[one + length : one + length + _STEP] == text[other + length : other + length + _STEP]
    ):
        length += _STEP
    return length + _alike(
        zip(text[one + length : one + length + _STEP], text[other + length : other + length + _STEP], strict=False)
    )


def _same_before(text: str, one: int, other: int) -> int:
    """How many code points before two places are the same."""
    length = 0
    while length < _WIDEST and _left(text, one - length) == _left(text, other - length):
        length += _STEP
    return length + _alike(
        zip(reversed(_left(text, one - length)), reversed(_left(text, other - length)), strict=False)
    )


def _left(text: str, at: int) -> str:
    return text[max(0, at - _STEP) : max(0, at)]


def _alike(pairs: Iterable[tuple[str, str]]) -> int:
    """How many pairs of code points are equal before the first that are not."""
    count = 0
    for one, other in pairs:
        if one != other:
            break
        count += 1
    return count


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
