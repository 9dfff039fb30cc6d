"""Which files a change may write: below the base, visible to its readers, behind no symbolic link."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from kbtool.store.files import FileRefused

_MOST_BYTES = 255
"""Of one part of a path, on every usual file system."""
_HINT = "nothing was written; name files by their plain place in the base"


def check_names(names: Sequence[str]) -> None:
    """Raise FileRefused where a name could lead out of the base, is hidden, or two of them could meet on some disk."""
    files: set[str] = set()
    folders: set[str] = set()
    for name in names:
        if problem := _name_problem(name):
            raise FileRefused(f"{name!r} {problem}", _HINT)
        key = PurePosixPath(unicodedata.normalize("NFC", name).casefold())
        above = {str(folder) for folder in key.parents}
        if str(key) in files | folders or above & files:
            raise FileRefused(f"{name!r} is the place of two files", _HINT)
        files.add(str(key))
        folders |= above


def check_folders(root: Path, name: str) -> None:
    """Raise FileRefused where a folder on the way to the file is a symbolic link or no folder, or OSError."""
    for folder in reversed(folders_of(name)):
        try:
            mode = (root / folder).lstat().st_mode
        except FileNotFoundError:
            return
        if not stat.S_ISDIR(mode):
            what = "a symbolic link" if stat.S_ISLNK(mode) else "no folder"
            raise FileRefused(f"{name!r} cannot be written: {folder!r} is {what}", "put a folder there")


def check_writable(root: Path, name: str) -> None:
    """Raise FileRefused where the deepest folder there is on the way to the file may not be written to."""
    folder = next((each for each in folders_of(name) if (root / each).is_dir()), ".")
    if not os.access(root / folder, os.W_OK | os.X_OK):
        hint = "nothing was written; give the user who runs kbtool the right to write there"
        raise FileRefused(f"{name!r} cannot be written: the folder {folder!r} may not be written to", hint)


def folders_of(name: str) -> tuple[str, ...]:
    """The folders inside the base that lead to a file, the deepest first: "a/b/c" gives "a/b", "a"."""
    return tuple(str(folder) for folder in PurePosixPath(name).parents)[:-1]


def _name_problem(name: str) -> str | None:
    return next((problem for part in name.split("/") for problem in _part_problems(part)), None)


def _part_problems(part: str) -> Iterator[str]:
    if part in {"", ".", ".."}:
        yield "is not a plain path below the base"
    elif part.startswith("."):
        yield "is hidden, and readers of the base pass over it"
    if "\0" in part or "\\" in part:
        yield "has a character that no file name of a base may have"
    try:
        if len(part.encode()) > _MOST_BYTES:
            yield "has a part of more than 255 bytes"
    except UnicodeEncodeError:
        yield "is not text"
