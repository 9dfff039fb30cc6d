"""`kbtool status`."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kbtool.cli.base import as_of_option, base_option, colour_wanted, speed_options
from kbtool.cli.reading import format_option

if TYPE_CHECKING:
    from kbtool.cli.boards import Shown


@click.command(short_help="Sum up a base: claims by type, verdict and standing; coverage.")
@base_option
@as_of_option
@format_option("text", "json")
@speed_options
def status(kb: Path | None, as_of: date | None, format_: str, no_cache: bool, jobs: int | None) -> None:
    """Sum up a base: what it holds by kind, how much of each document is accounted for, what the check finds.

    The exit status says only whether there was a base to sum up; 'kbtool validate' is the gate.

    \b
    Examples:
      kbtool status
      kbtool status --kb my-base/claims --as-of 2026-12-31
      kbtool status --format json
    """
    from kbtool.cli.boards import shown_board
    from kbtool.cli.checkup import Speed
    from kbtool.cli.page import terminal_page
    from kbtool.cli.summary import summary_lines, summary_of

    with shown_board(kb, as_of, Speed(no_cache=no_cache, jobs=jobs)) as at:
        review = at.memo("review-summary", lambda: _review(at)) if at.board.facts["reviewers"] else None
        summary = summary_of(at.board, at.shown, at.as_of.isoformat(), review)
    if format_ == "json":
        click.echo(json.dumps(summary, indent=2, ensure_ascii=False, sort_keys=True))
    else:
        click.echo("\n".join(summary_lines(terminal_page(bold=colour_wanted()), summary)), color=True)


def _review(at: Shown) -> Any:
    """How far the review has come, counted."""
    from kbtool.cli.review_summary import review_summary

    with at.whole() as (base, review):
        return review_summary(base, review, at.as_of)
