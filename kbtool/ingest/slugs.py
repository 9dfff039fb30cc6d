"""Names for drafts: slugs of the telling words of their statements, and names in letters where no digit may stand."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence

_WORD = re.compile(r"[a-z0-9]+")
_LIGHT = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "and",
        "or",
        "but",
        "with",
        "by",
        "from",
        "as",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "it",
        "its",
        "this",
        "that",
        "these",
        "those",
        "which",
        "who",
        "also",
        "there",
        "their",
        "they",
        "he",
        "she",
        "you",
        "your",
        "we",
        "our",
        "has",
        "have",
        "had",
    ]
)
_MOST_WORDS = 6
_LONGEST = 60


def slug_of(words: str) -> str:
    """A slug of the first telling words; "claim" where there is no letter or digit of ASCII in them."""
    plain = unicodedata.normalize("NFKD", words.replace("'", "").replace("\u2019", "")).lower()
    every = _WORD.findall(plain)
    telling = [word for word in every if word not in _LIGHT] or every
    return _at_most(telling[:_MOST_WORDS]) or "claim"


def _at_most(words: list[str]) -> str:
    """As many of the words as there is room for; where the first one alone has none, its beginning."""
    while len("-".join(words)) > _LONGEST and len(words) > 1:
        words = words[:-1]
    return "-".join(words)[:_LONGEST]


def claim_slugs(statements: Sequence[str]) -> list[str]:
    """A slug for each statement, all different: a number is added to those that come again."""
    taken: set[str] = set()
    tried: dict[str, int] = {}
    slugs = []
    for statement in statements:
        slug = stem = slug_of(statement)
        while slug in taken:
            tried[stem] = tried.get(stem, 1) + 1
            slug = f"{stem}-{tried[stem]}"
        taken.add(slug)
        slugs.append(slug)
    return slugs


def letters_of(name: str) -> str:
    """Eight letters that stand for a name; no two names of a base are likely to have the same."""
    return "".join(chr(ord("a") + byte % 26) for byte in hashlib.sha256(name.encode()).digest()[:8])
