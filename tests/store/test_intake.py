"""What comes into a base from outside."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path

import pytest

from kbtool.store import intake
from kbtool.store.files import FileRefused
from kbtool.store.intake import STANDARD_INPUT, read_input, schema_file, write_new
from kbtool.store.transaction import Conflict


def test_a_file_a_link_and_standard_input_are_read(tmp_path: Path) -> None:
    file = tmp_path / "a\nname"
    file.write_bytes(b"words")
    (tmp_path / "link").symlink_to(file)
    assert read_input(file, BytesIO()) == read_input(tmp_path / "link", BytesIO()) == b"words"
    assert read_input(STANDARD_INPUT, BytesIO(b"piped")) == b"piped"


def test_what_is_no_file_is_refused_and_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    for name, reason in (
        ("fifo", "no regular file"),
        (".", "no regular file"),
        ("nothing", "cannot be read: no such file"),
    ):
        with pytest.raises(FileRefused) as refusal:
            read_input(tmp_path / name, BytesIO())
        assert reason in refusal.value.message


def test_a_file_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "MOST_BYTES", 10)
    assert read_input(STANDARD_INPUT, BytesIO(b"x" * 10)) == b"x" * 10
    with pytest.raises(FileRefused, match="standard input"):
        read_input(STANDARD_INPUT, BytesIO(b"x" * 11))


def test_a_disk_that_fails_is_refused() -> None:
    with pytest.raises(FileRefused, match="cannot be read"):
        read_input(Path("/proc/self/mem"), BytesIO())


def test_new_files_are_written_all_or_none(tmp_path: Path) -> None:
    (tmp_path / "kb.yaml").write_text("x")
    write_new(tmp_path, {"a/b.yaml": b"1", "c/d.yaml": b"2"})
    assert (tmp_path / "a/b.yaml").read_bytes() == b"1"
    with pytest.raises(Conflict):
        write_new(tmp_path, {"e/f.yaml": b"3", "a/b.yaml": b"4"})
    assert not (tmp_path / "e/f.yaml").exists()
    assert (tmp_path / "a/b.yaml").read_bytes() == b"1"


def test_the_table_of_the_base_counts_before_the_shipped_one(tmp_path: Path) -> None:
    shipped = schema_file(tmp_path, "schema", "verdict-words.yaml")
    assert shipped is not None
    (tmp_path / "schema").mkdir()
    (tmp_path / "schema/verdict-words.yaml").write_bytes(b"own")
    assert schema_file(tmp_path, "schema", "verdict-words.yaml") == b"own"
    assert schema_file(tmp_path, "schema", "nothing.yaml") is None
