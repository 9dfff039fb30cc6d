"""Does a span begin or end in the middle of something: a word, a number, a sign, a unit, a range.

"effective" inside "ineffective", "5 mg" inside "15 mg" and "0.05" out of "p < 0.05" each say something else than the
text.
"""

from __future__ import annotations

import re
import unicodedata
from string import ascii_letters, digits

from kbtool.quotes.characters import APOSTROPHES, HAN, HYPHENS, SPACELESS
from kbtool.quotes.quantity import QUANTITY_REACH, cut_quantity

_JOINER = re.compile(f"[{APOSTROPHES}{HYPHENS}&]")
_SPACELESS = re.compile(f"[{SPACELESS}]")
_HAN = re.compile(f"[{HAN}]")
_HAN_NEGATION = frozenset("不無无未非沒没")
_NEVER_FIRST = frozenset("ーぁぃぅぇぉゃゅょゎァィゥェォャュョヮ々")
_BROKEN_WORD = re.compile(r"[^\W\d_][\-\u2010\u2011\u00ad]\r?\n[^\S\n]*[^\W\d_]")
_UNSEEN = frozenset({"Mn", "Mc", "Me", "Cf"})
_MARKUP = frozenset("*_")
_PLAIN = frozenset(f'{ascii_letters}{digits} .,;:!?()[]"/%<>=+')
"""Characters that never join two words; what stands around such a pair matters where a word is broken at a line end."""
_DIGIT = re.compile(r"\d")
_IN_ASCII = re.compile("[0-9]")
_REACH = 24
"""Code points looked over at most for the next visible one; a longer run of unseen ones counts as a cut."""
_SHOWN = 40


def cut_at(text: str, start: int, end: int) -> str | None:
    """What the span `start:end` of `text` cuts, in words ("the word 'ineffective'"), or None where it is whole.

    The cost does not grow with the text.
    """
    return _cut(text, start) or _cut(text, end)


def _cut(text: str, at: int) -> str | None:
    if not 0 < at < len(text):
        return None
    if _is_between_words(text, at):
        near = text[max(0, at - QUANTITY_REACH - 1) : at + QUANTITY_REACH]
        digit = _IN_ASCII if near.isascii() else _DIGIT
        return cut_quantity(text, at) if digit.search(near) else None
    return cut_quantity(text, at) or (f"the word {_word_around(text, at)!r}" if _within_word(text, at) else None)


def _is_between_words(text: str, at: int) -> bool:
    """Whether the place is between plain characters, one of them no letter, with no broken line near: in no word."""
    left, right = text[at - 1], text[at]
    if left not in _PLAIN or right not in _PLAIN or (left.isalnum() and right.isalnum()):
        return False
    near = text[max(0, at - _REACH) : at + _REACH]
    return "\n" not in near or (near.isascii() and "-\n" not in near and "-\r" not in near)


def _within_word(text: str, at: int) -> bool:
    """Whether both sides of `at` belong to one word: with marks, joiners, invisible ones, words broken at line ends."""
    if not text[at - 1].isspace() and _hangs_on(text, at):
        return True
    left, right = _seen_before(text, at), _seen_after(text, at)
    if left is None or right is None:
        return True
    before, after = text[left : left + 1], text[right : right + 1]
    if before.isalnum() and after.isalnum():
        return _one_word(before, after)
    if _JOINER.match(before) and _both_letters(text, _seen_before(text, left), right):
        return True
    if _JOINER.match(after) and _both_letters(text, left, _seen_after(text, right + 1)):
        return True
    low = max(0, at - _REACH)
    return any(m.start() < at - low < m.end() for m in _BROKEN_WORD.finditer(text[low : at + _REACH]))


def _hangs_on(text: str, at: int) -> bool:
    """Whether the character at `at` is part of the one before: a mark, a skin tone, a half of a joined emoji."""
    right = text[at]
    return (
        unicodedata.category(right).startswith("M")
        or "\U0001f3fb" <= right <= "\U0001f3ff"
        or (right == "\u200d" and not text[at + 1 : at + 2].isspace())
        or (text[at - 1] == "\u200d" and not right.isspace())
    )


def _one_word(before: str, after: str) -> bool:
    """Whether two letters side by side are of one word; in scripts without spaces only where that is certain."""
    if _SPACELESS.match(before) or _SPACELESS.match(after):
        return after in _NEVER_FIRST or (before in _HAN_NEGATION and _HAN.match(after) is not None)
    return True


def _both_letters(text: str, left: int | None, right: int | None) -> bool:
    """Whether a joiner stands between the letters at `left` and `right`; between two digits a range is no word."""
    if left is None or right is None:
        return True
    before, after = text[left : left + 1] if left >= 0 else "", text[right : right + 1]
    return before.isalnum() and after.isalnum() and not (before.isdigit() and after.isdigit())


def _unseen(character: str) -> bool:
    return character in _MARKUP or (not character.isascii() and unicodedata.category(character) in _UNSEEN)


def _seen_before(text: str, at: int) -> int | None:
    """The place of the nearest visible character before `at`, -1 at the beginning, None where none is near."""
    for place in range(at - 1, max(-1, at - 1 - _REACH), -1):
        if not _unseen(text[place]):
            return place
    return -1 if at <= _REACH else None


def _seen_after(text: str, at: int) -> int | None:
    """The place of the nearest visible character from `at` on, the length at the end, None where none is near."""
    for place in range(at, min(len(text), at + _REACH)):
        if not _unseen(text[place]):
            return place
    return len(text) if at + _REACH >= len(text) else None


def _word_around(text: str, at: int) -> str:
    start = end = at
    while start > 0 and not text[start - 1].isspace() and at - start < _SHOWN:
        start -= 1
    while end < len(text) and not text[end].isspace() and end - at < _SHOWN:
        end += 1
    return text[start:end].strip('.,;:!?()[]"“”*_')
