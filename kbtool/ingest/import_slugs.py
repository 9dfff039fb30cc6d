"""Words to ids: lower-case words of plain letters and digits, joined by hyphens, and ids that are not used yet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

_LONGEST = 60
_MOST_WORDS = 8


def plain_slug(words: str, fallback: str) -> str:
    """The id that words make, or `fallback` where they have no letter or digit of the plain alphabet."""
    bare = (
        unicodedata.normalize("NFKD", words.replace("\u2019", "").replace("'", "")).encode("ascii", "ignore").decode()
    )
    found = re.findall(r"[a-z0-9]+", bare.lower())[:_MOST_WORDS]
    while len("-".join(found)) > _LONGEST and len(found) > 1:
        found.pop()
    return "-".join(found)[:_LONGEST] or fallback


def unused(slug: str, used: Container[str]) -> str:
    """The id itself, or with the first number after it that makes it new."""
    number, new = 1, slug
    while new in used:
        number += 1
        new = f"{slug}-{number}"
    return new
