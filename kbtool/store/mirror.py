"""Reading a copy of a release: the digest of every file in it, whatever its size."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from hashlib import file_digest
from pathlib import Path
from typing import NoReturn

from kbtool.release.manifest import MANIFEST_PATH
from kbtool.release.mirror import ODD


def digests_below(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below a folder but its manifest, by path; `ODD` for links, pipes and empty folders.

    Nothing outside the folder is read, whatever a link in it points to. Raises OSError for what cannot be read.
    """
    found = {path.relative_to(folder).as_posix(): _digest(path) for path in _everything(folder)}
    return {name: digest for name, digest in found.items() if name != MANIFEST_PATH}


def _everything(folder: Path) -> Iterator[Path]:
    """Every file and link below a folder, and every folder with nothing in it."""
    for place, folders, names in os.walk(folder, onerror=_raise):
        here = Path(place)
        yield from (here / name for name in names)
        yield from (here / name for name in folders if (here / name).is_symlink())
        if not folders and not names and here != folder:
            yield here


def _raise(error: OSError) -> NoReturn:
    raise error


def _digest(path: Path) -> str:
    if not stat.S_ISREG(path.lstat().st_mode):
        return ODD
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
