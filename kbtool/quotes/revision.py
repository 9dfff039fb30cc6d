"""Which word of an old text answers to which word of its new revision, in time that no pair of texts can blow up."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kbtool.quotes.align import Pair, common
from kbtool.quotes.tokens import TextIndex, Tokens, index_text, tokenise

_RUN = 4
"""Words in a run that stands once in each text and so ties the two together."""
_MOST_CELLS = 4_000_000
"""Words of one part times words of the other beyond which the two are not compared word by word."""

Gap = tuple[int, int, int, int]
"""Begin and end among the old words, begin and end among the new."""


@dataclass(frozen=True, slots=True)
class Revision:
    """Two texts, their words, and the new position of every old word that was kept in order."""

    old: Tokens
    new: TextIndex
    kept: Mapping[int, int]
    """Position among the new words by position among the old."""
    taken: frozenset[int] = field(repr=False)
    """The new positions of `kept`."""

    def words_of(self, start: int, end: int) -> tuple[int, int]:
        """Begin and end, among the old words, of what stands from code point `start` to `end` of the old text."""
        return bisect_left(self.old.starts, start), bisect_left(self.old.starts, end)

    def new_words_of(self, start: int, end: int) -> tuple[int, int]:
        """The same among the new words, for a place in the new text."""
        starts = self.new.tokens.starts
        return bisect_left(starts, start), bisect_left(starts, end)


def revise(old: str, new: str) -> Revision:
    """The two texts, aligned."""
    before, after = tokenise(old), index_text(new)
    kept = dict(aligned(before.folded, after.tokens.folded))
    return Revision(before, after, kept, frozenset(kept.values()))


def aligned(old: Sequence[str], new: Sequence[str]) -> Iterator[Pair]:
    """Pairs of positions of words that are the same in both, both rising.

    What is alike at both ends and runs of words that stand once in each text come first; only what lies between is
    compared word by word, and where that would cost too much it is left without a pair.
    """
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    yield from ((at, at) for at in range(head))
    whole = (head, len(old) - tail, head, len(new) - tail)
    for a, b, c, d in _between(whole, _anchors(old, new, whole)):
        if (b - a) * (d - c) <= _MOST_CELLS:
            yield from ((a + i, c + j) for i, j in common(old[a:b], new[c:d]))
    yield from ((len(old) - n, len(new) - n) for n in range(tail, 0, -1))


def _alike(old: Sequence[str], new: Sequence[str]) -> int:
    """How many words at the beginning are the same."""
    for at, (mine, theirs) in enumerate(zip(old, new, strict=False)):
        if mine != theirs:
            return at
    return min(len(old), len(new))


def _anchors(old: Sequence[str], new: Sequence[str], gap: Gap) -> list[Pair]:
    """Places of runs of words that stand once in each part, the longest choice of them that rises in both."""
    a, b, c, d = gap
    mine, theirs = _lone_runs(old, a, b), _lone_runs(new, c, d)
    return _rising([(at, theirs[run]) for run, at in mine.items() if run in theirs])


def _lone_runs(words: Sequence[str], begin: int, end: int) -> dict[tuple[str, ...], int]:
    runs = [tuple(words[at : at + _RUN]) for at in range(begin, end - _RUN + 1)]
    counts = Counter(runs)
    return {run: begin + at for at, run in enumerate(runs) if counts[run] == 1}


def _rising(pairs: Sequence[Pair]) -> list[Pair]:
    """The longest subsequence of `pairs`, which rise in the first, that rises in the second too."""
    tops: list[int] = []
    best: list[int] = []
    before: list[int] = []
    for n, (_, there) in enumerate(pairs):
        at = bisect_left(tops, there)
        tops[at : at + 1] = [there]
        best[at : at + 1] = [n]
        before.append(best[at - 1] if at else -1)
    chain, n = [], best[-1] if best else -1
    while n >= 0:
        chain.append(pairs[n])
        n = before[n]
    return chain[::-1]


def _between(whole: Gap, anchors: Sequence[Pair]) -> Iterator[Gap]:
    """The parts from each anchor to the next, the anchor's own words with them."""
    a, b, c, d = whole
    for i, j in anchors:
        yield a, i, c, j
        a, c = i, j
    yield a, b, c, d
