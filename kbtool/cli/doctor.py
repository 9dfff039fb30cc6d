"""`kbtool doctor`."""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal

import click

from kbtool import __version__
from kbtool.cli.base import base_option, finish, shown_path
from kbtool.cli.page import count
from kbtool.cli.reading import format_option
from kbtool.diagnostics import ExitStatus

State = Literal["ok", "note", "missing"]

OLDEST_PYTHON = (3, 11)
PACKAGES: Mapping[str, str] = {
    "click": "the command line",
    "cryptography": "signatures",
    "Jinja2": "pages of the site",
    "pydantic": "the record models",
    "PyYAML": "reading records",
    "rfc8785": "digests of content",
}
"""The packages that kbtool cannot work without, and what for."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing looked at: `missing` is needed and not there, `note` is worth knowing."""

    name: str
    state: State
    said: str
    hint: str = ""


@click.command(short_help="Say what is installed, which base is found, what is missing.")
@base_option
@format_option("text", "json")
def doctor(kb: Path | None, format_: str) -> None:
    """Say what is installed, which base is found and why, and what is missing with the way to get it.

    Nothing is written and nothing is looked up outside of this machine. Put the output into a bug report.

    \b
    Exit status: 0 nothing that kbtool needs is missing; 2 something is.

    \b
    Examples:
      kbtool doctor
      kbtool doctor --kb my-base/claims
      kbtool doctor --format json
    """
    items = [*_program(), *_packages(), *_parts(), *_git(), *_base(kb), *_folder()]
    lacks = any(item.state == "missing" for item in items)
    if format_ == "json":
        value = {"format": "kbtool/doctor/1", "complete": not lacks, "items": [asdict(item) for item in items]}
        click.echo(json.dumps(value, indent=2, ensure_ascii=False, sort_keys=True))
    else:
        click.echo("\n".join(_lines(items)))
    finish(ExitStatus.UNUSABLE if lacks else ExitStatus.OK)


def _lines(items: list[Item]) -> Iterator[str]:
    wide = max(len(item.name) for item in items)
    for item in items:
        yield f"{item.state:7}  {item.name:{wide}}  {item.said}"
        if item.hint:
            yield f"{'':7}  {'':{wide}}  hint: {item.hint}"
    missing = [item.name for item in items if item.state == "missing"]
    noted = ", ".join(item.name for item in items if item.state == "note")
    yield ""
    if noted:
        yield f"worth a look: {noted}"
    yield f"missing: {', '.join(missing)}" if missing else "nothing that kbtool needs is missing"


def _program() -> Iterator[Item]:
    yield Item("kbtool", "ok", __version__)
    new_enough = sys.version_info >= OLDEST_PYTHON
    oldest = ".".join(map(str, OLDEST_PYTHON))
    hint = "" if new_enough else f"install Python {oldest} or newer"
    yield Item("Python", "ok" if new_enough else "missing", platform.python_version(), hint)
    yield Item("platform", "ok", f"{platform.system()} {platform.release()}, {platform.machine()}")


def _packages() -> Iterator[Item]:
    for name, purpose in PACKAGES.items():
        try:
            yield Item(name, "ok", f"{version(name)}, for {purpose}")
        except PackageNotFoundError:
            yield Item(name, "missing", f"not installed; needed for {purpose}", f"pip install {name}")


def _parts() -> Iterator[Item]:
    """The parts of the installation that are easily lost."""
    try:
        from kbtool.yamlsource.reader import READERS
    except ImportError:
        yield Item("YAML C extension", "note", "unknown: PyYAML cannot be imported")
    else:
        slow = "not there; everything works, only reading is several times slower"
        hint = "install a PyYAML wheel, or build it with libyaml"
        fast = len(READERS) > 1
        yield Item("YAML C extension", "ok" if fast else "note", "there" if fast else slow, "" if fast else hint)
    from kbtool.store.shipped import NotShipped, example_files, shipped_schema_folder

    try:
        folder, examples = shipped_schema_folder(), len(example_files())
        yield Item("shipped files", "ok", f"{len(list(folder.iterdir()))} schema files, {examples} of the example base")
    except NotShipped as error:
        yield Item("shipped files", "missing", str(error), "install kbtool again")


def _git() -> Iterator[Item]:
    from kbtool.store.tools import version_of

    found = version_of("git")
    if found:
        yield Item("git", "ok", f"{found.removeprefix('git version ')} (optional)")
    else:
        yield Item("git", "note", "not found (optional; a base is best kept in a repository)", "install git")


def _base(kb: Path | None) -> Iterator[Item]:
    try:
        from kbtool.store.read import NoBase, find_base, read_base
    except ImportError as error:
        yield Item("base", "note", f"not looked for: {error.name} cannot be imported")
        return
    try:
        root = find_base(Path.cwd(), kb)
        yield Item("base", "ok", f"{shown_path(root)}, {_why(root, kb)}")
        read = read_base(root, shown_path(root))
    except NoBase as error:
        yield Item("base", "note", str(error), error.hint)
        return
    from kbtool.model.base import SCHEMA_VERSION
    from kbtool.records.assemble import assemble

    loaded = assemble(read.files)
    if read.files.vocabulary:
        yield Item("schema folder", "ok", shown_path(Path(read.files.vocabulary.shown).parent))
    if loaded.base is None:
        said = "its kb.yaml, vocabulary or policy cannot be used"
        yield Item("records", "note", said, f"run 'kbtool validate --kb {shown_path(root)}'")
        return
    own = loaded.base.config.model.schema_.version
    yield Item("schema version", "ok", f"{own}; this kbtool reads {SCHEMA_VERSION}")
    claims, evidence, sources = (len(part) for part in (loaded.base.claims, loaded.base.evidence, loaded.base.sources))
    read_whole = f"{count(claims, 'claim')}, {evidence:,} evidence, {count(sources, 'source')} could be read"
    yield Item(
        "records", "ok" if claims else "note", read_whole, "" if claims else "write a claim: docs/write-a-claim.md"
    )


def _why(root: Path, kb: Path | None) -> str:
    if kb is not None:
        return "named with --kb"
    if root in {Path.cwd(), *Path.cwd().parents}:
        return "the nearest folder with a kb.yaml"
    return "in a folder claims/ here or above"


def _folder() -> Iterator[Item]:
    writable = os.access(Path.cwd(), os.W_OK)
    if writable:
        yield Item("this folder", "ok", "can be written to")
    else:
        hint = "reports, releases and new bases must go elsewhere"
        yield Item("this folder", "note", "cannot be written to", hint)
