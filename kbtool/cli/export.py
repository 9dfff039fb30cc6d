"""`kbtool export`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kbtool.cli.base import Outcome, Refused, Unusable, as_of_option, base_option, shown_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kbtool.export import Exported, Exporter
    from kbtool.release.release import Release

GATE_NAMES = ("approved", "any")

ALL = "all"
"""Stands for every export there is."""


def _exporter_names(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    from kbtool.export import EXPORTERS

    del ctx, param
    return [name for name in (*EXPORTERS, ALL) if name.startswith(incomplete)]


@click.command(short_help="Write a release in the formats that others build on.")
@click.argument("names", nargs=-1, metavar="[NAME]...", shell_complete=_exporter_names)
@base_option
@as_of_option
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Where the release goes: a new folder, or an earlier release.",
)
@click.option(
    "--gate",
    type=click.Choice(GATE_NAMES),
    default="approved",
    show_default=True,
    help="What may go out; 'any' lets drafts out, marked as such.",
)
@click.option(
    "--previous",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="The release before: its folder or manifest.json. Its ids may not vanish.",
)
@click.option(
    "--since",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="An earlier release to list the changes since: its folder, claims.json or manifest.json. Its ids may not "
    "vanish either.",
)
@click.option("--list", "list_", is_flag=True, help="Say what each export is for, and end.")
def export(
    names: tuple[str, ...],
    kb: Path | None,
    as_of: date | None,
    out: Path | None,
    gate: str,
    previous: Path | None,
    since: Path | None,
    list_: bool,
) -> None:
    """Write a release of the base in one or more formats, with a manifest of digests; NAME 'all' is every format.

    The base is checked first; with any error in it nothing is written. Claims that the gate holds back are listed in
    the release with the reason. The folder appears whole or not at all. 'kbtool verify-release' checks one later.

    \b
    Examples:
      kbtool export --list
      kbtool export json ndjson csv --gate any --out build/release
      kbtool export json changes --out build/release --previous build/last --since build/last
      kbtool export all --gate any --out build/release
    """
    from kbtool.cli.export_page import list_exporters, say_what_was_written

    if list_:
        list_exporters()
        return
    exporters = _named(names)
    if out is None:
        raise Unusable("no folder to write to is named", "add --out DIR")
    from kbtool.cli.checkup import Speed, checked_for_reading

    with checked_for_reading(kb, as_of, Speed()) as outcome:
        release = _release(outcome, gate, previous, since)
        exported = _export(exporters, release)
        _write(exporters, exported, release, out, outcome)
        say_what_was_written(release, exporters, exported, out)


def _named(names: tuple[str, ...]) -> list[Exporter]:
    from difflib import get_close_matches

    from kbtool.export import EXPORTERS

    known = [*EXPORTERS, ALL]
    if not names:
        raise Unusable("no export is named", f"name one or more of: {', '.join(known)}")
    for name in names:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(known)}"
            raise Unusable(f"there is no export {name!r}", hint)
    wanted = EXPORTERS if ALL in names else dict.fromkeys(names)
    return [EXPORTERS[name] for name in wanted]


def _release(outcome: Outcome, gate: str, previous: Path | None, since: Path | None) -> Release:
    """The release, with what it changed; raises Unusable or a subclass where there can be none."""
    from kbtool.cli.export_release import earlier_release_at, refuse_vanished, release_of
    from kbtool.release.since import changes_since

    earlier = earlier_release_at(since) if since else None
    release = release_of(outcome, gate, previous)
    if earlier is None:
        return release
    refuse_vanished(earlier.snapshot.ids, release, "earlier")
    return replace(release, changes=changes_since(earlier, release))


_EXTRAS = {"pyarrow": "tables"}
"""The extra that each optional library comes with, by the library's module."""


def _export(exporters: Sequence[Exporter], release: Release) -> Exported:
    """The files; raises Refused where a caveat cannot be carried, Unusable where a library is missing."""
    from kbtool.export import run_exporters

    try:
        exported = run_exporters(exporters, release)
    except ModuleNotFoundError as error:
        library = (error.name or "").partition(".")[0]
        if library not in _EXTRAS:
            raise
        raise Unusable(
            f"an export needs the library {library!r}, which is not installed",
            f"run: pip install 'kbtool[{_EXTRAS[library]}]', or name the exports that do without it",
        ) from None
    if exported.refusals:
        first = exported.refusals[0]
        raise Refused(
            f"export {first.exporter!r} cannot carry a caveat of {first.claim!r}: {first.message}", first.hint
        )
    return exported


def _write(exporters: Sequence[Exporter], exported: Exported, release: Release, out: Path, outcome: Outcome) -> None:
    from kbtool.export import contracts_of
    from kbtool.release.manifest import manifest_of
    from kbtool.store.write import WriteRefused, write_release

    manifest = partial(manifest_of, release, contracts=contracts_of(exporters))
    try:
        with _parents_of(out, outcome.root):
            write_release(out, exported.artifacts, manifest, outcome.root)
    except WriteRefused as error:
        raise Refused(error.message, error.hint) from None
    except OSError as error:
        message = f"the folder for {shown_path(out)!r} cannot be made: {(error.strerror or '').lower()}"
        raise Refused(message, "name another --out") from None


@contextmanager
def _parents_of(out: Path, root: Path) -> Iterator[None]:
    """The folders above `out`, made where they are missing; they go again where what follows does not succeed."""
    missing = [folder for folder in out.parents if not os.path.lexists(folder)]
    if missing and out.resolve().is_relative_to(root.resolve()):
        raise Refused(f"{shown_path(out)!r} lies in the base {shown_path(root)!r}", "choose a place outside the base")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        for folder in missing:
            with suppress(OSError):
                folder.rmdir()
        raise
