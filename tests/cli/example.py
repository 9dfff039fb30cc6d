"""The example base that `kbtool init` makes, and a way to run commands on it."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from click.testing import CliRunner, Result

from kbtool.cli.main import cli

AS_OF = date(2026, 2, 1)
DAY = AS_OF.isoformat()
REPOSITORY = Path(__file__).resolve().parents[2]
GOLDEN = Path(__file__).parent / "golden"


@dataclass(frozen=True, slots=True)
class Done:
    """What a process left behind."""

    status: int
    out: str
    err: str


def run(*words: str) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(cli, list(words))


def output(*words: str) -> str:
    """What a command prints where it ends well."""
    result = run(*words)
    assert result.exit_code == 0, result.output
    return result.stdout


def process(*words: str, cwd: Path, env: dict[str, str] | None = None) -> Done:
    """Run a command as a process of its own."""
    whole = {**os.environ, "PYTHONPATH": str(REPOSITORY), "COLUMNS": "80", **(env or {})}
    done = subprocess.run(
        [sys.executable, "-m", "kbtool", *words], cwd=cwd, env=whole, capture_output=True, timeout=60, check=False
    )
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())
