"""`kbtool schema`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kbtool.cli.base import Refused, Unusable, base_option, read_named, shown_path

if TYPE_CHECKING:
    from kbtool.model.vocabulary import Vocabulary
    from kbtool.records.layout import BaseFile


def _names(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    from kbtool.schemas.files import PURPOSES

    del ctx, param
    return [name for name in PURPOSES if name.startswith(incomplete)]


@click.command(short_help="Print or write the JSON Schemas of the record format.")
@click.argument("name", required=False, shell_complete=_names)
@base_option
@click.option("--write", "task", flag_value="write", help="Write all of them into the base's schema folder.")
@click.option("--check", "task", flag_value="check", help="Say which of the files there are out of date.")
def schema(name: str | None, kb: Path | None, task: str | None) -> None:
    """Print a JSON Schema of the record format, or write all of them for editors to use.

    Editors check records as you type with them, and offer the terms of the base's vocabulary. They are made from the
    record models and from vocabulary.yaml, so write them anew after a change of either. 'kbtool validate' does not
    need them. Without NAME the schemas are listed.

    \b
    Exit status: 0 done, or up to date; 1 out of date (--check) or not written; 2 no base, or no such schema.

    \b
    Examples:
      kbtool schema
      kbtool schema claim > claim.schema.json
      kbtool schema --check
      kbtool schema --write
    """
    if name and task:
        raise Unusable(f"--{task} is for all schemas and takes no name", f"run 'kbtool schema --{task}'")
    if name:
        _print(name, kb)
    elif task == "write":
        _write(kb)
    elif task == "check":
        _check(kb)
    else:
        _list()


def _list() -> None:
    from kbtool.schemas.files import PURPOSES

    width = max(map(len, PURPOSES))
    for name, purpose in PURPOSES.items():
        click.echo(f"{name:{width}}  {purpose}")
    click.echo("\n'kbtool schema NAME' prints one; 'kbtool schema --write' writes all into the schema folder")


def _print(name: str, kb: Path | None) -> None:
    from difflib import get_close_matches

    from kbtool.schemas.files import PURPOSES, schema_texts

    if name not in PURPOSES:
        near = get_close_matches(name, list(PURPOSES), n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(PURPOSES)}"
        raise Unusable(f"there is no schema {name!r}", hint)
    click.echo(schema_texts(_vocabulary_for(kb))[name], nl=False)


def _check(kb: Path | None) -> None:
    folder, wanted, found = _folder(kb)
    stale = [path for path, raw in wanted.items() if found[path] != raw]
    for path in stale:
        click.echo(f"{shown_path(path)}: {'missing' if found[path] is None else 'out of date'}")
    if stale:
        raise Refused(f"{len(stale)} of {len(wanted)} schemas are not up to date", "run 'kbtool schema --write'")
    click.echo(f"{shown_path(folder)}: all {len(wanted)} schemas are up to date")


def _write(kb: Path | None) -> None:
    from kbtool.store.files import FileRefused, replace_file

    folder, wanted, found = _folder(kb)
    stale = {path: raw for path, raw in wanted.items() if found[path] != raw}
    for path, raw in stale.items():
        try:
            replace_file(path, found[path], raw)
        except FileRefused as error:
            raise Refused(error.message, error.hint) from None
    click.echo(f"{shown_path(folder)}: {len(stale)} written, {len(wanted) - len(stale)} already up to date")


def _folder(kb: Path | None) -> tuple[Path, dict[Path, bytes], dict[Path, bytes | None]]:
    """The schema folder of the base, the files that should stand in it and what stands there now."""
    from kbtool.schemas.files import file_name, schema_texts

    _, _, read = read_named(kb)
    vocabulary: BaseFile = read.files.vocabulary
    folder = Path(vocabulary.shown).parent
    wanted = {folder / file_name(name): raw for name, raw in schema_texts(_read(vocabulary)).items()}
    return folder, wanted, {path: _bytes_of(path) for path in wanted}


def _bytes_of(path: Path) -> bytes | None:
    from kbtool.store.files import FileRefused, read_file

    if not path.exists() and not path.is_symlink():
        return None
    try:
        return read_file(path)
    except FileRefused as error:
        raise Refused(error.message, error.hint) from None


def _vocabulary_for(kb: Path | None) -> Vocabulary:
    """The vocabulary of the base; where none is named and none found, the one that comes with kbtool."""
    from kbtool.records.layout import BaseFile
    from kbtool.store.shipped import NotShipped, shipped_schema_folder

    if kb is not None or _is_in_base():
        _, _, read = read_named(kb)
        return _read(read.files.vocabulary)
    try:
        path = shipped_schema_folder() / "vocabulary.yaml"
    except NotShipped as error:
        raise Unusable(str(error), "install kbtool again; 'kbtool doctor' says what is missing") from None
    return _read(BaseFile(path.name, path.as_posix(), path.read_bytes()))


def _is_in_base() -> bool:
    from kbtool.store.read import NoBase, find_base

    try:
        find_base(Path.cwd(), None)
    except NoBase:
        return False
    return True


def _read(file: BaseFile) -> Vocabulary:
    from kbtool.records.assemble import VOCABULARY_SHAPE
    from kbtool.records.read import read_record

    record, problems = read_record(file, VOCABULARY_SHAPE, file.name)
    if record is None:
        first = problems[0]
        message = f"{file.shown!r} cannot be used: line {first.location.line}: {first.message}"
        raise Unusable(message, "mend it first; 'kbtool validate' lists everything that is wrong with it")
    model: Vocabulary = record.model
    return model
