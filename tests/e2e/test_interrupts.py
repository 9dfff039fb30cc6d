"""Ctrl-C half-way: status 130, no traceback, nothing written or left behind."""

from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.e2e.runs import AS_OF, COMMAND, PATIENCE, environment, run, tree


@pytest.mark.parametrize("nth", [100, 1_000, 4_000])
@pytest.mark.parametrize("command", ["validate", "list"])
def test_interrupted(large: Path, command: str, nth: int) -> None:
    """An interrupt comes when that many files have been opened."""
    before = tree(large)
    program = (
        "import os, signal, sys\n"
        "opened = 0\n"
        "def look(event, _):\n"
        "    global opened\n"
        "    opened += event == 'open'\n"
        f"    if event == 'open' and opened == {nth}: os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.addaudithook(look)\n"
        "from kbtool.__main__ import main; main()"
    )
    # A run from nothing: what an earlier one left in the cache would leave nothing to open.
    done = run((COMMAND[0], "-c", program, command, "--jobs", "1", *AS_OF), large, environment(KBTOOL_CACHE="off"))
    assert (done.status, done.out, done.err) == (130, "", "interrupted\n")
    assert tree(large) == before


_EXPORT = ("export", "json", "csv", "ndjson", "--gate", "any", "--out", "new/out")


@pytest.mark.parametrize(("arguments", "delay"), [(("validate",), 0.5), (_EXPORT, 0.5), (_EXPORT, 1.0)])
def test_interrupted_with_all_processes(large: Path, arguments: tuple[str, ...], delay: float) -> None:
    before = tree(large)
    started = subprocess.Popen(
        (*COMMAND, *arguments, "--as-of", "2026-11-23"),
        cwd=large,
        env=environment(KBTOOL_CACHE="off"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    time.sleep(delay)
    assert started.poll() is None, "the run ended before it was interrupted; the base is too small"
    started.send_signal(signal.SIGINT)
    out, err = started.communicate(timeout=PATIENCE)
    assert (started.returncode, out, err) == (130, "", "interrupted\n")
    assert tree(large) == before


def test_interrupted_while_writing(tiny: Path) -> None:
    """Stop the export between its first file and the moment it appears."""
    program = (
        "import os, signal, kbtool.store.write as w\n"
        "put = w._put_in_place\n"
        "def stop(*a, **k):\n    os.kill(os.getpid(), signal.SIGINT)\n    put(*a, **k)\n"
        "w._put_in_place = stop\n"
        "from kbtool.__main__ import main; main()"
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


@pytest.mark.parametrize("module", ["enum", "threading", "click", "pydantic", "kbtool.model.claim"])
def test_interrupted_while_loading(tiny: Path, module: str) -> None:
    """`enum` is loaded by what takes the interrupt over; the rest after that."""
    before = tree(tiny)
    stop = "raise KeyboardInterrupt" if module == "enum" else "os.kill(os.getpid(), signal.SIGINT)"
    program = (
        "import os, sys\n"
        f"sys.modules.pop({module!r}, None)\n"
        "class Stop:\n"
        "    def find_spec(self, name, *rest):\n"
        f"        if name == {module!r}:\n"
        "            import signal\n"
        f"            {stop}\n"
        "sys.meta_path.insert(0, Stop())\n"
        "from kbtool.__main__ import main; main()"
    )
    program = program.replace("            import signal\n", "") if module == "enum" else program
    done = run((COMMAND[0], "-c", program, "list"), tiny, environment(KBTOOL_CACHE="off"))
    assert (done.status, done.out, done.err) == (130, "", "interrupted\n")
    assert tree(tiny) == before


@pytest.mark.parametrize("dropped_by", ["try:\n        {}\n    except BaseException: pass", "exec({!r})"])
def test_interrupt_that_something_drops(tiny: Path, dropped_by: str) -> None:
    """What drops an interrupt, as pydantic may, or hides it, as `exec` does, changes neither the end nor the disk."""
    before = tree(tiny)
    program = (
        "import os, signal, kbtool.store.write as w\n"
        "fill = w._fill\n"
        "def stop(*a, **k):\n"
        f"    {dropped_by.format('os.kill(os.getpid(), signal.SIGINT)')}\n"
        "    fill(*a, **k)\n"
        "w._fill = stop\n"
        "from kbtool.__main__ import main; main()"
    )
    done = run((COMMAND[0], "-c", program, "export", "json", "--gate", "any", "--out", "new/out", *AS_OF), tiny)
    assert (done.status, done.out, done.err) == (130, "", "interrupted\n")
    assert tree(tiny) == before


def test_interrupts_that_are_not_wanted(tiny: Path) -> None:
    """`nohup` and a shell's `&` start programs with interrupts ignored."""
    program = (
        "import os, signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
        "import kbtool.store.interrupt as i\n"
        "ends = i.ends_at_once\n"
        "def stop():\n    ends()\n    os.kill(os.getpid(), signal.SIGINT)\n"
        "i.ends_at_once = stop\n"
        "from kbtool.__main__ import main; main()"
    )
    done = run((COMMAND[0], "-c", program, "list", *AS_OF), tiny)
    assert (done.status, done.err) == (0, "")
