"""Measure kbtool beside its yardstick and its peers, in one run; print Markdown and write it and JSON.

    python bench/run.py [--sizes 1000,10000,100000] [--rounds 3] [--seed 1] [--install-peers] [--out build/bench]

The runs of a table take turns, so that a busy moment of the machine strikes all of them. Trust the ratios: seconds are
those of one machine on one day. What kbtool keeps between runs lies in a folder of its own for each size.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pydantic
import yaml
from changes import changed, commented, reworded, touched
from measured import ROOT, Sample, run, spread
from peers import command_of, install, installed

PYTHON = sys.executable
KBTOOL = (PYTHON, "-m", "kbtool")
YARDSTICK = "ref: read and type only"
MOST_FOR_PEERS = 1_000
"""Claims over which the peers are not asked: they would take most of an hour."""
MOST_FOR_ROUNDS = 20_000
"""Claims over which every job runs once."""
MOST_FOR_BUNDLE = 10_000
"""Claims over which no bundle is made."""
DAY = "2026-11-23"

Command = Sequence[str | Path]
Around = Callable[[], AbstractContextManager[None]]


@dataclass(frozen=True, slots=True)
class Job:
    """A command to measure: what stands around each of its runs, and where results are kept."""

    name: str
    command: Command
    cache: str = "off"
    around: Around = nullcontext


@dataclass(slots=True)
class Table:
    """Samples of some jobs, by their names."""

    title: str
    yardstick: str
    samples: dict[str, list[Sample]] = field(default_factory=dict)

    def add(self, jobs: Sequence[Job], rounds: int) -> None:
        """Run the jobs in turns."""
        for number in range(rounds):
            for job in jobs:
                print(f"{self.title}: {job.name} ({number + 1} of {rounds})", file=sys.stderr)
                with job.around():
                    sample = run(job.command, {"KBTOOL_CACHE": job.cache})
                self.samples.setdefault(job.name, []).append(sample)

    def median(self, name: str, what: str) -> float:
        """The median of one figure of a job."""
        return spread([getattr(sample, what) for sample in self.samples[name]]).median

    def markdown(self) -> str:
        """The medians, with the spread of the clock and the ratio to the yardstick."""
        lines = [
            f"### {self.title}",
            "",
            "| run | wall, s | least to most | cpu, s | times ref (cpu) | times ref (wall) | peak MB | together MB |",
            "|---|---:|---:|---:|---:|---:|---:|---:|",
        ]
        for name, samples in self.samples.items():
            wall, cpu = spread([s.wall for s in samples]), spread([s.cpu for s in samples])
            lines.append(
                f"| {name} | {wall.median:.3f} | {wall.least:.3f} to {wall.most:.3f} | {cpu.median:.3f}"
                f" | {cpu.median / self.median(self.yardstick, 'cpu'):.3f}"
                f" | {wall.median / self.median(self.yardstick, 'wall'):.3f}"
                f" | {max(s.peak for s in samples) // 2**20} | {max(s.together for s in samples) // 2**20} |"
            )
        return "\n".join(lines)

    def plain(self) -> dict[str, Any]:
        """Everything measured, as plain values."""
        runs = {
            name: {
                what: spread([getattr(s, what) for s in samples]).said for what in ("wall", "cpu", "peak", "together")
            }
            for name, samples in self.samples.items()
        }
        return {"title": self.title, "yardstick": self.yardstick, "runs": runs}


def start_up(rounds: int) -> Table:
    """What a person waits for at the prompt."""
    table = Table("At the prompt, and the shipped base", "python -c pass")
    with tempfile.TemporaryDirectory() as cache:
        run((*KBTOOL, "validate"), {"KBTOOL_CACHE": cache})
        run((*KBTOOL, "validate"), {"KBTOOL_CACHE": cache})
        jobs = [
            Job("python -c pass", (PYTHON, "-c", "pass")),
            Job("python -c 'import click'", (PYTHON, "-c", "import click")),
            Job("python -c 'import pydantic, yaml'", (PYTHON, "-c", "from pydantic import BaseModel; import yaml")),
            Job("kbtool --help", (*KBTOOL, "--help")),
            Job("kbtool validate, cold", (*KBTOOL, "validate", "--no-cache")),
            Job("kbtool validate, nothing changed", (*KBTOOL, "validate"), cache),
            Job("kbtool status, nothing changed", (*KBTOOL, "status"), cache),
        ]
        table.add(jobs, 3 * rounds)
    return table


def cold(base: Path, size: int, rounds: int) -> Table:
    """Everything anew, beside the yardstick and the peers."""
    table = Table(f"{size:,} claims, cold", YARDSTICK)
    validate = (*KBTOOL, "validate", "--kb", base, "--as-of", DAY, "--no-cache", "--jobs")
    jobs = [Job(YARDSTICK, (PYTHON, "bench/reference.py", base))]
    jobs += [Job(f"validate, {_processes(number)}", (*validate, str(number))) for number in (1, 2)]
    if size <= MOST_FOR_PEERS:
        jobs += [Job(name, command_of(name, program, base)) for name, program in installed()]
    table.add(jobs, rounds)
    return table


def _processes(number: int) -> str:
    return "one process" if number == 1 else f"{number} processes"


def warm(base: Path, size: int, rounds: int, reference: Table, cache: str) -> Table:
    """What a change costs, and what it costs to find that there is none."""
    table = Table(f"{size:,} claims, warm", YARDSTICK, {YARDSTICK: reference.samples[YARDSTICK]})
    kbtool = {"--kb": base, "--as-of": DAY}
    asked = tuple(part for pair in kbtool.items() for part in pair)
    validate = (*KBTOOL, "validate", *asked)
    claim, evidence = base / "doc-00010/claim-05.yaml", base / "evidence/trial-00003-3.yaml"
    policy = base.parent / "schema" / "policy.yaml"
    table.add([Job("validate, cold and kept", validate, cache)], 1)
    for _ in range(2):
        touched(base)
        run(validate, {"KBTOOL_CACHE": cache})
    table.add(
        [
            Job("validate, nothing changed", validate, cache),
            Job("status, nothing changed", (*KBTOOL, "status", *asked), cache),
            Job("list, nothing changed", (*KBTOOL, "list", *asked), cache),
            Job("review queue, nothing changed", (*KBTOOL, "review", "queue", "--limit", "20", *asked), cache),
        ],
        rounds,
    )
    for name, path, change in (
        ("validate, one claim changed", claim, reworded),
        ("validate, one evidence record changed", evidence, commented),
        ("validate, the policy changed", policy, commented),
    ):
        for _ in range(rounds):
            table.add([Job(name, validate, cache, lambda path=path, change=change: changed(path, change))], 1)
            run(validate, {"KBTOOL_CACHE": cache})  # else the next round would find its change known
    for _ in range(rounds):
        touched(base)
        table.add([Job("validate, all times differ (a clone)", validate, cache)], 1)
    return table


def review(folder: Path, seed: int, rounds: int) -> Table:
    """What decisions cost, and the bundle for auditors."""
    size = 1_000
    base = generated(folder / "reviewed", size, seed)
    for step in (("bench/decide.py", base, "-n", str(size)), ("-m", "kbtool", "review", "sync", "--kb", base)):
        run((PYTHON, *step), {"KBTOOL_CACHE": "off"})
    table = Table(f"{size:,} claims with {size:,} decisions", YARDSTICK)
    cache, asked = str(folder / "cache-reviewed"), ("--kb", base, "--as-of", DAY)
    touched(base)
    run((*KBTOOL, "validate", *asked), {"KBTOOL_CACHE": cache})
    run((*KBTOOL, "validate", *asked), {"KBTOOL_CACHE": cache})
    jobs = [
        Job(YARDSTICK, (PYTHON, "bench/reference.py", base)),
        Job("validate, cold", (*KBTOOL, "validate", *asked, "--no-cache")),
        Job("validate, nothing changed", (*KBTOOL, "validate", *asked), cache),
        Job("review queue, nothing changed", (*KBTOOL, "review", "queue", *asked), cache),
    ]
    table.add(jobs, rounds)
    return table


def bundle(base: Path, folder: Path, size: int, reference: Table) -> Table:
    """The bundle of a whole base, made once."""
    table = Table(f"{size:,} claims, for auditors", YARDSTICK, {YARDSTICK: reference.samples[YARDSTICK]})
    out = folder / f"bundle-{size}.zip"
    table.add([Job("audit bundle", (*KBTOOL, "audit", "bundle", "--kb", base, "--out", out))], 1)
    return table


def generated(folder: Path, claims: int, seed: int) -> Path:
    """Write a base of so many claims; its folder."""
    subprocess.run(
        (PYTHON, "bench/generate.py", folder, "-n", str(claims), "--seed", str(seed)),
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
    )
    return folder / "claims"


def growth(tables: Mapping[int, Table]) -> str:
    """How many times as long each size takes as the smallest."""
    least = min(tables)
    lines = [
        "### Growth",
        "",
        f"| claims | times {least:,} | validate, cold, times {least:,} (cpu) |",
        "|---:|---:|---:|",
    ]
    name = "validate, one process"
    for size, table in tables.items():
        ratio = table.median(name, "cpu") / tables[least].median(name, "cpu")
        lines.append(f"| {size:,} | {size / least:.0f} | {ratio:.1f} |")
    return "\n".join(lines)


def machine() -> dict[str, Any]:
    """What the figures were taken on."""
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "system": f"{platform.system()} {platform.machine()}",
        "processors": os.cpu_count(),
        "load": [round(load, 2) for load in os.getloadavg()],
        "python": platform.python_version(),
        "pydantic": pydantic.VERSION,
        "pyyaml": yaml.__version__,
    }


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="1000,10000,100000", help="claims of the bases, parted by commas")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--install-peers", action="store_true", help="put the peers into environments below build/")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "bench")
    asked = parser.parse_args()
    if asked.install_peers:
        install()
    sizes = sorted(int(size) for size in asked.sizes.split(","))
    tables, by_size = [start_up(asked.rounds)], {}
    with tempfile.TemporaryDirectory(prefix="kbtool-bench-") as name:
        folder = Path(name)
        for size in sizes:
            base = generated(folder / str(size), size, asked.seed)
            rounds = asked.rounds if size <= MOST_FOR_ROUNDS else 1
            by_size[size] = cold(base, size, rounds)
            tables += [by_size[size], warm(base, size, rounds, by_size[size], str(folder / f"cache-{size}"))]
            if size <= MOST_FOR_BUNDLE:
                tables.append(bundle(base, folder, size, by_size[size]))
        tables.append(review(folder, asked.seed, asked.rounds))
    asked.out.mkdir(parents=True, exist_ok=True)
    shown = "\n\n".join((*(table.markdown() for table in tables), growth(by_size)))
    (asked.out / "bench.md").write_text(f"{shown}\n")
    whole = {"machine": machine(), "seed": asked.seed, "rounds": asked.rounds, "tables": [t.plain() for t in tables]}
    (asked.out / "bench.json").write_text(json.dumps(whole, indent=2) + "\n")
    print(json.dumps(whole["machine"]))
    print(shown)


if __name__ == "__main__":
    main()
