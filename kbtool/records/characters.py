"""Characters in a record that deceive the eye: invisible ones, direction marks, letters that look like others."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\uffff\ue000-\uf8ff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
_LOOK_ALIKE = (
    "\u0400-\u04ff\u0500-\u052f\u0530-\u058f\u13a0-\u13ff\uff21-\uff5a\U0001d400-\U0001d7ffΑΒΕΖΗΙΚΜΝΟΡΤΥΧοιυνρ"  # noqa: RUF001
)
_STRANGE = re.compile(f"[{_LOOK_ALIKE}]")
_LATIN = "A-Za-z\u00c0-\u024f"
_MIXED = re.compile(rf"[^\W\d_]*(?:[{_LATIN}][{_LOOK_ALIKE}]|[{_LOOK_ALIKE}][{_LATIN}])[^\W\d_]*")
_CYRILLIC_LIKE_LATIN = "АВЕЅІЈКМНОРСТУХаеорсухіјѕԁԛԝһ"  # noqa: RUF001
_GREEK_LIKE_LATIN = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονυρ"  # noqa: RUF001
_ALPHABETS = (
    (f"[{_CYRILLIC_LIKE_LATIN}]+", f"(?![{_CYRILLIC_LIKE_LATIN}])[\u0400-\u052f]"),
    (
        f"[{_GREEK_LIKE_LATIN}]{{2,}}",
        f"[\u0370-\u03ff\u1f00-\u1fff](?<![{_GREEK_LIKE_LATIN}])[\u0370-\u03ff\u1f00-\u1fff]",
    ),
)
_DISGUISED = tuple(
    (re.compile(rf"(?<![^\W\d_])(?:{word})(?![^\W\d_])"), re.compile(genuine)) for word, genuine in _ALPHABETS
)
"""For each alphabet: a word that could be Latin to the last letter and has none of it; a sign that the alphabet is in
use here. One Greek letter is a symbol and neither of the two."""

_ASCII = bytes(range(128))

OddCharacter = tuple[str, str, int, int, str]
"""Rule, sentence, line, column, hint."""


def odd_characters(text: str) -> Iterator[OddCharacter]:
    """Every invisible or direction-changing character and every word of mixed alphabets, with its place."""
    if text.isascii() or not any(map(_suspect, _beyond_ascii(text))):
        return
    for match in _INVISIBLE.finditer(text):
        yield (
            "invisible-character",
            f"invisible character {_named(match.group())}",
            *_place(text, match.start()),
            "delete it, or write it as an escape in double quotes where the source text has it",
        )
    for match in _MIXED.finditer(text):
        strange = next(c for c in match.group() if _STRANGE.match(c))
        yield (
            "look-alike-letters",
            f"the word {match.group()!r} mixes alphabets: {_named(strange)}",
            *_place(text, match.start()),
            "type the word again with letters of one alphabet",
        )
    yield from _disguised(text)


def _beyond_ascii(text: str) -> set[str]:
    """The characters of a text that are not ASCII; mostly few, and found fastest among bytes."""
    return set(text.encode(errors="replace").translate(None, _ASCII).decode())


def _disguised(text: str) -> Iterator[OddCharacter]:
    """Words that only look Latin, in a text that uses Latin letters and no others of their own alphabet."""
    if not re.search(f"[{_LATIN}]", text):
        return
    for word, genuine in _DISGUISED:
        if genuine.search(text):
            continue
        for match in word.finditer(text):
            yield (
                "look-alike-letters",
                f"the word {match.group()!r} looks Latin and is not: {_named(match.group()[0])}",
                *_place(text, match.start()),
                "type the word again",
            )


@lru_cache(maxsize=4096)
def _suspect(character: str) -> bool:
    """Whether a character can be at fault at all; most texts hold none, and looking further costs time."""
    return bool(_INVISIBLE.match(character) or _STRANGE.match(character))


def _place(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def _named(character: str) -> str:
    return f"U+{ord(character):04X} {unicodedata.name(character, 'without a name')}"
