"""`kbtool diff`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kbtool.cli.base import Unusable, as_of_option, base_option, finish, read_named, shown_path, today
from kbtool.cli.reading import format_option
from kbtool.diagnostics import ExitStatus

if TYPE_CHECKING:
    from kbtool.release.snapshot import Snapshot
    from kbtool.store.read import ReadBase


@click.command(short_help="Say what changed between two bases, releases or commits, in words.")
@click.argument("before", metavar="A")
@click.argument("after", metavar="[B]", required=False)
@base_option
@as_of_option
@format_option("text", "json", "markdown")
@click.option("--exit-code", "exit_code", is_flag=True, help="End with status 1 when something changed.")
def diff(
    before: str,
    after: str | None,
    kb: Path | None,
    as_of: date | None,
    format_: str,
    exit_code: bool,
) -> None:
    """Say what changed from A to B, in a reviewer's words.

    Claims added, withdrawn, renamed, reworded, with another source or another grade; caveats added or dropped;
    standings, evidence, terms and policy. Dropped caveats and lost approvals come first.

    A and B are each the folder of a base, the folder of a release with claims.json, or a commit of this repository
    (REVISION or REVISION:FOLDER). Without B it is the base here.

    \b
    Exit status: 0; with --exit-code 1 when something changed; 2 when a side cannot be read.

    \b
    Examples:
      kbtool diff HEAD~1
      kbtool diff main:claims feature:claims --format markdown
      kbtool diff releases/2026-11 claims --exit-code
    """
    from kbtool.cli.diff_page import as_json, as_markdown, as_text
    from kbtool.release.compare import compare

    day = as_of or today()
    old_name, old = _side(before, kb, day)
    new_name, new = _side(after, kb, day)
    found = compare(old, new)
    head = f"What changed from {old_name} to {new_name}, as of {day.isoformat()}"
    if format_ == "json":
        click.echo(as_json(found, old_name, new_name, day.isoformat()), nl=False)
    else:
        click.echo((as_markdown if format_ == "markdown" else as_text)(found, head), nl=False)
    finish(ExitStatus.FINDINGS if exit_code and found else ExitStatus.OK)


def _side(name: str | None, kb: Path | None, day: date) -> tuple[str, Snapshot]:
    """The printed name and the snapshot of one side; raises Unusable where it cannot be read."""
    if name is None:
        _, shown, found = read_named(kb)
        return shown, _of_base(found, shown, day)
    folder = Path(name)
    if _is_there(folder / "claims.json"):
        return shown_path(folder), _of_release(folder)
    if _is_there(folder):
        _, shown, found = read_named(folder if _is_there(folder / "kb.yaml") else folder / "claims")
        return shown, _of_base(found, shown, day)
    found = _revision(name, kb)
    return name, _of_base(found, found.shown, day)


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _of_release(folder: Path) -> Snapshot:
    from kbtool.release.snapshot import NotARelease, snapshot_of_release
    from kbtool.store.files import FileRefused, read_file

    hint = "name the folder of a release with claims.json, a base, or a commit"
    try:
        found = snapshot_of_release(read_file(folder / "claims.json"))
    except FileRefused as error:
        raise Unusable(error.message, hint) from None
    if isinstance(found, NotARelease):
        raise Unusable(f"'{shown_path(folder)}/claims.json' is no release: {found.reason}", hint)
    return found


def _revision(name: str, kb: Path | None) -> ReadBase:
    from kbtool.store.read import NoBase, find_base
    from kbtool.store.revisions import read_revision

    revision, colon, folder = name.partition(":")
    try:
        usual = Path() if colon else find_base(Path.cwd(), kb)
        return read_revision(Path.cwd(), revision, folder if colon else None, usual)
    except NoBase as error:
        raise Unusable(str(error), error.hint) from None


def _of_base(found: ReadBase, shown: str, day: date) -> Snapshot:
    """The snapshot of a base that was read; says on standard error where some of it could not be."""
    from kbtool.records.assemble import assemble
    from kbtool.records.layout import FileKind, kind_of
    from kbtool.release.snapshot import snapshot_of_base
    from kbtool.review.state import review_state

    loaded = assemble(found.files)
    problems = (*found.diagnostics, *loaded.diagnostics)
    if loaded.base is None:
        where = f": {problems[0].location.file}: {problems[0].message}" if problems else ""
        raise Unusable(f"the base {shown!r} has no usable kb.yaml, vocabulary or policy{where}", "mend it first")
    if problems:
        files = len({problem.location.file for problem in problems})
        click.echo(
            f"kbtool: {files} file{'s' * (files != 1)} of {shown} have problems and may be missing here", err=True
        )
    there = {f.name.removesuffix(".yaml") for f in found.files.base if kind_of(f.name) is FileKind.CLAIM}
    return snapshot_of_base(loaded.base, review_state(loaded.base, day), there - loaded.base.claims.keys())
