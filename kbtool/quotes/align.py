"""The longest common subsequence of two lists of words, in time that no input can blow up."""

from __future__ import annotations

from collections.abc import Sequence

Pair = tuple[int, int]
"""Positions of one word in the first and in the second list."""


def common(first: Sequence[str], second: Sequence[str]) -> list[Pair]:
    """The words that stand in both lists in the same order, as many as possible, each as early in `second` as can be.

    One row of bits for each word of `second`: a few machine operations for 64 words of `first`, whatever the words are.
    """
    rows = _rows(first, second)
    pairs: list[Pair] = []
    i, j = len(first) - 1, len(second) - 1
    while i >= 0 and j >= 0:
        if rows[j] >> i & 1:
            i -= 1
        elif j and not rows[j - 1] >> i & 1:
            j -= 1
        else:
            pairs.append((i, j))
            i, j = i - 1, j - 1
    return pairs[::-1]


def _rows(first: Sequence[str], second: Sequence[str]) -> list[int]:
    """For each word of `second` the bits of `first`; 0 where that word of `first` makes the common part longer."""
    where: dict[str, int] = {}
    for i, word in enumerate(first):
        where[word] = where.get(word, 0) | 1 << i
    full = (1 << len(first)) - 1
    row, rows = full, []
    for word in second:
        hits = row & where.get(word, 0)
        row = (row + hits | row - hits) & full
        rows.append(row)
    return rows
