"""`kbtool export`."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kbtool.cli.base import (
    NOT_REVIEWED,
    Failed,
    Outcome,
    Refused,
    Unusable,
    as_of_option,
    base_option,
    check_base,
    shown_path,
    usable,
)
from kbtool.diagnostics import ExitStatus, Severity, exit_status

if TYPE_CHECKING:
    from kbtool.release.release import PreviousRelease, Release

GATE_NAMES = ("approved", "any")


def _exporter_names(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    from kbtool.export import EXPORTERS

    del ctx, param
    return [name for name in EXPORTERS if name.startswith(incomplete)]


@click.command(short_help="Write a release as JSON, NDJSON or CSV.")
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
    help="The release before: its folder or manifest.json.",
)
@click.option("--list", "list_", is_flag=True, help="Say what each export is for, and end.")
def export(
    names: tuple[str, ...],
    kb: Path | None,
    as_of: date | None,
    out: Path | None,
    gate: str,
    previous: Path | None,
    list_: bool,
) -> None:
    """Write a release of the base in one or more formats, with a manifest of digests.

    The base is checked first; with any error in it nothing is written. Claims that the gate holds back are listed in
    the release with the reason. The folder appears whole or not at all.

    \b
    Examples:
      kbtool export --list
      kbtool export json ndjson csv --gate any --out build/release
      kbtool export json --out build/release --previous build/last/manifest.json
    """
    if list_:
        _list()
        return
    exporters = _named(names)
    if out is None:
        raise Unusable("no folder to write to is named", "add --out DIR")
    outcome = check_base(kb, as_of)
    release = _release(outcome, gate, previous)
    _write(exporters, release, out, outcome)
    _say(release, exporters, out)


def _named(names: tuple[str, ...]) -> list[str]:
    from difflib import get_close_matches

    from kbtool.export import EXPORTERS

    if not names:
        raise Unusable("no export is named", f"name one or more of: {', '.join(EXPORTERS)}")
    for name in names:
        if name not in EXPORTERS:
            near = get_close_matches(name, list(EXPORTERS), n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(EXPORTERS)}"
            raise Unusable(f"there is no export {name!r}", hint)
    return list(dict.fromkeys(names))


def _release(outcome: Outcome, gate: str, previous: Path | None) -> Release:
    """The release, or a refusal: errors in the base, nothing let through, ids of the last release gone."""
    from kbtool.release.gate import GATES
    from kbtool.release.release import make_release, vanished
    from kbtool.release.reviewed import UNREVIEWED, reviewed

    base = usable(outcome)
    status = exit_status(outcome.diagnostics)
    if status is not ExitStatus.OK:
        errors = [d for d in outcome.diagnostics if d.severity is Severity.ERROR]
        first = errors[0]
        raise (Failed if status is ExitStatus.BUG else Refused)(
            f"the base has {len(errors)} error{'s' * (len(errors) != 1)}, so nothing is exported; first: "
            f"{first.location.file}:{first.location.line}: {first.message}",
            f"run 'kbtool validate --kb {outcome.shown}' and mend them",
        )
    earlier = _previous(previous) if previous else None
    review = reviewed(base, outcome.review, outcome.as_of) if outcome.review else UNREVIEWED
    release = make_release(base, GATES[gate], outcome.as_of, earlier, review)
    if not release.claims and not release.tombstones:
        reasons = Counter(held.reason for held in release.held)
        why = "; ".join(f"{count} held: {reason}" for reason, count in reasons.most_common(3)) or "it has no claims"
        raise Refused(
            f"the gate {gate!r} lets no claim of {outcome.shown!r} through ({why})",
            "add '--gate any' to see the drafts, each marked as not reviewed" if gate != "any" else "",
        )
    if earlier and (gone := vanished(earlier.ids, release)):
        count = f"{len(gone)} id{'s' * (len(gone) != 1)}"
        raise Refused(
            f"{count} of the previous release vanished without a tombstone: {', '.join(gone[:5])}",
            "put the claim back, or withdraw it so that a tombstone remains",
        )
    return release


def _previous(path: Path) -> PreviousRelease:
    from kbtool.release.manifest import MANIFEST_PATH, NotAManifest, read_manifest
    from kbtool.store.files import FileRefused, read_file

    file = path / MANIFEST_PATH if os.path.isdir(path) else path  # noqa: PTH112 - unlike Path's, this one never raises
    hint = "name the earlier release's folder or its manifest.json"
    try:
        found = read_manifest(read_file(file))
    except FileRefused as error:
        raise Unusable(error.message, hint) from None
    if isinstance(found, NotAManifest):
        raise Unusable(f"{shown_path(file)!r} is no manifest of a release: {found.reason}", hint)
    return found


def _write(names: list[str], release: Release, out: Path, outcome: Outcome) -> None:
    from kbtool.export import EXPORTERS, run_exporters
    from kbtool.release.manifest import manifest_of
    from kbtool.store.write import WriteRefused, write_release

    exported = run_exporters((EXPORTERS[name] for name in names), release)
    if exported.refusals:
        first = exported.refusals[0]
        raise Refused(
            f"export {first.exporter!r} cannot carry a caveat of {first.claim!r}: {first.message}", first.hint
        )
    try:
        with _parents_of(out, outcome.root):
            write_release(out, exported.artifacts, manifest_of(release, exported.artifacts), outcome.root)
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


def _say(release: Release, names: list[str], out: Path) -> None:
    from kbtool.export import EXPORTERS

    unreviewed = sum(claim.standing.value != "approved" for claim in release.claims)
    click.echo(
        f"release {release.id} as of {release.as_of.isoformat()}, gate {release.gate.name!r}: "
        f"{len(release.claims)} claims, {len(release.held)} held, {len(release.tombstones)} withdrawn"
    )
    if unreviewed:
        click.echo(f"{unreviewed} of {len(release.claims)} claims: {NOT_REVIEWED}")
    width = max(len(file) for name in names for file in (*EXPORTERS[name].files, "manifest.json"))
    for name in names:
        for file in EXPORTERS[name].files:
            click.echo(f"  {shown_path(out)}/{file:{width}}  {_first_sentence(EXPORTERS[name].purpose)}")
    click.echo(f"  {shown_path(out)}/{'manifest.json':{width}}  every file with its size and SHA-256")


def _first_sentence(text: str) -> str:
    return text.partition(". ")[0].rstrip(".")


def _list() -> None:
    from kbtool.export import EXPORTERS

    for name, exporter in EXPORTERS.items():
        click.echo(f"{name}: {exporter.purpose}")
        click.echo(click.wrap_text(f"files: {', '.join(exporter.files)}", 88, "  ", "         "))
        click.echo(
            click.wrap_text(f"cannot carry: {'; '.join(exporter.cannot_carry) or 'nothing is lost'}", 88, "  ", "    ")
        )
