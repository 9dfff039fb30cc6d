"""`kbtool verify-release`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kbtool.cli.base import Unusable, as_of_option, finish, shown_path, today
from kbtool.cli.reading import format_option
from kbtool.diagnostics import ExitStatus

if TYPE_CHECKING:
    from kbtool.release.mirror import MirrorProblem
    from kbtool.release.parts import PreviousRelease

_HINT = "name the folder of a release, the one with manifest.json in it"
_MOST_SHOWN = 20


@click.command("verify-release", short_help="Check a copy of a release: every file, and whether it is still current.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@as_of_option
@click.option("--max-age", "max_age", type=click.IntRange(min=0), metavar="DAYS", help="How old it may be at most.")
@click.option(
    "--newest",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="The publisher's newest manifest.json, fetched just now, or its folder.",
)
@format_option("text", "json")
def verify_release(folder: Path, as_of: date | None, max_age: int | None, newest: Path | None, format_: str) -> None:
    """Check a copy of a release against its manifest: every file is there, is unchanged, and no other is there.

    And whether the copy may still be shown as current: no approval in it has lapsed, it is not older than --max-age
    says, and with --newest that the publisher has no newer one. A manifest is not signed. Compare its SHA-256,
    which is printed, with the one that the publisher gives, or take a signed bundle ('kbtool audit bundle').

    \b
    Exit status: 0 whole and current; 1 anything is wrong; 2 no release there.

    \b
    Examples:
      kbtool verify-release mirror/
      kbtool verify-release mirror/ --max-age 30 --newest fetched/manifest.json
    """
    manifest, digest = _manifest(folder)
    problems = _problems(manifest, folder, as_of or today(), max_age, newest)
    show = _say_json if format_ == "json" else _say
    show(folder, manifest, digest, problems)
    finish(ExitStatus.FINDINGS if problems else ExitStatus.OK)


def _manifest(folder: Path) -> tuple[PreviousRelease, str]:
    """The manifest in a folder, or the one that is named, and its SHA-256; raises Unusable where there is none."""
    from hashlib import sha256

    from kbtool.release.manifest import MANIFEST_PATH, NotAManifest, read_manifest
    from kbtool.store.files import FileRefused, read_file

    file = folder if folder.name == MANIFEST_PATH else folder / MANIFEST_PATH
    try:
        raw = read_file(file)
    except FileRefused as error:
        raise Unusable(error.message, _HINT) from None
    found = read_manifest(raw)
    if isinstance(found, NotAManifest):
        raise Unusable(f"{shown_path(file)!r} is no manifest of a release: {found.reason}", _HINT)
    return found, sha256(raw).hexdigest()


def _problems(
    manifest: PreviousRelease, folder: Path, day: date, max_age: int | None, newest: Path | None
) -> list[MirrorProblem]:
    from kbtool.release.mirror import age_problems, file_problems, newer_problems
    from kbtool.store.mirror import digests_below

    if not folder.is_dir():
        raise Unusable(f"{shown_path(folder)!r} is not a folder", _HINT)
    try:
        found = digests_below(folder)
    except OSError as error:
        raise Unusable(
            f"{error.filename!r} cannot be read: {(error.strerror or '').lower()}", "mend it first"
        ) from None
    newer = newer_problems(manifest, _manifest(newest)[0]) if newest else ()
    return [*file_problems(manifest, found), *age_problems(manifest, day, max_age), *newer]


def _say(folder: Path, manifest: PreviousRelease, digest: str, problems: list[MirrorProblem]) -> None:
    for problem in problems[:_MOST_SHOWN]:
        click.echo(f"{problem.fault}: {problem.message}")
    if len(problems) > _MOST_SHOWN:
        click.echo(f"... and {len(problems) - _MOST_SHOWN} more")
    until = f", valid until {manifest.valid_until}" if manifest.valid_until else ""
    click.echo(f"{shown_path(folder)}: release {manifest.id} as of {manifest.as_of}{until}")
    click.echo(f"manifest.json has SHA-256 {digest}")
    files = len(manifest.digests)
    outcome = f"{len(problems)} problem{'s' * (len(problems) != 1)}" if problems else "whole, and not out of date"
    click.echo(f"{files:,} file{'s' * (files != 1)} listed: {outcome}")


def _say_json(folder: Path, manifest: PreviousRelease, digest: str, problems: list[MirrorProblem]) -> None:
    from dataclasses import asdict

    from kbtool.report.jsontext import json_text

    said = {
        "folder": shown_path(folder),
        "release": manifest.id,
        "as_of": manifest.as_of.isoformat() if manifest.as_of else None,
        "valid_until": manifest.valid_until.isoformat() if manifest.valid_until else None,
        "manifest_sha256": digest,
        "files": len(manifest.digests),
        "problems": [asdict(problem) for problem in problems],
    }
    click.echo(json_text(said), nl=False)
