"""What an interrupt (Ctrl-C) does at each stage of a run.

Python raises `KeyboardInterrupt` wherever it happens to be, and not every place passes it on: pydantic may drop it,
wrap it in an error of its own, or take it for a record that does not fit. So an interrupt ends the process at once,
which every write survives, and is an exception only while something has been begun that must be undone.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

STATUS = 130
"""What a shell expects of an interrupted process: 128 and the number of the signal."""

_seen = False


def ends_at_once() -> None:
    """From now on an interrupt ends the process, unless its starter wants interrupts ignored, as `nohup` does."""
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, _leave)


def is_over() -> None:
    """The work is done and its status stands: what is left to do is to end.

    CPython remembers an interrupt that was raised below `exec` of a text (as in making a dataclass) even after it was
    caught, and would end the process by the signal. It forgets it when another text is run.
    """
    exec("")  # noqa: S102 - see above
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def undone_on_interrupt() -> Iterator[None]:
    """While this holds, an interrupt is a `KeyboardInterrupt`, so that what was begun is undone on the way out.

    Where `ends_at_once` was not called, as in a test or under another program, nothing is changed.
    """
    outer = signal.getsignal(signal.SIGINT)
    if outer is not _leave or threading.current_thread() is not threading.main_thread():
        yield
        return
    signal.signal(signal.SIGINT, _raise)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, outer)
    stop_if_seen()


def stop_if_seen() -> None:
    """Raise an interrupt again that was raised and dropped on its way: nothing made after it may be trusted."""
    if _seen:
        raise KeyboardInterrupt


def _leave(number: int, frame: FrameType | None) -> NoReturn:
    del number, frame
    os.write(2, b"\ninterrupted\n" if os.isatty(2) else b"interrupted\n")
    os._exit(STATUS)


def _raise(number: int, frame: FrameType | None) -> NoReturn:
    del number, frame
    global _seen  # noqa: PLW0603 - a process is interrupted once
    _seen = True
    raise KeyboardInterrupt
