"""`kbtool migrate`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from kbtool.cli.base import Refused, as_of_option, base_option, read_named, shown_path, today
from kbtool.report.visible import visible

if TYPE_CHECKING:
    from kbtool.schemas.migrate import Migrated, NotMigrated, Rewritten
    from kbtool.schemas.migration import RecordFormat


@click.command(short_help="Bring a base to a newer version of the record format.")
@base_option
@as_of_option
@click.option("--to", type=click.IntRange(min=1), metavar="N", help="Stop at version N.  [default: the newest]")
@click.option("--dry-run", is_flag=True, help="Write nothing; show every change as a difference.")
@click.pass_context
def migrate(context: click.Context, kb: Path | None, as_of: date | None, to: int | None, dry_run: bool) -> None:
    """Bring the records of a base from the version that kb.yaml names to a newer version of the record format.

    All files change together or none does, and only after every record was read in its new form. Comments and layout
    stay. Migrations go forward only, and running one again changes nothing. Signed files are never touched: a claim
    whose reviewed content is another one afterwards needs review again, and is named.

    \b
    Exit status: 0 done, or nothing to do; 1 refused, with every place that a person must see to; 2 no base.

    \b
    Examples:
      kbtool migrate --dry-run
      kbtool migrate
      kbtool migrate --to 2 --kb my-base
    """
    from kbtool.schemas.migrations import FORMAT

    known: RecordFormat = context.obj or FORMAT
    run(kb, as_of or today(), known, known.version if to is None else to, dry_run=dry_run)


def run(kb: Path | None, as_of: date, known: RecordFormat, to: int, *, dry_run: bool) -> None:
    """Migrate the base named or found, with the migrations of this format."""
    from kbtool.schemas.migrate import NotMigrated
    from kbtool.schemas.migrate import migrate as migrated

    root, shown, read = read_named(kb)
    if read.diagnostics:
        raise Refused(f"the base {shown!r} cannot be read whole: {read.diagnostics[0].message}", "mend that first")
    made = migrated(read.files, known, to)
    if isinstance(made, NotMigrated):
        _refuse(made)
    if not made.steps:
        click.echo(f"{shown}: in version {made.after} of the record format already; nothing to do")
        return
    _say_steps(made, shown)
    if dry_run:
        for change in made.rewritten:
            click.echo("\n".join(_difference(change)))
        click.echo(f"{_files(made)} would change; nothing was written")
    else:
        _write(root, Path(read.files.vocabulary.shown).parent, made)
        click.echo(f"{_files(made)} changed")
    _say_what_is_left(made, as_of, shown)


def _refuse(why: NotMigrated) -> NoReturn:
    for problem in why.problems:
        where = f"{problem.location.file}:{problem.location.line}:{problem.location.column}"
        click.echo(f"{where}: error: {visible(problem.message)} [{problem.rule}]", err=True)
        if problem.hint:
            click.echo(f"  hint: {visible(problem.hint)}", err=True)
    raise Refused(why.message, why.hint)


def _say_steps(made: Migrated, shown: str) -> None:
    click.echo(f"{shown}: from version {made.before} to version {made.after} of the record format")
    for step in made.steps:
        click.echo(f"  {step.before} -> {step.after}: {step.what}")


def _difference(change: Rewritten) -> Iterator[str]:
    """The change of a file as a unified difference."""
    from difflib import unified_diff

    old, new = (raw.decode().split("\n") for raw in (change.file.raw, change.content))
    name = change.file.shown
    yield from (visible(line) for line in unified_diff(old, new, f"{name} (now)", f"{name} (then)", lineterm="", n=1))


def _files(made: Migrated) -> str:
    return f"{len(made.rewritten)} file{'s' * (len(made.rewritten) != 1)}"


def _write(root: Path, folder: Path, made: Migrated) -> None:
    from kbtool.cli.review_desk import writing
    from kbtool.store.migrate import write_migration

    with writing():
        write_migration(root, folder, made.rewritten)


def _say_what_is_left(made: Migrated, as_of: date, shown: str) -> None:
    """What people must do after it."""
    from kbtool.schemas.after_migration import to_be_agreed, unsettled

    if made.loaded is None:
        click.echo(f"this kbtool does not read version {made.after} itself, so the records were not checked in it")
        return
    found = list(unsettled(made, as_of))
    if found:
        what = "1 approval does" if len(found) == 1 else f"{len(found)} approvals do"
        click.echo(f"{what} not cover what the record says in version {made.after}, and a reviewer must look again:")
    for each in found:
        click.echo(f"  {each.claim}: {visible(each.why)}")
    if names := to_be_agreed(made):
        click.echo(f"root keys must agree on {' and '.join(names)} anew: 'kbtool govern propose'")
    place = "" if shown in {".", "claims"} else f" --kb {shown_path(Path(shown))}"
    click.echo(f"next: 'kbtool schema --write{place}', then 'kbtool validate{place}'")
