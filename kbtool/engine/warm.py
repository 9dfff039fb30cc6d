"""The quick answer: where no file has changed since a check, its outcome is that of the check, and nothing is read.

Nothing heavy is imported here, and neither a model nor a YAML parser is needed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kbtool.diagnostics import Diagnostic
from kbtool.engine.board import STANDINGS, Board, board_of_head
from kbtool.engine.encoded import Printed, printed_under
from kbtool.engine.kept import Kept, as_json
from kbtool.store.cache import Cache, Damaged
from kbtool.store.scan import Odd, Scan, change_under_way, scan, stat_of


@dataclass(frozen=True, slots=True)
class Warm:
    """A check that was made before and still holds."""

    root: Path
    printed: Printed
    head: Mapping[str, Any]
    scanned: Scan
    cache: Cache
    raw_head: bytes | None

    def board(self) -> Board:
        """What there is to see at a glance."""
        kept = Kept(self.head["buckets"], self.cache.part)
        return board_of_head(self.head, kept, self.cache.part(STANDINGS), self.root)

    def recall(self, name: str) -> Any | None:
        """What was remembered under a name; None where nothing was."""
        body = self.cache.part(name)
        return json.loads(body) if body else None

    def remember(self, name: str, value: Any) -> None:
        """Keep plain values under a name, where that goes."""
        self.cache.store([(name, as_json(value))], (), self.raw_head)

    @property
    def files(self) -> int:
        """How many files there are."""
        return int(self.head["files"])

    @property
    def records(self) -> int:
        """How many of them should hold a record."""
        return int(self.head["records"])

    @property
    def checks(self) -> int:
        """How many checks were made."""
        return int(self.head["checks"])

    @property
    def claims(self) -> int:
        """How many claims could be read."""
        return int(self.head["claims"])

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Everything that is wrong, in order."""
        return tuple(map(self.printed.decode, self.head["diagnostics"]))

    @property
    def waived(self) -> tuple[Diagnostic, ...]:
        """What waivers silence."""
        return tuple(map(self.printed.decode, self.head["waived"]))

    def path_of(self, file: str) -> str:
        """Where a printed file lies, seen from the base."""
        return self.printed.path(file, self.head["folder"])

    def subjects(self) -> tuple[tuple[str, str], ...]:
        """Id and printed file of every record, read or not, in order."""
        return subjects_of(self.scanned.paths(), self.printed)


def subjects_of(names: Iterable[str], printed: Printed) -> tuple[tuple[str, str], ...]:
    """Id and printed file of every record among the files of a base, in order."""
    from kbtool.records.layout import RECORD_KINDS, id_of, kind_of  # noqa: PLC0415 - for one format of reports only

    return tuple((id_of(name), printed.show(name)) for name in sorted(names) if kind_of(name) in RECORD_KINDS)


@dataclass(frozen=True, slots=True)
class Looked:
    """What a first look gives: the walk, the head of the last run, and whether a change by kbtool is under way."""

    scanned: Scan
    mark: str
    """Of the walk and of the files outside the base; "" where those are not where the last run found them."""
    change: str
    raw_head: bytes | None
    head: Mapping[str, Any]


def look(root: Path, cache: Cache | None, tool: str) -> Looked:
    """Walk the base and read the head of its cache; raises Odd, and Damaged."""
    change = change_under_way(root)
    raw = cache.part("head") if cache else None
    head = _head(raw, tool)
    scanned = scan(root, expected=head.get("files", 0))
    return Looked(scanned, mark_of(root, scanned, head.get("folder", "")), change, raw, head)


def _head(raw: bytes | None, tool: str) -> Mapping[str, Any]:
    """The head of the last run by this very kbtool; empty where there is none."""
    try:
        head = json.loads(raw) if raw else {}
    except ValueError as error:
        raise Damaged("head") from error
    return head if isinstance(head, dict) and head.get("tool") == tool else {}


def mark_of(root: Path, scanned: Scan, folder: str) -> str:
    """The mark of a walk with the vocabulary and policy in `folder`; "" where there is no such folder."""
    try:
        schema = [stat_of(root / folder / name) for name in ("vocabulary.yaml", "policy.yaml")] if folder else []
    except Odd:
        return ""
    return f"{scanned.mark}{schema}" if folder else ""


def still_holds(looked: Looked, root: Path, shown: str, as_of: date, cache: Cache) -> Warm | None:
    """The last check where nothing has changed since and the day changes nothing; else None."""
    head = looked.head
    if not head or not looked.mark or head["mark"] != looked.mark or head["change"] != looked.change:
        return None
    if not holds_on(head, as_of):
        return None
    return Warm(root, printed_under(shown, head["folder"]), head, looked.scanned, cache, looked.raw_head)


def holds_on(head: Mapping[str, Any], as_of: date) -> bool:
    """Whether a day is one of those on which the outcome is the same."""
    first, last = head["window"]
    today = as_of.isoformat()
    return bool(first <= today and (not last or today <= last))
