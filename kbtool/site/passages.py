"""A text cut where quotes begin and end, so that overlapping quotes can be marked; positions in code points."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from kbtool.model.claim import Selector
from kbtool.quotes.resolve import resolve

if TYPE_CHECKING:
    from kbtool.quotes.resolve import Span
    from kbtool.release.jsontext import JsonObject

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")


@dataclass(frozen=True, slots=True)
class Layer:
    """A stretch of the text that belongs to something."""

    start: int
    end: int
    owner: int
    """Whose it is: a number that means something to the caller."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text in which the same owners hold throughout."""

    text: str
    owners: tuple[int, ...]
    """Sorted; none for words that belong to nothing."""
    ending: tuple[int, ...]
    """The owners whose last stretch ends here, sorted."""


def paragraphs(text: str) -> list[Span]:
    """The paragraphs of a text, parted by blank lines, without the white space between them."""
    spans, at = [], 0
    for gap in _BLANK_LINE.finditer(text):
        spans.append((at, gap.start()))
        at = gap.end()
    spans.append((at, len(text)))
    return [(start, end) for start, end in spans if text[start:end].strip()]


def around(spans: Sequence[Span], places: Iterable[Span]) -> list[Span]:
    """Those of the paragraphs, in order, that any of the places touches."""
    layers = [Layer(start, end, 0) for start, end in places]
    return [span for span, found in zip(spans, by_paragraph(spans, layers), strict=True) if found]


def places_of(quotes: Iterable[JsonObject], text: str | None) -> list[Span] | None:
    """Where quotes stand in their text; None where there is no text or one does not stand at one certain place."""
    if text is None:
        return None
    found = [_place(quote, text) for quote in quotes]
    return [place for place in found if place] if all(found) else None


def _place(quote: JsonObject, text: str) -> Span | None:
    start, end = quote.get("start"), quote.get("end")
    if start is not None and end is not None:
        return (start, end) if text[start:end] == quote["exact"] else None
    found = resolve(Selector.model_validate({key: quote[key] for key in quote if quote[key] is not None}), text)
    return found.places[0] if found.outcome == "found" else None


def ends_of(layers: Iterable[Layer]) -> dict[int, int]:
    """Where the last layer of each owner ends."""
    ends: dict[int, int] = {}
    for layer in layers:
        ends[layer.owner] = max(layer.end, ends.get(layer.owner, 0))
    return ends


def by_paragraph(spans: Sequence[Span], layers: Iterable[Layer]) -> list[list[Layer]]:
    """For each paragraph the layers that touch it, so that each is cut with its own layers only."""
    starts = [start for start, _ in spans]
    found: list[list[Layer]] = [[] for _ in spans]
    for layer in layers:
        first = max(0, bisect_right(starts, layer.start) - 1)
        for index in range(first, bisect_right(starts, layer.end - 1)):
            found[index].append(layer)
    return found


def cut(text: str, window: Span, layers: Iterable[Layer], ends: Mapping[int, int]) -> list[Piece]:
    """The window of the text in pieces, cut wherever one of the layers begins or ends; one sweep.

    Piece after piece the texts make up the window again. `ends` says where each owner's last layer ends; the owner is
    `ending` at the piece that ends there.
    """
    inside = sorted((layer for layer in layers if layer.start < window[1] and layer.end > window[0]), key=_start)
    cuts = {window[0], window[1]}
    for layer in inside:
        cuts.update((max(layer.start, window[0]), min(layer.end, window[1])))
    edges = sorted(cuts)
    pieces, active, at = [], list[Layer](), 0
    for start, end in pairwise(edges):
        while at < len(inside) and inside[at].start <= start:
            active.append(inside[at])
            at += 1
        active = [layer for layer in active if layer.end > start]
        owners = tuple(sorted({layer.owner for layer in active}))
        pieces.append(Piece(text[start:end], owners, tuple(owner for owner in owners if ends[owner] == end)))
    return pieces


def _start(layer: Layer) -> int:
    return layer.start
