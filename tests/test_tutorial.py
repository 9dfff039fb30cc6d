"""The tutorial on reviewing: its commands are run, and what they print is what the page says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "tutorial-review.md"

_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CHANCE = re.compile(r"(?<![\w+=])(?:[A-Za-z0-9+/]{43}=|[0-9a-f]{64}|[0-9a-f]{12,16}…)")
"""Public keys, and digests of what they signed: other ones with every run."""

_SHELL = """
kbtool() { "$PYTHON" -X utf8 -m kbtool "$@"; }
exec 2>&1
"""

pytestmark = pytest.mark.skipif(
    os.name == "nt" or not shutil.which("bash"), reason="NOT RUN: the tutorial needs a bash"
)


@dataclass(frozen=True, slots=True)
class Step:
    """A command as the page shows it, with what it says that is printed."""

    typed: str
    """The lines of the command with their prompts."""
    printed: str

    @property
    def command(self) -> str:
        """The command without prompts."""
        return re.sub(r"^[$>] ?", "", self.typed, flags=re.MULTILINE)


def steps_of(block: str) -> Iterator[Step]:
    """The commands of a block: a line with `$`, lines with `>` that go on, then what is printed."""
    for part in re.split(r"^(?=\$ )", block, flags=re.MULTILINE)[1:]:
        typed = re.match(r"(?:[$>][^\n]*\n)+", part)
        assert typed
        yield Step(typed[0], part[typed.end() :])


def run_all(steps: list[Step], folder: Path) -> list[str]:
    """What each command prints, all in one shell."""
    marked = "".join(f"{step.command}printf '\\036'\n" for step in steps)
    environment = {"PATH": os.environ["PATH"], "PYTHON": sys.executable, "PYTHONPATH": str(ROOT), "COLUMNS": "80"}
    ran = subprocess.run(
        ["bash", "--noprofile", "--norc", "-c", _SHELL + marked],
        cwd=folder,
        env=environment | {"HOME": str(folder), "LC_ALL": "C.UTF-8"},
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert ran.stderr == ""
    return [_CHANCE.sub("…", printed) for printed in ran.stdout.split("\036")[:-1]]


def test_the_tutorial_prints_what_it_says(tmp_path: Path) -> None:
    page = PAGE.read_text(encoding="utf-8")
    blocks = _BLOCK.findall(page)
    steps = [step for block in blocks for step in steps_of(block)]
    assert len(steps) > 20
    printed = run_all(steps, tmp_path)
    assert len(printed) == len(steps)
    if os.environ.get("KBTOOL_ACCEPT") == "1":
        accept(page, steps, printed)
        return
    for step, found in zip(steps, printed, strict=True):
        assert found == step.printed, step.typed


def accept(page: str, steps: list[Step], printed: list[str]) -> None:
    """Write what was printed into the page."""
    said = iter([step.typed + found for step, found in zip(steps, printed, strict=True)])
    new = _BLOCK.sub(lambda match: f"```console\n{''.join(next(said) for _ in steps_of(match[1]))}```", page)
    PAGE.write_text(new, encoding="utf-8")


def test_the_people_of_the_tutorial_are_plainly_made_up() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert set(re.findall(r"name: (.+)", page)) == {"Example Reviewer One", "Example Reviewer Two"}
