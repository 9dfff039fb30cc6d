"""Decisions as they are weighed: read from their files, held against keys, roles, interests and the log."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from heapq import heapify, heappop, heappush

from kbtool.model.decision import ReviewPredicate


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision as its file says, with the place the log gives it."""

    file: str
    """Name of the file inside the base."""
    digest: str
    """SHA-256 of the file's bytes; also its name."""
    claim: str
    content: str
    """Digest of the content decided about."""
    predicate: ReviewPredicate
    logged: int | None = None
    """Its number in the log, from 0; None while no checkpoint holds it."""
    flaw: str = ""
    """Why it does not count, in words; empty where it counts."""
    signed: bool = True
    """Whether a key vouches for the name in it; an unsigned one can only comment and request changes."""

    @property
    def counts(self) -> bool:
        """Whether anything rests on it."""
        return not self.flaw

    @property
    def order(self) -> tuple[int, date, str]:
        """Logged ones first and in the order of the log, then by the day they state."""
        return (self.logged if self.logged is not None else 2**62, self.predicate.on, self.digest)


def in_order(decisions: Iterable[Decision]) -> list[Decision]:
    """Decisions on one claim in the order in which they hold: each behind those that it saw, else by `Decision.order`.

    What a reviewer saw is what they answer, whatever the day; so a later word of a person takes an earlier one back.
    """
    by_digest = {decision.digest: decision for decision in decisions}
    saw = {digest: set(d.predicate.saw) & by_digest.keys() - {digest} for digest, d in by_digest.items()}
    behind: dict[str, list[str]] = defaultdict(list)
    for digest, seen in saw.items():
        for other in seen:
            behind[other].append(digest)
    waiting = {digest: len(seen) for digest, seen in saw.items()}
    ready = [d.order for digest, d in by_digest.items() if not waiting[digest]]
    heapify(ready)
    found: list[Decision] = []
    while ready:
        digest = heappop(ready)[-1]
        found.append(by_digest[digest])
        for other in behind[digest]:
            waiting[other] -= 1
            if not waiting[other]:
                heappush(ready, by_digest[other].order)
    return found


@dataclass(frozen=True, slots=True)
class Person:
    """What standing needs to know of a reviewer."""

    id: str
    roles: frozenset[str]


People = Mapping[str, Person]
