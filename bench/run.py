"""Measure kbtool beside its yardsticks, in one run, and print Markdown tables.

    python bench/run.py [--rounds 5] [--large 10000]

The runs of a table take turns, so that a busy moment of the machine strikes all of them. Times are seconds of the
processor, user and system, so that what else runs there counts little; with one process they are what a person waits on
an idle machine. Trust the ratios: seconds are those of one machine on one day.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
KBTOOL = (PYTHON, "-m", "kbtool")
SMALL = 1000

Command = Sequence[str]


def measured(commands: Mapping[str, Command], rounds: int) -> dict[str, float]:
    """The median processor seconds of each command over so many rounds, after one that warms disk and byte code."""
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            began = _spent()
            subprocess.run(command, cwd=ROOT, env=_environment(), stdout=subprocess.DEVNULL, check=True)
            if number:
                seconds[name].append(_spent() - began)
    return {name: statistics.median(times) for name, times in seconds.items()}


def _spent() -> float:
    """Processor seconds of all processes that have ended so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _environment() -> dict[str, str]:
    """This environment, with byte code kept as an installed package has it."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(ROOT)}


def table(title: str, medians: Mapping[str, float], yardstick: str) -> str:
    """A Markdown table of medians with their ratios to one of them."""
    lines = [f"## {title}", "", f"| run | median, s | times `{yardstick}` |", "|---|---:|---:|"]
    lines += [f"| `{name}` | {taken:.3f} | {taken / medians[yardstick]:.1f} |" for name, taken in medians.items()]
    return "\n".join(lines)


def generated(folder: Path, claims: int) -> str:
    """Write a base of so many claims; its folder."""
    out = folder / str(claims)
    subprocess.run((PYTHON, "bench/generate.py", out, "-n", str(claims)), cwd=ROOT, env=_environment(), check=True)
    return str(out / "claims")


def start_up(rounds: int) -> str:
    """What a person waits for at the prompt."""
    commands: dict[str, Command] = {
        "python -c pass": (PYTHON, "-c", "pass"),
        "python -c 'import click'": (PYTHON, "-c", "import click"),
        "kbtool --help": (*KBTOOL, "--help"),
        "python -c 'import pydantic, yaml'": (PYTHON, "-c", "from pydantic import BaseModel; import yaml"),
        "kbtool validate": (*KBTOOL, "validate"),
        "kbtool status": (*KBTOOL, "status"),
    }
    return table("Start-up, and the shipped base", measured(commands, 3 * rounds), "python -c pass")


def scale(folder: Path, large: int, rounds: int) -> str:
    """How time grows with the base, beside a program that only reads the same files."""
    bases = {claims: generated(folder, claims) for claims in (SMALL, large)}
    tables = []
    for claims, base in bases.items():
        reference = f"read {claims:,}"
        commands: dict[str, Command] = {
            reference: (PYTHON, "bench/reference.py", base),
            f"validate {claims:,}": (*KBTOOL, "validate", "--kb", base),
            f"list {claims:,}": (*KBTOOL, "list", "--kb", base),
        }
        medians = measured(commands, rounds)
        tables.append((f"{claims:,} claims", medians, reference))
    growth = tables[1][1][f"validate {large:,}"] / tables[0][1][f"validate {SMALL:,}"]
    shown = [table(*each) for each in tables]
    return "\n\n".join((*shown, f"`validate` of {large:,} claims takes {growth:.1f} times as long as of {SMALL:,}."))


def review(folder: Path, large: int, rounds: int) -> str:
    """What decisions cost: the same base with and without, and the bundle for auditors."""
    bare, reviewed = generated(folder / "bare", SMALL), generated(folder / "reviewed", SMALL)
    for step in (("bench/decide.py", reviewed, "-n", str(SMALL)), ("-m", "kbtool", "review", "sync", "--kb", reviewed)):
        subprocess.run((PYTHON, *step), cwd=ROOT, env=_environment(), stdout=subprocess.DEVNULL, check=True)
    out, base = folder / "bundle.zip", generated(folder / "bundled", large)
    commands: dict[str, Command] = {
        f"validate {SMALL:,}": (*KBTOOL, "validate", "--kb", bare),
        f"validate {SMALL:,} with {SMALL:,} decisions": (*KBTOOL, "validate", "--kb", reviewed),
        f"review queue {SMALL:,}": (*KBTOOL, "review", "queue", "--kb", reviewed),
    }
    medians = measured(commands, rounds)
    bundle = {f"audit bundle {large:,}": (*KBTOOL, "audit", "bundle", "--kb", base, "--out", str(out))}
    return table("Review", medians | measured_once(bundle, out), f"validate {SMALL:,}")


def measured_once(commands: Mapping[str, Command], out: Path) -> dict[str, float]:
    """The processor seconds of each command in one run, for those that write a file and take long."""
    seconds = {}
    for name, command in commands.items():
        out.unlink(missing_ok=True)
        began = _spent()
        subprocess.run(command, cwd=ROOT, env=_environment(), stdout=subprocess.DEVNULL, check=True)
        seconds[name] = _spent() - began
    return seconds


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--large", type=int, default=10_000)
    asked = parser.parse_args()
    print(f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    print(start_up(asked.rounds), end="\n\n", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        print(scale(Path(folder), asked.large, asked.rounds), end="\n\n", flush=True)
        print(review(Path(folder), asked.large, asked.rounds))


if __name__ == "__main__":
    main()
