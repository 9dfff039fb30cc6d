"""Asking another program for drafts: no shell, no keys in its environment, a time-out, a cap on what it may answer."""

from __future__ import annotations

import os
import selectors
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from kbtool.store.interrupt import undone_on_interrupt

MOST_OUTPUT = 32 * 1024 * 1024
"""Bytes that a drafter may answer."""
_PIECE = 1 << 16
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "TZ", "SYSTEMROOT")
"""Variables that the program gets; whatever else is in the environment, keys above all, it does not."""
_SHOWN = 300


class DrafterFailed(Exception):  # noqa: N818 - it says what happened, as messages do
    """A drafter could not be started, did not end well, or answered too much or too late."""

    def __init__(self, message: str, hint: str) -> None:
        """Keep the message and the hint."""
        super().__init__(message)
        self.message = message
        self.hint = hint


def ask_drafter(program: str, arguments: Sequence[str], request: bytes, patience: float) -> bytes:
    """What a program answers on its standard output to a request on its standard input.

    It runs in an empty folder of its own and in a process group of its own, which is ended with it. Raises
    DrafterFailed; `patience` is in seconds.
    """
    found = shutil.which(program)
    if found is None:
        raise DrafterFailed(f"there is no program {program!r}", "name a program on PATH, or give its path")
    command = [str(Path(found).resolve()), *(_absolute(each) for each in arguments)]
    with (
        undone_on_interrupt(),
        tempfile.TemporaryDirectory(prefix="kbtool-drafter-") as folder,
        tempfile.TemporaryFile() as question,
        tempfile.TemporaryFile() as complaints,
    ):
        question.write(request)
        question.seek(0)
        try:
            process = subprocess.Popen(
                command,
                stdin=question,
                stdout=subprocess.PIPE,
                stderr=complaints,
                cwd=folder,
                env=clean_environment(folder),
                start_new_session=True,
                close_fds=True,
            )
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise DrafterFailed(f"{program!r} cannot be started: {reason}", "see that it is a program") from error
        try:
            answer = _answer(process, program, patience)
        finally:
            _end(process)
        if process.returncode:
            said = _last_line(complaints)
            raise DrafterFailed(
                f"{program!r} ended with status {process.returncode}{said}", "run it by hand to see why"
            )
        return answer


def clean_environment(folder: str) -> dict[str, str]:
    """The environment of a drafter: where programs are and which language is spoken; its home is its empty folder."""
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return {**kept, "HOME": folder, "TMPDIR": folder, "KBTOOL_DRAFTER": "1"}


def _absolute(argument: str) -> str:
    """An argument that names a file from here by its whole path, since the program runs elsewhere."""
    is_path = not argument.startswith("-") and Path(argument).exists()
    return str(Path(argument).absolute()) if is_path else argument


def _answer(process: subprocess.Popen[bytes], program: str, patience: float) -> bytes:
    """Everything that the process prints, once it has ended."""
    assert process.stdout is not None
    deadline, pieces, size = time.monotonic() + patience, list[bytes](), 0
    with selectors.DefaultSelector() as watch:
        watch.register(process.stdout, selectors.EVENT_READ)
        while True:
            left = deadline - time.monotonic()
            if left <= 0 or not watch.select(left):
                raise DrafterFailed(
                    f"{program!r} has not answered within {patience:g} seconds", "give it longer with --timeout"
                )
            piece = os.read(process.stdout.fileno(), _PIECE)
            if not piece:
                break
            pieces.append(piece)
            size += len(piece)
            if size > MOST_OUTPUT:
                raise DrafterFailed(
                    f"{program!r} answered more than {MOST_OUTPUT:,} bytes", "nothing was taken from it"
                )
    try:
        process.wait(max(0.1, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        raise DrafterFailed(f"{program!r} does not end after its answer", "see that it ends by itself") from None
    return b"".join(pieces)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process with all that it started."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdout:
        process.stdout.close()


def _last_line(complaints: IO[bytes]) -> str:
    """The last line that a program wrote on standard error, for the message."""
    complaints.seek(0, os.SEEK_END)
    complaints.seek(max(0, complaints.tell() - 4 * _SHOWN))
    lines = complaints.read().decode(errors="replace").strip().splitlines()
    return f": {lines[-1][:_SHOWN]}" if lines else ""
