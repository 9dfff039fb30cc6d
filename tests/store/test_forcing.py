"""Forcing files to the disk."""

from __future__ import annotations

import ctypes
import errno
import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kbtool.store import forcing


@pytest.fixture
def forced(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers that the disk knows those files and folders by that are forced one by one, in order."""
    numbers: list[int] = []
    real = os.fsync

    def fsync(handle: int) -> None:
        numbers.append(os.fstat(handle).st_ino)
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    return numbers


def made(folder: Path, count: int) -> list[Path]:
    """So many files in the folder, and the folder."""
    files = [folder / f"{number:03}" for number in range(count)]
    for file in files:
        file.write_bytes(b"x")
    return [*files, folder]


def _library(monkeypatch: pytest.MonkeyPatch, **calls: Any) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: SimpleNamespace(**calls))


def test_few_are_forced_one_by_one(tmp_path: Path, forced: list[int]) -> None:
    paths = made(tmp_path, 2)
    forcing.force_all(tmp_path, paths)
    assert forced == [path.stat().st_ino for path in paths]


def test_many_are_forced_at_once(tmp_path: Path, forced: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def syncfs(handle: int) -> int:
        asked.append(os.fstat(handle).st_ino)
        return 0

    _library(monkeypatch, syncfs=syncfs)
    forcing.force_all(tmp_path, made(tmp_path, 100))
    assert (asked, forced) == ([tmp_path.stat().st_ino], [])


def test_without_such_a_call_each_is_forced(tmp_path: Path, forced: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    _library(monkeypatch)
    forcing.force_all(tmp_path, made(tmp_path, 100))
    assert len(forced) == 101


def test_a_disk_that_does_not_take_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_: int) -> int:
        ctypes.set_errno(errno.EIO)
        return -1

    _library(monkeypatch, syncfs=fails)
    with pytest.raises(OSError, match="Input/output error"):
        forcing.force_all(tmp_path, made(tmp_path, 100))
