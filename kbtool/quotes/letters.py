"""The runs of letters in a text of ASCII characters: what a search for words can be decided by, mostly with no."""

from __future__ import annotations

from functools import lru_cache
from string import ascii_letters

_RUNS = "".join(chr(code).lower() if chr(code) in ascii_letters else " " for code in range(128))
"""For each ASCII character its lower-case letter, or a blank."""


@lru_cache(maxsize=64)
def letter_runs(text: str) -> frozenset[str]:
    """The runs of letters of an ASCII text in lower case ("twenty-5mg": "twenty", "mg").

    A few are kept, since several searches look through the same text one after the other.
    """
    return frozenset(text.translate(_RUNS).split())
