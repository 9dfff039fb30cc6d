"""Files with private keys: outside of every base, for their owner's eyes alone, never overwritten."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from kbtool.store.files import FileRefused, force_to_disk, read_file
from kbtool.store.read import CONFIG

_MODE = 0o600


def write_new_key(path: Path, pem: bytes) -> None:
    """Make the file, readable by its owner alone; raises FileRefused in a base, over another file, on a bad disk."""
    if base := base_around(path):
        hint = "choose a place outside; whoever copies the base would have the key"
        raise FileRefused(f"{path.as_posix()!r} lies in the base {base.as_posix()!r}", hint)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, _MODE)
    except FileExistsError:
        hint = "choose another name; a key that is overwritten cannot be had back"
        raise FileRefused(f"{path.as_posix()!r} is there already", hint) from None
    except OSError as error:
        raise _cannot(path, "made", error) from error
    try:
        _fill(handle, pem)
        force_to_disk(path.parent)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise _cannot(path, "written", error) from error


def read_key_file(path: Path) -> bytes:
    """The bytes of a key file; raises FileRefused where it cannot be read."""
    return read_file(path)


def is_open_to_others(path: Path) -> bool:
    """Whether anybody but its owner may read or write the file."""
    return bool(stat.S_IMODE(path.stat().st_mode) & 0o077)


def base_around(path: Path) -> Path | None:
    """The base that a file would lie in, or None."""
    return _holder(path, CONFIG)


def repository_around(path: Path) -> Path | None:
    """The git work tree that a file would lie in, or None."""
    return _holder(path, ".git")


def _holder(path: Path, sign: str) -> Path | None:
    folder = path.parent.resolve()
    return next((each for each in (folder, *folder.parents) if (each / sign).exists()), None)


def _fill(handle: int, pem: bytes) -> None:
    with os.fdopen(handle, "wb") as out:
        os.fchmod(handle, _MODE)
        out.write(pem)
        out.flush()
        os.fsync(handle)


def _cannot(path: Path, what: str, error: OSError) -> FileRefused:
    reason = (error.strerror or str(error)).lower()
    return FileRefused(f"{path.as_posix()!r} cannot be {what}: {reason}", "see that its folder exists and has room")
