"""Files with private keys."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from kbtool.store.files import FileRefused
from kbtool.store.keyfile import base_around, is_open_to_others, read_key_file, repository_around, write_new_key
from tests.store.faults import Call, fails, intercepted

PEM = b"-----BEGIN PRIVATE KEY-----\n"


def test_a_new_key_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    before = os.umask(0)
    try:
        write_new_key(path, PEM)
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o600
    assert read_key_file(path) == PEM
    assert not is_open_to_others(path)
    path.chmod(0o640)
    assert is_open_to_others(path)


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    write_new_key(path, PEM)
    with pytest.raises(FileRefused, match="is there already"):
        write_new_key(path, b"other")
    (tmp_path / "link.pem").symlink_to(tmp_path / "nowhere")
    with pytest.raises(FileRefused, match="is there already"):
        write_new_key(tmp_path / "link.pem", b"other")
    assert path.read_bytes() == PEM
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("inside", ["key.pem", "deep/er/key.pem"])
def test_a_key_never_lies_in_a_base(tmp_path: Path, inside: str) -> None:
    base = tmp_path / "claims"
    (base / "deep/er").mkdir(parents=True)
    (base / "kb.yaml").touch()
    (tmp_path / "way").symlink_to(base)
    for folder in (base, tmp_path / "way"):
        with pytest.raises(FileRefused, match="lies in the base"):
            write_new_key(folder / inside, PEM)
    assert base_around(tmp_path / "key.pem") is None


def test_a_repository_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "work/.git").mkdir(parents=True)
    assert repository_around(tmp_path / "work/key.pem") == (tmp_path / "work").resolve()


def test_a_place_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="cannot be made: no such file or directory"):
        write_new_key(tmp_path / "no/key.pem", PEM)


def test_a_disk_that_fails_leaves_no_half_key(tmp_path: Path) -> None:
    def meet(call: Call) -> Any:
        return fails(errno.EIO)(call) if call.name == "fsync" else call.run()

    with intercepted(meet), pytest.raises(FileRefused, match="cannot be written: "):
        write_new_key(tmp_path / "key.pem", PEM)
    assert not (tmp_path / "key.pem").exists()
