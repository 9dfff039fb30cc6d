"""Ids from file names alone."""

from __future__ import annotations

from pathlib import Path

from kbtool.records.layout import FileKind
from kbtool.store.names import record_names


def test_ids_come_from_names_and_nothing_is_opened(tmp_path: Path) -> None:
    for name in (
        "sources/tea.yaml",
        "sources/tea/x.txt",
        "evidence/b.yaml",
        "evidence/a.yaml",
        "tea/one.yaml",
        "tea/Bad.yaml",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"\xff not yaml")
    (tmp_path / "kb.yaml").write_bytes(b"")
    assert list(record_names(tmp_path)) == [
        (FileKind.EVIDENCE, "a"),
        (FileKind.EVIDENCE, "b"),
        (FileKind.SOURCE, "tea"),
        (FileKind.CLAIM, "tea/one"),
    ]


def test_a_folder_that_is_not_there_has_no_names(tmp_path: Path) -> None:
    assert list(record_names(tmp_path / "none")) == []
