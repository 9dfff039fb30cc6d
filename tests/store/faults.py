"""Processes that are killed, and disks that fail, at a chosen line of the store or at a chosen call to the system."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import FrameType

STORE = str(Path("kbtool") / "store")

DONE, REFUSED, FAILED, KILLED, NOT_REACHED = 0, 10, 11, 20, 30
"""How a child process ended: at its end, with a refusal, with another error, killed, or at its end without a fault."""

CALLS = (
    "open", "write", "pwrite", "fsync", "rename", "replace", "unlink", "rmdir", "mkdir", "chmod", "fchmod",
)  # fmt: skip
"""The system calls with which the store changes a disk."""

_TIMES = 2

Refusals = tuple[type[Exception], ...]


@dataclass(frozen=True, slots=True)
class Call:
    """One call to the system."""

    name: str
    real: Callable[..., Any]
    args: tuple[Any, ...]
    named: dict[str, Any]

    def run(self) -> Any:
        """Let it happen."""
        return self.real(*self.args, **self.named)


Fault = Callable[[Call], Any]


def in_child(act: Callable[[], None], refusals: Refusals = ()) -> int:
    """How a child process ends that does `act`."""
    child = os.fork()
    if child:
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        return KILLED if code == -signal.SIGKILL else code
    status = FAILED
    try:
        act()
        status = DONE
    except refusals:
        status = REFUSED
    finally:
        os._exit(status)


def at_each_line(act: Callable[[], None], fault: Callable[[int], None], step: int, refusals: Refusals) -> int:
    """How a child ends that does `act` with a fault before the `step`-th line of the store.

    A line that is met more than twice, as in a loop over files, counts twice.
    """

    def traced() -> None:
        seen = 0
        met: Counter[tuple[str, int]] = Counter()

        def trace(frame: FrameType, event: str, _: object) -> Any:
            nonlocal seen
            if STORE not in frame.f_code.co_filename:
                return None
            line = (frame.f_code.co_filename, frame.f_lineno)
            if event == "line" and met[line] < _TIMES:
                met[line] += 1
                seen += 1
                if seen == step:
                    fault(KILLED)
            return trace

        sys.settrace(trace)
        try:
            act()
        finally:
            sys.settrace(None)
        if seen < step:
            os._exit(NOT_REACHED)

    return in_child(traced, refusals)


def kept_at_each_state(act: Callable[[], None], folder: Path, copies: Path) -> list[Path]:
    """Copies of a folder as a kill before any line of the store would leave it while a child does `act`.

    Lines between which nothing on the disk changes are one point to whoever comes after the kill.
    """

    def traced() -> None:
        last: object = None

        def trace(frame: FrameType, event: str, _: object) -> Any:
            nonlocal last
            if STORE not in frame.f_code.co_filename:
                return None
            if event == "line" and (now := _state(folder)) != last:
                last = now
                shutil.copytree(folder, copies / f"{len(list(copies.iterdir())):04}")
            return trace

        sys.settrace(trace)
        try:
            act()
        finally:
            sys.settrace(None)

    copies.mkdir()
    assert in_child(traced) == DONE
    return sorted(copies.iterdir())


def _state(folder: Path) -> list[tuple[str, int, bytes]]:
    """Names, modes and contents of everything in a folder."""
    paths = sorted(folder.rglob("*"))
    return [(str(path), path.stat().st_mode, b"" if path.is_dir() else path.read_bytes()) for path in paths]


def at_each_call(act: Callable[[], None], fault: Fault, when: Callable[[int], bool], refusals: Refusals) -> int:
    """How a child ends that does `act`, where the calls whose number (from 1) `when` picks are the fault's."""

    def faulty() -> None:
        seen = met = 0

        def meet(call: Call) -> Any:
            nonlocal seen, met
            seen += 1
            if when(seen):
                met += 1
                return fault(call)
            return call.run()

        with intercepted(meet):
            act()
        if not met:
            os._exit(NOT_REACHED)

    return in_child(faulty, refusals)


@contextmanager
def intercepted(meet: Fault) -> Iterator[None]:
    """Let `meet` do every call that changes a disk."""
    real = {name: getattr(os, name) for name in CALLS}

    def wrapped(name: str) -> Callable[..., Any]:
        return lambda *args, **named: meet(Call(name, real[name], args, named))

    try:
        for name in CALLS:
            setattr(os, name, wrapped(name))
        yield
    finally:
        for name in CALLS:
            setattr(os, name, real[name])


def once(step: int) -> Callable[[int], bool]:
    """Only that call."""
    return lambda number: number == step


def ever_since(step: int) -> Callable[[int], bool]:
    """That call and all after it."""
    return lambda number: number >= step


def kill(_: object) -> None:
    """The process is gone before the call."""
    os.kill(os.getpid(), signal.SIGKILL)


def kill_half_way(call: Call) -> Any:
    """The process is gone when half of the bytes are written; other calls are whole or not at all."""
    if call.name in {"write", "pwrite"}:
        handle, content, *rest = call.args
        call.real(handle, bytes(content)[: len(content) // 2], *rest)
    return kill(call)


def short_write(call: Call) -> Any:
    """The disk takes one byte of many, as it may; other calls are as ever."""
    if call.name != "write":
        return call.run()
    handle, content = call.args
    return call.real(handle, bytes(content)[:1])


def fails(number: int) -> Fault:
    """The call raises an OSError of this number and changes nothing."""

    def fault(_: Call) -> None:
        raise OSError(number, os.strerror(number))

    return fault


def fails_after(number: int) -> Fault:
    """The call does its work and then raises, as a forcing to the disk or a network disk may."""

    def fault(call: Call) -> None:
        call.run()
        raise OSError(number, os.strerror(number))

    return fault


def break_line(_: int) -> None:
    """The line meets a full disk."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
