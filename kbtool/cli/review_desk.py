"""What the commands of a review share: the base with its review on a day, claims by name, and writing to the base."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kbtool.cli.base import DayParam, F, Outcome, Refused, Unusable, check_base, read_named, today, usable
from kbtool.cli.find_record import find_record

if TYPE_CHECKING:
    from kbtool.model.base_config import Reviewer
    from kbtool.records.base import KnowledgeBase
    from kbtool.review.wish import Desk


@dataclass(frozen=True, slots=True)
class Opened:
    """A base on the desk of a reviewer."""

    root: Path
    shown: str
    desk: Desk
    as_of: date

    @property
    def base(self) -> KnowledgeBase:
        """The base as it was read."""
        return self.desk.base


def on_option(what: str) -> Callable[[F], F]:
    """`--on DATE`, with what it is the day of."""
    return click.option("--on", type=DayParam(), metavar="DATE", help=f"The day {what}.  [default: today]")


def not_after_today(on: date | None) -> date:
    """The day given, or today; raises Unusable for a day to come."""
    now = today()
    if on is not None and on > now:
        raise Unusable(f"{on} is a day to come", f"give a day until today, {now} (UTC)")
    return on or now


def open_desk(kb: Path | None, as_of: date) -> Opened:
    """Read a base with everything that was decided, without running the rules on its records."""
    from kbtool.diagnostics import in_order
    from kbtool.records.assemble import assemble
    from kbtool.review.state import review_state
    from kbtool.review.wish import Desk

    root, shown, found = read_named(kb)
    loaded = assemble(found.files)
    problems = in_order((*found.diagnostics, *loaded.diagnostics))
    base: KnowledgeBase = usable(Outcome(root, shown, loaded, problems, loaded.checks, as_of))
    state = review_state(base, as_of)
    number = len(problems) + len(state.problems)
    if number:
        what = "is 1 problem" if number == 1 else f"are {number} problems"
        click.echo(f"kbtool: there {what} with files of the base; run 'kbtool validate'", err=True)
    return Opened(root, shown, Desk(base, state, problems), as_of)


def open_checked_desk(kb: Path | None, as_of: date) -> Opened:
    """Read and check a base, so that nobody approves what has errors."""
    from kbtool.review.wish import Desk

    outcome = check_base(kb, as_of)
    base: KnowledgeBase = usable(outcome)
    if outcome.review is None:
        raise ValueError("a base that could be read has no review")
    return Opened(outcome.root, outcome.shown, Desk(base, outcome.review, outcome.diagnostics), as_of)


def claim_named(base: KnowledgeBase, name: str) -> str:
    """The id of the claim that a person means; raises Unusable where it is none."""
    kind, id_ = find_record(base, name)
    if kind != "claim":
        raise Unusable(f"{name!r} is no claim", "'kbtool list' lists the claims")
    return id_


def reviewer_named(base: KnowledgeBase, id_: str) -> Reviewer:
    """A reviewer of the base; raises Unusable where there is none of that id."""
    known = {reviewer.id: reviewer for reviewer in base.reviewers.model.reviewers}
    if id_ not in known:
        hint = f"there are: {', '.join(sorted(known))}" if known else "nobody is registered in reviewers.yaml yet"
        raise Unusable(f"there is no reviewer {id_!r}", hint)
    return known[id_]


@contextmanager
def writing() -> Iterator[None]:
    """Where the base is written to: what does not go becomes a refusal with its hint."""
    from kbtool.store.transaction import Busy, Conflict, FileRefused, Unfinished

    try:
        yield
    except (Busy, Conflict, FileRefused, Unfinished) as error:
        raise Refused(error.message, error.hint) from None
