"""The words around a quote that tell its place from others where the same words stand."""

from __future__ import annotations

from kbtool.ingest.tracked import Tracked
from kbtool.model.claim import Selector
from kbtool.quotes.resolve import Span, resolve

_REACH = 24
"""Code points that a prefix or suffix grows by at a time, and by which it goes on to the end of a word at most."""
_WIDEST = 240


def selector_of(tracked: Tracked, text: str, place: Span) -> Selector:
    """The selector of a quote for the words at a place; passages of a source have no more than words and place."""
    if tracked.is_passage:
        return Selector(exact=text[slice(*place)], start=place[0], end=place[1])
    return placed_selector(tracked.quote, text, place)


def placed_selector(quote: Selector, text: str, place: Span) -> Selector:
    """The selector for the words at a place, with the parts that `quote` has.

    A prefix or suffix that still stands there is kept, another is taken from the text. Where the words would not be
    unique with them, more of what stands around is taken.
    """
    start, end = place
    found = Selector(
        exact=text[start:end],
        start=start if quote.start is not None else None,
        end=end if quote.end is not None else None,
        prefix=None if quote.prefix is None else _before(text, start, quote.prefix),
        suffix=None if quote.suffix is None else _behind(text, end, quote.suffix),
    )
    return found if not is_ambiguous(found, text) else _widened(found, text, place)


def _widened(quote: Selector, text: str, place: Span) -> Selector:
    """The selector with as much of the words around it as make it unique, the words behind it first."""
    start, end = place
    for width in range(_REACH, _WIDEST + 1, _REACH):
        before, behind = text[_word_start(text, start - width) : start], text[end : _word_end(text, end + width)]
        for parts in ({"suffix": behind}, {"prefix": before}, {"prefix": before, "suffix": behind}):
            wider = quote.model_copy(update=parts)
            if not is_ambiguous(wider, text):
                return wider
    return quote


def is_ambiguous(quote: Selector, text: str) -> bool:
    """Whether the words stand in the text more than once, and nothing tells which place is meant."""
    return resolve(quote, text).outcome == "ambiguous"


def _before(text: str, start: int, prefix: str) -> str:
    kept = text.endswith(prefix, 0, start)
    return prefix if kept else text[_word_start(text, start - len(prefix)) : start]


def _behind(text: str, end: int, suffix: str) -> str:
    kept = text.startswith(suffix, end)
    return suffix if kept else text[end : _word_end(text, end + len(suffix))]


def _word_start(text: str, at: int) -> int:
    """The place, or the beginning of the word that it is within."""
    at = max(0, at)
    low = max(0, at - _REACH)
    while at > low and text[at - 1].isalnum() and text[at].isalnum():
        at -= 1
    return at


def _word_end(text: str, at: int) -> int:
    at = min(len(text), at)
    high = min(len(text), at + _REACH)
    while 0 < at < high and text[at - 1].isalnum() and text[at].isalnum():
        at += 1
    return at
