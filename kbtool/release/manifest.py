"""The manifest of a release: every file with its digest, every id, and which release it follows."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from kbtool.release.artifact import Artifact
from kbtool.release.jsontext import pretty
from kbtool.release.parts import PreviousRelease, Release
from kbtool.release.view import checkpoint_of, notice_of_release

if TYPE_CHECKING:
    from kbtool.release.jsontext import JsonObject

MANIFEST_PATH = "manifest.json"
"""Where the manifest lies in a release's directory."""

MANIFEST_FORMAT = "kbtool/manifest/1"
"""The format's name and version, in the manifest's `format`."""

_MEDIA_TYPES = {
    ".json": "application/json",
    ".ndjson": "application/x-ndjson",
    ".csv": "text/csv",
}


@dataclass(frozen=True, slots=True)
class NotAManifest:
    """Why some bytes are not a manifest of a release."""

    reason: str


def manifest_of(release: Release, artifacts: Iterable[Artifact]) -> Artifact:
    """The manifest of a release and the files made of it; it is written last."""
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
        "files": sorted(map(_file, artifacts), key=lambda file: str(file["path"])),
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
    return PreviousRelease(release, frozenset(ids), {str(path): str(digest) for path, digest in pairs})


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [None]


def _file(artifact: Artifact) -> JsonObject:
    return {
        "path": artifact.path,
        "bytes": len(artifact.content),
        "sha256": sha256(artifact.content).hexdigest(),
        "media_type": _MEDIA_TYPES.get(PurePosixPath(artifact.path).suffix, "application/octet-stream"),
    }
