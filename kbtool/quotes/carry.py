"""Carry quotes from an old text to its new revision: where each stands now, and whether it still says the same.

Only what is equal to the last sign counts as the same: white space may differ (reflowed), or the style of quotation
marks and dashes away from digits and comparison signs (retyped). All else is a suggestion to a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from kbtool.quotes.alarms import alarms
from kbtool.quotes.candidates import BETWEEN, KEPT, Candidate, candidates
from kbtool.quotes.cut import cut_at
from kbtool.quotes.near import differing
from kbtool.quotes.places import starts_of
from kbtool.quotes.resolve import MOST_PLACES
from kbtool.quotes.retyped import is_reflowed, is_retyped
from kbtool.quotes.revision import Revision, revise
from kbtool.quotes.tokens import tokenise

Span = tuple[int, int]
"""Start and end in code points, end exclusive."""

Outcome = Literal["same", "moved", "reflowed", "retyped", "changed", "ambiguous", "missing"]
"""What became of a quote; the first four say that its words stand."""

CHANGED_FROM = 0.5
"""Score from which the best candidate is taken for the quote's new wording; below it the quote is missing."""
_CHANGED_IN_ORDER_FROM = 0.4
"""The same where it holds the words that were kept in order: the place speaks for it, too."""
_TIED = 4
"""Words that stand once in both texts for their places to be certain."""
_LEAD = 0.08
"""How much better the best of several candidates must be; else the quote is ambiguous."""
_NEARLY_SAME = 0.9
"""Score from which a candidate that also stands in the quote's own place needs no such lead."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of one quote."""

    outcome: Outcome
    old: Span
    new: Span | None
    """Its place in the new text; None for ambiguous and missing quotes."""
    words: str
    """The words at its new place; empty where there is none."""
    differences: tuple[tuple[str, str], ...] = ()
    """Pairs of (old words, new words) where they differ; either side may be empty."""
    alarms: tuple[str, ...] = ()
    """What of the differences changes the meaning: a number, sign, unit, negation, modal verb, quantifier."""
    candidates: tuple[Candidate, ...] = ()
    """For a person to choose from, the best first, where nothing certain was found."""

    @property
    def stands(self) -> bool:
        """Whether the words are the same, wherever and however they are set."""
        return self.outcome in {"same", "moved", "reflowed", "retyped"}


def carry(old: str, new: str, quotes: Iterable[Span]) -> tuple[Carried, ...]:
    """What became of each quote of `old` in `new`, in the order given."""
    spans = list(quotes)
    if old == new:
        return tuple(Carried("same", span, span, old[span[0] : span[1]]) for span in spans)
    revision = revise(old, new)
    return tuple(_carried(revision, span) for span in spans)


def _carried(revision: Revision, span: Span) -> Carried:
    exact = revision.old.text[span[0] : span[1]]
    if place := _kept_place(revision, span, exact):
        return _standing(span, place, exact)
    places = _whole_places(revision.new.text, exact)
    if place := _only_place(revision, span, places):
        return _standing(span, place, exact)
    found = candidates(revision, span, places)
    if places:
        return Carried("ambiguous", span, None, "", candidates=found)
    return _likely(revision, span, exact, found)


def _standing(span: Span, place: Span, exact: str) -> Carried:
    return Carried("same" if place == span else "moved", span, place, exact)


def _kept_place(revision: Revision, span: Span, exact: str) -> Span | None:
    """Where the quote's words were kept in order, one after the other, if they are the very same there."""
    begin, end = revision.words_of(*span)
    there = revision.kept.get(begin)
    if there is None or revision.kept.get(end - 1) != there + end - begin - 1:
        return None
    at = revision.new.tokens.starts[there] - (revision.old.starts[begin] - span[0])
    place = (at, at + len(exact))
    whole = at >= 0 and revision.new.text.startswith(exact, at) and cut_at(revision.new.text, *place) is None
    return place if whole else None


def _whole_places(text: str, exact: str) -> list[Span]:
    """Where the words stand without cutting anything: "effective" does not stand in "ineffective"."""
    spans = ((at, at + len(exact)) for at in starts_of(exact, text, MOST_PLACES))
    return [span for span in spans if cut_at(text, *span) is None]


def _only_place(revision: Revision, span: Span, places: Sequence[Span]) -> Span | None:
    """The place of the quote itself among those where its words stand, None where that is not certain.

    Certain is the only one, unless most words were kept there from elsewhere; or the one of the same rank, where the
    words stand equally often in both texts. Four words that stand once in each are tied to each other, whatever was
    kept.
    """
    if len(places) == 1 and not _is_taken(revision, places[0]):
        return places[0]
    before = _whole_places(revision.old.text, revision.old.text[span[0] : span[1]])
    begin, end = revision.words_of(*span)
    least = 1 if end - begin >= _TIED else 2
    if span in before and least <= len(before) == len(places) < MOST_PLACES:
        return places[before.index(span)]
    return None


def _is_taken(revision: Revision, place: Span) -> bool:
    """Whether the words at a new place were kept there from elsewhere in the old text, most of them at least."""
    first, last = revision.new_words_of(*place)
    taken = sum(at in revision.taken for at in range(first, last))
    return 2 * taken > last - first


def _likely(revision: Revision, span: Span, exact: str, found: tuple[Candidate, ...]) -> Carried:
    """The outcome where the very words do not stand, by the best candidate."""
    text = revision.new.text
    for outcome, holds in (("reflowed", is_reflowed), ("retyped", is_retyped)):
        places = [(each.start, each.end) for each in found]
        fits = [each for each in places if holds(revision.old.text, span, text, each) and cut_at(text, *each) is None]
        if len(fits) == 1:
            return Carried(outcome, span, fits[0], text[slice(*fits[0])])  # type: ignore[arg-type]
    best = found[0] if found else None
    if best is None or best.score < (_CHANGED_IN_ORDER_FROM if KEPT in best.reasons else CHANGED_FROM):
        return Carried("missing", span, None, "", candidates=found)
    in_place = best.score >= _NEARLY_SAME and {KEPT, BETWEEN} <= set(best.reasons)
    if not in_place and any(best.score - each.score < _LEAD for each in found[1:]):
        return Carried("ambiguous", span, None, "", candidates=found)
    return _changed(span, exact, best, found, text)


def _changed(span: Span, exact: str, best: Candidate, found: tuple[Candidate, ...], text: str) -> Carried:
    words = text[best.start : best.end]
    mine, theirs = tokenise(exact), tokenise(words)
    regions = differing(mine, theirs)
    differences = tuple((mine.words(a, b), theirs.words(c, d)) for a, b, c, d in regions)
    return Carried("changed", span, (best.start, best.end), words, differences, alarms(mine, theirs, regions), found)
