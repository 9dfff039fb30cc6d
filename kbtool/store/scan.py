"""Names and stat data of every file of a base, in one walk: the quick question whether anything has changed.

Nothing is opened here, and nothing heavy is imported: this runs at the start of every warm run.
"""

from __future__ import annotations

import os
import stat
import threading
from array import array
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import NoReturn

from kbtool.store.hidden import JOURNAL, LOCK

Stat = tuple[int, int, int, int, int]
"""Mode, bytes, time of the content and of the entry (nanoseconds) and number of the file on its disk."""

SLACK = 2_000_000_000
"""Nanoseconds within which a disk may give two changes the same time (two seconds on FAT, the coarsest)."""
WIDTH = 5
"""Numbers in the stat data of a file."""
_TIMES = (2, 3)
"""Where the times stand in the stat data of a file."""
_FILE_ENDINGS = (".yaml", ".yml", ".txt", ".json")


class Odd(Exception):  # noqa: N818 - it says what there is
    """The base holds what only the full reader can tell of: a link, a pipe, an unfinished change, a closed folder."""


@dataclass(frozen=True, slots=True)
class Scan:
    """What one walk saw."""

    folders: tuple[tuple[str, int], ...]
    """Each folder, relative to the base, with how many files were seen when it was done."""
    names: list[str]
    """Names of the files in their folders, folder by folder."""
    numbers: array[int]
    """Their stat data, `WIDTH` numbers a file."""

    @property
    def mark(self) -> str:
        """Equal for two walks between which no file came, went or changed."""
        text = "\0".join((*self.names, *(f"{name}\0{upto}" for name, upto in self.folders)))
        return sha256(self.numbers.tobytes() + os.fsencode(text)).hexdigest()

    def paths(self) -> list[str]:
        """The name of every file inside the base, with forward slashes, in the order of the walk."""
        paths: list[str] = []
        for folder, upto in self.folders:
            inside = self.names[len(paths) : upto]
            paths += [f"{folder}/{name}" for name in inside] if folder else inside
        return paths

    @property
    def youngest(self) -> int:
        """The latest time of any file, of its content or its entry, in nanoseconds; 0 where there is none."""
        times = (self.numbers[at::WIDTH] for at in _TIMES)
        return max((max(each) for each in times if each), default=0)


def scan(root: Path, expected: int = 0) -> Scan:
    """Walk the base at `root`; raises Odd where the full reader is needed.

    Where more than `SPLIT_FROM` files are expected, a second process walks half of them.
    """
    if os.path.lexists(root / JOURNAL):
        raise Odd
    try:
        top = _walk(root, [""], deep=False)
        below = sorted(_folder_names(root))
        if expected >= SPLIT_FROM and len(below) > 1 and _may_fork():
            return _joined(top, *_halves(root, below))
        return _joined(top, _walk(root, below[::-1], deep=True))
    except (OSError, OverflowError, ValueError) as error:
        raise Odd from error


SPLIT_FROM = 40_000
"""Files from which on a second process is worth its start."""


def _may_fork() -> bool:
    return hasattr(os, "fork") and threading.active_count() == 1 and (os.cpu_count() or 1) > 1


def _folder_names(root: Path) -> list[str]:
    with os.scandir(root) as entries:
        return [entry.name for entry in entries if entry.is_dir(follow_symlinks=False) and entry.name[0] != "."]


def _walk(root: Path, waiting: list[str], *, deep: bool) -> Scan:
    folders = []
    names: list[str] = []
    numbers = array("q")
    while waiting:
        inside = waiting.pop()
        found = _folder(f"{root}/{inside}" if inside else str(root), inside, names, numbers)
        if deep:
            waiting += found
        folders.append((inside, len(names)))
    return Scan(tuple(folders), names, numbers)


def _joined(*parts: Scan) -> Scan:
    """Several walks as one."""
    folders: list[tuple[str, int]] = []
    names: list[str] = []
    numbers = array("q")
    for part in parts:
        folders += [(folder, upto + len(names)) for folder, upto in part.folders]
        names += part.names
        numbers += part.numbers
    return Scan(tuple(folders), names, numbers)


def _halves(root: Path, below: list[str]) -> tuple[Scan, Scan]:
    """Both halves of a walk, the second by a process of its own, which ends when it has told what it saw."""
    middle = len(below) // 2
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        _tell(reader, writer, root, below[middle:])
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        try:
            mine = _walk(root, below[:middle][::-1], deep=True)
            theirs = _told(pipe.read())
        finally:
            pipe.close()
            os.waitpid(child, 0)
    return mine, theirs


def _tell(reader: int, writer: int, root: Path, below: list[str]) -> NoReturn:
    """In the second process: walk, write what was seen, and end without a word."""
    try:
        os.close(reader)
        seen = _walk(root, below[::-1], deep=True)
        head = os.fsencode("\0".join((*seen.names, *(f"{name}/{upto}" for name, upto in seen.folders))))
        sizes = array("q", (len(seen.names), len(seen.folders), len(head)))
        with os.fdopen(writer, "wb") as pipe:
            pipe.write(sizes.tobytes() + head + seen.numbers.tobytes())
    finally:
        os._exit(0)


def _told(raw: bytes) -> Scan:
    """What the second process saw; raises ValueError where it did not get that far."""
    sizes = array("q", raw[:24])
    if len(sizes) != 3:
        raise ValueError("nothing was told")
    files, folders, upto = sizes
    words = os.fsdecode(raw[24 : 24 + upto]).split("\0")
    numbers = array("q", raw[24 + upto :])
    if len(words) != files + folders or len(numbers) != files * WIDTH:
        raise ValueError("less was told than seen")
    found = (word.rpartition("/") for word in words[files:])
    return Scan(tuple((name, int(number)) for name, _, number in found), words[:files], numbers)


def _folder(path: str, inside: str, names: list[str], numbers: array[int]) -> list[str]:
    """Note the files of one folder; the folders in it."""
    found = []
    with os.scandir(path) as entries:
        for entry in entries:
            name = entry.name
            if entry.is_dir(follow_symlinks=False):
                if name[0] == ".":
                    continue
                if name.endswith(_FILE_ENDINGS):
                    raise Odd
                found.append(f"{inside}/{name}" if inside else name)
                continue
            status = entry.stat(follow_symlinks=False)
            if not stat.S_ISREG(status.st_mode):
                raise Odd
            if name[0] != ".":
                names.append(name)
                numbers.extend((status.st_mode, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino))
    return found


def stat_of(path: Path) -> Stat:
    """The stat data of one regular file that no link leads to; raises Odd for anything else."""
    try:
        if path.parent.is_symlink():
            raise Odd
        status = path.lstat()
    except OSError as error:
        raise Odd from error
    if not stat.S_ISREG(status.st_mode):
        raise Odd
    return (status.st_mode, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def is_young(status: Stat, now: int) -> bool:
    """Whether the file was changed so shortly before `now` (nanoseconds) that a next change may bear the same times."""
    return max(status[2], status[3]) > now - SLACK


def change_under_way(root: Path) -> str:
    """What tells one change of the base by kbtool from the next; b"" as text where there was none yet."""
    try:
        return (root / LOCK).read_bytes()[:32].hex()
    except OSError:
        return ""
