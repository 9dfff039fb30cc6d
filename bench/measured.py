"""One run of a command as a value: how long it took, what it cost the processor, how much memory it held."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Sample:
    """Seconds of the clock and of the processor (all processes), and the peak memory of the largest one."""

    wall: float
    cpu: float
    peak: int
    """Bytes."""


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
        said = process.stderr.read() if process.stderr else b""
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in {0, 1} or b"Traceback" in said:
        sys.exit(
            f"{' '.join(map(str, command))} ended with {process.returncode}: {said.decode(errors='replace')[-2000:]}"
        )
    return Sample(time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss * _UNIT)


_UNIT = 1 if sys.platform == "darwin" else 1024
"""Bytes in which the system counts peak memory."""
