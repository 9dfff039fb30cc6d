"""A new base on disk."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from kbtool.engine.check import check
from kbtool.records.assemble import assemble
from kbtool.store import shipped
from kbtool.store.files import FileRefused
from kbtool.store.read import read_base
from kbtool.store.scaffold import start_base
from kbtool.store.shipped import NotShipped, example_files, shipped_schema_files, shipped_schema_folder
from tests.cli.example import AS_OF


def names(folder: Path) -> list[str]:
    """What lies in a folder."""
    return sorted(path.name for path in folder.iterdir())


def refusal(directory: Path) -> str:
    """The message with which a new base is refused."""
    with pytest.raises(FileRefused) as caught:
        start_base(directory)
    assert caught.value.hint
    return caught.value.message


def everything(folder: Path) -> list[str]:
    """Every path below a folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_the_new_base_validates_without_a_single_diagnostic(tmp_path: Path) -> None:
    files = start_base(tmp_path / "new")
    root = tmp_path / "new" / "claims"
    read = read_base(root, "claims")
    loaded = assemble(read.files)
    checked = check(loaded, AS_OF)
    assert (read.diagnostics, checked.diagnostics) == ((), ())
    assert loaded.base is not None
    assert len(loaded.base.claims) == 3
    assert set(files) == {path for path in everything(tmp_path / "new") if (tmp_path / "new" / path).is_file()}
    assert {"claims/kb.yaml", "schema/vocabulary.yaml", "schema/policy.yaml", ".gitattributes"} <= set(files)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o755
    assert stat.S_IMODE((root / "kb.yaml").stat().st_mode) == 0o644
    assert names(tmp_path) == ["new"]


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    start_base(tmp_path / "new")
    assert (tmp_path / "new" / "claims" / "kb.yaml").is_file()


def test_what_is_in_the_way_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_bytes(b"x")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_bytes(b"x")
    (tmp_path / "link").symlink_to("nowhere")
    (tmp_path / "here").mkdir()
    start_base(tmp_path / "base")
    before = everything(tmp_path)
    monkeypatch.chdir(tmp_path / "here")
    assert "is a file" in refusal(tmp_path / "file")
    assert "is not empty" in refusal(tmp_path / "full")
    assert "is a symbolic link" in refusal(tmp_path / "link")
    assert "lies inside the base" in refusal(tmp_path / "base" / "claims" / "new")
    assert "names no new folder" in refusal(Path())
    assert "names no new folder" in refusal(Path(".."))
    assert "is the folder that you are in" in refusal(tmp_path / "here")
    assert "cannot be made: not a directory" in refusal(tmp_path / "file" / "new")
    assert "cannot be made: not a directory" in refusal(tmp_path / "file" / "none" / "new")
    assert everything(tmp_path) == before


def test_folders_above_it_are_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    start_base(Path("a/b/c"))
    assert (tmp_path / "a" / "b" / "c" / "claims" / "kb.yaml").is_file()
    assert "lies inside the base" in refusal(Path("a/b/c/claims/deep/er/new"))
    assert not (tmp_path / "a" / "b" / "c" / "claims" / "deep").exists()


def test_folders_that_were_made_for_nothing_go_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    (tmp_path / "kept").mkdir()
    monkeypatch.setattr("kbtool.store.scaffold._build", fail)
    assert "cannot be made: no space left on device" in refusal(tmp_path / "kept" / "a" / "b" / "new")
    assert everything(tmp_path) == ["kept"]


@pytest.mark.parametrize("step", ["fsync", "rename"])
def test_a_disk_that_gives_up_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    if step == "fsync":
        monkeypatch.setattr(os, "fsync", full)
    else:
        monkeypatch.setattr(Path, "rename", full)
    assert "cannot be made: no space left" in refusal(tmp_path / "new")
    assert names(tmp_path) == []


def test_an_installation_that_is_not_whole_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shipped, "_PLACES", (tmp_path,))
    with pytest.raises(NotShipped, match="lacks its schema folder"):
        shipped_schema_folder()
    monkeypatch.setattr(shipped, "_PACKAGE", tmp_path)
    with pytest.raises(NotShipped, match="lacks its example base"):
        example_files()


def test_the_schema_folder_is_the_one_that_ships(tmp_path: Path) -> None:
    start_base(tmp_path / "new")
    for name, raw in shipped_schema_files().items():
        assert (tmp_path / "new" / "schema" / name).read_bytes() == raw


def test_the_example_names_no_second_copy_of_vocabulary_or_policy() -> None:
    assert not [name for name in example_files() if name.startswith("schema/")]
