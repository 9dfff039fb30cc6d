"""What is kept between runs: one SQLite file a base, outside the base, of named parts that each carry a checksum.

A cache is a convenience and never the truth: whatever is wrong with it (damaged, locked, full disk, a folder that may
not be written to), the run goes on as if it were empty. It holds JSON, never pickles.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from kbtool.store.cache_place import ENDING, MOST_BYTES, cache_folder
from kbtool.store.interrupt import stop_if_seen

_PATIENCE = 3.0
"""Seconds that one process waits for another that is writing to the same cache."""
_LAYOUT = 1
"""Number of the layout of the file; another one is an empty cache."""
_UNUSED = 90 * 24 * 3600
"""Seconds after which a cache that nobody used is deleted."""
_HEAD = "head"


class Damaged(Exception):  # noqa: N818 - it says what there is
    """The cache file does not hold what was written to it."""


class Moved(Exception):  # noqa: N818 - the same
    """Another process has stored another state meanwhile: what was read before and after does not belong together."""


@dataclass(slots=True)
class Cache:
    """The cache of one base, open; every part is bytes under a name."""

    path: Path
    database: sqlite3.Connection
    written: bool = field(default=False)
    """Whether something was stored since it was opened."""

    def part(self, name: str) -> bytes | None:
        """One part, None where there is none; raises Damaged."""
        return next((body for _, body in self._rows("SELECT name, body, sum FROM part WHERE name = ?", (name,))), None)

    def parts(self, lead: str) -> dict[str, bytes]:
        """Every part whose name begins with `lead`, by the rest of its name; raises Damaged."""
        query = "SELECT name, body, sum FROM part WHERE name >= ? AND name < ?"
        return {name[len(lead) :]: body for name, body in self._rows(query, (lead, f"{lead}\U0010ffff"))}

    def _rows(self, query: str, values: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
        try:
            for name, body, checksum in self.database.execute(query, values):
                if not isinstance(body, bytes) or checksum != _sum(name, body):
                    raise Damaged(str(self.path))
                yield name, body
        except sqlite3.Error as error:
            raise Damaged(str(self.path)) from error

    def store(self, parts: Iterable[tuple[str, bytes]], gone: Iterable[str], before: bytes | None) -> bool:
        """Put parts in and take others out, all or nothing; False where that does not go.

        Nothing is stored where the part "head" is not `before` any more: another process was quicker. `parts` may be
        worked out while it is being stored, the head last.
        """
        stored = False
        with suppress(sqlite3.Error, Damaged):
            self.database.rollback()
            self.database.execute("BEGIN IMMEDIATE")
            if self.part(_HEAD) == before:
                self.database.executemany("DELETE FROM part WHERE name = ?", ((name,) for name in gone))
                rows = ((name, body, _sum(name, body)) for name, body in parts)
                self.database.executemany("INSERT OR REPLACE INTO part VALUES (?, ?, ?)", rows)
                stop_if_seen()
                self.database.commit()
                self.written = stored = True
        with suppress(sqlite3.Error):
            self.database.rollback()
            self.database.execute("BEGIN")
        return stored

    def empty(self, before: bytes | None) -> bool:
        """Take out everything; False where that does not go, or the head is not `before` any more."""
        emptied = False
        with suppress(sqlite3.Error, Damaged):
            self.database.rollback()
            self.database.execute("BEGIN IMMEDIATE")
            if self.part(_HEAD) == before:
                self.database.execute("DELETE FROM part")
                self.database.commit()
                emptied = True
        with suppress(sqlite3.Error):
            self.database.rollback()
            self.database.execute("BEGIN")
        return emptied

    def close(self) -> None:
        """Let go of the file, and see to the size of its folder where it has grown."""
        with suppress(sqlite3.Error):
            self.database.close()
        if self.written:
            _sweep(self.path)
        else:
            _mark_used(self.path)


def _sum(name: str, body: bytes) -> int:
    return zlib.crc32(body, zlib.crc32(name.encode(errors="surrogatepass")))


def cache_path(root: Path, environ: Mapping[str, str]) -> Path | None:
    """The file for the base at `root`; None where caching is switched off or its folder would lie inside the base."""
    folder = cache_folder(environ)
    real = Path(os.path.realpath(root))
    if folder is None or Path(os.path.realpath(folder)).is_relative_to(real):
        return None
    return folder / f"{sha256(os.fsencode(real)).hexdigest()[:32]}{ENDING}"


def open_cache(path: Path, *, at_once: bool = True) -> Cache | None:
    """The cache in a file, made where there is none, read where it cannot be written to; None where neither goes.

    With `at_once` all that is read is of one moment: another process waits with its changes, or gives them up.
    Raises Damaged where the file is none of ours or does not hold together.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        return None
    for mode in ("rwc", "ro"):
        try:
            return Cache(path, _opened(path, mode, at_once=at_once))
        except sqlite3.OperationalError:
            continue
        except sqlite3.DatabaseError as error:
            raise Damaged(str(path)) from error
    return None


def _opened(path: Path, mode: str, *, at_once: bool) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    database = sqlite3.connect(uri, uri=True, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
    try:
        version = database.execute("PRAGMA user_version").fetchone()[0]
        if version != _LAYOUT and mode != "ro":
            _laid_out(database)
        database.execute("SELECT 1 FROM part LIMIT 1").fetchone()
        if at_once:
            database.execute("BEGIN")
    except sqlite3.Error:
        database.close()
        raise
    return database


def _laid_out(database: sqlite3.Connection) -> None:
    database.execute("BEGIN IMMEDIATE")
    database.execute("DROP TABLE IF EXISTS part")
    database.execute("CREATE TABLE part (name TEXT PRIMARY KEY, body BLOB NOT NULL, sum INTEGER NOT NULL)")
    database.execute(f"PRAGMA user_version = {_LAYOUT}")
    database.execute("COMMIT")


def discard(path: Path) -> None:
    """Take away a cache file with what SQLite keeps beside it."""
    for name in (path, Path(f"{path}-journal"), Path(f"{path}-wal"), Path(f"{path}-shm")):
        with suppress(OSError):
            name.unlink()


@contextmanager
def kept_for(path: Path | None) -> Iterator[Cache | None]:
    """The cache of a base for as long as it is needed; one that is damaged is thrown away, with a word about it."""
    cache = None
    if path is not None:
        try:
            cache = open_cache(path)
        except Damaged:
            cache = renewed(path)
    try:
        yield cache
    finally:
        if cache is not None:
            cache.close()


def renewed(path: Path) -> Cache | None:
    """An empty cache in the place of a damaged one, with one warning; None where none can be made."""
    sys.stderr.write(f"kbtool: the cache {str(path)!r} is damaged and is made anew\n")
    discard(path)
    try:
        return open_cache(path)
    except Damaged:
        return None


def _mark_used(path: Path) -> None:
    with suppress(OSError):
        if time.time() - path.stat().st_mtime > 24 * 3600:
            os.utime(path)


def _sweep(newest: Path) -> None:
    """Delete the caches that were used longest ago while all together are too large, and those nobody uses any more."""
    with suppress(OSError):
        every = sorted(newest.parent.glob(f"*{ENDING}"), key=lambda path: path.stat().st_mtime, reverse=True)
        used = newest.stat().st_size
        for path in every:
            if path == newest:
                continue
            used += path.stat().st_size
            if used > MOST_BYTES or time.time() - path.stat().st_mtime > _UNUSED:
                discard(path)
