"""What the last run knew of the files of a base, and what a walk finds different now.

Of every file its stat data, digest and kind stand side by side in columns, in the order of the walk: two walks that saw
the same names are compared number by number, without a step for each file. The columns are one part of the cache; what
has changed since they were written is another, small one, so that a change rewrites little.
"""

from __future__ import annotations

import json
import os
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from kbtool.engine.kept import as_json
from kbtool.records.layout import FileKind, id_of, kind_of
from kbtool.store.cache import Damaged
from kbtool.store.scan import WIDTH, Scan

TABLE, LATER = "files", "files/later"
"""Names of the two parts."""
RECORDS = frozenset({FileKind.CLAIM, FileKind.EVIDENCE, FileKind.SOURCE})
_MOST_LATER = 1_000
"""Files that differ from the table before it is written anew."""
_KINDS = tuple(FileKind)
_DIGEST = 64
"""Characters of a digest."""
_BLOCK = 64 * WIDTH
"""Numbers that are compared at once."""


@dataclass(slots=True)
class Seen:
    """The files of a base beside those that the last run knew."""

    present: Mapping[str, str]
    """Every file, with its digest where its bytes are those of the last run, else with "" """
    kinds: Mapping[str, FileKind]
    """What each file is, those that are gone too."""
    fresh: list[str]
    """Files that are new or whose bytes have changed, in order."""
    removed: list[str]
    touched: list[str]
    """Files whose stat data have changed and whose bytes have not."""
    digests: dict[str, str] = field(default_factory=dict)
    """Digests of fresh files, as far as they are known."""

    @property
    def records(self) -> int:
        """How many files should hold a claim, evidence or a source."""
        counts = Counter(self.kinds.values()) - Counter(self.kinds[name] for name in self.removed)
        return sum(counts[kind] for kind in RECORDS)

    def of(self, *kinds: FileKind) -> list[str]:
        """The files of some kinds, in order."""
        return sorted(name for name in self.present if self.kinds[name] in kinds)

    def ids(self, name: str) -> str:
        """The id that a file's name stands for."""
        return id_of(name)

    def claims_in(self, document: str) -> list[str]:
        """The claims in a document's folder, in order."""
        lead = f"{document}/"
        return sorted(n for n in self.present if n.startswith(lead) and self.kinds[n] is FileKind.CLAIM)


@dataclass(frozen=True, slots=True)
class Known:
    """Files in columns: names, stat data, digests and kinds, each in the same order."""

    names: list[str]
    numbers: array[int]
    """`WIDTH` numbers a file, as in a walk."""
    digests: list[str]
    kinds: list[FileKind]
    later: Mapping[str, Any] = field(default_factory=dict)
    """What has changed since the table was written: stat data, digest and kind by name, None for a file that went."""

    def put(self, at: int, row: list[Any]) -> None:
        """Set the stat data, digest and kind of the file at a place, the next one behind the last among them."""
        self.numbers[at * WIDTH : (at + 1) * WIDTH] = array("q", row[:WIDTH])
        self.digests[at : at + 1] = [row[WIDTH]]
        self.kinds[at : at + 1] = [FileKind(row[WIDTH + 1])]

    def drop(self, at: int) -> None:
        """Take out the file at a place."""
        del self.names[at], self.digests[at], self.kinds[at]
        del self.numbers[at * WIDTH : (at + 1) * WIDTH]

    def as_table(self) -> bytes:
        """The columns as bytes."""
        names = os.fsencode("\0".join(self.names))
        kinds = bytes(map(_KINDS.index, self.kinds))
        sizes = array("q", (len(self.names), len(names)))
        digests = bytes.fromhex("".join(self.digests))
        return b"".join((sizes.tobytes(), names, self.numbers.tobytes(), digests, kinds))


def known_files(part: Callable[[str], bytes | None]) -> Known:
    """The files as the last run left them; `part` gives the parts of the cache. Raises Damaged."""
    raw = part(TABLE)
    known = _of_table(raw) if raw else Known([], array("q"), [], [])
    later = json.loads(part(LATER) or b"{}")
    return _brought_up(known, later) if later else known


def _of_table(raw: bytes) -> Known:
    count, length = array("q", raw[:16])
    numbers, digests = 16 + length, 16 + length + 8 * WIDTH * count
    kinds = digests + _DIGEST // 2 * count
    if len(raw) != kinds + count:
        raise Damaged(TABLE)
    said = raw[digests:kinds].hex()
    return Known(
        os.fsdecode(raw[16:numbers]).split("\0") if count else [],
        array("q", raw[numbers:digests]),
        [said[at : at + _DIGEST] for at in range(0, len(said), _DIGEST)],
        [_KINDS[number] for number in raw[kinds:]],
    )


def _brought_up(known: Known, later: Mapping[str, Any]) -> Known:
    """The files of the table with what has changed since."""
    new = {name: row for name, row in later.items() if row}
    gone = []
    for at, name in enumerate(known.names):
        if name not in later:
            continue
        if row := new.pop(name, None):
            known.put(at, row)
        else:
            gone.append(at)
    for at in reversed(gone):
        known.drop(at)
    for name, row in new.items():
        known.names.append(name)
        known.put(len(known.names) - 1, row)
    return replace(known, later=later)


def seen_in(known: Known, scanned: Scan, digests: Callable[[list[str]], Iterable[str]]) -> Seen:
    """Hold a walk against what was known: names and stat data, and the bytes where these differ.

    `digests` reads files and gives their digests, in order.
    """
    names = scanned.paths()
    before = dict(zip(known.names, known.digests, strict=True))
    doubtful = [names[at] for at in _differing(known, scanned, names)]
    new, removed, present = [], [], before
    if names != known.names:
        new = [name for name in names if name not in before]
        removed = sorted(before.keys() - set(names))
        present = {name: before.get(name, "") for name in names}
    kinds = dict(zip(known.names, known.kinds, strict=True)) | {name: kind_of(name) for name in new}
    fresh, touched, found = list(new), [], {}
    for name, digest in zip(doubtful, digests(doubtful), strict=True):
        if digest == present[name]:
            touched.append(name)
        else:
            present[name] = ""
            fresh.append(name)
            found[name] = digest
    return Seen(present, kinds, sorted(fresh), removed, touched, found)


def _differing(known: Known, scanned: Scan, names: list[str]) -> Iterator[int]:
    """The places in a walk of files that were known with other stat data."""
    if names == known.names:
        for at in range(0, len(known.numbers), _BLOCK):
            end = at + _BLOCK
            if known.numbers[at:end] != scanned.numbers[at:end]:
                here = range(at, min(end, len(known.numbers)), WIDTH)
                yield from (n // WIDTH for n in here if known.numbers[n : n + WIDTH] != scanned.numbers[n : n + WIDTH])
        return
    places = {name: at * WIDTH for at, name in enumerate(known.names)}
    for at, name in enumerate(names):
        n = places.get(name)
        if n is not None and known.numbers[n : n + WIDTH] != scanned.numbers[at * WIDTH : (at + 1) * WIDTH]:
            yield at


def parts_of(known: Known, seen: Seen, scanned: Scan, old: int, digest: Callable[[str], str]) -> dict[str, bytes]:
    """The parts to write after a run; a file whose times are not `old` (nanoseconds) is kept without stat data.

    `digest` gives the digest of a file of which none is known yet.
    """
    changed = {*seen.fresh, *seen.touched}
    differing = len(known.later) + len(changed) + len(seen.removed)
    if known.names and differing <= _MOST_LATER:
        later = dict(known.later) | dict.fromkeys(seen.removed)
        for at, name in enumerate(scanned.paths()):
            if name in changed:
                later[name] = [*_rested(scanned, at, old), _digest_of(name, seen, digest), seen.kinds[name].value]
        return {LATER: as_json(later)} if later != known.later else {}
    names, numbers = scanned.paths(), array("q")
    for at in range(len(names)):
        numbers.extend(_rested(scanned, at, old))
    digests = [_digest_of(name, seen, digest) for name in names]
    whole = Known(names, numbers, digests, [seen.kinds[name] for name in names])
    return {TABLE: whole.as_table(), LATER: b"{}"}


def _rested(scanned: Scan, at: int, old: int) -> array[int]:
    """The stat data of a file; noughts where it may change again within the same tick."""
    status = scanned.numbers[at * WIDTH : (at + 1) * WIDTH]
    return status if max(status[2], status[3]) <= old else _NO_STAT


def _digest_of(name: str, seen: Seen, digest: Callable[[str], str]) -> str:
    return seen.present[name] or seen.digests.get(name) or digest(name)


_NO_STAT = array("q", [0] * WIDTH)
