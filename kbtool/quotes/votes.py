"""Where in a text some words most likely stand together: every rare word votes for the place it would make begin."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from kbtool.quotes.tokens import TextIndex

_VOTERS = 16
"""The rarest words of a quote that vote; the others would only agree."""
_MOST_PLACES = 5_000
"""Places read for all voters together, so that the cost does not grow with how often a common word stands there."""
_CELL = 4
"""Words by which places may differ and still count as one."""


def likely_places(quote: Sequence[str], index: TextIndex, most: int) -> list[int]:
    """Positions among the text's words where the quote likely begins, give or take four words; the best first."""
    votes = _votes(quote, index)
    chosen: list[int] = []
    for cell in sorted(votes, key=lambda cell: (-votes[cell], cell)):
        if len(chosen) == most:
            break
        if all(abs(cell - other) > 1 for other in chosen):
            chosen.append(cell)
    return [max(0, cell * _CELL + _CELL) for cell in chosen]


def _votes(quote: Sequence[str], index: TextIndex) -> dict[int, float]:
    """Votes by cell; a word that stands often has a smaller vote, and each place votes for two neighbouring cells."""
    known = sorted((len(index.places[word]), at, word) for at, word in enumerate(quote) if word in index.places)
    votes: dict[int, float] = defaultdict(float)
    left = _MOST_PLACES
    for count, at, word in known[:_VOTERS]:
        places = index.places[word][:left]
        left -= len(places)
        for cell in {(place - at) // _CELL for place in places}:
            votes[cell] += 1 / (1 + count)
            votes[cell - 1] += 1 / (1 + count)
    return votes
