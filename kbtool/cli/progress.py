"""How far a long run has come: one line on a terminal, from the first second on; nowhere else."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_PATIENCE = 1.0
"""Seconds before anything is shown."""
_PAUSE = 0.1
"""Seconds between two changes of the line."""

Step = Callable[[int, int], None]
"""Told how much is done, of how much; of nothing at all, the line goes away."""


def _silent(_done: int, _all: int) -> None:
    return


@contextmanager
def progress(what: str, clock: Callable[[], float] = time.monotonic) -> Iterator[Step]:
    """What is to be called with each step of a long run; the line is gone when the context ends.

    Nothing is shown where the output does not go to a terminal, in continuous integration, or on a dumb terminal.
    """
    if not _is_watched():
        yield _silent
        return
    began = clock()
    due = began + _PATIENCE
    width = 0

    def step(done: int, total: int) -> None:
        nonlocal due, width
        if not total:
            width = _replace("", width)
            return
        now = clock()
        if now >= due and done:
            due = now + _PAUSE
            width = _replace(line_of(what, done, total, now - began), width)

    try:
        yield step
    finally:
        _replace("", width)


def line_of(what: str, done: int, total: int, seconds: float) -> str:
    """Count, rate and time left: `checking 4,200 of 10,000, 1,400 a second, 4 s left`."""
    rate = done / seconds if seconds else 0.0
    left = (total - done) / rate if rate else 0.0
    return f"{what} {done:,} of {total:,}, {rate:,.0f} a second, {left:,.0f} s left"


def _is_watched() -> bool:
    streams = (sys.stdout, sys.stderr)
    on_terminal = all(stream is not None and stream.isatty() for stream in streams)
    return on_terminal and not os.environ.get("CI") and os.environ.get("TERM") != "dumb"


def _replace(line: str, width: int) -> int:
    """Put a line in the place of one that was so wide; how wide it is."""
    if line or width:
        sys.stderr.write(f"\r{line:{width}}" + ("" if line else "\r"))
        sys.stderr.flush()
    return len(line)
