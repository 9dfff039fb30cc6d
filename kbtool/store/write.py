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
_CHUNK = 1 << 17
"""Bytes that are written at a time."""
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


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
    below, entries, folders = f"{os.fspath(staging)}/", [], {""}
    staging.chmod(_FOLDER_MODE)
    for file in files:
        _make_folder(below, file.path.rpartition("/")[0], folders)
        entries.append(FileEntry(file.path, *_write_file(below + file.path, chunks_of(file))))
    _write_file(below + MANIFEST_PATH, chunks_of(manifest(entries)))
    written = (*(entry.path for entry in entries), MANIFEST_PATH, *sorted(folders))
    force_all(staging, [below + path for path in written])


def _make_folder(below: str, folder: str, made: set[str]) -> None:
    """Make a folder of the release and those that it lies in; `made` holds the ones that are there."""
    if folder not in made:
        _make_folder(below, folder.rpartition("/")[0], made)
        os.mkdir(below + folder)  # noqa: PTH102 - a release may have tens of thousands of files
        os.chmod(below + folder, _FOLDER_MODE)  # noqa: PTH101 - the same
        made.add(folder)


def _write_file(path: str, chunks: Iterable[bytes]) -> tuple[int, str]:
    """Write a file as its bytes come, so that it is never whole in memory; its size and SHA-256.

    By plain calls to the system: a release may have tens of thousands of files, and Python's own way takes longer than
    making what stands in them.
    """
    size, digest = 0, sha256()
    handle = os.open(path, _NEW, _FILE_MODE)
    try:
        for chunk in _together(chunks):
            _write(handle, chunk)
            size += len(chunk)
            digest.update(chunk)
        os.fchmod(handle, _FILE_MODE)
    finally:
        os.close(handle)
    return size, digest.hexdigest()


def _together(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in larger chunks: each costs a call to the system."""
    waiting, size = [], 0
    for chunk in chunks:
        waiting.append(chunk)
        size += len(chunk)
        if size >= _CHUNK:
            yield b"".join(waiting)
            waiting, size = [], 0
    yield b"".join(waiting)


def _write(handle: int, chunk: bytes) -> None:
    written = os.write(handle, chunk)
    while written < len(chunk):
        written += os.write(handle, memoryview(chunk)[written:])


def _put_in_place(staging: Path, target: Path, *, replaces: bool) -> None:
    if replaces:
        exchange(staging, target)
    else:
        staging.rename(target)
    force(target.parent)
