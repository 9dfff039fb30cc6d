"""Writing a release: its directory appears whole or not at all.

Everything is written into a new directory beside the target, forced to the disk, and put in place by one system call: a
rename where there was nothing, an exchange where there was an earlier release. A process killed at any point leaves
the old state or the new one, and perhaps a hidden directory `.<name>.kbtool-…` beside it, which may be deleted.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from kbtool.release.artifact import Artifact, OutputFile, chunks_of
from kbtool.release.manifest import MANIFEST_PATH, FileEntry
from kbtool.store.exchange import exchange
from kbtool.store.forcing import force, force_all
from kbtool.store.interrupt import stop_if_seen, undone_on_interrupt
from kbtool.store.target import WriteRefused, check_paths, holds_release, target_of

__all__ = ["WriteRefused", "write_release"]

_FOLDER_MODE = 0o755
_FILE_MODE = 0o644


def write_release(
    directory: Path, files: Iterable[OutputFile], manifest: Callable[[Sequence[FileEntry]], Artifact], base: Path
) -> None:
    """Write a release's files and, last, the manifest that `manifest` makes of them, as the directory `directory`.

    `base` is the directory of the knowledge base, which is never written to. An earlier release in the same place is
    replaced. Raises WriteRefused where anything else is there, or where the disk does not take it.
    """
    files = tuple(files)
    check_paths((*(file.path for file in files), MANIFEST_PATH))
    try:
        target = target_of(directory, base)
        replaces = holds_release(target, directory)
        with undone_on_interrupt(), _beside(target) as staging:
            _fill(staging, files, manifest)
            stop_if_seen()
            _put_in_place(staging, target, replaces=replaces)
    except OSError as error:
        hint = "see that the folder above it exists, can be written to and has room, or choose another place"
        reason = (error.strerror or str(error)).lower()
        raise WriteRefused(f"'{directory}' could not be written: {reason}", hint) from error


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A new directory in the target's parent; whatever bears its name at the end (new or old state) is deleted."""
    staging = Path(tempfile.mkdtemp(prefix=f".{target.name}.kbtool-", dir=target.parent))
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _fill(staging: Path, files: Iterable[OutputFile], manifest: Callable[[Sequence[FileEntry]], Artifact]) -> None:
    entries = []
    for file in files:
        path = staging / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        entries.append(FileEntry(file.path, *_write_file(path, chunks_of(file))))
    _write_file(staging / MANIFEST_PATH, chunks_of(manifest(entries)))
    folders = [Path(folder) for folder, _, _ in os.walk(staging)]
    for folder in folders:
        folder.chmod(_FOLDER_MODE)
    force_all(staging, (*(staging / entry.path for entry in entries), staging / MANIFEST_PATH, *folders))


def _write_file(path: Path, chunks: Iterable[bytes]) -> tuple[int, str]:
    """Write a file as its bytes come, so that it is never whole in memory; its size and SHA-256."""
    size, digest = 0, sha256()
    with path.open("xb") as out:
        for chunk in chunks:
            out.write(chunk)
            size += len(chunk)
            digest.update(chunk)
    path.chmod(_FILE_MODE)
    return size, digest.hexdigest()


def _put_in_place(staging: Path, target: Path, *, replaces: bool) -> None:
    if replaces:
        exchange(staging, target)
    else:
        staging.rename(target)
    force(target.parent)
