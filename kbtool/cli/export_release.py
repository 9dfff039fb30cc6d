"""The release that `kbtool export` writes: of a base without errors, and of what an earlier release says."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kbtool.cli.base import Failed, Outcome, Refused, Unusable, shown_path, usable
from kbtool.diagnostics import ExitStatus, Severity, exit_status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kbtool.release.parts import EarlierNanopubs
    from kbtool.release.release import PreviousRelease, Release
    from kbtool.release.snapshot import EarlierRelease

CLAIMS_PATH = "claims.json"
"""The file of a release that a later one can be compared with."""


def release_of(outcome: Outcome, gate: str, previous: Path | None) -> Release:
    """The release through a gate.

    Raises Refused where the base has errors, nothing is let through or ids of the release before are gone; Unusable
    where that release cannot be read.
    """
    from kbtool.release.gate import GATES
    from kbtool.release.release import make_release
    from kbtool.release.reviewed import UNREVIEWED, reviewed

    base = usable(outcome)
    _refuse_errors(outcome)
    earlier = previous_release_at(previous) if previous else None
    review = reviewed(base, outcome.review, outcome.as_of) if outcome.review else UNREVIEWED
    release = make_release(base, GATES[gate], outcome.as_of, earlier, review)
    if not release.claims and not release.tombstones:
        reasons = Counter(held.reason for held in release.held)
        why = "; ".join(f"{count} held: {reason}" for reason, count in reasons.most_common(3)) or "it has no claims"
        raise Refused(
            f"the gate {gate!r} lets no claim of {outcome.shown!r} through ({why})",
            "add '--gate any' to see the drafts, each marked as not reviewed" if gate != "any" else "",
        )
    if earlier:
        refuse_vanished(earlier.ids, release, "previous")
    return replace(release, nanopubs=_nanopubs_at(previous, earlier)) if previous and earlier else release


def refuse_vanished(ids: Iterable[str], release: Release, which: str) -> None:
    """Raise Refused where ids of another release, which `which` names, are in no list of this one."""
    from kbtool.release.release import vanished

    if gone := vanished(ids, release):
        count = f"{len(gone)} id{'s' * (len(gone) != 1)}"
        raise Refused(
            f"{count} of the {which} release vanished without a tombstone: {', '.join(gone[:5])}",
            "put the claim back, or withdraw it so that a tombstone remains",
        )


def _nanopubs_at(path: Path, previous: PreviousRelease) -> Mapping[str, EarlierNanopubs]:
    """The nanopublications of the release before; none where it made none.

    Raises Refused where their index is not the one that its manifest names.
    """
    from hashlib import sha256

    from kbtool.export.nanopub_before import INDEX_PATH, nanopubs_in
    from kbtool.release.manifest import MANIFEST_PATH

    if INDEX_PATH not in previous.digests:
        return {}
    file = (path.parent if path.name == MANIFEST_PATH else path) / INDEX_PATH
    raw = _bytes_of(file, "name the folder of the earlier release, with all of its files")
    found = nanopubs_in(raw) if previous.digests[INDEX_PATH] == sha256(raw).hexdigest() else None
    if found is None:
        message = f"{shown_path(file)!r} is not the index that was written with its release"
        raise Refused(message, "take the release from where it was published")
    return found


def _refuse_errors(outcome: Outcome) -> None:
    status = exit_status(outcome.diagnostics)
    if status is ExitStatus.OK:
        return
    errors = [d for d in outcome.diagnostics if d.severity is Severity.ERROR]
    first = errors[0]
    raise (Failed if status is ExitStatus.BUG else Refused)(
        f"the base has {len(errors)} error{'s' * (len(errors) != 1)}, so nothing is exported; first: "
        f"{first.location.file}:{first.location.line}: {first.message}",
        f"run 'kbtool validate --kb {outcome.shown}' and mend them",
    )


def previous_release_at(path: Path) -> PreviousRelease:
    """The release before, from its folder or manifest; raises Unusable where there is none."""
    from kbtool.release.manifest import MANIFEST_PATH, NotAManifest, read_manifest

    hint = "name the earlier release's folder or its manifest.json"
    file = _inside(path, MANIFEST_PATH)
    found = read_manifest(_bytes_of(file, hint))
    if isinstance(found, NotAManifest):
        raise Unusable(f"{shown_path(file)!r} is no manifest of a release: {found.reason}", hint)
    return found


def earlier_release_at(path: Path) -> EarlierRelease:
    """The release to compare with, from its folder, `claims.json` or manifest.

    Raises Unusable where there is none; Refused where its claims are not those that its manifest names.
    """
    from hashlib import sha256

    from kbtool.release.manifest import MANIFEST_PATH, read_manifest
    from kbtool.release.parts import PreviousRelease
    from kbtool.release.snapshot import NotARelease, earlier_release

    hint = "name the folder of a release with claims.json, or that file"
    file = _inside(path.parent if path.name == MANIFEST_PATH else path, CLAIMS_PATH)
    raw = _bytes_of(file, hint)
    manifest = file.parent / MANIFEST_PATH
    named = read_manifest(_bytes_of(manifest, hint)) if manifest.is_file() else None
    if isinstance(named, PreviousRelease) and named.digests.get(file.name) != sha256(raw).hexdigest():
        message = f"{shown_path(file)!r} was changed after its release was written, says the manifest beside it"
        raise Refused(message, "take the release from where it was published")
    found = earlier_release(raw)
    if isinstance(found, NotARelease):
        raise Unusable(f"{shown_path(file)!r} is no release: {found.reason}", hint)
    return found


def _inside(path: Path, name: str) -> Path:
    return path / name if os.path.isdir(path) else path  # noqa: PTH112 - unlike Path's, this one never raises


def _bytes_of(file: Path, hint: str) -> bytes:
    from kbtool.store.files import FileRefused, read_file

    try:
        return read_file(file)
    except FileRefused as error:
        raise Unusable(error.message, hint) from None
