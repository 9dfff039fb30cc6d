"""A text as words and signs with their places, and folded forms to compare them by. Folding never decides a match."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kbtool.quotes.characters import APOSTROPHES, INVISIBLE

_HIDDEN = f"\u0300-\u036f{INVISIBLE}"
_LETTER = rf"[^\W\d_](?:[^\W_]|[{_HIDDEN}])*"
_TOKEN = re.compile(rf"\d+(?:[.,\u00b7]\d+)*|{_LETTER}(?:[{APOSTROPHES}\u2010\u2011\-]{_LETTER})*|[^\w\s]|_")
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_SAME_LOOK = str.maketrans(
    {
        **dict.fromkeys("’‘ʼ‛′´`＇", "'"),  # noqa: RUF001
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‐‑‒–—―−﹣－", "-"),  # noqa: RUF001
    }
)
_SAME_LETTERS = str.maketrans("аеорсухіјѕһԁοαν", "aeopcyxijshdoav")  # noqa: RUF001


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words and signs of a text in order: folded for comparing, with start and end of each."""

    text: str
    folded: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]

    def shown(self) -> list[str]:
        """The words as they look."""
        return [self.text[start:end] for start, end in zip(self.starts, self.ends, strict=True)]

    def part(self, begin: int, end: int) -> Tokens:
        """The words from position `begin` to `end`, exclusive."""
        return Tokens(self.text, self.folded[begin:end], self.starts[begin:end], self.ends[begin:end])

    def words(self, begin: int, end: int) -> str:
        """The text from word `begin` to word `end`, exclusive, as it stands; empty where there is none."""
        return self.text[self.starts[begin] : self.ends[end - 1]] if begin < end else ""


@dataclass(frozen=True, slots=True)
class TextIndex:
    """A text's words and where each occurs, by position among the words."""

    text: str
    tokens: Tokens
    places: Mapping[str, Sequence[int]]


def tokenise(text: str) -> Tokens:
    """The words, numbers and signs of a text in order."""
    spans = [match.span() for match in _TOKEN.finditer(text)]
    shown = [text[start:end] for start, end in spans]
    forms = {word: fold(word) for word in set(shown)}
    return Tokens(text, [forms[word] for word in shown], [start for start, _ in spans], [end for _, end in spans])


def fold(word: str) -> str:
    """The word with what looks alike made alike: case, quote marks, dashes, letters, invisible characters."""
    if word.isascii():
        return word.lower()
    seen = unicodedata.normalize("NFKC", _INVISIBLE.sub("", word).translate(_SAME_LOOK))
    return seen.translate(_SAME_LOOK).casefold().translate(_SAME_LETTERS)


@lru_cache(maxsize=2)
def index_text(text: str) -> TextIndex:
    """The word index of a text, in one pass; the last two are kept, since quotes come document by document."""
    tokens = tokenise(text)
    places: dict[str, list[int]] = defaultdict(list)
    for position, word in enumerate(tokens.folded):
        places[word].append(position)
    return TextIndex(text, tokens, dict(places))
