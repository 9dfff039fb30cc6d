"""Run everything that guards the project, one step after the other, and say what failed.

With names of steps as arguments only those run: `python tools/check.py types layers`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent

PURE = (
    "diagnostics.py",
    *(
        f"{name}/*"
        for name in (
            "model",
            "yamlsource",
            "quotes",
            "records",
            "review",
            "rules",
            "release",
            "export",
            "report",
            "audit",
            "site",
            "ingest",
        )
    ),
)
"""The layers without I/O: every branch of them is tested."""

SHELL_FLOOR = "90"
"""Per cent of branches of the whole package that the tests must reach."""

COVERAGE = [sys.executable, "-m", "coverage", "report"]

STEPS: dict[str, list[str]] = {
    "format": [str(BIN / "ruff"), "format", "--check", "-q", "."],
    "lint": [str(BIN / "ruff"), "check", "-q", "."],
    "types": [str(BIN / "mypy")],
    "layers": [str(BIN / "lint-imports"), "--no-cache"],
    "schemas": [str(BIN / "kbtool"), "schema", "--check"],
    "reference": [sys.executable, "tools/command_reference.py", "--check"],
    "tests": [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "worksteal", "--cov=kbtool", "--cov-report="],
    "coverage of the pure layers": [
        *COVERAGE,
        "--fail-under=100",
        f"--include={','.join(f'kbtool/{p}' for p in PURE)}",
    ],
    "coverage": [*COVERAGE, f"--fail-under={SHELL_FLOOR}"],
}


def main(names: list[str]) -> int:
    """Run the steps; 0 where all of them passed."""
    unknown = [name for name in names if name not in STEPS]
    if unknown:
        print(f"no step {unknown[0]!r}; steps: {', '.join(STEPS)}")
        return 2
    failed = []
    for name in names or STEPS:
        began = time.monotonic()
        print(f"== {name}", flush=True)
        done = subprocess.run(STEPS[name], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
        print(f"   {'passed' if done.returncode == 0 else 'FAILED'} in {time.monotonic() - began:.0f} s", flush=True)
        if done.returncode:
            failed.append(name)
    print(f"failed: {', '.join(failed)}" if failed else "every step passed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
