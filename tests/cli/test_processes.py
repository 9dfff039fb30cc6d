"""The commands as processes: exit statuses, streams, colour, pipes."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.example import REPOSITORY, process

COMMANDS = ("list", "show", "status", "init", "fmt", "schema", "doctor", "completion")


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("list",), 0),
        (("show", "tea-note"), 0),
        (("show", "nothing"), 2),
        (("show",), 2),
        (("status", "--as-of", "2026-02-30"), 2),
        (("fmt", "--check"), 0),
        (("schema", "nothing"), 2),
        (("init", "claims/inside"), 1),
        (("doctor",), 0),
        (("completion", "zsh"), 0),
        (("list", "--kb", "nowhere"), 2),
    ],
)
def test_exit_statuses(project: Path, words: tuple[str, ...], status: int) -> None:
    done = process(*words, cwd=project)
    assert done.status == status, done.err
    assert "Traceback" not in done.out + done.err
    if status:
        assert done.out == ""
        assert "error" in done.err.lower()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_help_has_examples_and_imports_nothing_heavy(project: Path, command: str) -> None:
    code = (
        "import sys\nfrom kbtool.cli.main import cli\n"
        f"try: cli.main([{command!r}, '--help'], prog_name='kbtool')\n"
        "except SystemExit: pass\n"
        "print([name for name in ('pydantic', 'yaml', 'kbtool.model') if name in sys.modules])"
    )
    env = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, cwd=project, capture_output=True, check=True, timeout=60
    )
    shown = done.stdout.decode()
    assert f"Examples:\n    kbtool {command}" in shown
    assert shown.rstrip().endswith("[]")


def on_terminal(words: list[str], cwd: Path, **env: str) -> str:
    """What a command prints on a terminal of 60 columns."""
    ours, theirs = pty.openpty()
    whole = {
        **{k: v for k, v in os.environ.items() if k != "NO_COLOR"},
        "PYTHONPATH": str(REPOSITORY),
        "COLUMNS": "60",
        **env,
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "kbtool", *words], cwd=cwd, env=whole, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    parts = []
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:
            break
        if not part:
            break
        parts.append(part)
    os.close(ours)
    assert process.wait(60) == 0
    return b"".join(parts).decode().replace("\r\n", "\n")


def test_a_terminal_gets_bold_words_and_its_own_width(project: Path) -> None:
    shown = on_terminal(["show", "tea-may-not-calm-everyone"], project, TERM="xterm")
    assert "\x1b[1mtea may not make everyone feel calm\x1b[0m" in " ".join(shown.split())
    assert "»" not in shown


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_colour_where_none_is_wanted(project: Path, env: dict[str, str]) -> None:
    shown = on_terminal(["show", "tea-may-not-calm-everyone"], project, **{"TERM": "xterm", **env})
    assert "\x1b" not in shown
    assert "»tea may not" in shown
    assert max(map(len, shown.splitlines())) <= 70


def test_a_closed_pipe_is_no_error(project: Path) -> None:
    code = f"{sys.executable} -m kbtool show calmer-60-percent-2019 | head -1; exit ${{PIPESTATUS[0]}}"
    env = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run(["bash", "-c", code], cwd=project, env=env, capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"tea-note/calmer-60-percent-2019\n", b"")
