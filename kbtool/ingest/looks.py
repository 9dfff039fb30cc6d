"""Headings that a document does not mark as such: short words that stand alone above a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

LEVEL = 7
"""How deep such a heading is: below all that a document marks."""

_LONGEST = 90
"""Characters of a heading."""
_MOST_WORDS = 12
_END = re.compile(r"[\w)\]?\u201d\"']")
_SENTENCE = re.compile(r"[.!][\"'\u201d\u2019)\]]*(?:\[\d+\])?$")


def heading_like(blocks: Sequence[str | None]) -> Iterator[bool]:
    """For each block whether it is a heading by its looks: the words of a paragraph, "" for a heading, else None.

    It is short, begins as headings do and has no full stop; a text follows; and it is no item of a list without
    bullets: nothing before it ends in a colon, and there are no three such lines together.
    """
    short = [bool(each) and _is_short(each or "") for each in blocks]
    begin = end = 0
    for at, is_short in enumerate(short):
        if is_short and at >= end:
            begin, end = at, next((after for after in range(at, len(short)) if not short[after]), len(short))
        yield is_short and end - begin < 3 and end < len(short) and blocks[end] != "" and not _is_led_in(blocks, begin)


def _is_led_in(blocks: Sequence[str | None], begin: int) -> bool:
    return begin > 0 and (blocks[begin - 1] or "").endswith(":")


def _is_short(words: str) -> bool:
    if len(words) > _LONGEST or len(words.split()) > _MOST_WORDS or words[0].islower():
        return False
    return bool(_END.match(words[-1])) and not _SENTENCE.search(words)
