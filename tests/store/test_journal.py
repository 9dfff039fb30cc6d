"""A journal is trusted only where every byte of it is what was written; a damaged one is said, never applied."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.store.journal import (
    JOURNAL,
    PLAN,
    DamagedJournal,
    Journal,
    Step,
    pending,
    plan_of,
    read_journal,
    sha256,
)
from kbtool.store.read import read_base
from kbtool.store.transaction import FileRefused, commit
from tests.store.changes import CLAIM, LOG, NEW, OLD, change, disk, put, view

IDENTITY = "0123456789abcdef" * 2


def lay(root: Path, journal: Journal) -> None:
    """Write a journal as a killed process leaves it, with nothing in its place yet."""
    (root / JOURNAL).mkdir()
    (root / JOURNAL / PLAN).write_bytes(plan_of(journal))
    for number, step in enumerate(journal.steps):
        (root / JOURNAL / str(number)).write_bytes(step.content)


def journal_of(before: dict[str, bytes], after: dict[str, bytes]) -> Journal:
    """The journal of a change."""
    steps = (Step(w.name, None if w.expects is None else sha256(w.expects), w.content) for w in change(before, after))
    return Journal(IDENTITY, tuple(steps))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small base with a change that is made, of which nothing is in its place."""
    base = put(tmp_path / "kb")
    lay(base, journal_of(OLD, NEW))
    return base


def test_no_journal(tmp_path: Path) -> None:
    assert read_journal(tmp_path) is None
    assert pending(tmp_path) == {}
    assert read_journal(tmp_path / "nowhere") is None


def test_readers_see_the_change_and_the_next_one_finishes_it(root: Path) -> None:
    assert read_journal(root) == journal_of(OLD, NEW)
    assert pending(root) == {write.name: write.content for write in change(OLD, NEW)}
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    assert view(root) == NEW
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before
    commit(root, [])
    assert disk(root) == NEW


@pytest.mark.parametrize("shown", ["claims", ".", ""])
def test_files_are_printed_under_the_name_of_the_base(root: Path, shown: str) -> None:
    prefix = f"{shown}/" if shown == "claims" else ""
    assert all(file.shown == prefix + file.name for file in read_base(root, shown).files.base)


def _other_text(folder: Path) -> None:
    (folder / "0").write_bytes(b"status: withdrawn\n")


def _cut_text(folder: Path) -> None:
    (folder / "3").write_bytes(b"")


def _no_text(folder: Path) -> None:
    (folder / "2").unlink()


def _linked_text(folder: Path) -> None:
    (folder / "0").rename(folder / "x")
    (folder / "0").symlink_to("x")


def _no_plan(folder: Path) -> None:
    (folder / PLAN).unlink()


def _piped_plan(folder: Path) -> None:
    (folder / PLAN).unlink()
    os.mkfifo(folder / PLAN)


def _cut_plan(folder: Path) -> None:
    (folder / PLAN).write_bytes((folder / PLAN).read_bytes()[:-9])


def _deep_plan(folder: Path) -> None:
    (folder / PLAN).write_bytes(b"[" * 100_000)


def _link(folder: Path) -> None:
    folder.rename(folder.parent.parent / "elsewhere")
    folder.symlink_to(folder.parent.parent / "elsewhere")


def _file(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_bytes(b"")


def _plan_with(**parts: object) -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        plan = json.loads((folder / PLAN).read_bytes())
        (folder / PLAN).write_text(json.dumps(plan | parts))

    return make


def _first_file(**parts: object) -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        files = json.loads((folder / PLAN).read_bytes())["files"]
        _plan_with(files=[files[0] | parts, *files[1:]])(folder)

    return make


OTHER = "is not one that kbtool wrote"
MISSING = "a file of it is missing or cannot be read, or it names a place that it may not write to"


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (_other_text, f"its text of '{CLAIM}' is not the one that was written"),
        (_cut_text, "is not the one that was written"),
        (_no_text, MISSING),
        (_linked_text, MISSING),
        (_no_plan, MISSING),
        (_piped_plan, MISSING),
        (_cut_plan, OTHER),
        (_deep_plan, OTHER),
        (_link, "it is no folder"),
        (_file, "it is no folder"),
        (_plan_with(_type="kbtool/journal/2"), OTHER),
        (_plan_with(identity="../../x"), OTHER),
        (_plan_with(more=1), OTHER),
        (_plan_with(files=None), OTHER),
        (_first_file(was=""), OTHER),
        (_first_file(sha256=None), OTHER),
        (_first_file(name="../kb.yaml"), MISSING),
        (_first_file(name=LOG), MISSING),
        (_first_file(name=".git/config"), MISSING),
    ],
)
def test_a_damaged_journal(root: Path, damage: Callable[[Path], None], words: str) -> None:
    """It is a diagnostic to a reader and a refusal to a writer, and changes nothing."""
    damage(root / JOURNAL)
    before = sorted(root.rglob("*"))
    found = pending(root)
    assert isinstance(found, DamagedJournal)
    assert found == read_journal(root)
    assert found.message.startswith("the unfinished change in '.kbtool-journal' is damaged: ")
    assert words in found.message
    read = read_base(root, "kb")
    assert {file.name: file.raw for file in read.files.base} == OLD
    said = [each for each in read.diagnostics if each.rule == "unreadable-file"]
    assert [(each.location.file, each.message) for each in said] == [(f"kb/{JOURNAL}/{PLAN}", found.message)]
    with pytest.raises(FileRefused) as caught:
        commit(root, change(OLD, NEW))
    assert (caught.value.message, caught.value.hint) == (found.message, found.hint)
    assert sorted(path for path in root.rglob("*") if path.name != ".kbtool-lock") == before


@given(st.data())
def test_no_changed_byte_of_a_text_goes_unseen(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """The files of a complete journal are validated by their digests."""
    root = put(tmp_path_factory.mktemp("journal") / "kb")
    lay(root, journal_of(OLD, NEW))
    path = root / JOURNAL / str(data.draw(st.integers(0, 3)))
    raw = bytearray(path.read_bytes())
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(st.integers(1, 255))
    path.write_bytes(raw)
    assert isinstance(read_journal(root), DamagedJournal)


@pytest.mark.parametrize(("name", "raw"), [(CLAIM, b"status: mine\n"), ("reviewed/1.json", b"mine"), (LOG, None)])
def test_a_file_changed_by_hand_meanwhile(root: Path, name: str, raw: bytes | None) -> None:
    """The reader says so, the next writer refuses, and the hint leads out."""
    number = [write.name for write in change(OLD, NEW)].index(name)
    path = root / name
    path.parent.mkdir(exist_ok=True)
    path.unlink() if raw is None else path.write_bytes(raw)
    read = read_base(root, "kb")
    (said,) = read.diagnostics
    assert (said.rule, said.location.file, said.subject) == ("unreadable-file", f"kb/{name}", name)
    assert said.message.startswith(f"{name!r} was changed by hand")
    assert f"'.kbtool-journal/{number}'" in said.hint
    with pytest.raises(FileRefused, match="was changed by hand"):
        commit(root, [])
    assert (path.read_bytes() if path.exists() else None) == raw
    shutil.copy(root / JOURNAL / str(number), path)
    commit(root, [])
    assert disk(root) == NEW


def test_a_link_put_in_the_way_meanwhile(root: Path) -> None:
    (root / "decisions").symlink_to(root.parent / "schema")
    with pytest.raises(FileRefused, match="'decisions' is a symbolic link"):
        commit(root, [])
    assert sorted(path.name for path in (root.parent / "schema").iterdir()) == ["policy.yaml", "vocabulary.yaml"]
