"""Patterns for lists of cues: words and phrases that stand on their own, in any case, with either apostrophe.

A sentence is held against some fifty lists, and hardly any of their cues stand in it. So a list knows the letters that
its cues begin with, the words of a sentence are looked up by theirs, once for all lists, and only where both meet is a
list held against the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import chain

_KNOWN = 3
"""Letters of a beginning at the most."""
_NUMBER = "0"
"""What stands for the beginning of any number."""
_WORD = re.compile(rf"(?<![\w-])(?:[a-z]{{1,{_KNOWN}}}|\d)", re.IGNORECASE)
_ALIKE = re.compile("[\u0130\u0131\u017f\u212a]")
"""What stands for an ASCII letter where case does not count; a text with one is searched as it is."""
_LEADING = re.compile(rf"[a-z]{{0,{_KNOWN}}}")
_PARTING = re.compile(r"$|[ ,&]|\[- \]|\\s(?![?*{])|-(?![?*{])")
"""What ends the letters of a beginning: the end, or a sign that no letter can stand for."""
_OPTIONAL = re.compile(r"[?*{]")
_SIGN_OR_NONE = re.compile(r"(?:-|\[- \]|\\s| )\?")
_DIGIT = re.compile(r"\\d(?![?*])|\d(?![?*{])")


COUNTS = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|several|many|multiple)"
"""How many times, as an expression: any word would do, but it would make a list of cues slow."""


class Cues:
    """Cues, each a regular expression in lower case, found as `re.Pattern` finds but sooner."""

    def __init__(self, words: str) -> None:
        self._words = words

    @cached_property
    def anywhere(self) -> re.Pattern[str]:
        """What finds them all, slowly."""
        return re.compile(rf"(?<![\w-])(?:{self._words})(?!\w)", re.IGNORECASE)

    @cached_property
    def _match(self) -> Callable[[str, int], re.Match[str] | None]:
        """What matches one at a place."""
        return re.compile(rf"(?:{self._words})(?!\w)", re.IGNORECASE).match

    @cached_property
    def _beginnings(self) -> frozenset[str] | None:
        found = frozenset(beginnings(self._words))
        return None if None in found else frozenset(each for each in found if each)

    def finditer(self, text: str, start: int = 0) -> Iterator[re.Match[str]]:
        """Each place of a cue from `start` on, not overlapping."""
        places = self._places(text)
        if places is None:
            return self.anywhere.finditer(text, start)
        return self._at(places, text, start) if places else iter(())

    def search(self, text: str) -> re.Match[str] | None:
        """The first place of a cue."""
        places = self._places(text)
        if places is None:
            return self.anywhere.search(text)
        for place in places:
            if match := self._match(text, place):
                return match
        return None

    def findall(self, text: str) -> list[str]:
        """The cues as they stand."""
        return [match[0] for match in self.finditer(text)]

    def _at(self, places: Iterable[int], text: str, start: int) -> Iterator[re.Match[str]]:
        for place in places:
            if place >= start and (match := self._match(text, place)):
                yield match
                start = match.end()

    def _places(self, text: str) -> Sequence[int] | None:
        """Where a cue may begin, in order; None where nothing but a search can tell."""
        known, words = _words_of(text)
        if self._beginnings is None or known is None:
            return None
        met = known & self._beginnings
        return sorted(chain.from_iterable([words[each] for each in met])) if met else ()


@lru_cache(maxsize=64)
def _words_of(text: str) -> tuple[frozenset[str] | None, Mapping[str, Sequence[int]]]:
    """The beginnings of the words of a text, with their places; None where its letters are not what they seem."""
    if not text.isascii() and _ALIKE.search(text):
        return None, {}
    found: dict[str, list[int]] = {}
    for match in _WORD.finditer(text):
        word = match[0].lower()
        found.setdefault(_NUMBER if word.isdigit() else word, []).append(match.start())
    return frozenset(found), found


def beginnings(cue: str) -> Iterator[str | None]:
    """The first letters of what an expression can match, three of them or as many as its first word has.

    None stands for a beginning that is not plain: a class, a number, any letter. What is in this module's own words
    an expression: letters, `(?:a|b)`, and either with a `?`.
    """
    for way in _ways(cue):
        letters = _LEADING.match(way)[0]  # type: ignore[index]
        rest = way[len(letters) :]
        if letters and _OPTIONAL.match(rest):
            yield from _without_or_with(letters, rest)
        elif len(letters) == _KNOWN or (letters and _PARTING.match(rest)):
            yield letters
        elif sign := _SIGN_OR_NONE.match(rest):
            yield from chain([letters or None], beginnings(letters + rest[sign.end() :]))
        elif not letters and _DIGIT.match(rest):
            yield _NUMBER
        elif rest.startswith("(?:"):
            end = _closing(rest)
            behind = rest[end + 1 :]
            if _OPTIONAL.match(behind):
                yield from beginnings(letters + behind[1:]) if behind[0] == "?" else (None,)
                behind = behind[1:]
            yield from chain.from_iterable(beginnings(letters + each + behind) for each in _ways(rest[3:end]))
        else:
            yield None


def _without_or_with(letters: str, rest: str) -> Iterable[str | None]:
    """The beginnings where the last letter need not be there."""
    return chain(beginnings(letters[:-1] + rest[1:]), beginnings(letters + rest[1:])) if rest[0] == "?" else (None,)


def _ways(cue: str) -> list[str]:
    """The alternatives of an expression."""
    ways, depth, at = [], 0, 0
    for place, sign in enumerate(cue):
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and not depth:
            ways.append(cue[at:place])
            at = place + 1
    return [*ways, cue[at:]]


def _closing(cue: str) -> int:
    """Where the group closes that an expression begins with."""
    depth = 0
    for place, sign in enumerate(cue):
        depth += (sign == "(") - (sign == ")")
        if not depth:
            return place
    raise ValueError(f"a group is open in {cue!r}")


def any_of(*cues: str) -> Cues:
    """Finds each cue, itself a regular expression, where it is no part of a longer word."""
    return Cues("|".join(cues).replace("'", "['\u2019]"))


def first_found(cues: Cues, text: str) -> str | None:
    """The first cue in a text as it stands there, with single spaces; None where there is none."""
    match = cues.search(text)
    return " ".join(match[0].split()) if match else None


def all_found(cues: Cues, text: str) -> tuple[str, ...]:
    """Every cue in a text in lower case with single spaces, each once, in order."""
    found = cues.findall(text)
    return tuple(dict.fromkeys(" ".join(each.lower().split()) for each in found)) if found else ()


def last_word(text: str, at: int, reach: int = 24) -> str:
    """The word before a place, in lower case; empty where none is near."""
    words: Iterable[str] = text[max(0, at - reach) : at].lower().split()
    return next(reversed(tuple(words)), "")
