"""What is changed in a generated base before a run, and put back behind it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

REST = 2.2
"""Seconds after which a file is old enough for its times to be trusted."""

Change = Callable[[Path], None]
"""Changes a file."""


def reworded(path: Path) -> None:
    """Another word in a claim's rationale."""
    path.write_text(path.read_text().replace("  rationale: ", "  rationale: Indeed, ", 1))


def commented(path: Path) -> None:
    """A comment at the head of a file, which changes its bytes and nothing else."""
    path.write_bytes(b"# changed\n" + path.read_bytes())


@contextmanager
def changed(path: Path, change: Change) -> Iterator[None]:
    """The file changed for as long as the context lasts; afterwards its bytes are the old ones again."""
    before = path.read_bytes()
    change(path)
    time.sleep(REST)
    try:
        yield
    finally:
        path.write_bytes(before)
        time.sleep(REST)


def touched(base: Path) -> None:
    """Give every file of a base other times, as a fresh clone has."""
    at = time.time_ns() - 10**12
    for path in base.rglob("*"):
        if path.is_file():
            os.utime(path, ns=(at, at))
    time.sleep(REST)
