"""Changing one file: it holds the old bytes or the new ones, never anything between, whenever the process ends."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

from kbtool.store.interrupt import undone_on_interrupt

_FILE_MODE = 0o644


class FileRefused(Exception):  # noqa: N818 - it says what happened, as messages do
    """A file was not changed; `message` is one sentence, `hint` says what to do next."""

    def __init__(self, message: str, hint: str) -> None:
        """Keep the message and the hint."""
        super().__init__(message)
        self.message = message
        self.hint = hint


def read_file(path: Path) -> bytes:
    """The bytes of a regular file; raises FileRefused for anything else, a link among them, or one that is not read."""
    try:
        mode = path.lstat().st_mode
        if stat.S_ISLNK(mode):
            raise FileRefused(f"{path.as_posix()!r} is a symbolic link", "name the file that it points to")
        if not stat.S_ISREG(mode):
            raise FileRefused(f"{path.as_posix()!r} is no regular file", "name a file")
        return path.read_bytes()
    except OSError as error:
        raise _refused(path, "read", error) from error


def replace_file(path: Path, old: bytes | None, new: bytes) -> None:
    """Put `new` in the place of `old`, the bytes that the caller has seen; None says that no file was there.

    Raises FileRefused where the file is not as it was seen, or where the disk does not take the new one.
    """
    try:
        _check_unchanged(path, old)
        mode = _FILE_MODE if old is None else stat.S_IMODE(path.stat().st_mode)
        with undone_on_interrupt():
            beside = _write_beside(path, new, mode)
            try:
                _check_unchanged(path, old)
                beside.replace(path)
            finally:
                beside.unlink(missing_ok=True)
        force_to_disk(path.parent)
    except OSError as error:
        raise _refused(path, "written", error) from error


def force_to_disk(folder: Path) -> None:
    """Make a folder's entries outlast a loss of power; raises OSError."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _check_unchanged(path: Path, old: bytes | None) -> None:
    now = read_file(path) if os.path.lexists(path) else None
    if now != old:
        what = "has appeared" if old is None else "has changed since it was read" if now is not None else "is gone"
        raise FileRefused(f"{path.as_posix()!r} {what}", "nothing was written to it; look at it and try again")


def _write_beside(path: Path, content: bytes, mode: int) -> Path:
    """A new hidden file in the same folder, forced to the disk."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.kbtool-", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            beside.chmod(mode)
            os.fsync(out.fileno())
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return beside


def _refused(path: Path, what: str, error: OSError) -> FileRefused:
    reason = (error.strerror or str(error)).lower()
    hint = "see that its folder exists, can be written to and has room" if what == "written" else "check the path"
    return FileRefused(f"{path.as_posix()!r} cannot be {what}: {reason}", hint)
