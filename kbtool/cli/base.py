"""What the commands share: naming a base and a date, reading and checking it, words and colour on the terminal."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from kbtool.diagnostics import Diagnostic, ExitStatus

if TYPE_CHECKING:
    from kbtool.records.layout import BaseFile
    from kbtool.review.reviewed import ReviewState

F = TypeVar("F", bound=Callable[..., Any])

NOT_REVIEWED = "Not reviewed by a qualified person."
"""Stands with everything that is shown of a claim without approval."""


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
"""The one spelling that is read; the library would also take weeks."""


class Unusable(click.ClickException):
    """The command cannot go on: no base, a bad argument, nothing to do; status 2, with a hint."""

    exit_code = int(ExitStatus.UNUSABLE)

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint

    def show(self, file: Any = None) -> None:
        """Print the sentence and the hint on standard error."""
        from kbtool.report.visible import visible

        del file
        click.echo(f"kbtool: error: {visible(self.message)}", err=True)
        if self.hint:
            click.echo(f"  hint: {visible(self.hint)}", err=True)


class Refused(Unusable):
    """The command looked and will not do it: a gate lets nothing through, a target is in the way; status 1."""

    exit_code = int(ExitStatus.FINDINGS)


class Failed(Unusable):
    """kbtool itself failed on a record, so that nothing can be said of the base; status 3."""

    exit_code = int(ExitStatus.BUG)


class DayParam(click.ParamType[date]):
    """A calendar day, YYYY-MM-DD."""

    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day that `value` names."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value if _DAY.fullmatch(value) else "")
        except ValueError:
            self.fail(f"{value!r} is not a day of the calendar written as YYYY-MM-DD", param, ctx)


def base_option(command: F) -> F:
    """`--kb DIR`."""
    return click.option(
        "--kb",
        "kb",
        metavar="DIR",
        type=click.Path(path_type=Path),
        help="The base. Otherwise the nearest kb.yaml above, or in a folder claims/, is taken.",
    )(command)


def as_of_option(command: F) -> F:
    """`--as-of DATE`."""
    return click.option(
        "--as-of",
        "as_of",
        type=DayParam(),
        metavar="DATE",
        help="Judge as of this day (UTC), YYYY-MM-DD.  [default: today]",
    )(command)


def speed_options(command: F) -> F:
    """`--no-cache` and `--jobs N`: how quickly a result is there, never what it is."""
    jobs = click.option(
        "--jobs",
        type=click.IntRange(min=1),
        metavar="N",
        help="Use N processes where there is much to do.  [default: one for each processor]",
    )
    cache = click.option("--no-cache", is_flag=True, help="Neither use nor keep results of earlier runs.")
    return cache(jobs(command))


def today() -> date:
    """The day in UTC: the only place where the clock is read."""
    return datetime.now(UTC).date()


@dataclass(frozen=True, slots=True)
class Outcome:
    """A base as read and checked for a command."""

    root: Path
    shown: str
    loaded: Any
    diagnostics: tuple[Diagnostic, ...]
    checks: int
    as_of: date
    files: tuple[BaseFile, ...] = ()
    """Every file that was read, so that excerpts show what was checked."""
    review: ReviewState | None = None
    """Decisions and standings; None where the base could not be read."""
    waived: tuple[Diagnostic, ...] = ()
    """What waivers silence."""


def check_base(kb: Path | None, as_of: date | None) -> Outcome:
    """Find, read and check a base, all of it in memory.

    Raises Unusable where there is none, or where its configuration, vocabulary or policy keep it from being checked.
    """
    from kbtool.diagnostics import in_order
    from kbtool.engine.check import check
    from kbtool.records.assemble import assemble

    root, shown, read = read_named(kb)
    day = as_of or today()
    loaded = assemble(read.files)
    checked = check(loaded, day)
    diagnostics = in_order((*read.diagnostics, *checked.diagnostics))
    files = (*read.files.base, *filter(None, (read.files.vocabulary, read.files.policy)))
    return Outcome(root, shown, loaded, diagnostics, checked.checks, day, files, checked.review, checked.waived)


def read_named(kb: Path | None) -> tuple[Path, str, Any]:
    """The folder, printed name and files of the base named or found; raises Unusable where there is none."""
    from kbtool.store.read import NoBase, read_base

    root, shown = named_base(kb)
    try:
        return root, shown, read_base(root, shown)
    except NoBase as error:
        raise Unusable(str(error), error.hint) from None


def named_base(kb: Path | None) -> tuple[Path, str]:
    """The folder and printed name of the base named or found; raises Unusable where there is none."""
    from kbtool.store.find import NoBase, find_base

    try:
        root = find_base(Path.cwd(), kb)
    except NoBase as error:
        raise Unusable(str(error), error.hint) from None
    return root, shown_path(root)


def shown_path(path: Path) -> str:
    """A path as people see it: relative to where they are where it lies below, with forward slashes."""
    return Path(os.path.relpath(path)).as_posix()


def usable(outcome: Outcome) -> Any:
    """The knowledge base of an outcome; raises Unusable where it could not be read."""
    if outcome.loaded.base is None:
        first = next(iter(outcome.diagnostics), None)
        where = f"; first: {first.location.file}:{first.location.line}: {first.message}" if first else ""
        raise Unusable(
            f"the base {outcome.shown!r} has no usable kb.yaml, vocabulary or policy{where}",
            f"run 'kbtool validate --kb {outcome.shown}' for the whole list",
        )
    return outcome.loaded.base


def colour_wanted() -> bool:
    """Colour only on a terminal, and never with NO_COLOR set to anything."""
    has_terminal = sys.stdout is not None and sys.stdout.isatty()
    return has_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def finish(status: ExitStatus) -> NoReturn:
    """End the command with a status."""
    raise click.exceptions.Exit(int(status))
