"""`kbtool validate`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kbtool import __version__
from kbtool.cli.base import Outcome, Unusable, as_of_option, base_option, check_base, colour_wanted, finish, shown_path
from kbtool.diagnostics import ExitStatus

if TYPE_CHECKING:
    from kbtool.records.layout import BaseFile

FORMAT_NAMES = ("text", "json", "sarif", "junit", "github")


@click.command(short_help="Check every record of a base.")
@base_option
@as_of_option
@click.option(
    "--format", "format_", type=click.Choice(FORMAT_NAMES), default="text", show_default=True, help="How to report."
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the report to FILE; - prints it.",
)
def validate(kb: Path | None, as_of: date | None, format_: str, output: Path | None) -> None:
    """Check every record of a base and report what is wrong, with file, line and column.

    Nothing is ever written to the base. The verdict is a function of the files and of the date, which is printed.

    \b
    Exit status: 0 no errors; 1 errors found; 2 nothing could be checked; 3 a bug in kbtool.

    \b
    Examples:
      kbtool validate
      kbtool validate --kb my-base --as-of 2026-12-31
      kbtool validate --format sarif --output kbtool.sarif
    """
    from kbtool.report import FORMATS, RunReport, render_text
    from kbtool.rules import PAGES

    outcome = check_base(kb, as_of)
    report = RunReport(
        as_of=outcome.as_of,
        base=outcome.shown,
        diagnostics=outcome.diagnostics,
        files=outcome.loaded.files,
        records=outcome.loaded.records,
        checks=outcome.checks,
        waived=len(outcome.waived),
        silenced=outcome.waived,
        pages=PAGES,
        line=line_reader(outcome.files),
        version=__version__,
        subjects=outcome.loaded.subjects,
    )
    if output is not None and str(output) != "-":
        _write(output, FORMATS[format_](report), outcome)
        click.echo(f"report written to {shown_path(output)}")
    elif format_ == "text":
        click.echo(render_text(report, colour=colour_wanted()), nl=False, color=True)
    else:
        click.echo(_encoded(FORMATS[format_](report)), nl=False)
    status = status_of(outcome, report.status)
    if status is ExitStatus.UNUSABLE and outcome.loaded.base is not None:
        raise Unusable(
            f"the base {outcome.shown!r} holds no claims", "write the first one; docs/write-a-claim.md says how"
        )
    finish(status)


def status_of(outcome: Outcome, found: ExitStatus) -> ExitStatus:
    """The exit status of a run: a base that could not be checked is no mere finding."""
    if found is not ExitStatus.BUG and (
        outcome.loaded.base is None or (not outcome.loaded.base.claims and found is ExitStatus.OK)
    ):
        return ExitStatus.UNUSABLE
    return found


def line_reader(files: Iterable[BaseFile]) -> Callable[[str, int], str | None]:
    """A function that gives a line of a file that was read, for excerpts; each file is split once."""
    raw = {file.shown: file.raw for file in files}

    @cache
    def lines(file: str) -> list[str]:
        return raw[file].decode(errors="replace").split("\n") if file in raw else []

    return lambda file, number: lines(file)[number - 1] if 0 < number <= len(lines(file)) else None


def _encoded(report: str) -> bytes:
    """The bytes of a report for programs: UTF-8 whatever the terminal is set to."""
    return report.encode(errors="backslashreplace")


def _write(output: Path, report: str, outcome: Outcome) -> None:
    from kbtool.store.files import FileRefused, read_file, replace_file

    if output.resolve().is_relative_to(outcome.root.resolve()):
        message = f"{shown_path(output)!r} lies in the base {outcome.shown!r}, and checking never writes there"
        raise Unusable(message, "name a file outside the base with --output")
    try:
        earlier = read_file(output) if os.path.lexists(output) else None
        replace_file(output, earlier, _encoded(report))
    except FileRefused as error:
        raise Unusable(error.message, error.hint) from None
