"""`kbtool report-error`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kbtool.cli.base import Refused, Unusable, base_option, finish, shown_path
from kbtool.cli.browse import record_ids
from kbtool.cli.review_desk import Opened, claim_named, not_after_today, on_option, open_desk, writing
from kbtool.diagnostics import ExitStatus

if TYPE_CHECKING:
    from kbtool.review.reported import Reported, Row


@click.command("report-error", short_help="Put a reader's objection to a claim into the review queue.")
@click.argument("claim", required=False, shell_complete=record_ids)
@click.option("--text", metavar="TEXT", help="What the reader says.")
@click.option("--by", metavar="NAME", help="A name or address that the reader chose to give; it is kept in the base.")
@on_option("of the report, and of rows that name none")
@click.option("--from", "table", type=click.Path(path_type=Path), metavar="FILE.csv", help="Take a table of reports.")
@base_option
def report_error(
    claim: str | None, text: str | None, by: str | None, on: date | None, table: Path | None, kb: Path | None
) -> None:
    """Put a reader's objection into the queue: the claim needs review until a reviewer answers it.

    The table has the columns claim, text, on, by; the first two are needed. Every row becomes a report or a line that
    says why not; where any does not, the exit status is 1.

    \b
    Examples:
      kbtool report-error calmer-60-percent-2019 --text "The study had 14 people, not 40."
      kbtool report-error --from reports.csv
    """
    day = not_after_today(on)
    if (table is None) == (claim is None):
        raise Unusable("a report is about one CLAIM, or comes --from a table", "give one of the two")
    if table is not None:
        if text is not None or by is not None:
            raise Unusable("--text and --by are for one report", "a table has them in its columns")
        return _from_table(open_desk(kb, day), table, day)
    if text is None:
        raise Unusable("the report says nothing", "give the reader's words with --text")
    return _one(open_desk(kb, day), claim or "", text, by, day)


def _one(opened: Opened, claim: str, text: str, by: str | None, on: date) -> None:
    from kbtool.review.edits import Refusal
    from kbtool.review.reported import Said, reported

    made = reported(Said(claim_named(opened.base, claim), text, on, by), opened.base)
    if isinstance(made, Refusal):
        raise Refused(made.message, made.hint)
    _write(opened, [made])
    click.echo(f"{made.claim}: reported on {on}; it is in the queue until a reviewer answers it")
    click.echo(f"  file: {opened.shown}/{made.edit.name}")


def _from_table(opened: Opened, table: Path, on: date) -> None:
    from kbtool.review.edits import Refusal
    from kbtool.review.reported import Reported, reports_of_table
    from kbtool.store.files import FileRefused, read_file

    try:
        rows = reports_of_table(read_file(table), opened.base, on)
    except FileRefused as error:
        raise Unusable(error.message, error.hint) from None
    if isinstance(rows, Refusal):
        raise Unusable(f"{shown_path(table)!r}: {rows.message}", rows.hint)
    made = [row.outcome for row in rows if isinstance(row.outcome, Reported)]
    _write(opened, made)
    for row in rows:
        click.echo(_row_line(shown_path(table), row))
    click.echo(f"{len(made)} of {len(rows)} rows became reports")
    if not rows:
        raise Unusable(f"{shown_path(table)!r} has no rows", "each row below the first line is a report")
    if len(made) < len(rows):
        finish(ExitStatus.FINDINGS)


def _row_line(table: str, row: Row) -> str:
    from kbtool.report.visible import visible
    from kbtool.review.edits import Refusal

    if isinstance(row.outcome, Refusal):
        hint = f" ({row.outcome.hint})" if row.outcome.hint else ""
        return visible(f"{table}:{row.line}: not taken: {row.outcome.message}{hint}")
    return f"{table}:{row.line}: {row.outcome.claim}: report {row.outcome.digest[:16]}…"


def _write(opened: Opened, made: Sequence[Reported]) -> None:
    from kbtool.store.decide import write_edits

    with writing():
        write_edits(opened.root, [each.edit for each in made])
