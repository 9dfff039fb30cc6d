"""Changing several files of a base: what is written, and what is refused with nothing written."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from kbtool.store.journal import JOURNAL
from kbtool.store.lock import LOCK, locked
from kbtool.store.transaction import Busy, Conflict, Unfinished, Write, commit, pending
from tests.store.changes import AFTER, CLAIM, LOG, NEW, OLD, change, disk, put, refused, view
from tests.store.faults import DONE, REFUSED, Call, intercepted


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small base."""
    return put(tmp_path / "kb")


def test_all_files_are_written_and_nothing_stays_beside(root: Path) -> None:
    commit(root, change(OLD, NEW))
    assert view(root) == disk(root) == NEW
    assert pending(root) == {}
    commit(root, change(NEW, AFTER))
    assert view(root) == disk(root) == AFTER


def test_a_file_may_stay_as_it_is_and_a_change_may_be_empty(root: Path) -> None:
    commit(root, [Write(CLAIM, OLD[CLAIM], OLD[CLAIM])])
    commit(root, [])
    assert disk(root) == OLD


@pytest.mark.parametrize(
    "name", ["th\u00e9/oolong-\u00e9.yaml", "the\u0301/oolong.yaml", "茶/烏龍 茶.yaml", "a/🍵.txt", "a/" + "é" * 127]
)
def test_names_in_any_alphabet(root: Path, name: str) -> None:
    commit(root, [Write(name, b"1", None)])
    assert view(root) == OLD | {name: b"1"}


@pytest.mark.parametrize(
    ("write", "words"),
    [
        (Write(CLAIM, b"x", b"status: other\n"), f"'{CLAIM}' has changed since it was shown"),
        (Write(CLAIM, b"x", None), f"'{CLAIM}' has appeared"),
        (Write("tea/none.yaml", b"x", b"y"), "'tea/none.yaml' is gone"),
        (Write("none/none.yaml", b"x", b""), "'none/none.yaml' is gone"),
    ],
)
def test_a_file_that_is_not_the_one_that_was_shown(root: Path, write: Write, words: str) -> None:
    """Writes refuse to overwrite what the person has not seen."""
    good = Write("reviewed/1.json", b"{}", None)
    error = refused(root, good, write)
    assert isinstance(error, Conflict)
    assert (error.name, error.message) == (write.name, words)
    assert error.hint == "nothing was written; look at it again and decide anew"


def test_two_processes_at_once_one_waits_and_is_told_of_the_conflict(root: Path) -> None:
    """Another state would have been overwritten that the second person has not seen."""
    read, write = os.pipe()
    with locked(root):
        children = []
        for _ in range(2):
            child = os.fork()
            if not child:
                _try_change(root, write)
            children.append(child)
        assert os.read(read, 1) + os.read(read, 1) == b".."
    codes = sorted(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children)
    os.close(read)
    os.close(write)
    assert codes == [DONE, REFUSED]
    assert disk(root) == NEW


def _try_change(root: Path, begun: int) -> None:
    """End this process as the change ends, saying first that it begins."""
    code = 1
    try:
        os.write(begun, b".")
        commit(root, change(OLD, NEW))
        code = DONE
    except Conflict:
        code = REFUSED
    finally:
        os._exit(code)


def test_a_full_disk_leaves_nothing_behind(root: Path) -> None:
    def full(call: Call) -> object:
        if call.name == "write" and len(call.args[1]) > 500:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return call.run()

    with intercepted(full):
        error = refused(root, *change(OLD, NEW))
    assert error.message == "the base cannot be written to: no space left on device"
    assert disk(root) == OLD
    assert sorted(path.name for path in root.iterdir()) == [LOCK, "kb.yaml", "log", "tea"]


def test_a_disk_that_fails_when_the_change_is_made(root: Path) -> None:
    def failing(call: Call) -> object:
        if call.name == "replace":
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return call.run()

    with intercepted(failing), pytest.raises(Unfinished) as caught:
        commit(root, change(OLD, NEW))
    assert caught.value.message == "the change is made, but not all its files are in place: input/output error"
    assert caught.value.hint.endswith("the next change finishes this one first")
    assert view(root) == NEW
    with intercepted(failing):
        assert refused(root).message == "the base cannot be written to: input/output error"
    commit(root, [])
    assert disk(root) == NEW


@pytest.mark.parametrize("done", [True, False])
def test_a_disk_that_denies_the_rename_that_makes_the_change(root: Path, done: bool) -> None:
    """A network disk may have done what it denies: then the change is made."""

    def denying(call: Call) -> object:
        if call.name == "rename" and str(call.args[1]).endswith(JOURNAL):
            if done:
                call.run()
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return call.run()

    with intercepted(denying):
        if done:
            commit(root, change(OLD, NEW))
        else:
            refused(root, *change(OLD, NEW))
    assert disk(root) == (NEW if done else OLD)


def test_a_base_that_is_being_written_to(root: Path) -> None:
    with locked(root), pytest.raises(Busy):
        commit(root, change(OLD, NEW), 0)
    assert disk(root) == OLD


def test_somebody_saves_a_file_while_it_is_put_in_its_place(root: Path) -> None:
    """Nothing is lost: the change stays in its journal and the other text on the disk, and a person decides."""

    def save(call: Call) -> object:
        if call.name == "replace" and call.args[1] == root / CLAIM:
            (root / LOG).write_bytes(b"mine")
        return call.run()

    with intercepted(save), pytest.raises(Unfinished) as caught:
        commit(root, change(OLD, NEW))
    assert caught.value.message == (
        "the change is made, but not all its files are in place: "
        f"'{LOG}' was changed by hand while an unfinished change of it was waiting"
    )
    assert "copy '.kbtool-journal/1' over it" in caught.value.hint
    assert (root / LOG).read_bytes() == b"mine"
    assert isinstance(refused(root, Write("b", b"", None)), Conflict)
    (root / LOG).write_bytes((root / ".kbtool-journal/1").read_bytes())
    commit(root, change(NEW, AFTER))
    assert disk(root) == AFTER
