"""Which places of a base a change may write to; anything doubtful is refused before anything is written."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kbtool.store.lock import LOCK
from kbtool.store.transaction import FileRefused, Write, commit
from tests.store.changes import CLAIM, NEW, OLD, change, disk, put, refused
from tests.store.faults import DONE, REFUSED, in_child


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small base."""
    return put(tmp_path / "kb")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "is not a plain path below the base"),
        ("/etc/passwd", "is not a plain path below the base"),
        ("../kb.yaml", "is not a plain path below the base"),
        ("tea/../../kb.yaml", "is not a plain path below the base"),
        ("tea//a.yaml", "is not a plain path below the base"),
        ("tea/", "is not a plain path below the base"),
        (".", "is not a plain path below the base"),
        (LOCK, "is hidden, and readers of the base pass over it"),
        (".git/config", "is hidden, and readers of the base pass over it"),
        ("tea/.kbtool-part", "is hidden, and readers of the base pass over it"),
        ("a\\b", "has a character that no file name of a base may have"),
        ("a\0b", "has a character that no file name of a base may have"),
        ("a/" + "x" * 256, "has a part of more than 255 bytes"),
        ("a/" + "é" * 128, "has a part of more than 255 bytes"),
        ("a/\ud800", "is not text"),
    ],
)
def test_names_that_leave_the_base_or_hide_in_it(root: Path, name: str, words: str) -> None:
    assert refused(root, Write(name, b"x", None)).message == f"{name!r} {words}"


@pytest.mark.parametrize(
    ("one", "two"), [("a", "a"), ("a/b", "A/B"), ("a/\u00e9", "a/e\u0301"), ("a", "a/b"), ("a/b", "a"), ("A/x/y", "a")]
)
def test_two_files_in_one_place(root: Path, one: str, two: str) -> None:
    assert refused(root, Write(one, b"x", None), Write(two, b"x", None)).message == f"{two!r} is the place of two files"


def _file_link(root: Path) -> str:
    (root / "tea/link.yaml").symlink_to(root / CLAIM)
    return "tea/link.yaml"


def _dangling_link(root: Path) -> str:
    (root / "tea/link.yaml").symlink_to(root.parent / "nowhere")
    return "tea/link.yaml"


def _folder_link(root: Path) -> str:
    (root / "decisions").symlink_to(root.parent / "schema")
    return "decisions/policy.yaml"


def _deep_link(root: Path) -> str:
    (root / "a/b").mkdir(parents=True)
    (root / "a/b/c").symlink_to(root / "tea")
    return "a/b/c/d/e.yaml"


def _file_as_folder(_: Path) -> str:
    return f"{CLAIM}/x"


def _folder_as_file(_: Path) -> str:
    return "tea"


def _pipe(root: Path) -> str:
    os.mkfifo(root / "tea/pipe")
    return "tea/pipe"


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (_file_link, "it is a symbolic link"),
        (_dangling_link, "it is a symbolic link"),
        (_folder_link, "'decisions' is a symbolic link"),
        (_deep_link, "'a/b/c' is a symbolic link"),
        (_file_as_folder, f"'{CLAIM}' is no folder"),
        (_folder_as_file, "it is no regular file"),
        (_pipe, "it is no regular file"),
    ],
)
def test_links_and_what_is_no_file(tmp_path: Path, make: Callable[[Path], str], words: str) -> None:
    root = put(tmp_path / "kb")
    name = make(root)
    with pytest.raises(FileRefused) as caught:
        commit(root, [Write("reviewed/1.json", b"{}", None), Write(name, b"x", None)])
    assert caught.value.message == f"{name!r} cannot be written: {words}"
    assert (tmp_path / "schema/policy.yaml").read_bytes() == b"{}\n"
    assert not (root / "reviewed").exists()


def test_a_path_that_is_too_long_as_a_whole(root: Path) -> None:
    error = refused(root, Write("/".join(["x" * 250] * 20), b"x", None))
    assert error.message == "the base cannot be written to: file name too long"


def test_a_missing_right(ground: Path) -> None:
    """The superuser may write everywhere, so a child gives its rights up."""
    root = put(ground / "kb")
    for folder in (ground, root):
        folder.chmod(0o777)
    (root / LOCK).touch()
    (root / LOCK).chmod(0o666)
    (root / "tea").chmod(0o555)

    def act() -> None:
        if not os.getuid():
            os.setresuid(65534, 65534, 65534)
        try:
            commit(root, change(OLD, NEW))
        except FileRefused as error:
            assert error.message == f"'{CLAIM}' cannot be written: the folder 'tea' may not be written to"  # noqa: PT017
            raise

    assert in_child(act, (FileRefused,)) == REFUSED
    assert disk(root) == OLD
    (root / LOCK).chmod(0o400)
    assert in_child(act, (AssertionError,)) == REFUSED
    assert disk(root) == OLD
    for name in ("tea", "log"):
        (root / name).chmod(0o777)
    (root / LOCK).chmod(0o666)
    (root / CLAIM).chmod(0o666)
    assert in_child(act) == DONE
    assert disk(root) == NEW
