"""Whether a mark ends a sentence: by the word before it, what closes after it, and what follows."""

from __future__ import annotations

import re
from collections.abc import Collection

from kbtool.ingest.abbreviations import (
    BEFORE_LETTERS,
    BEFORE_NAMES,
    BEFORE_NUMBERS,
    BEFORE_YEARS,
    JOINING,
    LOWER_STARTERS,
    NEVER_LAST,
    SELDOM_LAST,
    SELDOM_LAST_AS_NAMES,
    STARTERS,
    UNITS,
)

BULLET_SIGNS = "\u2022\u2043\u2023\u25aa\u25cf\u25e6\u2219"
SMILE = r"(?:[:;=8]'?-?[)(DPp/\\|]|<3|[\U0001f600-\U0001f64f]+)"
"""A face drawn in signs, which ends what it comments on."""

_LONGEST_WORDS = 60
"""Code points looked back for the two words before a mark: longer runs are no abbreviation."""
_CITED = r"(?:\[\d{1,3}(?:[,;\u2013\- ]+\d{1,3})*\])"
_NUMBERED = rf"\d{{1,2}}(?=\s(?:{'|'.join(sorted(word.capitalize() for word in STARTERS))})\b)"
"""The number of a note that has lost its place above the line."""
_CLOSERS = r"[\"'\u201d\u2019\u00bb)\]*_]"
_ALWAYS = "\u3002\uff01\uff1f\uff61\u061f\u06d4\u0964\u0965"
"""Stops and question marks of scripts in which they have no other use: Chinese and Japanese, Arabic, Urdu, Indian."""
MARK = re.compile(
    rf"""(?P<mark>(?<![.!?\u2026\u203d])[.!?\u2026\u203d]+(?:[ \u00a0]\.)*|[{_ALWAYS}]+)
         (?P<note>(?<=[^\W\d]\.)\d{{1,3}}(?:[,\u2013-]\d{{1,3}})*(?=\s+[A-Z]))?
         (?P<close>(?:{_CLOSERS}|{_CITED})*)
         (?P<gap>\s+(?P<cited>(?:{_CITED}(?:\s?{_CITED})*\.?|{_NUMBERED}|{SMILE})(?=\s|$))?\s*|(?<=[\u3002\uff01\uff1f\uff61])(?=\S))""",
    re.VERBOSE,
)
"""A mark that can end a sentence, a note's number glued to it, what closes after it, and the space that follows."""
_SHORT = NEVER_LAST | SELDOM_LAST | SELDOM_LAST_AS_NAMES | UNITS
_LONG = 4
"""Letters from which a word in small letters is no abbreviation, those listed aside."""
_WORD = re.compile(r"[^\W\d_][\w'\u2019.-]*")
_OPENERS = "\"'\u201c\u2018\u00ab([{*_\u00bf\u00a1"
_INITIAL = re.compile(r"(?:[^\W\d_]\.)*[A-Z]")
_SYMBOL = re.compile(r"[a-z]{1,4}-?[A-Z\d]")
"""How names begin that keep their small letter: mRNA, p53, c-Fos."""
_LABEL = re.compile(r"\((?:[a-z](?:[-\u2013,][a-z])?|i{1,3}|iv|vi{0,3})\)\s|[a-z]\.\s+[A-Z]")
"""The letter of a part, before its sentence."""
_SAID = re.compile(
    r"(?:I|he|she|they|we|(?:[A-Z][\w.'\u2019-]*\s+){1,3}?|the\s+\w+)\s*"
    r"(?:said|says?|ask(?:s|ed)?|repl(?:ies|ied)|answer(?:s|ed)|cried|shouted|whispered|wonder(?:s|ed))\b"
)
"""Who said what was quoted: it goes on the sentence of the quote."""


def after(match: re.Match[str]) -> tuple[int, int]:
    """Where the sentence ends and where the next begins; a citation in brackets after the mark belongs to the first."""
    return match.end("cited") if match["cited"] else match.end("close"), match.end()


def ends(text: str, match: re.Match[str], openings: Collection[int], end: int) -> bool:
    """Whether a `MARK` ends a sentence; `openings` are the places where sentences and items of lists begin."""
    if match.end() >= end:
        return False
    mark, following = match["mark"], _following(text, match.end(), end)
    if mark[0] in _ALWAYS:
        return True
    if mark == ".":
        return _stop_ends(text, match, openings, following)
    if mark[0] in ".\u2026":
        return _is_upper(following) and not _is_elision(text, match)
    return _call_ends(text, match, following)


def _is_elision(text: str, match: re.Match[str]) -> bool:
    """Whether dots stand for words left out within a sentence: [...], or three dots with space around each."""
    before = text[match.start() - 1 : match.start()]
    return before in ("[", "(") or (not before.strip() and match["mark"].count(".") == 3 and " " in match["mark"])


def _call_ends(text: str, match: re.Match[str], following: str) -> bool:
    """Whether a question or exclamation mark ends a sentence; names have one too, so small letters decide."""
    if match["close"] and _SAID.match(text, match.end()):
        return False
    if not following[:1].isalpha() or _is_upper(following):
        return not match["close"] or following[:1].isalnum()
    if match["close"]:
        return False
    return "?" in match["mark"] or (following in LOWER_STARTERS and following not in JOINING)


def _following(text: str, at: int, end: int) -> str:
    """The word that follows, without what opens before it; a digit or sign stands for itself."""
    while at < end and text[at] in _OPENERS:
        at += 1
    word = _WORD.match(text, at, end)
    return word[0] if word else text[at : at + 1]


def _is_upper(word: str) -> bool:
    """Whether a word begins as sentences do; letters without case count, a sign does not."""
    first = word[:1]
    return first.isalpha() and (first.isupper() or first == first.swapcase() or _SYMBOL.match(word) is not None)


def _stop_ends(text: str, match: re.Match[str], openings: Collection[int], following: str) -> bool:
    """Whether a single full stop ends a sentence."""
    earlier, word = _words_before(text, match.start())
    word = word.lstrip(BULLET_SIGNS)
    bare = word.lower().lstrip(_OPENERS)
    if _is_count(word) and match.start() - len(word) in openings:
        return False
    if match["note"]:
        return True
    if _LABEL.match(text, match.end()):
        return bare not in NEVER_LAST
    if not _is_upper(following) and not following[:1].isdigit():
        return _ends_before_lower(word.lstrip(_OPENERS), following, match)
    if match["close"] and match["close"][0] != "'":
        return _is_upper(following) or bare not in NEVER_LAST
    return _ends_after(earlier, word, following)


def _is_count(word: str) -> bool:
    """Whether a word numbers an item of a list."""
    return len(word) <= 3 and (word.isdigit() or (len(word) == 1 and word.isalpha()))


def _ends_before_lower(word: str, following: str, match: re.Match[str]) -> bool:
    """Before a small letter or a sign: where a whole word is followed by one that begins sentences, or is a long one.

    Names of four letters and more are shortened too ("Staph. aureus"), so those end one only before such a word.
    """
    bare = word.lower()
    if match["close"] or not _is_whole(bare):
        return False
    if bare in BEFORE_NUMBERS and not following[:1].isalpha():
        return False
    if len(word) >= _LONG and not word.istitle():
        return True
    return following in LOWER_STARTERS or following in STARTERS or not following[:1].isalnum()


def _is_whole(bare: str) -> bool:
    """Whether a word in small letters is no abbreviation: not listed, no stop in it, no letter alone at its end."""
    return bare not in _SHORT and "." not in bare and len(bare.rsplit("-", 1)[-1]) > 1 and bare[-1].isalnum()


def _ends_after(earlier: str, word: str, following: str) -> bool:
    """Before a capital or a digit: by the word that the stop follows, and the one before that."""
    bare, is_number = word.lower().lstrip(_OPENERS), following[:1].isdigit()
    if bare in NEVER_LAST:
        return False
    if bare in BEFORE_NUMBERS or word.lstrip(_OPENERS) in BEFORE_YEARS:
        return not any(letter.isdigit() for letter in following)
    if bare in UNITS and earlier[-1:].isdigit():
        return not is_number
    is_starter = following.lower() in STARTERS
    if bare in SELDOM_LAST or (bare in SELDOM_LAST_AS_NAMES and word.lstrip(_OPENERS)[:1].isupper()):
        return is_starter
    if _INITIAL.fullmatch(word.lstrip(_OPENERS)):
        return (is_starter and (following != "I" or word != "I")) or _is_letter_of(earlier, word, following)
    return "." not in bare or is_starter or not bare.replace(".", "").isalpha()


def _is_letter_of(earlier: str, word: str, following: str) -> bool:
    """Whether a single capital goes with the word before it, as in "hepatitis B", and is no initial of a name."""
    kind = earlier.rsplit("-", 1)[-1]
    if len(word) > 1 or len(following.rstrip(".")) == 1 or not kind.isalpha():
        return False
    return kind.lower() in BEFORE_LETTERS or (kind.islower() and kind not in BEFORE_NAMES)


def _words_before(text: str, at: int) -> tuple[str, str]:
    """The two words that end at a place, with stops inside them; empty where there is none."""
    words = text[max(0, at - _LONGEST_WORDS) : at].rsplit(None, 2)
    if not words or text[at - 1].isspace():
        return "", ""
    return words[-2] if len(words) > 1 else "", words[-1]
