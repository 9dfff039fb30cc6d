"""Doubt that spreads: a claim that rests on another in doubt needs review, with the path named.

Doubt passes through claims that nobody has approved yet: they have nothing to lose, but what rests on them has.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from kbtool.review.standing import Standing, StandingValue

DOUBTFUL: Mapping[StandingValue, str] = {
    "needs-review": "needs review",
    "disputed": "is disputed",
    "withdrawn": "is withdrawn",
    "changes-requested": "has changes requested",
}
"""Standings of a claim that put the claims resting on it into doubt, as a sentence says them."""

_TOUCHED = frozenset({"approved", "needs-review"})
"""Standings that doubt from below changes or adds a cause to."""

_MOST_NAMED = 4
"""Claims named on the way from a claim to where its doubt begins."""

RestsOn = Mapping[str, frozenset[str]]
"""Claim id to the ids it rests on."""


@dataclass(frozen=True, slots=True)
class _Doubt:
    """Where a claim's doubt begins, and the next claim on the shortest way there."""

    origin: str
    via: str


def cascade(own: Mapping[str, Standing], rests_on: RestsOn, digests: Mapping[str, str]) -> dict[str, Standing]:
    """The standings with doubt spread along `rests_on`, by walking the graph once.

    A claim is also in doubt where a claim it rests on is no longer the one its approval names (`digests` by id).
    """
    result = dict(own)
    for id_, others in rests_on.items():
        if causes := tuple(_changed_below(own[id_], others, digests)):
            result[id_] = _doubted(own[id_], causes)
    origins = sorted(id_ for id_, standing in result.items() if standing.value in DOUBTFUL)
    begins = {id_: result[id_] for id_ in origins}
    doubts = _spread(origins, rests_on)
    for id_, others in rests_on.items():
        if result[id_].value in _TOUCHED:
            found = tuple(_cause(id_, other, doubts, begins) for other in sorted(others) if other in doubts)
            result[id_] = _doubted(result[id_], tuple(cause for cause in found if cause))
    return result


def _changed_below(standing: Standing, others: frozenset[str], digests: Mapping[str, str]) -> Iterator[str]:
    if standing.value != "approved":
        return
    for other in sorted(others):
        seen = standing.rests_on.get(f"claim/{other}")
        if other not in digests:
            yield f"it rests on '{other}', which is gone"
        elif seen is None:
            yield f"the approval does not say on which content of '{other}' it rests"
        elif seen != digests[other]:
            yield f"'{other}', on which it rests, has changed since the approval"


def _spread(origins: list[str], rests_on: RestsOn) -> dict[str, _Doubt]:
    """Every claim that doubt reaches, the nearest origin first; those of equal distance in the order of their ids."""
    dependants: dict[str, list[str]] = defaultdict(list)
    for id_ in sorted(rests_on):
        for other in rests_on[id_]:
            dependants[other].append(id_)
    doubts = {id_: _Doubt(id_, id_) for id_ in origins}
    queue = deque(origins)
    while queue:
        doubtful = queue.popleft()
        for id_ in dependants[doubtful]:
            if id_ not in doubts:
                doubts[id_] = _Doubt(doubts[doubtful].origin, doubtful)
                queue.append(id_)
    return doubts


def _cause(id_: str, other: str, doubts: Mapping[str, _Doubt], begins: Mapping[str, Standing]) -> str:
    """Why resting on `other` is doubtful, with the way there; empty where that doubt only comes back from `id_`."""
    origin, way = doubts[other].origin, [other]
    while way[-1] != origin and len(way) <= _MOST_NAMED:
        way.append(doubts[way[-1]].via)
    if id_ in way or origin == id_:
        return ""
    names = [f"'{name}'" for name in way] if way[-1] == origin else [*(f"'{n}'" for n in way[:-1]), "…", f"'{origin}'"]
    path = ", which rests on ".join(names)
    return f"it rests on {path}, which {DOUBTFUL[begins[origin].value]}: {begins[origin].reason}"


def _doubted(standing: Standing, causes: tuple[str, ...]) -> Standing:
    if not causes:
        return standing
    reason = causes[0] if standing.value == "approved" else standing.reason
    return replace(standing, value="needs-review", reason=reason, causes=(*standing.causes, *causes))
