"""How verdicts look: each has a symbol and a line pattern, so that nothing depends on colour."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

_SVG = Markup(
    '<svg class="sym" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">'
    '<path d="{path}"/>{solid}</svg>'
)


@dataclass(frozen=True, slots=True)
class Mark:
    """The look of a verdict."""

    css: str
    """Its class in the style sheet, which sets colours and line pattern."""
    path: str
    """The lines of its symbol as an SVG path in a box of 16 by 16; scripts draw with it."""
    solid: str
    """The filled part of its symbol as a path; empty where there is none."""
    symbol: Markup
    """Its symbol as inline SVG, hidden from readers of the text: the label always stands beside it."""
    paths: tuple[str, str]
    """What the symbol is drawn with: the path of its lines and that of its filled part, which may be empty."""
    pattern: str
    """Its line under quoted words, in words for the legend."""
    weight: int
    """Where words belong to several claims, the heaviest verdict marks them."""


def _mark(css: str, path: str, pattern: str, weight: int, *, solid: str = "") -> Mark:
    filled = Markup('<path class="solid" d="{}"/>').format(solid) if solid else ""
    return Mark(css, path, solid, _SVG.format(path=path, solid=filled), (path, solid), pattern, weight)


_TICK = "M2.6 8.6 6.3 12.3 13.4 4.4"
_CIRCLE = "M8 2.2a5.8 5.8 0 1 0 0 11.6 5.8 5.8 0 1 0 0-11.6z"
_HALF = "M8 2.2a5.8 5.8 0 0 0 0 11.6z"
_CROSS = "M3.6 3.6l8.8 8.8M12.4 3.6l-8.8 8.8"
_QUESTION = "M5 5.6C5 3.7 6.3 2.6 8 2.6s3 1.1 3 2.8c0 2.1-3 2.3-3 4.5M8 13v.4"
_DASH = "M3 8h10"
_DIAMOND = "M8 2.4 13.6 8 8 13.6 2.4 8z"

OTHER = _mark("v-other", _DIAMOND, "thick dashed line", 2)
"""Of a rating that an editor added to the vocabulary."""

MARKS: Mapping[str, Mark] = {
    "contradicted": _mark("v-contradicted", _CROSS, "wavy line", 5),
    "unverifiable": _mark("v-unverifiable", _QUESTION, "dotted line", 4),
    "partly-supported": _mark("v-partly-supported", _CIRCLE, "dashed line", 3, solid=_HALF),
    "not-checkable": _mark("v-not-checkable", _DASH, "double line", 1),
    "supported": _mark("v-supported", _TICK, "solid line", 0),
}
"""The ratings that have a look of their own."""


def mark_of(rating: str) -> Mark:
    """The look of a rating."""
    return MARKS.get(rating, OTHER)


def heaviest(ratings: Iterable[str]) -> Mark:
    """The look of words that several claims share; at least one rating must be given."""
    return max(map(mark_of, ratings), key=lambda mark: mark.weight)
