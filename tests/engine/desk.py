"""A base on disk, edited step by step, and what two ways of checking say of it: from scratch and with a cache."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from kbtool.diagnostics import in_order
from kbtool.engine.check import check
from kbtool.engine.facts import standing_rows
from kbtool.engine.library import Counts
from kbtool.engine.outcome import Run
from kbtool.engine.session import How, session
from kbtool.engine.warm import Warm
from kbtool.records.assemble import assemble
from kbtool.store.read import read_base
from tests.rules.bases import AS_OF, Base

SHOWN = "kb"
HOUR = 3_600_000_000_000


@dataclass(slots=True)
class Desk:
    """A base with a cache beside it."""

    folder: Path
    step: int = 0
    jobs: int = 1
    files: dict[str, bytes] = field(default_factory=dict)
    cache_folder: Path | None = None

    @property
    def root(self) -> Path:
        """The folder of the base."""
        return self.folder / "kb"

    @property
    def cache(self) -> Path:
        """The cache file."""
        folder = self.cache_folder or self.folder / "cache"
        return folder / f"{self.folder.name}.kbcache"

    def path(self, name: str) -> Path:
        """Where a file lies."""
        return self.folder / name if name.startswith("schema/") else self.root / name

    def put(self, base: Base) -> None:
        """Make the files on disk those of `base`; what is the same is not touched."""
        for name in [name for name in self.files if name not in base]:
            self.path(name).unlink()
        for name, raw in base.items():
            if self.files.get(name) != raw:
                self.path(name).parent.mkdir(parents=True, exist_ok=True)
                self.path(name).write_bytes(raw)
                self.touch(name)
        self.files = dict(base)

    def touch(self, name: str) -> None:
        """Give a file another time."""
        self.step += 1
        at = time.time_ns() - 10 * HOUR + self.step * 1_000_000
        os.utime(self.path(name), ns=(at, at))

    def fresh(self, as_of: date = AS_OF) -> tuple[Any, ...]:
        """What a check says that starts from nothing and holds all in memory."""
        read = read_base(self.root, SHOWN)
        loaded = assemble(read.files)
        checked = check(loaded, as_of)
        found = in_order((*read.diagnostics, *checked.diagnostics))
        decided = checked.review is not None and checked.review.governance is not None
        standings = standing_rows(checked.review, as_of) if checked.review and decided else {}
        return found, checked.waived, loaded.files, loaded.records, checked.checks, loaded.subjects, standings

    def cached(self, as_of: date = AS_OF, later: int = HOUR) -> Seen:
        """What a check with the cache says, `later` nanoseconds from now.

        Where the cached way leaves it to the full reader, so do we.
        """
        how = How(cache=self.cache, jobs=self.jobs, now=lambda: time.time_ns() + later)
        with session(self.root, SHOWN, as_of, how) as found:
            if found is None:
                return Seen(self.fresh(as_of), None, warm=False)
            said = (found.diagnostics, found.waived, found.files, found.records, found.checks, found.subjects())
            standings = dict(found.board().standings())
            return Seen((*said, standings), found.counts if isinstance(found, Run) else None, isinstance(found, Warm))


@dataclass(frozen=True, slots=True)
class Seen:
    """What was said, and what it took."""

    said: tuple[Any, ...]
    counts: Counts | None
    warm: bool
