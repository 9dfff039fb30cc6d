"""One run of a command as a value: how long it took, what it cost the processor, how much memory it held.

Memory of several processes together is asked for while they run, so a run of less than a second or so tells only of
the largest; what they share is counted once. Only Linux says that; elsewhere it is the largest process again.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Sample:
    """Seconds of the clock and of the processor (all processes), and peak memory in bytes."""

    wall: float
    cpu: float
    peak: int
    """Of the largest process."""
    together: int
    """Of all processes at one moment."""


@dataclass(frozen=True, slots=True)
class Spread:
    """The median of some samples, with the least and the most."""

    median: float
    least: float
    most: float

    @property
    def said(self) -> dict[str, float]:
        """The same as plain values, rounded."""
        return {name: round(getattr(self, name), 4) for name in ("median", "least", "most")}


def spread(values: Sequence[float]) -> Spread:
    """Median, least and most."""
    return Spread(statistics.median(values), min(values), max(values))


def run(command: Sequence[str | Path], variables: Mapping[str, str]) -> Sample:
    """Run a command, its output thrown away; a status over 1 or a traceback is a failure."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PYTHONPATH": str(ROOT), **variables}
    began = time.perf_counter()
    with subprocess.Popen(
        [str(part) for part in command], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as process:
        with watched(process.pid) as seen:
            said = process.stderr.read() if process.stderr else b""
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in {0, 1} or b"Traceback" in said:
        sys.exit(
            f"{' '.join(map(str, command))} ended with {process.returncode}: {said.decode(errors='replace')[-2000:]}"
        )
    wall, peak = time.perf_counter() - began, used.ru_maxrss * _UNIT
    return Sample(wall, used.ru_utime + used.ru_stime, peak, max(peak, *seen))


@contextmanager
def watched(pid: int) -> Iterator[list[int]]:
    """Collects, about twice a second, the memory that a process and those it started hold together."""
    seen, over = [0], threading.Event()

    def watch() -> None:
        while not over.wait(_PAUSE):
            seen.append(sum(map(_held, _family(pid))))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield seen
    finally:
        over.set()
        watcher.join()


def _family(pid: int) -> Iterator[int]:
    """A process and all that descend from it."""
    yield pid
    for listed in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            for child in listed.read_text().split():
                yield from _family(int(child))


def _held(pid: int) -> int:
    """Bytes that a process holds, its share of what it has in common with others; 0 where nobody says."""
    with suppress(OSError):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
    return 0


_PAUSE = 0.5
"""Seconds between two looks at the memory."""
_UNIT = 1 if sys.platform == "darwin" else 1024
"""Bytes in which the system counts peak memory."""
