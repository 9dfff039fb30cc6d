"""The queue of a whole base, made from its rows; `kbtool.review.queue` makes it for one reviewer from records."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import nsmallest

from kbtool.engine.board import Board, ClaimRow, StandingRow

AT_REST = frozenset({"approved", "withdrawn"})
"""Standings of claims that need no look."""
_RANK = {"high": 0, "medium": 1, "low": 2}
_NEVER = "9999-12-31"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A claim that needs a look."""

    claim: str
    statement: str
    risk: str
    standing: str
    reasons: tuple[str, ...]
    drafted: str
    lapsed: str | None = None
    role: str = ""
    """A role that is missing and that the person asked about holds."""
    stands_in_for: tuple[str, ...] = ()
    """Absent colleagues whom the person asked about stands in for, in order."""


def waiting(board: Board, most: int | None = None) -> tuple[list[Waiting], int]:
    """The claims that need a look: highest risk first, then longest overdue, then oldest draft; and how many there are.

    Of many that wait only the first are told, `most` of them where it is given.
    """
    standings, undecided = board.standings(), board.undecided()
    rows = [(claim, standings.get(id_, undecided)) for id_, claim in board.claims()]
    rows = [row for row in rows if row[1].value not in AT_REST]
    first = sorted(rows, key=_order) if most is None else nsmallest(most, rows, key=_order)
    return [_waiting(claim, standing) for claim, standing in first], len(rows)


def _waiting(claim: ClaimRow, standing: StandingRow) -> Waiting:
    return Waiting(
        claim=claim.id,
        statement=claim.statement,
        risk=claim.risk,
        standing=standing.value,
        reasons=tuple(standing.reasons),
        drafted=claim.drafted,
        lapsed=standing.lapsed,
    )


def _order(row: tuple[ClaimRow, StandingRow]) -> tuple[int, str, str, str]:
    claim, standing = row
    return (_RANK[claim.risk], standing.lapsed or _NEVER, claim.drafted, claim.id)
