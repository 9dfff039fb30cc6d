"""Programs that kbtool can use where they are there."""

from __future__ import annotations

import shutil
import subprocess

_PATIENCE = 5
"""Seconds that a program may take to name its version."""


def version_of(program: str) -> str | None:
    """The first line that `program --version` prints; None where it is not there or does not answer well."""
    found = shutil.which(program)
    if found is None:
        return None
    try:
        done = subprocess.run([found, "--version"], capture_output=True, timeout=_PATIENCE, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    lines = done.stdout.decode(errors="replace").strip().splitlines()
    return lines[0][:200] if lines else None
