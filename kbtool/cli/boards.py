"""The board of a base for a command: from what is kept where that holds, else from a check, or all read and held."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kbtool.cli.base import Outcome, check_base
from kbtool.cli.checkup import Speed, checkup

if TYPE_CHECKING:
    from kbtool.engine.board import Board
    from kbtool.records.base import KnowledgeBase
    from kbtool.review.reviewed import ReviewState


@dataclass(frozen=True, slots=True)
class Shown:
    """The board of a base on a day."""

    board: Board
    shown: str
    as_of: date
    whole: Callable[[], AbstractContextManager[tuple[KnowledgeBase, ReviewState]]]
    """Gives the base and its review in full, for what no row tells, as long as its context lasts."""
    memo: Callable[[str, Callable[[], Any]], Any]
    """Gives a value, by its name, that was worked out for the same base on the same day; else works it out."""


@contextmanager
def shown_board(kb: Path | None, as_of: date | None, speed: Speed) -> Iterator[Shown]:
    """What there is to see of a base at a glance; raises Unusable where there is none, or none that can be read."""
    with checkup(kb, as_of, speed) as checked:
        found = checked.found
        if found is None:
            yield _in_full(check_base(kb, as_of))
            return

        @contextmanager
        def whole() -> Iterator[tuple[KnowledgeBase, ReviewState]]:
            with checked.in_full() as run:
                yield run.base, run.review

        yield Shown(found.board(), checked.shown, checked.as_of, whole, checked.memo)


def _in_full(outcome: Outcome) -> Shown:
    from kbtool.cli.whole_board import whole_board

    board, review = whole_board(outcome), outcome.review
    if review is None:
        raise ValueError("a base that could be read has no review")
    return Shown(
        board,
        outcome.shown,
        outcome.as_of,
        lambda: nullcontext((outcome.loaded.base, review)),
        lambda _name, make: make(),
    )


def say_problems(board: Board) -> None:
    """Say on standard error that files of the base have problems, rule findings apart, where they do."""
    number = board.checked["problems"]
    if number:
        what = "is 1 problem" if number == 1 else f"are {number} problems"
        click.echo(f"kbtool: there {what} with files of the base; run 'kbtool validate'", err=True)


def say_unread(board: Board) -> None:
    """Say on standard error that some files have problems, where they do."""
    files = board.checked["unread"]
    if files:
        what = f"{files} file has" if files == 1 else f"{files} files have"
        click.echo(f"kbtool: {what} problems and may be missing here; run 'kbtool validate'", err=True)
