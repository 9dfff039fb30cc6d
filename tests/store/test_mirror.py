"""Reading a copy of a release."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import pytest

from kbtool.release.mirror import ODD
from kbtool.store.mirror import digests_below


def test_every_file_but_the_manifest(tmp_path: Path) -> None:
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "manifest.json").write_bytes(b"{}")
    (tmp_path / "a/manifest.json").write_bytes(b"x")
    (tmp_path / "a/b/c").write_bytes(b"y" * 3_000_000)
    assert digests_below(tmp_path) == {
        "a/manifest.json": sha256(b"x").hexdigest(),
        "a/b/c": sha256(b"y" * 3_000_000).hexdigest(),
    }


def test_nothing_outside_is_read(tmp_path: Path) -> None:
    inside = tmp_path / "mirror"
    inside.mkdir()
    (tmp_path / "secret").write_bytes(b"x")
    (inside / "file").symlink_to(tmp_path / "secret")
    (inside / "folder").symlink_to(tmp_path, target_is_directory=True)
    (inside / "dangling").symlink_to("nowhere")
    (inside / "empty").mkdir()
    os.mkfifo(inside / "pipe")
    assert digests_below(inside) == dict.fromkeys(("file", "folder", "dangling", "empty", "pipe"), ODD)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        digests_below(tmp_path / "nowhere")
