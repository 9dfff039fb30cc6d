"""The walk: it sees what the full reader sees, notices every change, and leaves what is odd to the full reader."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kbtool.store import scan as module
from kbtool.store.read import read_base
from kbtool.store.scan import WIDTH, Odd, is_young, scan, stat_of
from tests.engine.desk import Desk
from tests.rules.bases import tiny_base

CLAIM = "plumberry-tea/may-not-relieve.yaml"


@pytest.fixture
def kb(tmp_path: Path) -> Path:
    """The tiny base on disk."""
    desk = Desk(tmp_path)
    desk.put(tiny_base())
    return desk.root


@pytest.mark.parametrize("expected", [0, 10**6])
def test_the_walk_sees_the_files_that_the_full_reader_sees(kb: Path, expected: int) -> None:
    (kb / ".hidden").write_text("x")
    (kb / ".hidden-folder").mkdir()
    (kb / "a" / "deep" / "folder").mkdir(parents=True)
    (kb / "a" / "deep" / "folder" / "x.md").write_text("x")
    seen = scan(kb, expected)
    assert set(seen.paths()) == {file.name for file in read_base(kb, "kb").files.base}
    assert seen.numbers[seen.paths().index(CLAIM) * WIDTH + 1] == (kb / CLAIM).stat().st_size


def test_one_process_and_two_see_the_same(kb: Path) -> None:
    assert scan(kb, 10**6).mark == scan(kb).mark


CHANGES: dict[str, Callable[[Path], object]] = {
    "another size": lambda kb: (kb / CLAIM).write_bytes(b"x"),
    "another time": lambda kb: os.utime(kb / CLAIM, ns=(5, 5)),
    "gone": lambda kb: (kb / CLAIM).unlink(),
    "new": lambda kb: (kb / "new.yaml").write_bytes(b""),
    "renamed": lambda kb: (kb / CLAIM).rename(kb / "plumberry-tea" / "other.yaml"),
    "moved to another folder": lambda kb: (kb / CLAIM).rename(kb / "evidence" / "may-not-relieve.yaml"),
    "other rights": lambda kb: (kb / CLAIM).chmod(0o600),
    "put in the place of another": lambda kb: (kb / CLAIM).replace(kb / "kb.yaml"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_gives_another_mark(kb: Path, change: Callable[[Path], object]) -> None:
    before = scan(kb).mark
    assert scan(kb).mark == before
    change(kb)
    assert scan(kb).mark != before


ODDITIES: dict[str, Callable[[Path], object]] = {
    "a link to a file": lambda kb: (kb / "link.yaml").symlink_to(kb / CLAIM),
    "a link to a folder": lambda kb: (kb / "link").symlink_to(kb / "evidence"),
    "a hidden link": lambda kb: (kb / ".link").symlink_to(kb / CLAIM),
    "a pipe": lambda kb: os.mkfifo(kb / "evidence" / "pipe"),
    "a folder named as a file": lambda kb: (kb / "evidence" / "x.yaml").mkdir(),
    "a change under way": lambda kb: (kb / ".kbtool-journal").mkdir(),
}


@pytest.mark.parametrize("make", ODDITIES.values(), ids=ODDITIES)
@pytest.mark.parametrize("expected", [0, 10**6])
def test_what_is_odd_is_left_to_the_full_reader(kb: Path, make: Callable[[Path], object], expected: int) -> None:
    make(kb)
    with pytest.raises(Odd):
        scan(kb, expected)


def test_no_folder_at_all_is_odd(tmp_path: Path) -> None:
    with pytest.raises(Odd):
        scan(tmp_path / "none")


@pytest.mark.parametrize("raw", [b"", b"x" * 7, (99).to_bytes(8, "little") * 3])
def test_a_second_process_that_says_too_little_is_odd(raw: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - its words are for nobody
        module._told(raw)


def test_only_plain_files_have_stat_data(kb: Path) -> None:
    assert stat_of(kb / CLAIM)[1] > 0
    (kb / "link").symlink_to(kb / "evidence")
    for path in (kb / "evidence", kb / "none", kb / "link" / "made-up-trial.yaml"):
        with pytest.raises(Odd):
            stat_of(path)


def test_a_file_is_young_for_two_seconds() -> None:
    second = 10**9
    assert is_young((0, 0, 5 * second, 0, 0), 6 * second)
    assert is_young((0, 0, 0, 9 * second, 0), 6 * second)
    assert not is_young((0, 0, 5 * second, 5 * second, 0), 7 * second)
