"""Words that turn or weaken a statement, and the numbers in it: what may not get lost between quote and statement."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from kbtool.model.vocabulary import Vocabulary
from kbtool.quotes.cues import CueSet, cue_set, cues_in, folded, pattern_of
from kbtool.quotes.numbers import (
    NUMBER_WORDS,
    gives,
    numbers,
    numbers_in_words,
    numbers_meant,
)

__all__ = [
    "NUMBER_WORDS",
    "Cue",
    "Lexicon",
    "gives",
    "hedges",
    "is_connective",
    "lexicon",
    "negations",
    "numbers",
    "numbers_in_words",
    "numbers_meant",
]

_EDGES = " \t\n\u00a0.,;:!?\u2026-\u2010\u2011\u2013\u2014()[]\"'\u2018\u2019\u201c\u201d"
_MONTH_AFTER = re.compile(
    r"\s+(?:\d{1,2}(?:st|nd|rd|th)?,?\s+)?(?:of\s+)?[12]\d{3}(?!\d)|\s+\d{1,2}(?:st|nd|rd|th)?(?=\s*(?:[.,;:)]|\Z))"
)
_MONTH_BEFORE = re.compile(
    r"(?:\b(?:in|since|until|of|by|early|mid|late|last|from)[ -]|\d(?:st|nd|rd|th)?\s)\Z",
    re.IGNORECASE,
)
_MONTH_REACH = 8


class Cue(NamedTuple):
    """A word or phrase found in a text, as the vocabulary has it, with its group ("negation" for one) and its place."""

    word: str
    group: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The vocabulary's negations and hedges, ready to search with."""

    negation: CueSet
    hedge: CueSet
    connectives: frozenset[str]
    placeholder: re.Pattern[str]


def lexicon(vocabulary: Vocabulary) -> Lexicon:
    """The search patterns of a vocabulary; build once for a base.

    A connective that holds a negation or a hedge is left out: neither can ever be one.
    """
    negation = cue_set(dict.fromkeys(vocabulary.negations, "negation"))
    hedge = cue_set({word: group for group, hedge in vocabulary.hedges.items() for word in hedge.words})
    plain = (phrase for phrase in vocabulary.connectives if not (cues_in(negation, phrase) or cues_in(hedge, phrase)))
    return Lexicon(
        negation,
        hedge,
        frozenset(map(_joining, plain)),
        pattern_of(vocabulary.placeholders),
    )


def negations(words: Lexicon, text: str) -> tuple[Cue, ...]:
    """The negations of `text` in order, contractions as their ending ("n't"); the group of each is "negation"."""
    return tuple(map(Cue._make, cues_in(words.negation, text)))


def hedges(words: Lexicon, text: str) -> tuple[Cue, ...]:
    """The hedges of `text` in order, the longest at each place; no hedges: the month of May, the "can" of "can't"."""
    return tuple([Cue(*found) for found in cues_in(words.hedge, text) if not _is_month(text, *found[2:])])


def is_connective(words: Lexicon, text: str) -> bool:
    """Whether `text`, its punctuation aside, is a listed joining word or phrase."""
    return _joining(text) in words.connectives


def _joining(text: str) -> str:
    return folded(text.strip(_EDGES)).replace("\u2019", "'")


def _is_month(text: str, start: int, end: int) -> bool:
    """Whether the cue is the month: capitalised, and beside a day, a year or a word that leads to a month."""
    word = text[start:end]
    if word not in {"May", "MAY"}:
        return False
    if _MONTH_AFTER.match(text, end):
        return True
    return word == "May" and _MONTH_BEFORE.search(text[max(0, start - _MONTH_REACH) : start]) is not None
