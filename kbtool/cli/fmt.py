"""`kbtool fmt`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from kbtool.cli.base import Unusable, base_option, finish, read_named, shown_path
from kbtool.diagnostics import ExitStatus
from kbtool.report.visible import visible

if TYPE_CHECKING:
    from kbtool.schemas.key_order import Order
    from kbtool.yamlsource.format import FormatRefused


Outcome = Literal["changed", "as it was", "left alone"]
"""What became of a file."""


@dataclass(frozen=True, slots=True)
class _Item:
    """A record's file, its name inside the base and the bytes that it was read with."""

    path: Path
    name: str
    raw: bytes


@click.command(short_help="Put records into the usual layout; their content stays.")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@base_option
@click.option("--check", "check_only", is_flag=True, help="Write nothing; say which files would change.")
def fmt(files: tuple[Path, ...], kb: Path | None, check_only: bool) -> None:
    """Put the records of a base, or the FILES named, into the usual layout.

    Keys stand in the order of the record format, prose is wrapped at 100 columns, short mappings stand on one line.
    What the records say stays exactly the same, and so does every comment: that is proven for each file before it is
    written. A file that cannot be read as a record is left alone and named. Nothing else in kbtool does this by itself.

    \b
    Exit status: 0 done, or nothing to do; 1 files would change (--check) or were left alone; 2 no such file or base.

    \b
    Examples:
      kbtool fmt --check
      kbtool fmt
      kbtool fmt claims/tea-note/some-claim.yaml
    """
    _, shown, read = read_named(kb)
    root = Path(shown)
    items = list(_named(files, root) if files else _all(root, read.files.base))
    if not items:
        raise Unusable("the base holds no records", "'kbtool init DIR' starts a base with a small example")
    outcomes = Counter(_outcome(item, check_only=check_only) for item in items)
    done = "would change" if check_only else "changed"
    counts = f"{outcomes['changed']} {done}, {outcomes['as it was']} in the usual layout"
    click.echo(f"{counts}, {outcomes['left alone']} left alone")
    wrong = outcomes["left alone"] or (check_only and outcomes["changed"])
    finish(ExitStatus.FINDINGS if wrong else ExitStatus.OK)


def _outcome(item: _Item, *, check_only: bool) -> Outcome:
    """Format one file and say what became of it."""
    new = _formatted(item)
    shown = visible(shown_path(item.path))
    if not isinstance(new, bytes):
        click.echo(f"{shown}:{new.line}:{new.column}: left alone: {visible(new.message)}", err=True)
        return "left alone"
    if new == item.raw:
        return "as it was"
    if not check_only and (refusal := _write(item, new)):
        click.echo(f"{shown}: left alone: {refusal}", err=True)
        return "left alone"
    click.echo(f"{'would change' if check_only else 'changed'}  {shown}")
    return "changed"


def _all(root: Path, files: Iterable[object]) -> Iterator[_Item]:
    """Every record of the base."""
    from kbtool.records.layout import BaseFile, FileKind, kind_of

    kinds = {FileKind.CONFIG, FileKind.REVIEWERS, FileKind.SOURCE, FileKind.EVIDENCE, FileKind.CLAIM}
    for file in files:
        if isinstance(file, BaseFile) and kind_of(file.name) in kinds:
            yield _Item(root / file.name, file.name, file.raw)


def _named(files: Iterable[Path], root: Path) -> Iterator[_Item]:
    """The files named at the prompt, each of which must be a record of the base or of its schema folder."""
    from kbtool.store.files import FileRefused, read_file

    for path in files:
        try:
            raw = read_file(path)
        except FileRefused as error:
            raise Unusable(error.message, error.hint) from None
        yield _Item(path, _name_in(path, root), raw)


def _name_in(path: Path, root: Path) -> str:
    """The name that decides what the file is: its place in the base."""
    from kbtool.schemas.key_order import has_order

    whole, base = path.resolve(), root.resolve()
    name = whole.relative_to(base).as_posix() if whole.is_relative_to(base) else path.name
    if not has_order(name):
        message = f"{path.as_posix()!r} is no record of the base {shown_path(root)!r}"
        raise Unusable(message, "name a record's YAML file")
    return name


def _formatted(item: _Item) -> bytes | FormatRefused:
    from kbtool.schemas.key_order import order_for
    from kbtool.yamlsource.format import reformat
    from kbtool.yamlsource.parse import parse

    order: Order = order_for(item.name, parse(item.raw, limit=len(item.raw)).data)
    return reformat(item.raw, order)


def _write(item: _Item, new: bytes) -> str:
    """Put the new bytes in place; what kept them out, or nothing."""
    from kbtool.store.files import FileRefused, replace_file

    try:
        replace_file(item.path, item.raw, new)
    except FileRefused as error:
        return error.message
    return ""
