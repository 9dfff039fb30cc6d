"""The passage nearest to a quote that does not stand in a text: a suggestion to a person, never an answer."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kbtool.quotes.alarms import alarms
from kbtool.quotes.align import Pair, common
from kbtool.quotes.tokens import TextIndex, Tokens, index_text, tokenise

__all__ = ["Near", "TextIndex", "index_text", "nearest"]

_RAREST = 12
_MOST_PLACES_READ = 20_000
_MOST_WORDS = 4000
_GUESS = 4
"""By how many words the place that was voted for may be off."""
_ALIKE = 0.05
"""By how much less like the quote the passage at the stated place may be, and still be the one that is meant."""
_STRAY = 2
"""How many words farther apart in the text than in the quote the outermost common words may be."""


@dataclass(frozen=True, slots=True)
class Near:
    """The nearest passage: its place, its words, the share of words in common (0 to 1) and what differs."""

    start: int
    end: int
    text: str
    similarity: float
    differences: tuple[tuple[str, str], ...]
    """Pairs of (words of the quote, words of the text); either side may be empty."""
    alarms: tuple[str, ...] = ()
    """What of it changes the meaning: a number, sign, unit, negation, modal verb, turning prefix, look-alike letter."""


def nearest(exact: str, index: TextIndex, stated: int | None = None) -> Near | None:
    """The passage of the text most like `exact`, or None where less than a third of its words are shared.

    Of passages that are about equally like it, the one nearest to `stated` is taken, the code point at which the quote
    is said to begin. Only the rarest words vote for a place, and no more than the first 4,000 words are compared: the
    cost is bounded.
    """
    quote = tokenise(exact).part(0, _MOST_WORDS)
    here = None if stated is None else bisect_left(index.tokens.starts, stated)
    places = (here, _best_place(quote.folded, index, here))
    found = [near for at in places if at is not None and (near := _read(quote, index, at))]
    best = max((near.similarity for near in found), default=0.0)
    alike = (near for near in found if near.similarity >= best - _ALIKE)
    return min(alike, key=lambda near: abs(near.start - (stated or 0)), default=None)


def _read(quote: Tokens, index: TextIndex, at: int) -> Near | None:
    """What stands around a position in the text, as far as it answers to the quote."""
    slack = _GUESS + max(3, len(quote.folded) // 4)
    first = max(0, at - slack)
    span = _span(quote.folded, index.tokens.part(first, at + len(quote.folded) + slack).folded)
    return _compared(quote, index.tokens.part(max(0, first + span[0]), first + span[1])) if span else None


def _best_place(quote: Sequence[str], index: TextIndex, stated: int | None) -> int | None:
    """The position in the text, give or take four words, at which most of the quote's rarest words say it begins.

    Where several have as many votes, it is the first, or the one nearest to the stated position.
    """
    known = sorted((len(index.places[word]), n, word) for n, word in enumerate(quote) if word in index.places)
    votes: Counter[int] = Counter()
    left = _MOST_PLACES_READ
    for _, offset, word in known[:_RAREST]:
        near = [(place - offset) // _GUESS for place in index.places[word][:left]]
        votes.update(near)
        votes.update(cell - 1 for cell in near)
        left -= len(near)
    if not votes:
        return None
    most = max(votes.values())
    cells = (_GUESS * cell + _GUESS for cell, count in votes.items() if count == most)
    return max(0, min(cells, key=lambda at: (abs(at - stated) if stated is not None else 0, at)))


def _span(quote: Sequence[str], window: Sequence[str]) -> Pair | None:
    """The part that answers to the quote, as positions in the window; None where too little is common.

    It may reach over either end of the window, where the quote does.

    Aligned from behind first, then from the front, so that stray common words far off at either end pull nothing in.
    """
    behind = common(quote[::-1], window[::-1])
    pairs = _without_strays([(len(quote) - 1 - i, len(window) - 1 - j) for i, j in reversed(behind)])
    if not pairs or len(pairs) * 3 < len(quote):
        return None
    first = pairs[0][1]
    pairs = _without_strays([(i, first + j) for i, j in common(quote, window[first:])])
    return pairs[0][1] - pairs[0][0], pairs[-1][1] + len(quote) - pairs[-1][0]


def _without_strays(pairs: list[Pair]) -> list[Pair]:
    """The pairs without those at the ends that are much farther from their neighbour in the text than in the quote."""
    begin, end = 0, len(pairs)
    while end - begin > 1 and _gap(pairs[begin], pairs[begin + 1]) > _STRAY:
        begin += 1
    while end - begin > 1 and _gap(pairs[end - 2], pairs[end - 1]) > _STRAY:
        end -= 1
    return pairs[begin:end]


def _gap(left: Pair, right: Pair) -> int:
    return (right[1] - left[1]) - (right[0] - left[0])


def _compared(quote: Tokens, passage: Tokens) -> Near:
    start, end = passage.starts[0], passage.ends[-1]
    same = len(common(quote.folded, passage.folded))
    regions = differing(quote, passage)
    return Near(
        start,
        end,
        passage.text[start:end],
        round(2 * same / (len(quote.folded) + len(passage.folded)), 2),
        tuple((quote.words(a, b), passage.words(c, d)) for a, b, c, d in regions),
        alarms(quote, passage, regions),
    )


def differing(quote: Tokens, passage: Tokens) -> list[tuple[int, int, int, int]]:
    """The regions that differ as they look: begin and end among the words of the quote and of the passage."""
    mine, theirs = quote.shown(), passage.shown()
    regions, i, j = [], 0, 0
    for a, b in [*common(mine, theirs), (len(mine), len(theirs))]:
        if i < a or j < b:
            regions.append((i, a, j, b))
        i, j = a + 1, b + 1
    return regions
