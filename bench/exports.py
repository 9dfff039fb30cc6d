"""What each export costs the processor and how much memory it takes, for the claims of one base.

    python bench/generate.py /tmp/base -n 10000
    python bench/exports.py /tmp/base/claims [--formats json,ndjson,csv] [--rounds 3]

Reading and checking the base are not counted, and writing to the disk neither. `alone` is one format by itself;
`together` is its share where all of them are made in one go and share the views of the claims, which are counted apart.
The first round of a format also loads the library that it needs.
"""

from __future__ import annotations

import argparse
import gc
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from kbtool.export import EXPORTERS
from kbtool.export.exporter import run_exporters, with_shared_views
from kbtool.records.assemble import assemble
from kbtool.release.artifact import chunks_of
from kbtool.release.gate import GATES
from kbtool.release.parts import Release
from kbtool.release.release import make_release
from kbtool.release.view import with_views
from kbtool.store.read import read_base

DAY = date(2026, 11, 23)
FORMATS = tuple(name for name in EXPORTERS if name != "site")
_UNIT = 1 if sys.platform == "darwin" else 1024
"""Bytes in which the system counts peak memory."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What it takes to make the files of a format, or the views."""

    name: str
    alone: list[float]
    """Processor seconds of each round where it is made by itself."""
    together: list[float]
    """The same where it is made with the others."""
    grown: int
    """By how many bytes the peak memory grows, by itself."""


def seconds(job: Callable[[], None], rounds: int) -> list[float]:
    """Processor seconds of each round, user and system."""
    found = []
    for _ in range(rounds):
        began = time.process_time()
        job()
        found.append(time.process_time() - began)
    return found


def grown(job: Callable[[], None]) -> int:
    """By how many bytes a job raises the peak memory of a process that begins with everything that this one has."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        job()
        os.write(writer, str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before).encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as said:
        found = int(said.read())
    os.waitpid(child, 0)
    return found * _UNIT


def made(name: str, release: Release) -> None:
    """Make the files of a format and throw them away, one chunk at a time."""
    for file in run_exporters([EXPORTERS[name]], release).artifacts:
        for _ in chunks_of(file):
            pass


def costs(release: Release, formats: Sequence[str], rounds: int) -> Iterator[Cost]:
    """What each format costs, alone and with the others; where there are too many claims, some share nothing."""
    jobs = {name: partial(made, name, release) for name in formats}
    views = partial(_views, release)
    memory = {name: grown(job) for name, job in {"(views)": views, **jobs}.items()}
    alone = {name: seconds(job, rounds) for name, job in jobs.items()}
    shared = with_shared_views([EXPORTERS[name] for name in formats], release)
    if shared is release:
        yield from (Cost(name, alone[name], alone[name], memory[name]) for name in formats)
        return
    yield Cost("(views)", [], seconds(views, rounds), memory["(views)"])
    for name in formats:
        yield Cost(name, alone[name], seconds(partial(made, name, shared), rounds), memory[name])


def _views(release: Release) -> None:
    with_views(release)


def _median(found: list[float]) -> float:
    return statistics.median(found) if found else 0.0


def table(found: Sequence[Cost]) -> Iterator[str]:
    """The medians as Markdown; ratios are to the first format."""
    yardstick = next(_median(cost.alone) for cost in found if cost.alone)
    yield "| format | alone, s | least to most | times the first | together, s | peak grows by, MB |"
    yield "|---|---:|---:|---:|---:|---:|"
    for cost in found:
        spread = f"{min(cost.alone):.2f} to {max(cost.alone):.2f}" if cost.alone else ""
        own, shared, size = _median(cost.alone), _median(cost.together), round(cost.grown / 2**20)
        yield f"| {cost.name} | {own:.2f} | {spread} | {own / yardstick:.2f} | {shared:.2f} | {size} |"
    own, shared = (sum(map(_median, each)) for each in zip(*((c.alone, c.together) for c in found), strict=True))
    yield f"| all | {own:.2f} | | {own / yardstick:.2f} | {shared:.2f} | |"


def main() -> None:
    """Measure and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base", type=Path)
    parser.add_argument("--formats", default=",".join(FORMATS), help="names, parted by commas")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    gc.disable()  # As the command does.
    base = assemble(read_base(asked.base, str(asked.base)).files).base
    if base is None:
        parser.error(f"{str(asked.base)!r} cannot be read")
    release = make_release(base, GATES["any"], DAY)
    print(f"{len(release.claims):,} claims, {asked.rounds} rounds, load {os.getloadavg()[0]:.1f}\n")
    print("\n".join(table(list(costs(release, asked.formats.split(","), asked.rounds)))))


if __name__ == "__main__":
    main()
