"""What is known of a base between two runs: rows of columns and findings in groups, each group in a few parts.

A record's rows stand in the part of its bucket, so that a change rewrites little and reading a group takes few steps.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

Row = Any
"""A row as plain values."""

_FEW, _MANY = 1, 64
_NAMES_A_BUCKET = 250


def buckets_for(names: int) -> int:
    """How many buckets a base with so many files gets: a power of two."""
    count = _FEW
    while count < _MANY and count * _NAMES_A_BUCKET < names:
        count *= 2
    return count


def bucket_of(name: str, buckets: int) -> int:
    """The bucket of a file: a document's claims, source and texts lie in one, evidence is spread."""
    first, _, rest = name.partition("/")
    if first in {"sources", "evidence"}:
        first = rest.partition("/")[0].removesuffix(".yaml")
    return crc32(first.encode(errors="surrogatepass")) % buckets


@dataclass(slots=True)
class Kept:
    """The groups of a base, read as they are needed; changes are noted and written together."""

    buckets: int
    part: Callable[[str], bytes | None]
    """Gives one stored part by its name."""
    loaded: dict[tuple[str, int], dict[str, Row]] = field(default_factory=dict)
    changed: set[tuple[str, int]] = field(default_factory=set)
    data: dict[str, bytes | None] = field(default_factory=dict)
    """Bodies of records to write, by name; None for those that go."""
    _last: tuple[str, int] = ("", 0)
    """The file asked about last, and its bucket: questions about one come together."""

    def rows(self, group: str, bucket: int) -> dict[str, Row]:
        """One part of a group, by key."""
        found = self.loaded.get((group, bucket))
        if found is None:
            body = self.part(_name(group, bucket))
            found = self.loaded[group, bucket] = json.loads(body) if body else {}
        return found

    def whole(self, group: str) -> Iterator[tuple[str, Row]]:
        """Every row of a group with its key, in no particular order."""
        for bucket in range(self.buckets):
            yield from self.rows(group, bucket).items()

    def row(self, group: str, name: str, key: str) -> Row | None:
        """The row that a file has under a key."""
        return self.rows(group, self._bucket(name)).get(key)

    def put(self, group: str, name: str, key: str, row: Row | None) -> bool:
        """Set the row that a file has under a key, None for no row; whether that is a change."""
        bucket = self._last[1] if name == self._last[0] else self._bucket(name)
        rows = self.loaded.get((group, bucket))
        if rows is None:
            rows = self.rows(group, bucket)
        old = rows.get(key)
        if old == row or (old is not None and row is not None and _plain(row) == old):
            return False
        if row is None:
            del rows[key]
        else:
            rows[key] = row
        self.changed.add((group, bucket))
        return True

    def _bucket(self, name: str) -> int:
        if name != self._last[0]:
            self._last = (name, bucket_of(name, self.buckets))
        return self._last[1]

    def parts(self) -> Iterator[tuple[str, bytes]]:
        """Every part that has to be written."""
        for group, bucket in sorted(self.changed):
            yield _name(group, bucket), as_json(self.loaded[group, bucket])
        for name, body in self.data.items():
            if body is not None:
                yield f"data/{name}", body

    def gone(self) -> list[str]:
        """Names of the parts that have to go."""
        return [f"data/{name}" for name, body in self.data.items() if body is None]


def _plain(row: Row) -> Row:
    """A row as it is once it was stored and read: tuples are lists."""
    return [_plain(value) for value in row] if isinstance(row, list | tuple) else row


def _name(group: str, bucket: int) -> str:
    return f"{group}/{bucket:02x}"


def as_json(value: Any) -> bytes:
    """Plain values as JSON, without spaces and in ASCII."""
    return json.dumps(value, separators=(",", ":")).encode("ascii")
