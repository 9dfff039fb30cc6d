"""Progress: on a terminal, after a second, and nowhere else."""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout

import pytest

from kbtool.cli.progress import line_of, progress


class Terminal(io.StringIO):
    """Takes what is written, and says that a person watches."""

    def isatty(self) -> bool:
        return True


STEPS = ((100, 200), (101, 200), (200, 200), (0, 0))


@pytest.fixture(autouse=True)
def _at_a_desk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("TERM", "xterm")


def shown(times: Sequence[float], *, output: io.StringIO | None = None) -> str:
    """What appears on the screen where the clock shows these times, one after the other."""
    clock, screen = iter(times), Terminal()
    with redirect_stderr(screen), redirect_stdout(output or Terminal()), progress("checking", clock.__next__) as step:
        for done, total in STEPS:
            step(done, total)
    return screen.getvalue()


def test_a_line_says_count_rate_and_time_left() -> None:
    assert line_of("checking", 4200, 10_000, 3.0) == "checking 4,200 of 10,000, 1,400 a second, 4 s left"
    assert line_of("checking", 0, 10, 0.0) == "checking 0 of 10, 0 a second, 0 s left"


def test_nothing_is_shown_within_the_first_second() -> None:
    assert shown((0.0, 0.5, 0.9, 0.99)) == ""


def test_then_a_line_comes_moves_and_goes() -> None:
    said = shown((0.0, 1.0, 1.05, 2.0))
    assert [line.rstrip() for line in said.split("\r") if line.strip()] == [
        "checking 100 of 200, 100 a second, 1 s left",
        "checking 200 of 200, 100 a second, 0 s left",
    ]
    assert said.endswith(" \r")


UNWATCHED = {"in continuous integration": ("CI", "true"), "on a dumb terminal": ("TERM", "dumb")}


@pytest.mark.parametrize(("name", "value"), UNWATCHED.values(), ids=UNWATCHED)
def test_nothing_is_shown_where_nobody_watches(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    assert shown((0.0, 1.0, 1.05, 2.0)) == ""


def test_nothing_is_shown_where_the_output_goes_elsewhere() -> None:
    assert shown((0.0, 1.0, 1.05, 2.0), output=io.StringIO()) == ""
