"""Which sentences of an abstract or article make its claims, as against its aims, methods, counts and outlook.

Cues and the place in the passage both count: conclusions stand at the end, in the present tense and without numbers.
The weights are logarithms of odds in steps of a tenth, set by hand while looking at half of the abstracts that
`bench/claims.py` measures them on; nothing is trained.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from kbtool.ingest.central_cues import (
    AIMS,
    ANNOUNCES,
    CONCLUDES,
    COUNTS,
    FURNITURE,
    METHODS,
    MODAL,
    OPENS,
    OUTLOOK,
    PAST,
    SHOWS,
    STATES,
    WORTH,
)
from kbtool.ingest.cue_pattern import Cues, first_found

THRESHOLD = 0.5
"""The score from which a sentence counts as a claim of its passage."""

_FROM_THE_END = (1.0, -0.9, -2.1, -2.8)
"""Weights of the last sentence, the one before it, and so on."""
_EARLIER = -3.2
_FIRST_TWO = -0.8
_AFTER_NUMBERS = 1.2
"""Of one of the last three sentences that has no number, where at least two before it have: what they come to."""
_LAST = 3
_NUMBERED = 2
_SHORTEST = 3
"""Sentences of a passage from which the place tells anything."""

_PHRASES: tuple[tuple[float, Cues], ...] = (
    (2.0, CONCLUDES),
    (1.4, ANNOUNCES),
    (1.1, SHOWS),
    (-0.6, METHODS),
    (-0.7, AIMS),
    (-2.1, OUTLOOK),
    (-4.0, FURNITURE),
)
_WORDS: tuple[tuple[float, frozenset[str]], ...] = ((0.8, MODAL), (0.5, STATES), (0.4, WORTH), (-0.7, PAST))
_COUNTS = -0.9
_OPENS = -0.5
_ASKS = -2.0
_SETTLED = 0.5
"""Of a sentence without numbers and past tense."""
_WORD = re.compile(r"[^\W\d_]+")
_QUESTION = re.compile(r"\?[\"')\u201d ]*$")


@dataclass(frozen=True, slots=True)
class Centrality:
    """How likely a sentence is a claim of its passage, from 0 to 1, and the cues that speak for it."""

    score: float
    cues: tuple[str, ...]

    @property
    def is_central(self) -> bool:
        """Whether it counts as one."""
        return self.score >= THRESHOLD


def centrality(text: str, position: int, total: int, counted: int = 0) -> Centrality:
    """How likely the sentence at a position (from 0) of a passage of `total` sentences is a claim of it.

    `counted` is how many of the sentences before it in the passage give a measured number (`gives_numbers`).
    """
    weighed = [(_of_place(position, total), f"sentence {position + 1} of {total}"), *_weighed(text)]
    if counted >= _NUMBERED and total - position <= _LAST and not gives_numbers(text):
        weighed.append((_AFTER_NUMBERS, "no number after sentences with numbers"))
    score = 1 / (1 + math.exp(-sum(weight for weight, _ in weighed)))
    return Centrality(round(score, 2), tuple(cue for weight, cue in weighed if weight > 0))


def gives_numbers(text: str) -> bool:
    """Whether a sentence gives a measured number."""
    return COUNTS.search(text) is not None


def _weighed(text: str) -> Iterator[tuple[float, str]]:
    """The weight of each cue that the sentence has, with the words."""
    found = [(weight, first_found(pattern, text)) for weight, pattern in _PHRASES]
    words = _WORD.findall(text.lower())
    found += [(weight, next((word for word in words if word in cues), None)) for weight, cues in _WORDS]
    yield from ((weight, cue) for weight, cue in found if cue is not None)
    if counted := COUNTS.search(text):
        yield _COUNTS, counted[0]
    elif PAST.isdisjoint(words):
        yield _SETTLED, "no past tense and no number"
    if opened := OPENS.match(text):
        yield _OPENS, opened[0]
    if _QUESTION.search(text):
        yield _ASKS, "?"


def _of_place(position: int, total: int) -> float:
    """The weight of the place in a passage."""
    from_end = total - 1 - position
    if total < _SHORTEST:
        return 0.0
    if from_end < len(_FROM_THE_END):
        return _FROM_THE_END[from_end] + (_FIRST_TWO if position < 2 <= from_end else 0.0)
    return _EARLIER + (_FIRST_TWO if position < 2 else 0.0)
