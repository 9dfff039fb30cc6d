"""`kbtool review log`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kbtool.cli.base import as_of_option, base_option, colour_wanted, today
from kbtool.cli.browse import record_ids
from kbtool.cli.review_desk import Opened, claim_named, open_desk

if TYPE_CHECKING:
    from kbtool.cli.page import Page


@click.command(short_help="Tell the whole story of a claim, and why it stands as it does.")
@click.argument("claim", shell_complete=record_ids)
@base_option
@as_of_option
def log(claim: str, kb: Path | None, as_of: date | None) -> None:
    """Tell the whole story of a claim in order: drafted, decided by whom in which role, reported; how it stands now.

    Of each decision it says on which content it was, which key signed it, whether the log holds it, and where it does
    not count, why.

    \b
    Example:
      kbtool review log calmer-60-percent-2019
    """
    from kbtool.cli.page import terminal_page

    opened = open_desk(kb, as_of or today())
    page = terminal_page(bold=colour_wanted())
    click.echo("\n".join(_lines(page, opened, claim_named(opened.base, claim))), color=True)


def _lines(page: Page, opened: Opened, claim: str) -> Iterator[str]:
    from kbtool.cli.page import clean, fields, heading, paragraph
    from kbtool.cli.review_page import event_lines
    from kbtool.review.story import story_of

    review, model = opened.desk.state.claims[claim], opened.base.claims[claim].model
    yield claim
    yield ""
    yield from paragraph(page, clean(model.statement))
    yield from heading(page, "What happened")
    for event in story_of(model, review, opened.base):
        yield from event_lines(page, event)
    standing = review.standing
    yield from heading(page, f"How it stands as of {opened.as_of}")
    rows = [
        ("standing", f"{standing.value.replace('-', ' ')}: {clean(standing.reason)}"),
        *(("because", clean(cause)) for cause in standing.causes if cause != standing.reason),
        ("approved", f"on {standing.approved_on} by {', '.join(standing.approvers)}" if standing.approved_on else ""),
        ("lapses", f"on {standing.lapses_on}" if standing.lapses_on else ""),
        ("in record", _status(model.review.status, review.status)),
    ]
    yield from fields(page, rows)


def _status(written: str, decided: str) -> str:
    return written if written == decided else f"{written}; its decisions amount to {decided}: run 'kbtool review sync'"
