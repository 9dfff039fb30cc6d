"""Pipes that close, outputs that are full or missing, terminals with and without colour or letters."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.runs import AS_OF, COMMAND, PATIENCE, check_failed, environment, kbtool, run

ESCAPE = "\x1b["


def _faulty(folder: Path) -> None:
    """Several hundred findings whose sentences hold curly quotes and accents, more than a pipe holds."""
    for number in range(400):
        name = f"claims/plumberry-tea/wrong-{number}.yaml"
        (folder / name).write_text(f"id: “café”\nstatement: “Étude” {'é' * 80}\nunknown: x\n")


PIPED = [
    ("validate", *AS_OF),
    *(("validate", *AS_OF, "--format", name) for name in ("json", "sarif", "junit", "github")),
    ("list", *AS_OF),
    ("rules",),
    ("rules", "--format", "json"),
    ("explain", "quote-cuts"),
    ("export", "--list"),
    ("--help",),
    ("validate", "--help"),
]


@pytest.mark.parametrize("arguments", PIPED)
def test_reader_that_goes(tiny: Path, arguments: tuple[str, ...]) -> None:
    """Proves: "A closed pipe is no error"."""
    _faulty(tiny)
    command = 'set -o pipefail; "$@" | head -c 1'
    done = run(("bash", "-c", command, "bash", *COMMAND, *arguments), tiny)
    assert done.err == "" or "may be missing here" in done.err, done.err
    assert len(done.out) == 1
    assert done.status in {0, 1}


@pytest.mark.parametrize("arguments", PIPED)
def test_reader_that_never_was(tiny: Path, arguments: tuple[str, ...]) -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        (*COMMAND, *arguments),
        cwd=tiny,
        env=environment(),
        stdout=write,
        stderr=subprocess.PIPE,
        timeout=PATIENCE,
        check=False,
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("arguments", PIPED)
def test_output_that_is_closed(tiny: Path, arguments: tuple[str, ...]) -> None:
    done = run(("sh", "-c", '"$@" >&-', "sh", *COMMAND, *arguments), tiny)
    assert (done.status, done.said) == (0, "")


def test_both_outputs_closed(tiny: Path) -> None:
    done = run(("sh", "-c", '"$@" >&- 2>&-', "sh", *COMMAND, "validate", "--kb", "missing"), tiny)
    assert (done.status, done.said) == (2, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="NOT RUN: there is no /dev/full")
@pytest.mark.parametrize("arguments", PIPED)
def test_disk_that_is_full(tiny: Path, arguments: tuple[str, ...]) -> None:
    done = run(("sh", "-c", '"$@" >/dev/full', "sh", *COMMAND, *arguments), tiny)
    check_failed(done, 2, "kbtool: error: the output cannot be written: no space left on device")


def _on_a_terminal(folder: Path, *arguments: str, **changes: str) -> str:
    """What a run prints on a terminal."""
    ours, theirs = pty.openpty()
    done = subprocess.Popen(
        (*COMMAND, *arguments),
        cwd=folder,
        env=environment(TERM="xterm", **changes),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    shown = b""
    while select.select([ours], [], [], PATIENCE)[0]:
        try:
            piece = os.read(ours, 65536)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    done.wait(PATIENCE)
    os.close(ours)
    return shown.decode()


def test_colour_on_terminals_alone(tiny: Path) -> None:
    (tiny / "claims/stray.txt").write_text("words\n")
    assert ESCAPE in _on_a_terminal(tiny, "validate", *AS_OF)
    assert ESCAPE not in _on_a_terminal(tiny, "validate", *AS_OF, NO_COLOR="1")
    assert ESCAPE not in kbtool("validate", *AS_OF, cwd=tiny).said
    assert ESCAPE not in kbtool("validate", *AS_OF, cwd=tiny, env=environment(NO_COLOR="1", FORCE_COLOR="1")).said


@pytest.mark.parametrize("format_", ["json", "sarif", "junit", "github"])
def test_no_colour_for_programs(tiny: Path, format_: str) -> None:
    assert ESCAPE not in _on_a_terminal(tiny, "validate", *AS_OF, "--format", format_)


@pytest.mark.parametrize(
    "changes",
    [{"LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"PYTHONIOENCODING": "ascii"}],
)
@pytest.mark.parametrize("command", [("validate",), ("validate", "--format", "json"), ("list",), ("rules",)])
def test_terminals_without_the_letters(tiny: Path, changes: dict[str, str], command: tuple[str, ...]) -> None:
    _faulty(tiny)
    plain = kbtool(*command, *(AS_OF if command[0] != "rules" else ()), cwd=tiny)
    done = kbtool(*command, *(AS_OF if command[0] != "rules" else ()), cwd=tiny, env=environment(**changes))
    assert done.status == plain.status
    assert "Traceback" not in done.said
    assert "internal" not in done.err
    assert len(done.out) >= len(plain.out)
    if "json" in command:
        assert done.out == plain.out


def test_console_script_is_the_same_command(tiny: Path) -> None:
    script = Path(sys.executable).parent / "kbtool"
    assert run((str(script), "validate", *AS_OF), tiny) == kbtool("validate", *AS_OF, cwd=tiny)
