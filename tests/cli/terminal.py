"""A person at a terminal: what they wait for, and what they type then."""

from __future__ import annotations

import os
import pty
import select
import signal
import sys
import time
from dataclasses import dataclass

from tests.cli.example import REPOSITORY

PATIENCE = 60.0
"""Seconds after which a command that says nothing more is ended."""


@dataclass(frozen=True, slots=True)
class Session:
    """How a command at a terminal ended, and everything that stood on the terminal."""

    status: int
    shown: str


def at_terminal(line: tuple[str, ...], *typed: tuple[str, str]) -> Session:
    """Run a command of kbtool at a terminal; each pair is a text to wait for and the line that is typed then."""
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update(PYTHONPATH=str(REPOSITORY), COLUMNS="80", TERM="dumb")
        os.execv(sys.executable, (sys.executable, "-m", "kbtool", *line))
    end = time.monotonic() + PATIENCE
    shown = ""
    for prompt, words in typed:
        before = len(shown)
        while prompt not in shown[before:] and (part := _read(terminal, end)):
            shown += part
        # Asking for a passphrase throws away what was typed before the terminal stopped to echo.
        time.sleep(0.3)
        os.write(terminal, f"{words}\n".encode())
    while part := _read(terminal, end):
        shown += part
    if time.monotonic() >= end:
        os.kill(child, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    os.close(terminal)
    return Session(status, shown)


def _read(terminal: int, end: float) -> str:
    """What the terminal shows next; "" when the command has ended or patience has."""
    if not select.select([terminal], [], [], max(0.0, end - time.monotonic()))[0]:
        return ""
    try:
        return os.read(terminal, 4096).decode(errors="replace")
    except OSError:
        return ""
