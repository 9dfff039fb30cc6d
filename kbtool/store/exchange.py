"""Two directories change places in one step, so that no moment shows neither.

Python's own library has no call for it; Linux and macOS have one each.
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_RENAME_SWAP = 2
_UNABLE = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP})
_CANNOT = "this file system cannot let two directories change places in one step"


def exchange(one: Path, other: Path) -> None:
    """Let two existing paths of one file system change places.

    Raises OSError where either is missing or the system or file system cannot do it (ENOSYS, EINVAL, ENOTSUP).
    """
    library = ctypes.CDLL(None, use_errno=True)
    first, second = os.fsencode(one), os.fsencode(other)
    if sys.platform == "linux" and hasattr(library, "renameat2"):
        failed = library.renameat2(_AT_FDCWD, first, _AT_FDCWD, second, _RENAME_EXCHANGE)
    elif sys.platform == "darwin":
        failed = library.renamex_np(first, second, _RENAME_SWAP)
    else:
        raise OSError(errno.ENOSYS, _CANNOT)
    if failed:
        number = ctypes.get_errno()
        raise OSError(number, _CANNOT if number in _UNABLE else os.strerror(number), str(other))
