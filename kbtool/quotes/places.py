"""Every place of some words in a text, quickly also where thousands of quotes are looked up in a long text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import islice

_BLOCK = 8
LONG_TEXT = 100_000
"""From this length on a text is indexed; shorter ones are searched faster than an index is made."""
_LONGEST_LOOK = 512
"""Code points of the words at the most among which the rarest block is looked for."""
_FEW = 20
"""Places that are few enough to look at each."""
_TOO_MANY = 1000
"""Candidates beyond which one search through the text is cheaper than looking at each."""

Blocks = Mapping[str, Sequence[int]]
"""Every eighth run of eight code points of a text, with its places in order."""


def starts_of(words: str, text: str, most: int) -> tuple[int, ...]:
    """The first places of `words` in `text`, overlapping ones too, `most` at the most, in order."""
    if len(text) >= LONG_TEXT and len(words) >= 2 * _BLOCK - 1:
        candidates = _candidates(words, blocks_of(text))
        if candidates is not None:
            return tuple(islice((at for at in candidates if at >= 0 and text.startswith(words, at)), most))
    return _searched(words, text, most)


@lru_cache(maxsize=2)
def blocks_of(text: str) -> Blocks:
    """The blocks of a text; the last two texts are kept, since claims come document by document."""
    blocks: dict[str, list[int]] = {}
    for at in range(0, len(text) - _BLOCK + 1, _BLOCK):
        blocks.setdefault(text[at : at + _BLOCK], []).append(at)
    return blocks


def _candidates(words: str, blocks: Blocks) -> list[int] | None:
    """Every place where the words can begin, in order; None where there are too many to look at each.

    Words of fifteen code points hold a whole block wherever they stand, at one of eight offsets. Longer ones hold
    several at each; where the first are common, the rarest has the fewest places to look at.
    """
    first = [(offset, blocks.get(words[offset : offset + _BLOCK], ())) for offset in range(_BLOCK)]
    found = first if _count(first) <= _TOO_MANY else [_rarest(words, offset, blocks) for offset in range(_BLOCK)]
    if _count(found) > _TOO_MANY:
        return None
    return sorted(place - offset for offset, places in found for place in places)


def _count(found: Iterable[tuple[int, Sequence[int]]]) -> int:
    return sum(len(places) for _, places in found)


def _rarest(words: str, offset: int, blocks: Blocks) -> tuple[int, Sequence[int]]:
    """Of the blocks of the words at this offset and every eighth place behind, one with few places, or the fewest."""
    best, found = offset, blocks.get(words[offset : offset + _BLOCK], ())
    for at in range(offset + _BLOCK, min(len(words), _LONGEST_LOOK) - _BLOCK + 1, _BLOCK):
        if len(found) <= _FEW:
            break
        places = blocks.get(words[at : at + _BLOCK], ())
        if len(places) < len(found):
            best, found = at, places
    return best, found


def _searched(words: str, text: str, most: int) -> tuple[int, ...]:
    starts: list[int] = []
    at = text.find(words)
    while at >= 0 and len(starts) < most:
        starts.append(at)
        at = text.find(words, at + 1)
    return tuple(starts)
