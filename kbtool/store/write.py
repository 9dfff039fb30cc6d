"""Writing a release: its directory appears whole or not at all.

Everything is written into a new directory beside the target, forced to the disk, and put in place by one system call: a
rename where there was nothing, an exchange where there was an earlier release. A process killed at any point leaves
the old state or the new one, and perhaps a hidden directory `.<name>.kbtool-…` beside it, which may be deleted.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kbtool.release.artifact import Artifact
from kbtool.store.exchange import exchange
from kbtool.store.target import WriteRefused, check_paths, holds_release, target_of

__all__ = ["WriteRefused", "write_release"]

_FOLDER_MODE = 0o755
_FILE_MODE = 0o644


def write_release(directory: Path, artifacts: Iterable[Artifact], manifest: Artifact, base: Path) -> None:
    """Write a release's files and, last, its manifest as the directory `directory`.

    `base` is the directory of the knowledge base, which is never written to. An earlier release in the same place is
    replaced. Raises WriteRefused where anything else is there, or where the disk does not take it.
    """
    files = (*artifacts, manifest)
    check_paths(files)
    try:
        target = target_of(directory, base)
        replaces = holds_release(target)
        with _beside(target) as staging:
            _fill(staging, files)
            _put_in_place(staging, target, replaces=replaces)
    except OSError as error:
        hint = "see that the folder above it exists, can be written to and has room, or choose another place"
        raise WriteRefused(f"'{directory}' could not be written: {error.strerror or error}", hint) from error


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A new directory in the target's parent; whatever bears its name at the end (new or old state) is deleted."""
    staging = Path(tempfile.mkdtemp(prefix=f".{target.name}.kbtool-", dir=target.parent))
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _fill(staging: Path, files: Iterable[Artifact]) -> None:
    for file in files:
        path = staging / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_file(path, file.content)
    for folder, _, _ in os.walk(staging):
        Path(folder).chmod(_FOLDER_MODE)
        _force_to_disk(Path(folder))


def _write_file(path: Path, content: bytes) -> None:
    with path.open("xb") as out:
        out.write(content)
        out.flush()
        path.chmod(_FILE_MODE)
        os.fsync(out.fileno())


def _put_in_place(staging: Path, target: Path, *, replaces: bool) -> None:
    if replaces:
        exchange(staging, target)
    else:
        staging.rename(target)
    _force_to_disk(target.parent)


def _force_to_disk(folder: Path) -> None:
    """Make a folder's entries outlast a loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
