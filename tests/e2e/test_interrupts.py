"""Ctrl-C half-way: status 130, no traceback, nothing written or left behind."""

from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.e2e.runs import AS_OF, COMMAND, PATIENCE, environment, run, tree


@pytest.mark.parametrize("delay", [0.5, 1.5, 3.0])
@pytest.mark.parametrize(
    "arguments",
    [("validate",), ("export", "json", "csv", "ndjson", "--gate", "any", "--out", "new/out"), ("list",)],
)
def test_interrupted(large: Path, arguments: tuple[str, ...], delay: float) -> None:
    before = tree(large)
    started = subprocess.Popen(
        (*COMMAND, *arguments, "--as-of", "2026-11-23"),
        cwd=large,
        # Every run from nothing: what an earlier one left in the cache would make this one too quick to interrupt.
        env=environment(KBTOOL_CACHE="off"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    time.sleep(delay)
    assert started.poll() is None, "the run ended before it was interrupted; the base is too small"
    started.send_signal(signal.SIGINT)
    out, err = started.communicate(timeout=PATIENCE)
    assert (started.returncode, out) == (130, ""), err
    assert err.strip() == "interrupted"
    assert tree(large) == before


def test_interrupted_while_writing(tiny: Path) -> None:
    """Stop the export between its first file and the moment it appears."""
    program = (
        "import os, signal, kbtool.store.write as w\n"
        "put = w._put_in_place\n"
        "def stop(*a, **k):\n    os.kill(os.getpid(), signal.SIGINT)\n    put(*a, **k)\n"
        "w._put_in_place = stop\n"
        "from kbtool.cli.main import main; main()"
    )
    before = tree(tiny)
    done = subprocess.run(
        (COMMAND[0], "-c", program, "export", "json", "--gate", "any", "--out", "new/out", *AS_OF),
        cwd=tiny,
        env=environment(),
        capture_output=True,
        timeout=PATIENCE,
        check=False,
        text=True,
    )
    assert (done.returncode, done.stdout, done.stderr.strip()) == (130, "", "interrupted")
    assert tree(tiny) == before


def test_interrupted_while_loading(tiny: Path) -> None:
    program = (
        "import sys\n"
        "class Stop:\n"
        "    def find_spec(self, name, *rest):\n"
        "        if name == 'click': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Stop())\n"
        "from kbtool.__main__ import main; main()"
    )
    done = run((COMMAND[0], "-c", program, "validate"), tiny)
    assert (done.status, done.out, done.err) == (130, "", "interrupted\n")
