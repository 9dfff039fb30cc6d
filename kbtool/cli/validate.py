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
from kbtool.cli.base import (
    Outcome,
    Unusable,
    as_of_option,
    base_option,
    check_base,
    colour_wanted,
    finish,
    shown_path,
    speed_options,
)
from kbtool.diagnostics import ExitStatus

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kbtool.cli.checkup import Checkup
    from kbtool.engine.outcome import Run
    from kbtool.engine.warm import Warm
    from kbtool.records.layout import BaseFile
    from kbtool.report import RunReport
    from kbtool.rules.rule import RulePage

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
@speed_options
def validate(
    kb: Path | None, as_of: date | None, format_: str, output: Path | None, no_cache: bool, jobs: int | None
) -> None:
    """Check every record of a base and report what is wrong, with file, line and column.

    Nothing is ever written to the base. The verdict is a function of the files and of the date, which is printed.
    What is found of a record is kept outside the base, in the folder that 'kbtool cache info' names, and holds until
    the record, or something that it rests on, changes.

    \b
    Exit status: 0 no errors; 1 errors found; 2 nothing could be checked; 3 a bug in kbtool.

    \b
    Examples:
      kbtool validate
      kbtool validate --kb my-base --as-of 2026-12-31
      kbtool validate --format sarif --output kbtool.sarif
      kbtool validate --no-cache --jobs 1
    """
    from kbtool.cli.checkup import Speed, checkup

    with checkup(kb, as_of, Speed(no_cache=no_cache, jobs=jobs)) as checked:
        if checked.found is None:
            outcome = check_base(kb, as_of)
            report, usable = report_in_full(outcome, format_), outcome.loaded.base is not None
            claims = len(outcome.loaded.base.claims) if usable else 0
        else:
            report, usable, claims = _report_of(checked, checked.found, format_), True, checked.found.claims
        _print(report, format_, output, checked)
    status = report.status
    if status is not ExitStatus.BUG and (not usable or (not claims and status is ExitStatus.OK)):
        status = ExitStatus.UNUSABLE
    if status is ExitStatus.UNUSABLE and usable:
        raise Unusable(
            f"the base {checked.shown!r} holds no claims", "write the first one; docs/write-a-claim.md says how"
        )
    finish(status)


def _report_of(checked: Checkup, found: Warm | Run, format_: str) -> RunReport:
    """The report on a base whose files are on the disk and no further."""
    from kbtool.report import RunReport
    from kbtool.report.follow_ups import without_follow_ups
    from kbtool.report.said_once import said_once

    return RunReport(
        as_of=checked.as_of,
        base=checked.shown,
        diagnostics=without_follow_ups(said_once(found.diagnostics)),
        files=found.files,
        records=found.records,
        checks=found.checks,
        waived=len(found.waived),
        silenced=found.waived,
        pages=_pages(format_),
        line=line_on_disk(checked.root, found),
        version=__version__,
        subjects=found.subjects() if format_ == "junit" else (),
    )


def report_in_full(outcome: Outcome, format_: str) -> RunReport:
    """The report on a base that is held in memory, as far as it could be read."""
    from kbtool.report import RunReport
    from kbtool.report.follow_ups import without_follow_ups
    from kbtool.report.said_once import said_once

    return RunReport(
        as_of=outcome.as_of,
        base=outcome.shown,
        diagnostics=without_follow_ups(said_once(outcome.diagnostics)),
        files=outcome.loaded.files,
        records=outcome.loaded.records,
        checks=outcome.checks,
        waived=len(outcome.waived),
        silenced=outcome.waived,
        pages=_pages(format_),
        line=line_reader(outcome.files),
        version=__version__,
        subjects=outcome.loaded.subjects,
    )


def _pages(format_: str) -> Mapping[str, RulePage]:
    """The pages of all rules, for the one format that lists them: they take a moment to load."""
    if format_ != "sarif":
        return {}
    from kbtool.rules import PAGES

    return PAGES


def _print(report: RunReport, format_: str, output: Path | None, checked: Checkup) -> None:
    from kbtool.report import FORMATS, render_text

    if output is not None and str(output) != "-":
        _write(output, FORMATS[format_](report), checked)
        click.echo(f"report written to {shown_path(output)}")
    elif format_ == "text":
        click.echo(render_text(report, colour=colour_wanted()), nl=False, color=True)
    else:
        click.echo(_encoded(FORMATS[format_](report)), nl=False)


def line_reader(files: Iterable[BaseFile]) -> Callable[[str, int], str | None]:
    """A function that gives a line of a file that was read, for excerpts; each file is split once."""
    raw = {file.shown: file.raw for file in files}

    @cache
    def lines(file: str) -> list[str]:
        return raw[file].decode(errors="replace").split("\n") if file in raw else []

    return lambda file, number: lines(file)[number - 1] if 0 < number <= len(lines(file)) else None


def line_on_disk(root: Path, found: Warm | Run) -> Callable[[str, int], str | None]:
    """The same for files that are read when an excerpt is wanted; one that has gone meanwhile gives none."""

    @cache
    def lines(file: str) -> list[str]:
        try:
            return (root / found.path_of(file)).read_bytes().decode(errors="replace").split("\n")
        except OSError:
            return []

    return lambda file, number: lines(file)[number - 1] if 0 < number <= len(lines(file)) else None


def _encoded(report: str) -> bytes:
    """The bytes of a report for programs: UTF-8 whatever the terminal is set to."""
    return report.encode(errors="backslashreplace")


def _write(output: Path, report: str, checked: Checkup) -> None:
    from kbtool.store.files import FileRefused, read_file, replace_file

    if output.resolve().is_relative_to(checked.root.resolve()):
        message = f"{shown_path(output)!r} lies in the base {checked.shown!r}, and checking never writes there"
        raise Unusable(message, "name a file outside the base with --output")
    try:
        earlier = read_file(output) if os.path.lexists(output) else None
        replace_file(output, earlier, _encoded(report))
    except FileRefused as error:
        raise Unusable(error.message, error.hint) from None
