"""Finding and reading a base on disk: hostile file systems give diagnostics or NoBase, never another exception."""

from __future__ import annotations

import inspect
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kbtool.diagnostics import Diagnostic
from kbtool.records.assemble import assemble
from kbtool.store import read
from kbtool.store.read import NoBase, ReadBase, find_base, read_base
from tests.rules.bases import CASES, REPOSITORY, tiny_base


@pytest.fixture
def kb(tmp_path: Path) -> Path:
    """The tiny base on disk, with the project's schema folder beside it."""
    shutil.copytree(CASES / "base", tmp_path / "kb")
    shutil.copytree(REPOSITORY / "schema", tmp_path / "schema")
    return tmp_path / "kb"


def found(base: ReadBase) -> set[tuple[str, str]]:
    """File and rule of each diagnostic of reading."""
    return {(d.location.file, d.rule) for d in base.diagnostics}


def test_the_tiny_base_is_read_whole(kb: Path) -> None:
    base = read_base(kb, "kb")
    names = {file.name: file.raw for file in base.files.base}
    assert base.diagnostics == ()
    assert names == {name: raw for name, raw in tiny_base().items() if not name.startswith("schema/")}
    assert {file.shown for file in base.files.base} == {f"kb/{name}" for name in names}
    assert base.files.vocabulary is not None
    assert base.files.vocabulary.shown == "schema/vocabulary.yaml"


def test_a_base_printed_as_the_current_folder_has_bare_names(kb: Path) -> None:
    assert {file.shown for file in read_base(kb, ".").files.base} == {
        file.name for file in read_base(kb, "").files.base
    }


def test_the_nearest_base_is_found(kb: Path, tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(kb, project / "claims")
    (project / "docs" / "deep").mkdir(parents=True)
    assert find_base(kb / "evidence", None) == kb
    assert find_base(project / "docs" / "deep", None) == project / "claims"
    assert find_base(tmp_path, kb) == kb
    assert find_base(tmp_path, kb / "kb.yaml") == kb


@pytest.mark.parametrize(
    ("named", "message"),
    [
        (None, "no 'kb.yaml' here, above, or in a folder 'claims'"),
        ("nowhere", "there is no folder"),
        ("file.txt", "is a file"),
        ("empty", "there is no readable 'kb.yaml' in"),
        ("x" * 5_000, "there is no folder"),
    ],
)
def test_no_base_says_why_and_what_to_do(tmp_path: Path, named: str | None, message: str) -> None:
    (tmp_path / "file.txt").write_text("words\n")
    (tmp_path / "empty").mkdir()
    with pytest.raises(NoBase, match=message) as raised:
        find_base(tmp_path, None if named is None else tmp_path / named)
    assert raised.value.hint


def _file_link(kb: Path) -> None:
    (kb / "plumberry-tea" / "extra.yaml").symlink_to(kb / "kb.yaml")


def _folder_link(kb: Path) -> None:
    (kb / "other-tea").symlink_to(kb / "plumberry-tea")


def _link_to_nothing(kb: Path) -> None:
    (kb / "evidence" / "gone.yaml").symlink_to("/nowhere")


def _loop(kb: Path) -> None:
    (kb / "evidence" / "loop").symlink_to(kb)


def _folder_as_file(kb: Path) -> None:
    (kb / "plumberry-tea" / "extra.yaml").mkdir()


def _pipe(kb: Path) -> None:
    os.mkfifo(kb / "plumberry-tea" / "extra.yaml")


@pytest.mark.parametrize(
    ("plant", "expected"),
    [
        (_file_link, ("kb/plumberry-tea/extra.yaml", "symbolic-link")),
        (_folder_link, ("kb/other-tea", "symbolic-link")),
        (_link_to_nothing, ("kb/evidence/gone.yaml", "symbolic-link")),
        (_loop, ("kb/evidence/loop", "symbolic-link")),
        (_pipe, ("kb/plumberry-tea/extra.yaml", "unreadable-file")),
        (_folder_as_file, ("kb/plumberry-tea/extra.yaml", "unreadable-file")),
    ],
)
def test_what_is_no_plain_file_is_reported_and_never_followed(
    kb: Path, plant: Callable[[Path], None], expected: tuple[str, str]
) -> None:
    plant(kb)
    base = read_base(kb, "kb")
    assert found(base) == {expected}
    assert {file.name for file in base.files.base} == {name for name in tiny_base() if not name.startswith("schema/")}


def test_a_folder_named_like_a_record_hides_nothing(kb: Path) -> None:
    (kb / "plumberry-tea" / "folder.yaml").mkdir()
    shutil.copy(kb / "plumberry-tea" / "may-not-relieve.yaml", kb / "plumberry-tea" / "folder.yaml" / "inside.yaml")
    loaded = assemble(read_base(kb, "kb").files)
    assert [(d.location.file, d.rule) for d in loaded.diagnostics] == [
        ("kb/plumberry-tea/folder.yaml/inside.yaml", "stray-file")
    ]


def test_a_file_name_that_is_not_utf8_is_printed_as_escapes(kb: Path) -> None:
    name = os.fsencode(kb / "evidence") + b"/caf\xe9.yaml"
    try:
        with open(name, "wb") as file:  # noqa: PTH123 - a path of bytes
            file.write(b"id: x\n")
    except OSError:
        pytest.fail("this file system takes UTF-8 names only; the case needs another")
    shown = {file.shown for file in read_base(kb, "kb").files.base}
    assert r"kb/evidence/caf\xe9.yaml" in shown


def test_a_file_that_vanishes_while_reading_is_reported(kb: Path) -> None:
    diagnostics: list[Diagnostic] = []
    walk = read._walk(kb, "kb", diagnostics)
    assert next(walk).name == "kb.yaml"
    (kb / "reviewers.yaml").unlink()
    assert "reviewers.yaml" not in {file.name for file in walk}
    (only,) = diagnostics
    assert (only.location.file, only.rule) == ("kb/reviewers.yaml", "unreadable-file")
    assert only.message == "'reviewers.yaml' cannot be read: no such file or directory"


def test_a_huge_file_is_reported_and_not_read(kb: Path) -> None:
    with (kb / "evidence" / "huge.yaml").open("wb") as file:
        file.truncate(read.MOST_BYTES + 1)
    assert found(read_base(kb, "kb")) == {("kb/evidence/huge.yaml", "unreadable-file")}


def test_a_folder_that_vanishes_is_reported(kb: Path) -> None:
    assert ("nowhere", "unreadable-file") in {(d.location.file, d.rule) for d in _walked(kb / "nowhere")}


def _walked(root: Path) -> list[Diagnostic]:
    diagnostics: list[Diagnostic] = []
    assert list(read._walk(root, "nowhere", diagnostics)) == []
    return diagnostics


def test_folders_of_any_depth_are_walked_without_recursion(kb: Path) -> None:
    (kb / "/".join("d" * 400)).mkdir(parents=True)
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + 150)
    try:
        base = read_base(kb, "kb")
    finally:
        sys.setrecursionlimit(limit)
    assert base.diagnostics == ()


def test_hidden_files_are_left_alone(kb: Path) -> None:
    (kb / ".hidden.yaml").write_bytes(b"\xff")
    (kb / ".git").mkdir()
    assert read_base(kb, "kb").diagnostics == ()


def _no_vocabulary(kb: Path) -> None:
    (kb.parent / "schema" / "vocabulary.yaml").unlink()


def _linked_policy(kb: Path) -> None:
    policy = kb.parent / "schema" / "policy.yaml"
    policy.rename(kb.parent / "elsewhere.yaml")
    policy.symlink_to(kb.parent / "elsewhere.yaml")


def _linked_folder(kb: Path) -> None:
    (kb.parent / "schema").rename(kb.parent / "elsewhere")
    (kb.parent / "schema").symlink_to(kb.parent / "elsewhere")


def _named(folder: str) -> Callable[[Path], None]:
    def change(kb: Path) -> None:
        config = kb / "kb.yaml"
        config.write_text(config.read_text().replace("folder: ../schema", f"folder: {folder}"))

    return change


def _unreadable_policy(kb: Path) -> None:
    with (kb.parent / "schema" / "policy.yaml").open("wb") as file:
        file.truncate(read.MOST_BYTES + 1)


@pytest.mark.parametrize(
    ("plant", "message"),
    [
        (_no_vocabulary, "there is no 'schema/vocabulary.yaml'"),
        (_linked_policy, "'schema/policy.yaml' is, or stands behind, a symbolic link"),
        (_linked_folder, "'schema/vocabulary.yaml' is, or stands behind, a symbolic link"),
        (_unreadable_policy, "'schema/policy.yaml' cannot be read"),
        (_named("/etc"), "the schema folder '/etc' is not relative to the base"),
        (_named("../nowhere"), "there is no 'nowhere/vocabulary.yaml'"),
        (_named("x" * 1_900), "there is no 'kb/xxx"),
    ],
)
def test_a_schema_folder_that_cannot_be_used_is_no_base(kb: Path, plant: Callable[[Path], None], message: str) -> None:
    plant(kb)
    with pytest.raises(NoBase, match=message) as raised:
        read_base(kb, "kb")
    assert raised.value.hint


@pytest.mark.parametrize("config", [b"", b"\xff", b"- a list\n", b"schema: text\n", b"schema:\n  folder: [a]\n", None])
def test_the_usual_schema_folder_stands_in_where_the_configuration_cannot_be_read(
    kb: Path, config: bytes | None
) -> None:
    if config is None:
        (kb / "kb.yaml").unlink()
    else:
        (kb / "kb.yaml").write_bytes(config)
    assert read_base(kb, "kb").files.policy is not None
