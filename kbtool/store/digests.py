"""Digests of files, many of them, without holding one longer than it takes."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path

_AT_ONCE = 1 << 16
"""Bytes that are asked for at once: most records and texts are shorter."""
_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0)


def digester(root: Path) -> Callable[[Sequence[str]], list[str]]:
    """What digests files of the base at `root` by their names, in whichever process; it raises OSError."""
    return lambda names: [file_digest(f"{root}/{name}") for name in names]


def file_digest(path: str) -> str:
    """The digest of a file; raises OSError."""
    handle = os.open(path, _FLAGS)
    try:
        digest = sha256()
        while block := os.read(handle, _AT_ONCE):
            digest.update(block)
        return digest.hexdigest()
    finally:
        os.close(handle)
