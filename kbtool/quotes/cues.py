"""Cue words of a vocabulary, compiled so that a text without any is passed over fast."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from kbtool.quotes.characters import APOSTROPHES, INVISIBLE, SPACELESS
from kbtool.quotes.letters import letter_runs

_WORD = re.compile(r"[^\W_]+")
_LETTERS = re.compile("[a-z]+")
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_SPACELESS = re.compile(f"[{SPACELESS}]")
_APOSTROPHE = re.compile(f"[{APOSTROPHES}]")
_NEVER = r"(?!)"
_BEGINS = r"(?<![^\W_])"
_ENDS = rf"(?![^\W_]|[{APOSTROPHES}]t(?![^\W_]))"

Found = tuple[str, str, int, int]
"""The cue in lower case with single spaces, its group, and its start and end in the text."""


@dataclass(frozen=True, slots=True, eq=False)
class CueSet:
    """Cue words with their groups: a pattern that finds them, and what a text must hold to be worth searching.

    One is equal to itself alone, so that what was found with it can be kept.
    """

    group_of: Mapping[str, str]
    in_ascii: re.Pattern[str]
    """Finds the cues in an ASCII text of lower case, which is many times quicker than ignoring the case."""
    telling_runs: frozenset[str] | None
    """The longest run of letters of each ASCII cue: an ASCII text with none of them and no apostrophe holds no cue.
    None where a cue has no letters, so that every text is searched."""
    telling_words: frozenset[str]
    """The longest word of each cue, case folded: a text with none of them holds no cue."""
    anywhere: re.Pattern[str]
    """Cues that need not begin where a word does: endings of contractions, scripts without spaces."""


def cue_set(group_of: Mapping[str, str]) -> CueSet:
    """The cue set of words with their groups; case and the kind of white space do not matter."""
    known = {folded(word): group for word, group in group_of.items()}
    within = {word for word in known if _begins_anywhere(word)}
    telling = (max(_WORD.findall(word), key=len, default="") for word in known.keys() - within)
    in_ascii = [word for word in known if word.isascii() or _is_ending(word)]
    return CueSet(
        group_of=known,
        in_ascii=pattern_of(in_ascii, re.NOFLAG),
        telling_runs=_telling_runs(word for word in in_ascii if not _is_ending(word)),
        telling_words=frozenset(word.casefold() for word in telling if word),
        anywhere=re.compile("|".join(sorted({_whole_word(word) for word in within})) or _NEVER),
    )


def _telling_runs(words: Iterable[str]) -> frozenset[str] | None:
    longest = frozenset(max(_LETTERS.findall(word), key=len, default="") for word in words)
    return None if "" in longest else longest


@lru_cache(maxsize=8192)
def cues_in(cues: CueSet, text: str) -> tuple[Found, ...]:
    """The cues of `text` in order, the longest at each place; invisible characters within a word do not hide it."""
    if text.isascii():
        return _cues_in_ascii(cues, text)
    if _INVISIBLE.search(text):
        return _cues_behind_invisible(cues, text)
    if not _worth_searching(cues, text):
        return ()
    return tuple((*_known(cues, m.group()), *m.span()) for m in _any_case(cues).finditer(text))


def _cues_in_ascii(cues: CueSet, text: str) -> tuple[Found, ...]:
    has_apostrophe = "'" in text or "`" in text
    if cues.telling_runs is not None and not has_apostrophe and cues.telling_runs.isdisjoint(letter_runs(text)):
        return ()
    return tuple((*_known(cues, m.group()), *m.span()) for m in cues.in_ascii.finditer(text.lower()))


@lru_cache(maxsize=8)
def _any_case(cues: CueSet) -> re.Pattern[str]:
    """What finds the cues in any text; made where a text needs it."""
    return pattern_of(cues.group_of)


def pattern_of(words: Iterable[str], flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    """A pattern that finds each word or phrase on its own, the longest first; none finds nothing."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    alone = [word for word in longest_first if _begins_anywhere(word) or _SPACELESS.match(word[-1])]
    common = [_spaced(word) for word in longest_first if word not in alone]
    # One pair of boundaries around all common words: compiling a pair for each took a tenth of a whole run.
    parts = [*map(_whole_word, alone), *([f"{_BEGINS}(?:{'|'.join(common)}){_ENDS}"] if common else [])]
    return re.compile("|".join(parts) or _NEVER, flags)


def folded(text: str) -> str:
    """Lower case, single spaces."""
    return " ".join(text.lower().split())


def _worth_searching(cues: CueSet, text: str) -> bool:
    low, words = _words_of(text)
    return not cues.telling_words.isdisjoint(words) or cues.anywhere.search(low) is not None


@lru_cache(maxsize=8)
def _words_of(text: str) -> tuple[str, frozenset[str]]:
    """The text case folded, and its words; kept because negations and hedges are looked for one after the other."""
    low = text.casefold()
    return low, frozenset(_WORD.findall(low))


def _known(cues: CueSet, shown: str) -> tuple[str, str]:
    """The cue as the vocabulary has it, with its group, also where a letter matched whatever its case (long s)."""
    word = folded(shown)
    if word not in cues.group_of:
        word = next(cue for cue in cues.group_of if re.fullmatch(_whole_word(cue), shown, re.IGNORECASE))
    return word, cues.group_of[word]


def _cues_behind_invisible(cues: CueSet, text: str) -> tuple[Found, ...]:
    """The cues of the text as the eye sees it, with their places in the text as it is."""
    seen = [at for at, character in enumerate(text) if not _INVISIBLE.match(character)]
    visible = "".join(text[at] for at in seen)
    return tuple((word, group, seen[start], seen[end - 1] + 1) for word, group, start, end in cues_in(cues, visible))


def _begins_anywhere(word: str) -> bool:
    return _is_ending(word) or _SPACELESS.match(word) is not None


def _is_ending(word: str) -> bool:
    """Whether the cue is the ending of contractions, n't with whatever apostrophe."""
    return len(word) == 3 and word[0] == "n" and word[2] == "t" and _APOSTROPHE.match(word[1]) is not None


def _whole_word(word: str) -> str:
    """A pattern for the word or phrase on its own; underscores are markup and end a word, "can" is not in "can't"."""
    if _is_ending(word.lower()):
        return rf"n[{APOSTROPHES}]t(?![^\W_])"
    before = "" if _SPACELESS.match(word) else _BEGINS
    after = "" if _SPACELESS.match(word[-1]) else _ENDS
    return f"{before}{_spaced(word)}{after}"


def _spaced(word: str) -> str:
    return r"\s+".join(re.escape(part) for part in word.split())
