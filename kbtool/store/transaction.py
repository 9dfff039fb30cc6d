"""Changing several files of a base at once: all of them or none, whenever the process is killed or the disk fails.

Everything new is written into a hidden folder of the base and forced to the disk. One rename gives that folder the name
of the journal, and with it the change is made: readers see its files, whatever stands on the disk, and whoever writes
next finishes it where this process cannot. Before that rename nothing has happened but a hidden folder, which the next
change sweeps away.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kbtool.store.apply import OLD, Conflict, finish, present, write_forced
from kbtool.store.files import FileRefused, force_to_disk
from kbtool.store.inside import check_folders, check_names, check_writable
from kbtool.store.interrupt import stop_if_seen
from kbtool.store.journal import JOURNAL, PLAN, DamagedJournal, Journal, Step, pending, plan_of, read_journal, sha256
from kbtool.store.lock import PATIENCE, Busy, Lock, locked

__all__ = ["Busy", "Conflict", "DamagedJournal", "FileRefused", "Unfinished", "Write", "commit", "pending"]

_NEW = ".kbtool-new-"
"""How the name of a journal that is still being written begins."""
_FOLDER_MODE = 0o755


@dataclass(frozen=True, slots=True)
class Write:
    """One file to write: its name inside the base with forward slashes, its new bytes and the ones it replaces."""

    name: str
    content: bytes
    expects: bytes | None
    """The exact bytes that the file has now, as they were shown to whoever decided; None where there is no file yet."""


class Unfinished(Exception):  # noqa: N818 - it says what happened, as messages do
    """A change is made and all see it, but its files could not all be put in place; the next change does that."""

    def __init__(self, message: str, hint: str) -> None:
        """Keep the message and the hint."""
        super().__init__(message)
        self.message = message
        self.hint = hint


def commit(root: Path, writes: Sequence[Write], patience: float = PATIENCE) -> None:
    """Write all the files or none, once an earlier change that was cut short is finished.

    Waits `patience` seconds for another process. Nothing is changed where it raises Busy (another process is writing),
    Conflict (a file is not the one that was shown) or FileRefused (a place outside the base, a link, a right that is
    missing, a full disk). Where it raises Unfinished the change is made.
    """
    check_names([write.name for write in writes])
    with locked(root, patience) as lock:
        with _refusing():
            _finish_earlier(lock, root)
            for write in writes:
                _check(root, write)
            if not writes:
                return
            journal = _made(root, writes)
        _finish_own(lock, root, journal)


@contextmanager
def _refusing() -> Iterator[None]:
    """Before the change is made, what the disk does not take is a refusal."""
    try:
        yield
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        hint = "nothing was changed; see that the base can be written to and that the disk has room, and try again"
        raise FileRefused(f"the base cannot be written to: {reason}", hint) from error


def _finish_earlier(lock: Lock, root: Path) -> None:
    """Roll an earlier change forward and sweep away what killed processes left."""
    journal = read_journal(root)
    if isinstance(journal, DamagedJournal):
        raise FileRefused(journal.message, journal.hint)
    if journal:
        finish(lock, root, journal)
    for entry in sorted(root.iterdir()):
        if entry.name.startswith((_NEW, OLD)):
            shutil.rmtree(entry, ignore_errors=True)


def _check(root: Path, write: Write) -> None:
    """Raise Conflict or FileRefused where the file is not as it was shown or could not be put in its place."""
    check_folders(root, write.name)
    now = present(root, write.name)
    if now != write.expects:
        what = (
            "has appeared" if write.expects is None else "is gone" if now is None else "has changed since it was shown"
        )
        raise Conflict(write.name, f"{write.name!r} {what}", "nothing was written; look at it again and decide anew")
    check_writable(root, write.name)


def _made(root: Path, writes: Sequence[Write]) -> Journal:
    """Write the journal and give it its name, which makes the change; raises OSError where nothing was changed."""
    steps = (Step(each.name, None if each.expects is None else sha256(each.expects), each.content) for each in writes)
    journal = Journal(secrets.token_hex(16), tuple(steps))
    staging = root / f"{_NEW}{journal.identity}"
    stop_if_seen()
    try:
        staging.mkdir()
        staging.chmod(_FOLDER_MODE)
        for number, step in enumerate(journal.steps):
            write_forced(staging / str(number), step.content)
        write_forced(staging / PLAN, plan_of(journal))
        force_to_disk(staging)
        _rename(staging, root / JOURNAL)
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        raise
    return journal


def _rename(staging: Path, journal: Path) -> None:
    """The point at which the change is made; a network disk may report a failure of what it has done."""
    try:
        staging.rename(journal)
    except OSError:
        if not journal.is_dir():
            raise


def _finish_own(lock: Lock, root: Path, journal: Journal) -> None:
    try:
        finish(lock, root, journal)
    except FileRefused as error:
        raise Unfinished(
            f"the change is made, but not all its files are in place: {error.message}", error.hint
        ) from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        hint = "see that the base can be written to and that the disk has room; the next change finishes this one first"
        raise Unfinished(f"the change is made, but not all its files are in place: {reason}", hint) from error
