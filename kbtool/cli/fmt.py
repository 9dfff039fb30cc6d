"""`kbtool fmt`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kbtool.cli.base import Unusable, base_option, finish, read_named, shown_path
from kbtool.diagnostics import ExitStatus
from kbtool.report.visible import visible

if TYPE_CHECKING:
    from kbtool.schemas.key_order import Order
    from kbtool.yamlsource.format import FormatRefused


@dataclass(frozen=True, slots=True)
class _Item:
    """A record's file, its name inside the base and the bytes that it was read with."""

    path: Path
    name: str
    raw: bytes
    in_base: bool = True
    """Otherwise it is a file of the schema folder."""


@dataclass(frozen=True, slots=True)
class _Formatted:
    """A file with its new bytes, or why it is left alone."""

    item: _Item
    new: bytes | FormatRefused

    @property
    def changes(self) -> bool:
        """Whether the file would be another one."""
        return isinstance(self.new, bytes) and self.new != self.item.raw


@click.command(short_help="Put records into the usual layout; their content stays.")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@base_option
@click.option("--check", "check_only", is_flag=True, help="Write nothing; say which files would change.")
def fmt(files: tuple[Path, ...], kb: Path | None, check_only: bool) -> None:
    """Put the records of a base, or the FILES named, into the usual layout.

    Keys stand in the order of the record format, prose is wrapped at 100 columns, short mappings stand on one line.
    What the records say stays exactly the same, and so does every comment: that is proven for each file before it is
    written. A file that cannot be read as a record is left alone and named. The others are written together, or none of
    them where one was changed meanwhile. Nothing else in kbtool does this by itself.

    \b
    Exit status: 0 done, or nothing to do; 1 files would change (--check), were left alone or are not written; 2 no
    such file or base.

    \b
    Examples:
      kbtool fmt --check
      kbtool fmt
      kbtool fmt claims/tea-note/some-claim.yaml
    """
    found, shown, read = read_named(kb)
    root = Path(shown)
    items = list(_named(files, root) if files else _all(root, read.files.base))
    if not items:
        raise Unusable("the base holds no records", "'kbtool init DIR' starts a base with a small example")
    formatted = [_Formatted(item, _laid_out(item)) for item in items]
    changed = [each for each in formatted if each.changes]
    if not check_only:
        _write(found, changed)
    for each in formatted:
        _say(each, "would change" if check_only else "changed")
    left_alone = sum(not isinstance(each.new, bytes) for each in formatted)
    usual = len(formatted) - len(changed) - left_alone
    done = "would change" if check_only else "changed"
    click.echo(f"{len(changed)} {done}, {usual} in the usual layout, {left_alone} left alone")
    finish(ExitStatus.FINDINGS if left_alone or (check_only and changed) else ExitStatus.OK)


def _say(each: _Formatted, done: str) -> None:
    """What became of one file."""
    shown = visible(shown_path(each.item.path))
    if not isinstance(each.new, bytes):
        click.echo(f"{shown}:{each.new.line}:{each.new.column}: left alone: {visible(each.new.message)}", err=True)
    elif each.changes:
        click.echo(f"{done}  {shown}")


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
        yield _item(path, raw, root)


def _item(path: Path, raw: bytes, root: Path) -> _Item:
    """The file with the name that decides what it is: its place in the base, or its own in the schema folder."""
    from kbtool.schemas.key_order import has_order

    whole, base = path.resolve(), root.resolve()
    in_base = whole.is_relative_to(base)
    name = whole.relative_to(base).as_posix() if in_base else path.name
    if not has_order(name):
        message = f"{path.as_posix()!r} is no record of the base {shown_path(root)!r}"
        raise Unusable(message, "name a record's YAML file")
    return _Item(path, name, raw, in_base)


def _laid_out(item: _Item) -> bytes | FormatRefused:
    from kbtool.schemas.key_order import order_for
    from kbtool.yamlsource.format import reformat
    from kbtool.yamlsource.parse import parse

    order: Order = order_for(item.name, parse(item.raw, limit=len(item.raw)).data)
    return reformat(item.raw, order)


def _write(root: Path, changed: Sequence[_Formatted]) -> None:
    """Put the new bytes in place: those of the base all at once, under its lock; raises Refused."""
    from kbtool.cli.review_desk import writing
    from kbtool.store.files import replace_file
    from kbtool.store.transaction import Write, commit

    new = {each.item.name: (each.item, each.new) for each in changed if isinstance(each.new, bytes)}
    writes = [Write(name, raw, item.raw) for name, (item, raw) in new.items() if item.in_base]
    with writing():
        if writes:
            commit(root, writes)
        for item, raw in new.values():
            if not item.in_base:
                replace_file(item.path, item.raw, raw)
