"""The records of a base as a reader meets them: with the standing of every claim on a day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kbtool.cli.base import F, Outcome, read_named, today, usable

if TYPE_CHECKING:
    from kbtool.records.base import KnowledgeBase
    from kbtool.review.reviewed import ReviewState
    from kbtool.review.standing import Standing


@dataclass(frozen=True, slots=True)
class Reading:
    """A base with the review of each of its claims."""

    base: KnowledgeBase
    as_of: date
    state: ReviewState
    """The review of the base on that day."""

    @property
    def standings(self) -> Mapping[str, Standing]:
        """By claim id."""
        return {id_: review.standing for id_, review in self.state.claims.items()}


def format_option(*names: str) -> Callable[[F], F]:
    """`--format`, one of the names; the first is the usual one."""
    kind = click.Choice(names)
    return click.option("--format", "format_", type=kind, default=names[0], show_default=True, help="How to show it.")


def reading_of(base: KnowledgeBase, as_of: date) -> Reading:
    """The reading of a base on a day; the one place where commands for reading ask for standings."""
    from kbtool.review.state import review_state

    return Reading(base, as_of, review_state(base, as_of))


def read(kb: Path | None, as_of: date | None) -> Reading:
    """Read a base without checking it; says on standard error where some of it could not be read.

    Raises Unusable where there is no base, or none that can be read.
    """
    from kbtool.diagnostics import in_order
    from kbtool.records.assemble import assemble

    root, shown, found = read_named(kb)
    loaded, day = assemble(found.files), as_of or today()
    problems = in_order((*found.diagnostics, *loaded.diagnostics))
    base: KnowledgeBase = usable(Outcome(root, shown, loaded, problems, loaded.checks, day))
    if problems:
        files = len({problem.location.file for problem in problems})
        what = f"{files} file has" if files == 1 else f"{files} files have"
        click.echo(f"kbtool: {what} problems and may be missing here; run 'kbtool validate'", err=True)
    return reading_of(base, day)
