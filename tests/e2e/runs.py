"""Real runs of the command line in scratch folders, and what they left on the disk."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
AS_OF = ("--as-of", "2026-02-01")
COMMAND = (sys.executable, "-m", "kbtool")
PATIENCE = 120
"""Seconds after which a run is taken to hang."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one run printed and how it ended."""

    status: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """Both outputs."""
        return self.out + self.err


def environment(**changes: str) -> dict[str, str]:
    """The environment of a run: this one, with the checkout's package and without a terminal's settings."""
    kept = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "FORCE_COLOR", "COLUMNS"}}
    return {**kept, "PYTHONPATH": str(REPOSITORY), **changes}


def kbtool(*arguments: str, cwd: Path, env: Mapping[str, str] | None = None) -> Run:
    """Run `kbtool` with the arguments in a folder."""
    return run((*COMMAND, *arguments), cwd, env)


def run(command: Sequence[str], cwd: Path, env: Mapping[str, str] | None = None) -> Run:
    """Run a command in a folder; its output is decoded as UTF-8."""
    done = subprocess.run(
        command,
        cwd=cwd,
        env=env or environment(),
        capture_output=True,
        timeout=PATIENCE,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    return Run(done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"))


def tree(folder: Path) -> dict[str, str]:
    """Everything below a folder by name: what it is, its mode, the digest of a file or the target of a link."""
    return {path.relative_to(folder).as_posix(): _state(path) for path in sorted(folder.rglob("*"))}


def _state(path: Path) -> str:
    mode = oct(path.lstat().st_mode)
    if path.is_symlink():
        return f"{mode} to {path.readlink()}"
    return f"{mode} {hashlib.sha256(path.read_bytes()).hexdigest()}" if path.is_file() else mode


def lay_out(folder: Path, claims: Path) -> Path:
    """Copy a base and the project's schema folder; the folder that holds both as `claims` and `schema`."""
    shutil.copytree(claims, folder / "claims")
    (folder / "schema").mkdir()
    for name in ("vocabulary.yaml", "policy.yaml"):
        shutil.copyfile(REPOSITORY / "schema" / name, folder / "schema" / name)
    return folder


def check_failed(run: Run, status: int, *words: str) -> None:
    """Assert a clear failure: the status, the words in any case, one error line and no traceback."""
    assert run.status == status, run.said
    assert "Traceback" not in run.said, run.said
    for word in words:
        assert word.lower() in run.said.lower(), run.said
    assert run.err.count("error: ") <= 1, run.err
