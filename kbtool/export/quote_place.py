"""A quote as selectors of the Web Annotation model: its words with what stands around them, and its place."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kbtool.quotes.places import starts_of

if TYPE_CHECKING:
    from kbtool.release.jsontext import JsonObject

AROUND = 32
"""Code points of prefix and suffix where that makes the words unique; the model leaves the length open."""

_JOINER = "\u200d"


def selectors(quote: JsonObject, text: str | None) -> Iterator[JsonObject]:
    """A TextQuoteSelector and, where the place is known, a TextPositionSelector.

    `text` is the stored text, None where its rights allow quotes only: then the selectors say what the record says. So
    they do where the words do not stand in the text in one place that record and text agree on.
    """
    at = None if text is None else _start(quote, text)
    if text is None or at is None:
        yield {"exact": quote["exact"], **_recorded(quote), "type": "TextQuoteSelector"}
        place = (quote["start"], quote["end"])
    else:
        place = (at, at + len(quote["exact"]))
        prefix, suffix = around(text, *place)
        yield {"exact": quote["exact"], "prefix": prefix, "suffix": suffix, "type": "TextQuoteSelector"}
    if None not in place:
        yield {"end": place[1], "start": place[0], "type": "TextPositionSelector"}


def around(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and behind a place: as much as makes the words unique, and never half of a character.

    >>> around("yes, no, yes", 9, 12)
    ('yes, no, ', '')
    """
    length = AROUND
    while True:
        left, right = _left(text, max(0, start - length)), _right(text, min(len(text), end + length))
        if (left, right) == (0, len(text)) or len(starts_of(text[left:right], text, 2)) == 1:
            return text[left:start], text[end:right]
        length *= 2


def _recorded(quote: JsonObject) -> JsonObject:
    return {name: quote[name] for name in ("prefix", "suffix") if name in quote}


def _start(quote: JsonObject, text: str) -> int | None:
    """Where the words stand: the stated place if they are there, else the only one with the stated context."""
    exact, start = quote["exact"], quote["start"]
    if start is not None and text.startswith(exact, start):
        return int(start)
    prefix = quote.get("prefix", "")
    found = starts_of(f"{prefix}{exact}{quote.get('suffix', '')}", text, 2)
    return found[0] + len(prefix) if len(found) == 1 else None


def _left(text: str, at: int) -> int:
    while 0 < at < len(text) and _goes_on(text, at):
        at -= 1
    return at


def _right(text: str, at: int) -> int:
    while 0 < at < len(text) and _goes_on(text, at):
        at += 1
    return at


def _goes_on(text: str, at: int) -> bool:
    """Whether the character at `at` belongs to the one before it: an accent, a joined sign, the end of a line end."""
    before, here = text[at - 1], text[at]
    return (
        unicodedata.category(here)[0] == "M"
        or _JOINER in (before, here)
        or "\U0001f3fb" <= here <= "\U0001f3ff"
        or (before == "\r" and here == "\n")
    )
