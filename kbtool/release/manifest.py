"""The manifest of a release: every file with its digest, every id, and which release it follows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from kbtool.release.artifact import Artifact, OutputFile, chunks_of
from kbtool.release.jsontext import pretty
from kbtool.release.media_types import media_type_of
from kbtool.release.parts import PreviousRelease, Release
from kbtool.release.view import checkpoint_of, notice_of_release

if TYPE_CHECKING:
    from kbtool.release.jsontext import JsonObject

MANIFEST_PATH = "manifest.json"
"""Where the manifest lies in a release's directory."""

MANIFEST_FORMAT = "kbtool/manifest/1"
"""The format's name and version, in the manifest's `format`."""


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file as the manifest lists it."""

    path: str
    size: int
    """Number of bytes."""
    sha256: str
    """In lower-case hexadecimal."""


def entry_of(file: OutputFile) -> FileEntry:
    """The entry of a file that is not written anywhere."""
    digest, size = sha256(), 0
    for chunk in chunks_of(file):
        digest.update(chunk)
        size += len(chunk)
    return FileEntry(file.path, size, digest.hexdigest())


@dataclass(frozen=True, slots=True)
class NotAManifest:
    """Why some bytes are not a manifest of a release."""

    reason: str


def manifest_of(release: Release, entries: Iterable[FileEntry], contracts: Mapping[str, str] | None = None) -> Artifact:
    """The manifest of a release and the files made of it; it is written last.

    `contracts` gives the contract of each format that the files are in, by the format's name.
    """
    manifest: JsonObject = {
        "format": MANIFEST_FORMAT,
        "release": release.id,
        "digest": release.digest,
        "previous": release.previous,
        "gate": release.gate.name,
        "as_of": release.as_of.isoformat(),
        "schema_version": release.schema_version,
        "valid_until": release.valid_until.isoformat() if release.valid_until else None,
        "checkpoint": checkpoint_of(release),
        "notice": notice_of_release(release),
        "claims": [released.claim.id for released in release.claims],
        "held": [held.id for held in release.held],
        "withdrawn": [tombstone.id for tombstone in release.tombstones],
        "policy": release.policy,
        "contracts": dict(contracts or {}),
        "files": [_file(entry) for entry in sorted(entries, key=lambda entry: entry.path)],
    }
    return Artifact(MANIFEST_PATH, pretty(manifest))


def read_manifest(raw: bytes) -> PreviousRelease | NotAManifest:
    """What a later release must know of the one whose manifest this is; any bytes give an answer."""
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError):
        return NotAManifest("it is not JSON")
    if not isinstance(data, dict) or data.get("format") != MANIFEST_FORMAT:
        return NotAManifest(f"its format is not '{MANIFEST_FORMAT}'")
    return _previous(data)


def _previous(data: dict[str, Any]) -> PreviousRelease | NotAManifest:
    release, files = data.get("release"), data.get("files")
    if not isinstance(release, str) or not isinstance(files, list):
        return NotAManifest("it lacks its release or its files")
    ids = [item for name in ("claims", "held", "withdrawn") for item in _list(data.get(name))]
    pairs = [(file.get("path"), file.get("sha256")) if isinstance(file, dict) else (None, None) for file in files]
    if not all(isinstance(item, str) for item in (*ids, *(part for pair in pairs for part in pair))):
        return NotAManifest("an id, a path or a digest in it is not text")
    try:
        as_of, valid_until = (_day(data.get(name)) for name in ("as_of", "valid_until"))
    except (ValueError, TypeError):
        return NotAManifest("a date in it is none")
    digests = {str(path): str(digest) for path, digest in pairs}
    return PreviousRelease(release, frozenset(ids), digests, as_of, valid_until)


def _day(value: Any) -> date | None:
    """Raises ValueError or TypeError for what is neither null nor a date."""
    return None if value is None else date.fromisoformat(value)


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [None]


def _file(entry: FileEntry) -> JsonObject:
    return {
        "path": entry.path,
        "bytes": entry.size,
        "sha256": entry.sha256,
        "media_type": media_type_of(entry.path),
    }
