"""The longest common subsequence, held against the plain recurrence."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kbtool.quotes.align import common

WORDS = st.lists(st.sampled_from("abcd"), max_size=25)


def _length(first: list[str], second: list[str]) -> int:
    row = [0] * (len(first) + 1)
    for word in second:
        before = row
        row = [0]
        for i, other in enumerate(first):
            row.append(before[i] + 1 if word == other else max(before[i + 1], row[i]))
    return row[-1]


@given(WORDS, WORDS)
def test_longest_in_order_and_equal(first: list[str], second: list[str]) -> None:
    pairs = common(first, second)
    assert len(pairs) == _length(first, second)
    assert all(first[i] == second[j] for i, j in pairs)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(pairs))


def test_as_early_as_can_be() -> None:
    assert common(["a", "b"], ["a", "b", "a", "b"]) == [(0, 0), (1, 1)]
    assert common([], ["a"]) == []
    assert common(["a"], ["b"]) == []
