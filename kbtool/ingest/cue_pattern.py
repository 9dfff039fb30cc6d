"""Patterns for lists of cues: words and phrases that stand on their own, in any case, with either apostrophe."""

from __future__ import annotations

import re
from collections.abc import Iterable


def any_of(*cues: str) -> re.Pattern[str]:
    """A pattern that finds each cue, itself a regular expression, where it is no part of a longer word."""
    return re.compile(
        rf"(?<![\w-])(?:{'|'.join(cues).replace(chr(39), '[' + chr(39) + chr(8217) + ']')})(?!\w)", re.IGNORECASE
    )


def first_found(pattern: re.Pattern[str], text: str) -> str | None:
    """The first cue in a text as it stands there, with single spaces; None where there is none."""
    match = pattern.search(text)
    return " ".join(match[0].split()) if match else None


def all_found(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    """Every cue in a text in lower case with single spaces, each once, in order."""
    return tuple(dict.fromkeys(" ".join(match[0].lower().split()) for match in pattern.finditer(text)))


def last_word(text: str, at: int, reach: int = 24) -> str:
    """The word before a place, in lower case; empty where none is near."""
    words: Iterable[str] = text[max(0, at - reach) : at].lower().split()
    return next(reversed(tuple(words)), "")
