"""Whether the files of a base have changed: a digest of their names, sizes and times, without reading them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from kbtool.store.target import schema_folder


def state_of(root: Path) -> str:
    """The state of the base at `root` with its schema folder; another one as soon as any file in them is another."""
    found = sha256()
    for line in sorted({*_lines(root), *_lines(schema_folder(root))}):
        found.update(os.fsencode(line) + b"\0")
    return found.hexdigest()


def _lines(folder: Path) -> Iterator[str]:
    """One line for each file; one that goes meanwhile has none."""
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(place, name)
            try:
                status = path.lstat()
            except OSError:
                continue
            yield f"{path} {status.st_size} {status.st_mtime_ns} {status.st_ino}"
