"""The cache file: it keeps what it was given, and whatever is wrong with it, a run goes on as if it were empty."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from kbtool.store import cache as module
from kbtool.store.adopt import adopt
from kbtool.store.cache import Cache, Damaged, cache_path, discard, kept_for, open_cache
from kbtool.store.cache_place import cache_files, cache_folder
from tests.engine.desk import Desk
from tests.rules.bases import tiny_base


def opened(path: Path) -> Cache:
    """The cache in a file, which can be opened."""
    found = open_cache(path)
    assert found is not None
    return found


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a cache may be made."""
    return tmp_path / "kept" / "one.kbcache"


def test_what_was_stored_is_there_the_next_time(path: Path) -> None:
    with closing(opened(path)) as cache:
        assert cache.part("a/1") is None
        assert cache.store([("a/1", b"one"), ("a/2", b"two"), ("head", b"h")], (), None)
    with closing(opened(path)) as cache:
        assert cache.part("a/1") == b"one"
        assert cache.store([("head", b"i")], ["a/2"], b"h")
        assert cache.part("a/2") is None


def test_nothing_is_stored_over_what_another_process_stored_meanwhile(path: Path) -> None:
    with closing(opened(path)) as one, closing(opened(path)) as two:
        assert one.part("head") is None
        assert one.store([("head", b"1")], (), None)
        assert not two.store([("head", b"2")], (), None)
        assert one.part("head") == b"1"


def test_a_reader_sees_one_moment_or_the_writer_gives_up(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PATIENCE", 0.05)
    with closing(opened(path)) as writer, closing(opened(path)) as reader:
        assert writer.store([("head", b"1"), ("x", b"1")], (), None)
        assert reader.part("head") == b"1"
        assert not writer.store([("head", b"2"), ("x", b"2")], (), b"1")
        assert reader.part("x") == b"1"


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut short": lambda raw: raw[: len(raw) // 2],
    "empty": lambda _: b"",
    "not a database": lambda raw: b"x" * len(raw),
    "head of the file": lambda raw: b"\0" * 100 + raw[100:],
    "a tail of noise": lambda raw: raw[:-5000] + random.Random(1).randbytes(5000),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_cache_is_an_empty_cache(
    tmp_path: Path, damage: Callable[[bytes], bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    """With one warning, and the same said as without."""
    desk = Desk(tmp_path)
    desk.put(tiny_base())
    desk.cached()
    desk.cache.write_bytes(damage(desk.cache.read_bytes()))
    assert desk.cached().said == desk.fresh()
    assert capsys.readouterr().err.count("is damaged and is made anew") <= 1
    assert desk.cached().warm


def test_no_single_byte_of_a_cache_can_change_what_is_said(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.put(tiny_base())
    desk.cached()
    good, dice = desk.cache.read_bytes(), random.Random(7)
    said = desk.fresh()
    for _ in range(60):
        at = dice.randrange(len(good))
        desk.cache.write_bytes(good[:at] + bytes([good[at] ^ (1 << dice.randrange(8))]) + good[at + 1 :])
        desk.touch(f"{dice.choice(sorted(n for n in tiny_base() if n.startswith('plumb')))}")
        assert desk.cached().said == said


def test_a_full_disk_keeps_nothing_and_says_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = module._opened

    def full(path: Path, mode: str, *, at_once: bool) -> sqlite3.Connection:
        database = real(path, mode, at_once=at_once)
        database.execute("PRAGMA max_page_count = 4")
        return database

    monkeypatch.setattr(module, "_opened", full)
    desk = Desk(tmp_path)
    desk.put(tiny_base())
    for _ in range(2):
        seen = desk.cached()
        assert seen.said == desk.fresh()
        assert not seen.warm


def test_a_folder_that_cannot_be_made_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("a file")
    assert open_cache(tmp_path / "kept" / "one.kbcache") is None
    with kept_for(tmp_path / "kept" / "one.kbcache") as cache:
        assert cache is None


def test_a_cache_that_cannot_be_written_to_is_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(opened(path)) as cache:
        cache.store([("head", b"1")], (), None)
    real = module._opened

    def read_only(path: Path, mode: str, *, at_once: bool) -> sqlite3.Connection:
        if mode != "ro":
            raise sqlite3.OperationalError
        return real(path, mode, at_once=at_once)

    monkeypatch.setattr(module, "_opened", read_only)
    with closing(opened(path)) as cache:
        assert cache.part("head") == b"1"
        assert not cache.store([("head", b"2")], (), b"1")


def test_another_layout_is_an_empty_cache(path: Path) -> None:
    with closing(opened(path)) as cache:
        cache.store([("head", b"1")], (), None)
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA user_version = 99")
    with closing(opened(path)) as cache:
        assert cache.part("head") is None


def test_a_checksum_that_fails_is_found(path: Path) -> None:
    with closing(opened(path)) as cache:
        cache.store([("head", b"1")], (), None)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE part SET body = x'32'")
    with closing(opened(path)) as cache, pytest.raises(Damaged):
        cache.part("head")


RUN = """
import sys, time
from datetime import date
from pathlib import Path
from kbtool.engine.session import How, session
how = How(cache=Path(sys.argv[2]), now=lambda: time.time_ns() * 2)
with session(Path(sys.argv[1]), "kb", date(2026, 2, 1), how) as found:
    print([(d.rule, d.location.file, d.location.line) for d in found.diagnostics], found.checks)
"""


def start(desk: Desk) -> subprocess.Popen[bytes]:
    """A check of the desk in a process of its own."""
    line = (sys.executable, "-c", RUN, str(desk.root), str(desk.cache))
    return subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_two_processes_at_once_say_the_same(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.put(tiny_base())
    said = {process.communicate()[0] for process in [start(desk) for _ in range(3)]}
    assert len(said) == 1
    assert b"[]" in said.pop()


def test_a_kill_at_any_point_leaves_a_cache_that_can_be_used(tmp_path: Path) -> None:
    desk, dice = Desk(tmp_path), random.Random(3)
    desk.put(tiny_base())
    for number in range(4):
        process = start(desk)
        try:
            process.wait(timeout=0.1 + dice.random() / 2)
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        name = "plumberry-tea/trial-of-two-doses.yaml"
        desk.put(dict(desk.files) | {name: tiny_base()[name] + b"# %d\n" % number})
        assert desk.cached().said == desk.fresh()


PLACES = {
    "named": ({"KBTOOL_CACHE": "/a/b"}, Path("/a/b")),
    "switched off": ({"KBTOOL_CACHE": "off", "HOME": "/home/x"}, None),
    "by the platform": ({"XDG_CACHE_HOME": "/c", "HOME": "/home/x"}, Path("/c/kbtool")),
    "of the home": ({"HOME": "/home/x"}, Path("/home/x/.cache/kbtool")),
    "not relative": ({"XDG_CACHE_HOME": "c", "HOME": "/home/x"}, Path("/home/x/.cache/kbtool")),
    "nowhere": ({}, None),
}


@pytest.mark.parametrize(("environ", "folder"), PLACES.values(), ids=PLACES)
def test_where_caches_lie(environ: dict[str, str], folder: Path | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    assert cache_folder(environ) == folder


def test_where_caches_lie_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert cache_folder({"HOME": "/Users/x"}) == Path("/Users/x/Library/Caches/kbtool")
    assert cache_folder({}) is None
    monkeypatch.setattr(sys, "platform", "win32")
    assert cache_folder({"LOCALAPPDATA": "/l"}) == Path("/l/kbtool/Cache")
    assert cache_folder({"HOME": "/Users/x"}) is None


def test_no_cache_lies_in_the_base_that_it_is_of(tmp_path: Path) -> None:
    """Checking never writes."""
    assert cache_path(tmp_path, {"KBTOOL_CACHE": str(tmp_path / "in")}) is None
    assert cache_path(tmp_path / "kb", {"KBTOOL_CACHE": str(tmp_path / "in")}) is not None


def test_the_room_that_caches_take_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 50_000)
    for number, name in enumerate("abc"):
        with closing(opened(tmp_path / f"{name}.kbcache")) as cache:
            cache.store([("head", b"x" * 12_000)], (), None)
        os.utime(tmp_path / f"{name}.kbcache", (10**9 * 2 + number, 10**9 * 2 + number))
    assert [path.name for path, _ in cache_files(tmp_path)] == ["b.kbcache", "c.kbcache"]


def test_a_cache_that_nobody_uses_goes(tmp_path: Path) -> None:
    for name in "ab":
        with closing(opened(tmp_path / f"{name}.kbcache")) as cache:
            cache.store([("head", b"x")], (), None)
        os.utime(tmp_path / f"{name}.kbcache", (10**9, 10**9))
    with closing(opened(tmp_path / "c.kbcache")) as cache:
        cache.store([("head", b"x")], (), None)
    assert [path.name for path, _ in cache_files(tmp_path)] == ["c.kbcache"]


def test_only_a_cache_of_the_same_base_is_taken_over(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "one")
    desk.put(tiny_base())
    desk.cached()
    other = tmp_path / "other"
    other.mkdir()
    (other / "kb.yaml").write_bytes(b"title: another\n")
    (desk.cache.parent / "noise.kbcache").write_bytes(b"noise")
    adopt(desk.cache.parent / "new.kbcache", other)
    assert not (desk.cache.parent / "new.kbcache").exists()
    adopt(desk.cache.parent / "new.kbcache", desk.root)
    assert (desk.cache.parent / "new.kbcache").exists()
    discard(desk.cache.parent / "new.kbcache")
    assert not (desk.cache.parent / "new.kbcache").exists()
