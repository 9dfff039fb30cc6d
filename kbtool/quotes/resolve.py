"""Where a selector stands in a text: exactly, elsewhere, more than once or nowhere. Nothing is ever matched loosely."""

from __future__ import annotations

from typing import Literal, NamedTuple

from kbtool.model.claim import Selector
from kbtool.quotes.places import LONG_TEXT, starts_of

Span = tuple[int, int]
"""Start and end in code points, end exclusive."""

MOST_PLACES = 50
"""Places looked for at the most; enough to say "not unique" and to show where."""

Outcome = Literal["found", "elsewhere", "ambiguous", "missing"]


class Resolution(NamedTuple):
    """Where a selector stands: the place for `found`, every candidate place otherwise, in the order of the text."""

    outcome: Outcome
    places: tuple[Span, ...]


def resolve(selector: Selector, text: str) -> Resolution:
    """Where `selector` stands in `text`.

    `found`: at the stated place (or, with no place stated, at the only one), and unique with its context.
    `ambiguous`: its words and context fit several places, the stated one among them. `elsewhere`: they fit, but not at
    the stated place. `missing`: they stand nowhere.
    """
    start, end = selector.start, selector.end
    if start is not None and end is not None and _is_plainly_there(selector, start, end, text):
        return Resolution("found", ((start, end),))
    places = matches(selector, text)
    if not places:
        return Resolution("missing", ())
    stated = _stated(selector)
    if stated is not None and stated not in places:
        if not _stands_at(selector, text, stated):
            return Resolution("elsewhere", places)
        places = (*places[: MOST_PLACES - 1], stated)
    return Resolution("found" if len(places) == 1 else "ambiguous", places)


def _is_plainly_there(selector: Selector, start: int, end: int, text: str) -> bool:
    """Whether the words stand at the stated place and nowhere else; the usual case, decided without making lists."""
    exact = selector.exact
    if len(text) >= LONG_TEXT or selector.prefix or selector.suffix or end - start != len(exact):
        return False
    return text.find(exact) == start and text.find(exact, start + 1) < 0


def matches(selector: Selector, text: str) -> tuple[Span, ...]:
    """Every place, up to `MOST_PLACES`, where prefix, exact and suffix stand one after the other."""
    before, exact = len(selector.prefix or ""), len(selector.exact)
    starts = starts_of(_whole(selector), text, MOST_PLACES)
    return tuple((at + before, at + before + exact) for at in starts)


def stands(words: str, text: str) -> bool:
    """Whether `words` stand in `text` anywhere; quicker than `in` where many are looked up in a long text."""
    return bool(starts_of(words, text, 1))


def _whole(selector: Selector) -> str:
    return f"{selector.prefix or ''}{selector.exact}{selector.suffix or ''}"


def _stated(selector: Selector) -> Span | None:
    if selector.start is None and selector.end is None:
        return None
    start = selector.start if selector.start is not None else (selector.end or 0) - len(selector.exact)
    return (start, selector.end if selector.end is not None else start + len(selector.exact))


def _stands_at(selector: Selector, text: str, place: Span) -> bool:
    """Whether prefix, exact and suffix stand around the place; for places beyond the first `MOST_PLACES`."""
    at = place[0] - len(selector.prefix or "")
    return at >= 0 and place[1] - place[0] == len(selector.exact) and text.startswith(_whole(selector), at)
