"""The days on which an outcome holds: nothing that is kept depends on the day it was worked out on, only on these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kbtool.engine.front import Front
from kbtool.review.reviewed import ReviewState


@dataclass(frozen=True, slots=True)
class Window:
    """The first and the last day on which an outcome is the same, as ISO days; "" where there is no bound."""

    first: str
    last: str

    @property
    def days(self) -> list[str]:
        """Both, as plain values."""
        return [self.first, self.last]


def window_of(dated: Iterable[str], front: Front, review: ReviewState, as_of: date) -> Window:
    """The days around `as_of` on which a base with these dates is judged alike.

    `dated` are the days, months or years in its records. Where one of them lies in the future, a message names the day
    of the check, and the outcome holds on that day alone.
    """
    today = as_of.isoformat()
    latest = max(dated, default="")
    turning = [*_of_waivers(front), *_of_review(review, front)]
    if latest > today[: len(latest)] or any(d.on > as_of for d in _decided(review, front)):
        return Window(today, today)
    past = [day for day in turning if day <= as_of]
    future = [day for day in turning if day > as_of]
    first = max([latest, *(day.isoformat() for day in past)])
    return Window(first, (min(future) - timedelta(days=1)).isoformat() if future else "")


def _of_waivers(front: Front) -> Iterator[date]:
    """Days from which a waiver holds, and from which it holds no more."""
    for record in front.base.waivers.values():
        yield record.model.on
        if record.model.until < date.max:
            yield record.model.until + timedelta(days=1)


def _decided(review: ReviewState, front: Front) -> Iterator[_Dated]:
    """Everything dated that people decided or reported."""
    if front.undecided:
        return
    for claim in review.claims.values():
        yield from (_Dated(decision.predicate.on) for decision in claim.decisions)
        yield from (_Dated(report.report.on) for report in claim.reports)


@dataclass(frozen=True, slots=True)
class _Dated:
    on: date


def _of_review(review: ReviewState, front: Front) -> Iterator[date]:
    """Days on which a decision begins to count, a report to wait, or an approval to lapse."""
    if front.undecided:
        return
    yield from (each.on for each in _decided(review, front))
    for claim in review.claims.values():
        if claim.standing.lapses_on is not None:
            yield claim.standing.lapses_on
