"""Changing one file."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kbtool.store.files import FileRefused, read_file, replace_file


def names(folder: Path) -> list[str]:
    """What lies in a folder."""
    return sorted(path.name for path in folder.iterdir())


def refusal(act: Callable[[], object]) -> str:
    """The message with which something is refused; it has a hint."""
    with pytest.raises(FileRefused) as caught:
        act()
    assert caught.value.hint
    assert str(caught.value) == caught.value.message
    return caught.value.message


def test_a_file_is_replaced_with_its_mode_kept(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"old")
    path.chmod(0o640)
    replace_file(path, b"old", b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert names(tmp_path) == ["x.yaml"]


def test_a_new_file_appears_readable_for_all(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    replace_file(path, None, b"new")
    assert read_file(path) == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


@pytest.mark.parametrize(
    ("now", "old", "words"),
    [
        (b"theirs", b"old", "has changed since it was read"),
        (None, b"old", "is gone"),
        (b"theirs", None, "has appeared"),
    ],
)
def test_what_the_caller_has_not_seen_is_never_overwritten(
    tmp_path: Path, now: bytes | None, old: bytes | None, words: str
) -> None:
    """Writes are atomic, refuse to overwrite what the person has not seen, and survive a kill at any point."""
    path = tmp_path / "x.yaml"
    if now is not None:
        path.write_bytes(now)
    assert words in refusal(lambda: replace_file(path, old, b"new"))
    assert (path.read_bytes() if path.exists() else None) == now


def test_a_change_while_writing_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"old")
    force = os.fsync

    def meanwhile(handle: int) -> None:
        path.write_bytes(b"theirs")
        force(handle)

    monkeypatch.setattr(os, "fsync", meanwhile)
    assert "has changed" in refusal(lambda: replace_file(path, b"old", b"new"))
    assert path.read_bytes() == b"theirs"
    assert names(tmp_path) == ["x.yaml"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_disk_that_gives_up_leaves_the_old_bytes_and_no_litter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"old")

    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    if step == "fsync":
        monkeypatch.setattr(os, "fsync", full)
    else:
        monkeypatch.setattr(Path, "replace", full)
    assert "cannot be written: no space left" in refusal(lambda: replace_file(path, b"old", b"new"))
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["x.yaml"]


def test_only_regular_files_are_read(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"x")
    (tmp_path / "link").symlink_to("real")
    assert "is a symbolic link" in refusal(lambda: read_file(tmp_path / "link"))
    assert "is no regular file" in refusal(lambda: read_file(tmp_path))
    assert "cannot be read: no such file" in refusal(lambda: read_file(tmp_path / "none"))
    assert "is a symbolic link" in refusal(lambda: replace_file(tmp_path / "link", b"x", b"y"))
    assert (tmp_path / "real").read_bytes() == b"x"
