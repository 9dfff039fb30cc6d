"""What there is to see of a base at a glance: one row a claim, counts, labels. Nothing heavy is imported here."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from kbtool.engine.kept import Kept

STANDINGS = "standings"
"""Name of the part that holds how each claim stands, where anything was ever decided."""


class ClaimRow(NamedTuple):
    """A claim in a list."""

    type: str
    rating: str
    statement: str
    document: str
    caveats: list[str]
    """Kinds of its caveats."""
    risk: str
    drafted: str
    """The day, as in a record."""
    id: str
    """As the record says it."""


class SourceRow(NamedTuple):
    """A document in a summary."""

    title: str
    sentences: int
    skipped: Mapping[str, int]
    """How many passages are skipped for each reason."""
    connectives: int


class StandingRow(NamedTuple):
    """How a claim stands on a day."""

    value: str
    notice: str | None
    """What must be shown with it."""
    reasons: list[str]
    """Why it needs a look; empty for one at rest."""
    lapsed: str | None
    """The day on which its approval lapsed, where that is why."""


Tally = Mapping[str, Mapping[str, int]]
"""Counts by what is counted, then by code."""


@dataclass(frozen=True, slots=True)
class Board:
    """The rows of a base, each group read when it is asked for."""

    facts: Mapping[str, Any]
    """Title and intended use, number of reviewers, labels of terms, the standing of a claim nobody decided about."""
    checked: Mapping[str, int]
    """How many files, records, checks, readable claims, files with problems and problems of files there are."""
    severities: Mapping[str, int]
    """How many diagnostics there are of each weight."""
    rows: Callable[[str], Iterable[tuple[str, Any]]]
    """Gives the rows of a group with their keys, in no particular order."""
    tally: Callable[[], Tally]
    standings: Callable[[], Mapping[str, StandingRow]]
    """Gives how each claim stands of which anything was decided."""
    record: Callable[[str], Mapping[str, Any]]
    """Gives what a claim's file says as plain data, for searching in it."""

    def labels(self, of: str) -> Mapping[str, str]:
        """The labels of a list of terms, by id, in the vocabulary's order."""
        return dict(self.facts["labels"][of])

    def claims(self) -> list[tuple[str, ClaimRow]]:
        """Every claim by id, in order."""
        return [(id_, ClaimRow(*row)) for id_, row in sorted(self.rows("shown"))]

    def sources(self) -> list[tuple[str, SourceRow]]:
        """Every document by id, in order."""
        return [(id_, SourceRow(*row)) for id_, row in sorted(self.rows("titles"))]

    def undecided(self) -> StandingRow:
        """The standing of a claim of which nothing was ever decided."""
        return StandingRow(*self.facts["undecided"])


def board_of_head(head: Mapping[str, Any], kept: Kept, standings: bytes | None, root: Path) -> Board:
    """The board of a base as it was kept; a claim whose body was not kept is read from its file."""
    return Board(
        facts=head["facts"],
        checked={name: head[name] for name in ("files", "records", "checks", "claims", "unread", "problems")},
        severities=Counter(found[1] for found in head["diagnostics"]),
        rows=kept.whole,
        tally=lambda: added(kept.rows("tallies", bucket) for bucket in range(kept.buckets)),
        standings=lambda: {id_: StandingRow(*row) for id_, row in json.loads(standings or b"{}").items()},
        record=lambda id_: _body(kept.part(f"data/{id_}.yaml"), root / f"{id_}.yaml"),
    )


def _body(part: bytes | None, file: Path) -> Mapping[str, Any]:
    """What a kept body says, behind its digest; else what the file says."""
    if part:
        kept: Mapping[str, Any] = json.loads(part[64:])
        return kept
    from kbtool.yamlsource.parse import parse  # noqa: PLC0415 - seldom needed

    data: Any = parse(file.read_bytes()).data
    return data if isinstance(data, dict) else {}


def tally_of(rows: Callable[[str], Iterable[tuple[str, Any]]]) -> dict[str, dict[str, int]]:
    """The counts over some rows."""
    claims = [ClaimRow(*row) for _, row in rows("shown")]
    seen = [row for _, row in rows("seen")]
    counted: dict[str, Iterable[str]] = {
        "types": (claim.type for claim in claims),
        "ratings": (claim.rating for claim in claims),
        "documents": (claim.document for claim in claims),
        "caveats": (kind for claim in claims for kind in claim.caveats),
        "claims": ("without" for claim in claims if not claim.caveats),
        "kinds": (kind for kind, _ in seen),
        "seen": (how for _, how in seen),
    }
    return {name: dict(Counter(codes)) for name, codes in counted.items()}


def added(tallies: Iterable[Tally]) -> Tally:
    """The counts of several tallies together."""
    whole: dict[str, Counter[str]] = {}
    for tally in tallies:
        for name, codes in tally.items():
            whole.setdefault(name, Counter()).update(codes)
    return whole


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows that are held in memory, by group and key."""

    groups: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def whole(self, group: str) -> Iterable[tuple[str, Any]]:
        """Every row of a group with its key."""
        return self.groups.get(group, {}).items()
