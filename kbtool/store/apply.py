"""Putting the files of a journal in their places; begun again after any interruption, it ends in the same state."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

from kbtool.store.files import FileRefused, force_to_disk
from kbtool.store.inside import check_folders, folders_of
from kbtool.store.journal import JOURNAL, Journal, Step, sha256
from kbtool.store.lock import Lock

OLD = ".kbtool-old-"
"""How the name of a finished journal begins, until it is deleted."""
_PART = ".kbtool-part"
"""Name of a file that is being written beside its place."""
_MODE = 0o644


class Conflict(FileRefused):
    """A file is not the one that was shown to whoever changes it; `name` is its name inside the base."""

    def __init__(self, name: str, message: str, hint: str) -> None:
        """Keep the name, the message and the hint."""
        super().__init__(message, hint)
        self.name = name


def finish(lock: Lock, root: Path, journal: Journal) -> None:
    """Put every file of the base's journal in its place, on the disk for good, and take the journal away.

    Raises Conflict where somebody changed one of the files meanwhile, FileRefused where a link is in the way, OSError
    where the disk fails. The journal then stays, and with it the change.
    """
    lock.mark(journal.identity)
    force_to_disk(root)
    for number, step in enumerate(journal.steps):
        _place(root, step, number)
    folders = {folder for step in journal.steps for folder in folders_of(step.name)}
    for folder in (*sorted(folders, reverse=True), "."):
        force_to_disk(root / folder)
    _retire(root, journal.identity)


def present(root: Path, name: str) -> bytes | None:
    """The bytes of a file of the base, None where there is none; raises FileRefused for a link, OSError."""
    path = root / name
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(mode):
        what = "a symbolic link" if stat.S_ISLNK(mode) else "no regular file"
        raise FileRefused(f"{name!r} cannot be written: it is {what}", "put the file itself there")
    return path.read_bytes()


def write_forced(path: Path, content: bytes, mode: int = _MODE) -> None:
    """Write a new file and force it to the disk; raises OSError."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(handle, rest) :]
        os.fchmod(handle, mode)
        os.fsync(handle)
    finally:
        os.close(handle)


def _place(root: Path, step: Step, number: int) -> None:
    check_folders(root, step.name)
    path = root / step.name
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.parent / _PART
    beside.unlink(missing_ok=True)
    now = present(root, step.name)
    if now == step.content:
        _force_file(path)
    elif (sha256(now) if now is not None else None) == step.was:
        write_forced(beside, step.content, _MODE if now is None else stat.S_IMODE(path.stat().st_mode))
        beside.replace(path)
    else:
        raise _changed_meanwhile(step.name, number)


def _force_file(path: Path) -> None:
    """A file that is in its place may have been put there by a person, and not forced to the disk."""
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _retire(root: Path, identity: str) -> None:
    """Take the journal away by one rename; the rest is litter, which the next change sweeps where this one cannot."""
    old = root / f"{OLD}{identity}"
    (root / JOURNAL).rename(old)
    force_to_disk(root)
    shutil.rmtree(old, ignore_errors=True)


def _changed_meanwhile(name: str, number: int) -> Conflict:
    copy = f"{JOURNAL}/{number}"
    hint = f"keep your text elsewhere, copy {copy!r} over it, run the command again, then make your change anew"
    return Conflict(name, f"{name!r} was changed by hand while an unfinished change of it was waiting", hint)
