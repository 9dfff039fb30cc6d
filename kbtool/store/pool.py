"""Work spread over processes: the same function over many tasks, results in the order of the tasks.

Task number n goes to worker n modulo the number of workers, so that what a run does never depends on the machine's
mood. Each worker has a pipe of its own and nothing else in common with the others; when the reader of that pipe goes
away, for whatever reason, its next result ends it. So there is nothing to clean up and nobody is left behind.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import BaseContext
    from multiprocessing.process import BaseProcess

S = TypeVar("S")
T = TypeVar("T")
R = TypeVar("R")

Prepare = Callable[[S], Callable[[T], R]]
"""Makes, once in each process, the function that is called with every task; itself a function of a module."""
Work = tuple[Prepare[S, T, R], S, Sequence[T]]
"""What one worker does: how to prepare, with which setting, and its tasks."""


class WorkerFailed(RuntimeError):  # noqa: N818 - it says what happened
    """A worker process raised, or ended without a word; the message is the worker's own traceback."""


def usable_processes() -> int:
    """How many processes can run at once for us."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(prepare: Prepare[S, T, R], setting: S, tasks: Sequence[T], jobs: int) -> Iterator[R]:
    """The result of each task in order, worked out by `jobs` processes; with one, in this one.

    Raises WorkerFailed. An interrupt ends the workers at once.
    """
    jobs = min(jobs, len(tasks))
    if jobs <= 1:
        yield from map(prepare(setting), tasks)
        return
    context = _context()
    workers: list[tuple[BaseProcess, Connection]] = []
    try:
        for number in range(jobs):
            work = (prepare, setting, tasks[number::jobs])
            workers.append(_started(context, [pipe for _, pipe in workers], work))
        for number in range(len(tasks)):
            yield _received(workers[number % jobs][1])
    finally:
        for process, pipe in workers:
            pipe.close()
            process.terminate()
        for process, _ in workers:
            process.join()


def _context() -> BaseContext:
    """How processes are started, said and not left to the version of Python.

    Forking is quickest, since a child has everything imported already. It is safe where no other thread can hold a
    lock; elsewhere, and on systems whose libraries do not bear it, a fresh interpreter is started.
    """
    import multiprocessing  # noqa: PLC0415 - takes a moment, and most runs need no second process

    forks = sys.platform == "linux" and threading.active_count() == 1
    return multiprocessing.get_context("fork" if forks else "spawn")


def _started(context: BaseContext, earlier: list[Connection], work: Work[S, T, R]) -> tuple[BaseProcess, Connection]:
    """A worker and the end of its pipe that is read.

    A forked child has a copy of every pipe that is open. It closes those ends that only we are to hold, its own among
    them: else nobody would notice when we are gone.
    """
    ours, theirs = context.Pipe(duplex=False)
    not_its_own = [*earlier, ours] if context.get_start_method() == "fork" else []
    process: BaseProcess = context.Process(  # type: ignore[attr-defined]
        target=_work, args=(theirs, not_its_own, *work), daemon=True
    )
    process.start()
    theirs.close()
    return process, ours


def _received(pipe: Connection) -> Any:
    try:
        failure, result = pipe.recv()
    except EOFError:
        raise WorkerFailed("a worker process ended before its work was done") from None
    if failure:
        raise WorkerFailed(failure)
    return result


def _work(
    pipe: Connection, not_its_own: list[Connection], prepare: Prepare[S, T, R], setting: S, tasks: Sequence[T]
) -> None:
    """What a worker does; an interrupt at the terminal is for the parent, which then ends the workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for other in not_its_own:
        other.close()
    try:
        work = prepare(setting)
        for task in tasks:
            pipe.send(("", work(task)))
    except BrokenPipeError:
        pass  # whoever wanted the results has gone
    except Exception:  # noqa: BLE001 - the parent raises it
        import traceback  # noqa: PLC0415 - for failures only

        _tell(pipe, traceback.format_exc())
    finally:
        pipe.close()


def _tell(pipe: Connection, failure: str) -> None:
    try:
        pipe.send((failure, None))
    except OSError:
        return
