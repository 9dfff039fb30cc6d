"""Measure how quotes are carried where other matchers disagree, and with thresholds chosen on other documents.

    python bench/anchors_apart.py [--data ../shared]

Reads the real revisions that `bench/anchors.py` reads. Each quote is also looked for by simple versions of three ways
in use: a plain search (the place nearest to the old one), the diff of both texts (where its first and last word
went), and an approximate search that weighs words, surroundings and place 50, 20, 20 and 2, as annotation clients do,
with and without a least score. Where the last two, and the first if it finds anything, do not agree on one place, or
on none, the quote is in the set that is reported.

For the second part the pairs are parted in two by document. The four thresholds of `kbtool.quotes.carry` are chosen on
one half, from a grid, and measured on the other, then the other way round. The half a pair is in follows from its name.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from hashlib import sha256
from itertools import product
from pathlib import Path
from typing import Any
from unittest.mock import patch

from kbtool.quotes import carry as module
from kbtool.quotes.carry import carry
from kbtool.quotes.tokens import tokenise

ROOT = Path(__file__).resolve().parent.parent
Place = tuple[int, int] | None
_HALF = 0.5
_FLOOR = 0.6
"""Least score of the approximate search "with a floor"."""
_GRID = {
    "CHANGED_FROM": (0.4, 0.5, 0.6),
    "_CHANGED_IN_ORDER_FROM": (0.3, 0.4, 0.5),
    "_LEAD": (0.04, 0.08, 0.12),
    "_NEARLY_SAME": (0.85, 0.9, 0.95),
}
"""The values that thresholds are chosen from; those of the project are among them."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A text, its revision, and the quotes with what became of them."""

    name: str
    old: str
    new: str
    quotes: Sequence[dict[str, Any]]

    @property
    def half(self) -> int:
        """0 or 1 by the document, whatever folder and number its file had."""
        words = Path(self.name).stem.split("-")[-2:]
        return sha256("-".join(words).encode()).digest()[0] % 2


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description="Measure carrying where matchers disagree, and held-out thresholds.")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared")
    pairs = list(_pairs(parser.parse_args().data / "testdata" / "revisions"))
    _print_disagreeing(pairs)
    _print_held_out(pairs)


def _pairs(folder: Path) -> Iterator[Pair]:
    for line in (folder / "pairs.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        old, new = ((folder / "texts" / row[side]).read_text(encoding="utf-8") for side in ("old", "new"))
        yield Pair(row["path"], old, new, row["quotes"])


def _print_disagreeing(pairs: Sequence[Pair]) -> None:
    found: dict[str, list[tuple[dict[str, Any], Place]]] = {
        name: [] for name in ("kbtool", *_WAYS, "approximate, floor")
    }
    for pair in pairs:
        ours = carry(pair.old, pair.new, [(quote["start"], quote["end"]) for quote in pair.quotes])
        for quote, own in zip(pair.quotes, ours, strict=True):
            others = {name: way(pair, quote) for name, way in _WAYS.items()}
            if _agree([place for name, place in others.items() if place or name != "plain search"]):
                continue
            place, score = _approximate(pair, quote)
            floored = {"kbtool": own.new, "approximate, floor": place if score >= _FLOOR else None}
            for name, answer in {**others, **floored}.items():
                found[name].append((quote, answer))
    size, deleted = len(found["kbtool"]), sum(quote["new"] is None for quote, _ in found["kbtool"])
    print(f"matchers disagree on {size} quotes, {deleted} of them deleted")
    print("| matcher | right | accuracy | deleted ones put anywhere | others put in a wrong place |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for name, answers in found.items():
        right = sum(_is_right(quote, place) for quote, place in answers)
        put = sum(quote["new"] is None and place is not None for quote, place in answers)
        wrong = sum(bool(quote["new"] and place and not _is_right(quote, place)) for quote, place in answers)
        print(f"| {name} | {right} | {right / size:.3f} | {put} | {wrong} |")


def _agree(places: Sequence[Place]) -> bool:
    """Whether all are the same place, by half of it at least, or all are none."""
    if any(place is None for place in places):
        return all(place is None for place in places)
    return all(_overlap(one, other) >= _HALF for one in places for other in places if one and other)


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    inside = max(0, min(one[1], other[1]) - max(one[0], other[0]))
    return inside / (max(one[1], other[1]) - min(one[0], other[0]))


def _is_right(quote: dict[str, Any], place: Place) -> bool:
    """As the score has it: a rewritten quote may be found or given up, a deleted one must be given up."""
    true = quote["new"]
    if true is None or place is None:
        return place is None and (true is None or quote["status"] == "rewritten")
    return _overlap((true[0], true[1]), place) >= _HALF


def _exact(pair: Pair, quote: dict[str, Any]) -> Place:
    """The place of the very words that is nearest to the old one."""
    exact, start = quote["exact"], quote["start"]
    starts = [at for at in range(len(pair.new)) if pair.new.startswith(exact, at)] if exact in pair.new else []
    best = min(starts, key=lambda at: abs(at - start), default=None)
    return None if best is None else (best, best + len(exact))


def _by_diff(pair: Pair, quote: dict[str, Any]) -> Place:
    """From where the first kept word of the quote went to where the last one went."""
    old, new, where = _diffed(pair.old, pair.new)
    inside = [n for n, at in enumerate(old) if quote["start"] <= at < quote["end"] and n in where]
    if not inside:
        return None
    return new[where[inside[0]]][0], new[where[inside[-1]]][1]


@lru_cache(maxsize=2)
def _diffed(old: str, new: str) -> tuple[Sequence[int], Sequence[tuple[int, int]], dict[int, int]]:
    """Where the old words begin, the new ones' places, and which answers to which by a plain diff."""
    mine, theirs = tokenise(old), tokenise(new)
    blocks = SequenceMatcher(None, mine.shown(), theirs.shown(), autojunk=False).get_matching_blocks()
    where = {a + n: b + n for a, b, size in blocks for n in range(size)}
    return mine.starts, list(zip(theirs.starts, theirs.ends, strict=True)), where


def _approximate_place(pair: Pair, quote: dict[str, Any]) -> Place:
    return _approximate(pair, quote)[0]


def _approximate(pair: Pair, quote: dict[str, Any]) -> tuple[Place, float]:
    """The place with the fewest edits, among equals the one whose surroundings and place fit best, with its score."""
    exact = quote["exact"]
    places, errors = _nearest(pair.new, exact)
    if not places or errors > min(256, len(exact) // 2):
        return None, 0.0
    scored = [(_weighed(pair.new, quote, place, errors), place) for place in places]
    score, best = max(scored, key=lambda each: (each[0], -each[1][0]))
    return best, score


def _weighed(text: str, quote: dict[str, Any], place: tuple[int, int], errors: int) -> float:
    before, behind = quote["prefix"], quote["suffix"]
    words = 1 - errors / len(quote["exact"])
    ahead = _alike(text[max(0, place[0] - len(before)) : place[0]], before)
    after = _alike(text[place[1] : place[1] + len(behind)], behind)
    near = 1 - abs(place[0] - quote["start"]) / len(text)
    return float(50 * words + 20 * ahead + 20 * after + 2 * near) / 92


def _alike(text: str, wanted: str) -> float:
    return 1 - _nearest(text, wanted)[1] / len(wanted) if text and wanted else 0.0


def _nearest(text: str, wanted: str) -> tuple[list[tuple[int, int]], int]:
    """Every place where the fewest edits turn the text into the words, with their number."""
    ends, errors = _fewest_edits(text, wanted)
    places = []
    for end in ends:
        low = max(0, end - len(wanted) - errors)
        back, _ = _fewest_edits(text[low:end][::-1], wanted[::-1], anchored=True)
        places.append((end - max(back, default=0), end))
    return [place for place in places if place[0] < place[1]], errors


@lru_cache(maxsize=256)
def _fewest_edits(text: str, wanted: str, *, anchored: bool = False) -> tuple[list[int], int]:
    """The ends of the best matches and their edits, by Myers' bit vectors (1999); anchored ones begin with the text."""
    size = len(wanted)
    masks: dict[str, int] = {}
    for n, sign in enumerate(wanted):
        masks[sign] = masks.get(sign, 0) | 1 << n
    full, top = (1 << size) - 1, 1 << (size - 1)
    plus, minus, score, best, ends = full, 0, size, size, [0]
    for at, sign in enumerate(text, 1):
        same = masks.get(sign, 0)
        cross = same | minus
        across = (((same & plus) + plus) ^ plus) | same
        rise, fall = minus | ~(across | plus) & full, plus & across
        score += bool(rise & top) - bool(fall & top)
        rise, fall = (rise << 1 | anchored) & full, fall << 1 & full
        plus, minus = fall | ~(cross | rise) & full, rise & cross
        if score < best:
            best, ends = score, []
        if score == best:
            ends.append(at)
    return ends, best


_WAYS: dict[str, Callable[[Pair, dict[str, Any]], Place]] = {
    "plain search": _exact,
    "diff": _by_diff,
    "approximate": _approximate_place,
}


def _print_held_out(pairs: Sequence[Pair]) -> None:
    print("| thresholds | measured on | quotes | accuracy | deleted ones put | wrong place |")
    print("| --- | --- | ---: | ---: | ---: | ---: |")
    for half in (0, 1):
        seen, unseen = ([pair for pair in pairs if (pair.half == half) is is_seen] for is_seen in (True, False))
        chosen = max(product(*_GRID.values()), key=lambda values: _counts(seen, values)[0])
        _print_row(f"chosen on the other half: {chosen}", f"half {1 - half}", _counts(unseen, chosen))
        shipped = tuple(getattr(module, name) for name in _GRID)
        _print_row(f"as shipped: {shipped}", f"half {1 - half}", _counts(unseen, shipped))


def _print_row(thresholds: str, where: str, counts: tuple[float, int, int, int]) -> None:
    accuracy, size, put, wrong = counts
    print(f"| {thresholds} | {where} | {size} | {accuracy:.4f} | {put} | {wrong} |")


def _counts(pairs: Sequence[Pair], values: Sequence[float]) -> tuple[float, int, int, int]:
    """Accuracy, quotes, deleted ones that were put somewhere, others put in a wrong place."""
    with patch.dict(vars(module), dict(zip(_GRID, values, strict=True))):
        found = [
            (quote, each.new)
            for pair in pairs
            for quote, each in zip(
                pair.quotes, carry(pair.old, pair.new, [(q["start"], q["end"]) for q in pair.quotes]), strict=True
            )
        ]
    right = sum(_is_right(quote, place) for quote, place in found)
    put = sum(quote["new"] is None and place is not None for quote, place in found)
    wrong = sum(bool(quote["new"] and place and not _is_right(quote, place)) for quote, place in found)
    return right / len(found), len(found), put, wrong


if __name__ == "__main__":
    main()
