"""One writer at a time: an advisory lock on a hidden file of the base, held by a process and let go when it ends.

The file itself is never deleted, so that nobody can hold a lock on a file that others no longer see. It carries a mark,
the name of the change that last began to be put in place, by which a reader notices that files changed under it.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from kbtool.store import hidden
from kbtool.store.files import FileRefused
from kbtool.store.interrupt import undone_on_interrupt

LOCK = hidden.LOCK
"""The hidden file in the base that is locked."""
PATIENCE = 10.0
"""Seconds that a writer waits for another one, where nothing else is said."""
_PAUSE = 0.02
"""Seconds between two tries."""
_MARK_BYTES = 32
_TRIES = 20
"""How often reading begins anew because files changed under it."""
_MODE = 0o666

T = TypeVar("T")


class Busy(Exception):  # noqa: N818 - it says what is the matter, as messages do
    """Another process is writing to the base; `message` is one sentence, `hint` says what to do next."""

    def __init__(self, message: str, hint: str) -> None:
        """Keep the message and the hint."""
        super().__init__(message)
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Lock:
    """The right to write to a base, good while `locked` lasts."""

    handle: int
    """Descriptor of the open lock file."""

    def mark(self, identity: str) -> None:
        """Say which change is about to be put in place: 32 hexadecimal digits; raises OSError."""
        os.pwrite(self.handle, identity.encode("ascii"), 0)


@contextmanager
def locked(root: Path, patience: float = PATIENCE) -> Iterator[Lock]:
    """Hold the lock of the base at `root`, waiting for it `patience` seconds.

    Raises Busy where another process keeps it longer, FileRefused where the base or this system lets nobody lock it.
    """
    try:
        handle = _open(root / LOCK)
    except OSError as error:
        raise _cannot_lock(error) from error
    try:
        take, let_go = _turns(handle)
        _wait(take, patience)
        try:
            with undone_on_interrupt():
                yield Lock(handle)
        finally:
            let_go()
    finally:
        os.close(handle)


def read_mark(root: Path) -> bytes:
    """The mark of the last change to the base, b"" where there was none yet."""
    try:
        handle = os.open(root / LOCK, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            return os.read(handle, _MARK_BYTES) if stat.S_ISREG(os.fstat(handle).st_mode) else b""
        finally:
            os.close(handle)
    except OSError:
        return b""


def steady(root: Path, read: Callable[[], T]) -> T | None:
    """What `read` gives when no change begins to be put in place while it reads; None where changes never pause."""
    for _ in range(_TRIES):
        mark = read_mark(root)
        found = read()
        if read_mark(root) == mark:
            return found
    return None


def _open(path: Path) -> int:
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, _MODE)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise FileRefused(f"{LOCK!r} is no regular file", "take it out of the base")
    return handle


def _turns(handle: int) -> tuple[Callable[[], None], Callable[[], None]]:
    """What takes the lock or raises BlockingIOError, and what lets it go, even from processes forked meanwhile.

    Raises FileRefused on a system without such locks.
    """
    try:
        import fcntl  # noqa: PLC0415 - some systems have none, and reading a base must work there
    except ImportError:
        hint = "change the base on Linux or macOS"
        raise FileRefused("this system has no file locks of the kind that kbtool uses", hint) from None
    return partial(fcntl.flock, handle, fcntl.LOCK_EX | fcntl.LOCK_NB), partial(fcntl.flock, handle, fcntl.LOCK_UN)


def _wait(take: Callable[[], None], patience: float) -> None:
    """Try until the lock is there; the wait is by a clock that nobody can set back."""
    end = time.monotonic() + patience
    while True:
        try:
            return take()
        except BlockingIOError:
            if time.monotonic() >= end:
                hint = "wait until it has ended, or end it, and try again"
                raise Busy(
                    f"another kbtool process has been writing to this base for {patience:g} seconds", hint
                ) from None
            time.sleep(_PAUSE)
        except OSError as error:
            raise _cannot_lock(error) from error


def _cannot_lock(error: OSError) -> FileRefused:
    reason = (error.strerror or str(error)).lower()
    hint = f"see that the base is there, that {LOCK!r} in it is a plain file, and that both can be written to"
    return FileRefused(f"the base cannot be locked for writing: {reason}", hint)
