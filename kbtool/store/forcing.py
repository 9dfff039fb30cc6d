"""Forcing many new files and folders to the disk: one call for their file system where there is one, else one each."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable
from pathlib import Path

_FEW = 64
"""Up to so many files, forcing each takes less time than whatever else waits to be written on the file system."""


def force_all(folder: Path, files: Iterable[Path | str]) -> None:
    """Make `files`, all below `folder` and on its file system, outlast a loss of power; folders may be among them.

    Raises OSError where the disk does not take them. Thousands of files forced one by one take minutes.
    """
    paths = list(files)
    if len(paths) <= _FEW or not _forced_at_once(folder):
        for path in paths:
            force(path)


def force(path: Path | str) -> None:
    """Make the bytes of a file, or the entries of a folder, outlast a loss of power; raises OSError."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _forced_at_once(folder: Path) -> bool:
    """Force the whole file system; False where the system has no call for that. Raises OSError where it fails."""
    syncfs = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
    if syncfs is None:
        return False
    handle = os.open(folder, os.O_RDONLY)
    try:
        if syncfs(handle) == 0:
            return True
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), os.fspath(folder))
    finally:
        os.close(handle)
