"""One writer at a time, for as long as its process lives."""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kbtool.store.files import FileRefused
from kbtool.store.lock import LOCK, Busy, locked, read_mark, steady
from tests.store.faults import DONE, REFUSED, in_child

MARK = "0123456789abcdef" * 2


def taking(root: Path, patience: float) -> Callable[[], None]:
    """What takes the lock and lets it go."""

    def act() -> None:
        with locked(root, patience):
            pass

    return act


def test_the_lock_is_free_again_after_use_and_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), locked(tmp_path, 0):
        raise ZeroDivisionError
    with locked(tmp_path, 0):
        assert in_child(taking(tmp_path, 0), (Busy,)) == REFUSED
    assert in_child(taking(tmp_path, 0), (Busy,)) == DONE
    assert [path.name for path in tmp_path.iterdir()] == [LOCK]


def test_who_waits_in_vain_is_told_what_to_do(tmp_path: Path) -> None:
    with locked(tmp_path):
        begun = time.monotonic()
        with pytest.raises(Busy) as caught, locked(tmp_path, 0.2):
            pass
    assert 0.2 <= time.monotonic() - begun < 5
    assert caught.value.message == "another kbtool process has been writing to this base for 0.2 seconds"
    assert caught.value.hint == "wait until it has ended, or end it, and try again"


def test_who_waits_long_enough_gets_the_lock(tmp_path: Path) -> None:
    free = threading.Event()
    order = []

    def hold() -> None:
        with locked(tmp_path):
            free.set()
            time.sleep(0.2)
            order.append("let go")

    holder = threading.Thread(target=hold)
    holder.start()
    free.wait()
    with locked(tmp_path, 10):
        order.append("taken")
    holder.join()
    assert order == ["let go", "taken"]


def test_a_killed_process_lets_the_lock_go(tmp_path: Path) -> None:
    hold = "import sys, time; from pathlib import Path; from kbtool.store.lock import locked\n"
    hold += "with locked(Path(sys.argv[1])):\n    print('held', flush=True)\n    time.sleep(60)\n"
    with subprocess.Popen([sys.executable, "-c", hold, str(tmp_path)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        assert in_child(taking(tmp_path, 0), (Busy,)) == REFUSED
        holder.send_signal(signal.SIGKILL)
    with locked(tmp_path, 0):
        pass


def test_a_system_without_such_locks(tmp_path: Path) -> None:
    code = "import sys; sys.modules['fcntl'] = None\nfrom pathlib import Path\nfrom kbtool.store.lock import locked\n"
    code += "from kbtool.store.files import FileRefused\ntry:\n    locked(Path(sys.argv[1])).__enter__()\n"
    code += "except FileRefused as error:\n    print(error.message, '/', error.hint)\n"
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    assert done.stdout == (
        "this system has no file locks of the kind that kbtool uses / change the base on Linux or macOS\n"
    )


def _link(path: Path) -> None:
    path.symlink_to(path.parent / "elsewhere")


def _folder(path: Path) -> None:
    path.mkdir()


def _pipe(path: Path) -> None:
    os.mkfifo(path)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (_link, "the base cannot be locked for writing: too many levels of symbolic links"),
        (_folder, "the base cannot be locked for writing: is a directory"),
        (_pipe, "'.kbtool-lock' is no regular file"),
    ],
)
def test_what_is_no_plain_file_is_not_locked(tmp_path: Path, make: Callable[[Path], None], words: str) -> None:
    make(tmp_path / LOCK)
    with pytest.raises(FileRefused) as caught, locked(tmp_path, 0):
        pass
    assert caught.value.message == words
    assert caught.value.hint
    assert read_mark(tmp_path) == b""
    assert [path.name for path in tmp_path.iterdir()] == [LOCK]


def test_a_disk_that_knows_no_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def flock(handle: int, operation: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", flock)
    with pytest.raises(FileRefused, match="cannot be locked for writing: no locks available"), locked(tmp_path, 0):
        pass


def test_a_base_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="no such file or directory"), locked(tmp_path / "nowhere", 0):
        pass


def test_the_mark(tmp_path: Path) -> None:
    assert read_mark(tmp_path) == b""
    with locked(tmp_path) as lock:
        assert read_mark(tmp_path) == b""
        lock.mark("f" * 32)
        lock.mark(MARK)
        assert read_mark(tmp_path) == MARK.encode()
    assert read_mark(tmp_path) == MARK.encode()


@pytest.mark.parametrize("changes", [0, 1, 5, 19, 20, 100])
def test_reading_begins_anew_until_nothing_changes_meanwhile(tmp_path: Path, changes: int) -> None:
    done = 0

    def read() -> int:
        nonlocal done
        if done < changes:
            done += 1
            with locked(tmp_path) as lock:
                lock.mark(f"{done:032x}")
        return done

    assert steady(tmp_path, read) == (changes if changes < 20 else None)
