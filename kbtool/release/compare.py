"""What changed between two bases or releases, in a reviewer's words; linear in the number of claims."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kbtool.release.snapshot import Snapshot, Stand
from kbtool.review.changes import Change, changes

Json = Mapping[str, Any]

KINDS = ("reworded", "re-sourced", "re-graded", "caveats", "related", "drafted anew")
"""What can have happened to the record of a claim that is on both sides."""


@dataclass(frozen=True, slots=True)
class CaveatChange:
    """A caveat of a claim that is on one side only."""

    claim: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class StandingChange:
    """A claim that stands otherwise than before."""

    claim: str
    before: str
    after: str
    reason: str
    """Why it stands as it does now."""

    @property
    def is_loss(self) -> bool:
        """Whether an approval was lost."""
        return self.before == "approved"


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """What changed in the record of one claim, by kind."""

    claim: str
    parts: tuple[tuple[str, tuple[Change, ...]], ...]
    """Each kind of `KINDS` that happened, in their order, with its changes."""


@dataclass(frozen=True, slots=True)
class EvidenceChange:
    """What changed in an evidence record that claims cite."""

    evidence: str
    changes: tuple[Change, ...]
    claims: tuple[str, ...]
    """Ids of the claims on either side that cite it, sorted."""


@dataclass(frozen=True, slots=True)
class TermChange:
    """A vocabulary term, used by claims, whose label or definition changed."""

    term: str
    """`<list>/<id>`."""
    changes: tuple[Change, ...]
    claims: tuple[str, ...]
    """Ids of the claims that use it, sorted."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that differs; each tuple is sorted by id."""

    added: tuple[str, ...]
    withdrawn: tuple[tuple[str, str], ...]
    """Id and reason of each claim that is withdrawn now and was not."""
    vanished: tuple[str, ...]
    """Ids that are gone without a withdrawal or another name."""
    renamed: tuple[tuple[str, str], ...]
    """Old and new id of each claim whose record is the same but for them."""
    caveats_dropped: tuple[CaveatChange, ...]
    caveats_added: tuple[CaveatChange, ...]
    changed: tuple[ClaimChange, ...]
    standings: tuple[StandingChange, ...]
    evidence: tuple[EvidenceChange, ...]
    terms: tuple[TermChange, ...]
    policy: tuple[Change, ...]

    @property
    def approvals_lost(self) -> tuple[StandingChange, ...]:
        """The claims that were approved and are not any more."""
        return tuple(change for change in self.standings if change.is_loss)

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return any(getattr(self, name) for name in self.__slots__)


def compare(before: Snapshot, after: Snapshot) -> Difference:
    """What changed from one side to the other."""
    new, gone = after.ids - before.ids, before.ids - after.ids
    renamed = _renamed(before, after, new, gone)
    old_names, new_names = {old for old, _ in renamed}, {name for _, name in renamed}
    both = sorted(before.contents.keys() & after.contents.keys())
    pairs = [(id_, *_alike(before.contents[id_], after.contents[id_])) for id_ in both]
    matched = [(id_, _matched(old, now)) for id_, old, now in pairs]
    withdrawn = sorted(id_ for id_, stand in after.standings.items() if _is_withdrawn(id_, stand, before))
    return Difference(
        added=tuple(sorted(new - new_names - set(withdrawn))),
        withdrawn=tuple((id_, after.standings[id_].reason) for id_ in withdrawn),
        vanished=tuple(sorted(gone - old_names)),
        renamed=renamed,
        caveats_dropped=tuple(_caveat(id_, c) for id_, m in matched for c in m.dropped),
        caveats_added=tuple(_caveat(id_, c) for id_, m in matched for c in m.added),
        changed=tuple(
            c for (id_, old, now), (_, m) in zip(pairs, matched, strict=True) if (c := _claim(id_, old, now, m))
        ),
        standings=tuple(_standings(before, after)),
        evidence=tuple(_evidence(before, after)),
        terms=tuple(_terms(before, after)),
        policy=_policy(before.policy, after.policy),
    )


def _is_withdrawn(id_: str, stand: Stand, before: Snapshot) -> bool:
    old = before.standings.get(id_)
    return stand.value == "withdrawn" and (old is None or old.value != "withdrawn")


def _renamed(before: Snapshot, after: Snapshot, new: Iterable[str], gone: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Claims that are the same but for their id; of several that are alike, in the order of their ids."""
    names: dict[str, list[str]] = defaultdict(list)
    for id_ in sorted(id_ for id_ in new if id_ in after.contents):
        names[_core(after.contents[id_])].append(id_)
    old = sorted(id_ for id_ in gone if id_ in before.contents)
    return tuple((id_, same.pop(0)) for id_ in old if (same := names.get(_core(before.contents[id_]))))


def _core(content: Json) -> str:
    """A claim's own fields without its id, as text that is equal where they are."""
    return json.dumps({k: v for k, v in content["claim"].items() if k != "id"}, sort_keys=True)


def _alike(before: Json, after: Json) -> tuple[Json, Json]:
    """The claim's own fields on both sides; quoted paragraphs only where both sides have the text."""
    old, now = before["claim"], after["claim"]
    whole = [all("paragraph" in quote for quote in side["source"]["quotes"]) for side in (old, now)]
    return (old, now) if whole[0] == whole[1] else (_without_paragraphs(old), _without_paragraphs(now))


def _without_paragraphs(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _without_paragraphs(item) for key, item in value.items() if key != "paragraph"}
    return [_without_paragraphs(item) for item in value] if isinstance(value, list) else value


@dataclass(frozen=True, slots=True)
class _Matched:
    """The caveats of a claim, paired: those of one kind by their words first, the others of that kind in order."""

    pairs: tuple[tuple[Json, Json], ...]
    dropped: tuple[Json, ...]
    added: tuple[Json, ...]


def _matched(before: Json, after: Json) -> _Matched:
    old, now = list(before.get("caveats", ())), list(after.get("caveats", ()))
    same = [caveat for caveat in old if caveat in now]
    left = [caveat for caveat in old if caveat not in same]
    right: dict[str, list[Json]] = defaultdict(list)
    for caveat in now:
        if caveat not in same:
            right[caveat["kind"]].append(caveat)
    pairs, dropped = [], []
    for caveat in left:
        if right[caveat["kind"]]:
            pairs.append((caveat, right[caveat["kind"]].pop(0)))
        else:
            dropped.append(caveat)
    return _Matched(tuple(pairs), tuple(dropped), tuple(c for rest in right.values() for c in rest))


def _caveat(claim: str, caveat: Json) -> CaveatChange:
    return CaveatChange(claim, caveat["kind"], caveat["text"])


def _claim(id_: str, before: Json, after: Json, caveats: _Matched) -> ClaimChange | None:
    if before == after:
        return None
    found = {
        "reworded": _between(_words(before), _words(after)),
        "re-sourced": _between(_sources(before), _sources(after)),
        "re-graded": _between(_grades(before), _grades(after)),
        "caveats": _paired(caveats.pairs),
        "related": _between(_only(before, ("relations",)), _only(after, ("relations",))),
        "drafted anew": _between(_only(before, ("drafted",)), _only(after, ("drafted",))),
    }
    parts = tuple((kind, found[kind]) for kind in KINDS if found[kind])
    return ClaimChange(id_, parts) if parts else None


_NOT_WORDS = frozenset({"id", "source", "evidence", "verdict", "caveats", "relations", "drafted"})


def _words(claim: Json) -> Json:
    """Statement, polarity, hedges and the fields of the type: what the claim says."""
    return {key: value for key, value in claim.items() if key not in _NOT_WORDS}


def _sources(claim: Json) -> Json:
    """Quotes, and what each cited evidence found; which way it points is a grade."""
    links = [{key: value for key, value in link.items() if key != "stance"} for link in claim.get("evidence", ())]
    return {"source": claim["source"], "evidence": links}


def _grades(claim: Json) -> Json:
    links = [{"ref": link["ref"], "stance": link["stance"]} for link in claim.get("evidence", ())]
    return {"verdict": claim["verdict"], "evidence": links}


def _only(claim: Json, keys: Sequence[str]) -> Json:
    return {key: claim[key] for key in keys if key in claim}


def _between(before: Json, after: Json) -> tuple[Change, ...]:
    return changes({"claim": before}, {"claim": after})


def _paired(pairs: Iterable[tuple[Json, Json]]) -> tuple[Change, ...]:
    return tuple(c for old, now in pairs for c in _between({"caveats": [old]}, {"caveats": [now]}))


def _standings(before: Snapshot, after: Snapshot) -> Iterator[StandingChange]:
    for id_ in sorted(before.standings.keys() & after.standings.keys()):
        old, now = before.standings[id_], after.standings[id_]
        if old.value != now.value:
            yield StandingChange(id_, old.value, now.value, now.reason)


def _evidence(before: Snapshot, after: Snapshot) -> Iterator[EvidenceChange]:
    old, now = _records(before), _records(after)
    citing = _users(before, after, lambda content: content["evidence"])
    for slug in sorted(old.keys() & now.keys()):
        if found := changes({"evidence": {slug: old[slug]}}, {"evidence": {slug: now[slug]}}):
            yield EvidenceChange(slug, found, citing[slug])


def _terms(before: Snapshot, after: Snapshot) -> Iterator[TermChange]:
    old, now = _all_terms(before), _all_terms(after)
    using = _users(before, after, _terms_of)
    for term in sorted(old.keys() & now.keys()):
        list_, _, id_ = term.partition("/")
        if found := changes({"terms": {list_: {id_: old[term]}}}, {"terms": {list_: {id_: now[term]}}}):
            yield TermChange(term, found, using[term])


def _records(side: Snapshot) -> dict[str, Json]:
    """The reviewed fields of every cited evidence record, by slug."""
    return {slug: record for content in side.contents.values() for slug, record in content["evidence"].items()}


def _terms_of(content: Json) -> dict[str, Json]:
    return {f"{list_}/{id_}": term for list_, terms in content["terms"].items() for id_, term in terms.items()}


def _all_terms(side: Snapshot) -> dict[str, Json]:
    return {name: term for content in side.contents.values() for name, term in _terms_of(content).items()}


def _users(before: Snapshot, after: Snapshot, named: Callable[[Json], Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """Ids of the claims whose content names each thing; `named` gives the names in a content."""
    users: dict[str, set[str]] = defaultdict(set)
    for side in (before, after):
        for id_, content in side.contents.items():
            for name in named(content):
                users[name].add(id_)
    return {name: tuple(sorted(ids)) for name, ids in users.items()}


def _policy(before: Json | None, after: Json | None) -> tuple[Change, ...]:
    """Changes of the policy, where both sides have one."""
    if before is None or after is None:
        return ()
    return changes({"claim": before}, {"claim": after})
