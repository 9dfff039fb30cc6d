"""The pool: results in order, failures raised, nobody left behind."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kbtool.store import pool
from kbtool.store.pool import WorkerFailed, spread, usable_processes


def squares(add: int) -> Callable[[int], tuple[int, int]]:
    """Makes what squares a number and says in which process."""
    return lambda number: (number * number + add, os.getpid())


def failing(_: int) -> Callable[[int], int]:
    """Makes what fails on one number."""
    return lambda number: 1 // (number - 3)


def dying(_: int) -> Callable[[int], int]:
    """Makes what ends its process without a word."""

    def work(number: int) -> int:
        os.kill(os.getpid(), signal.SIGKILL)
        return number

    return work


def slow(seconds: float) -> Callable[[int], int]:
    """Makes what takes its time."""

    def work(number: int) -> int:
        time.sleep(seconds)
        return number

    return work


@pytest.mark.parametrize("jobs", [1, 2, 3, 50])
def test_results_come_in_the_order_of_the_tasks(jobs: int) -> None:
    found = list(spread(squares, 1, range(20), jobs))
    assert [result for result, _ in found] == [n * n + 1 for n in range(20)]
    assert (os.getpid() in {process for _, process in found}) == (jobs == 1)
    assert len({process for _, process in found}) == min(jobs, 20)


def test_no_task_needs_no_process() -> None:
    assert list(spread(squares, 0, [], 4)) == []


def test_a_fresh_interpreter_does_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_context", lambda: multiprocessing.get_context("spawn"))
    assert [result for result, _ in spread(squares, 0, range(3), 2)] == [0, 1, 4]


def test_how_processes_start_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    assert pool._context().get_start_method() == "fork"
    monkeypatch.setattr("sys.platform", "darwin")
    assert pool._context().get_start_method() == "spawn"


def test_a_failure_is_raised_with_where_it_happened() -> None:
    with pytest.raises(WorkerFailed, match="ZeroDivisionError"):
        list(spread(failing, 0, range(6), 2))
    assert multiprocessing.active_children() == []


def test_a_worker_that_is_killed_is_noticed() -> None:
    with pytest.raises(WorkerFailed, match="ended before its work was done"):
        list(spread(dying, 0, range(6), 2))


def test_an_interrupt_ends_the_workers_at_once() -> None:
    began = time.monotonic()
    results = spread(slow, 30.0, range(4), 2)

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    try:
        with pytest.raises(KeyboardInterrupt):
            next(results)
    finally:
        signal.signal(signal.SIGALRM, before)
    assert multiprocessing.active_children() == []
    assert time.monotonic() - began < 10


ORPHANS = """
import os, sys
from kbtool.store.pool import spread
from tests.store.test_pool import endless
results = spread(endless, 0, range(10_000), 3)
print(*sorted({next(results) for _ in range(9)}), flush=True)
os.kill(os.getpid(), 9)
"""


def endless(_: int) -> Callable[[int], int]:
    """Makes what says in which process it is, after a moment."""

    def work(_: int) -> int:
        time.sleep(0.01)
        return os.getpid()

    return work


def test_workers_end_when_the_parent_is_killed() -> None:
    done = subprocess.run((sys.executable, "-c", ORPHANS), stdout=subprocess.PIPE, check=False, timeout=60)
    workers = [int(word) for word in done.stdout.split()]
    assert len(workers) == 3
    deadline = time.monotonic() + 20
    while any(_runs(worker) for worker in workers) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(_runs(worker) for worker in workers)


def _runs(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        return False


def test_whoever_stops_listening_leaves_nobody_behind() -> None:
    results = spread(squares, 0, range(2000), 2)
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []


def test_some_process_can_be_used() -> None:
    assert usable_processes() >= 1
