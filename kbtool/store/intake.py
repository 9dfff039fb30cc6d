"""What comes into a base from outside: a file or standard input, read within limits; new files, never over others."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from kbtool.store.files import FileRefused
from kbtool.store.lock import PATIENCE
from kbtool.store.shipped import shipped_schema_folder
from kbtool.store.transaction import Write, commit

MOST_BYTES = 64 * 1024 * 1024
"""Bytes of the largest file that is taken."""

STANDARD_INPUT = Path("-")
"""What names standard input."""

_PIECE = 1 << 20


def read_input(path: Path, stream: BinaryIO) -> bytes:
    """The bytes of the file at `path`, or of `stream` where it is "-".

    A link to a file is followed. Raises FileRefused for what is no regular file (a pipe is never waited for), is too
    large or cannot be read.
    """
    if path == STANDARD_INPUT:
        return _limited(stream, "standard input")
    shown = path.as_posix()
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    except OSError as error:
        raise _refused(shown, error) from error
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise FileRefused(f"{shown!r} is no regular file", "name a file; pipe what a program writes to 'kbtool ... -'")
    with os.fdopen(handle, "rb") as file:
        try:
            return _limited(file, shown)
        except OSError as error:
            raise _refused(shown, error) from error


def _limited(file: BinaryIO, shown: str) -> bytes:
    pieces, left = [], MOST_BYTES + 1
    while left and (piece := file.read(min(left, _PIECE))):
        pieces.append(piece)
        left -= len(piece)
    if not left:
        raise FileRefused(f"{shown!r} has more than {MOST_BYTES:,} bytes", "split it")
    return b"".join(pieces)


def _refused(shown: str, error: OSError) -> FileRefused:
    reason = (error.strerror or str(error)).lower()
    return FileRefused(f"{shown!r} cannot be read: {reason}", "check the path and the right to read it")


def write_new(root: Path, files: Mapping[str, bytes], patience: float = PATIENCE) -> None:
    """Write new files into a base, all or none; raises what `commit` raises, Conflict where one exists."""
    commit(root, [Write(name, content, None) for name, content in sorted(files.items())], patience)


def schema_file(root: Path, folder: str, name: str) -> bytes | None:
    """The bytes of a file of the base's schema folder, or of the one that comes with kbtool where it has none."""
    for place in (root / folder, shipped_schema_folder()):
        if (place / name).is_file():
            return (place / name).read_bytes()
    return None
