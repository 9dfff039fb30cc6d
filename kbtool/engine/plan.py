"""What has to be done after a change: which records to read, which to check, which texts to account for again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kbtool.engine.kept import Kept
from kbtool.engine.known import RECORDS, Seen
from kbtool.engine.shard import Shard
from kbtool.records.layout import FileKind

_A_SHARD = 200
"""Records that one shard reads or checks, about."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Names of files, in order, and documents."""

    read: tuple[str, ...]
    check: tuple[str, ...]
    accounts: Mapping[str, tuple[str, ...]]
    visited: frozenset[str]
    """Documents that claims of other folders quoted when the run began."""


def planned(kept: Kept, seen: Seen, *, everything: bool) -> Plan:
    """What a change asks for; `everything` where the rules themselves, or what all of them see, have changed."""
    changed = [*seen.fresh, *seen.removed]
    claims = {seen.ids(name) for name in changed if seen.kinds[name] is FileKind.CLAIM}
    evidence = {seen.ids(name) for name in changed if seen.kinds[name] is FileKind.EVIDENCE}
    documents = {_document(name) for name in changed if seen.kinds[name] in {FileKind.SOURCE, FileKind.TEXT}}
    whole = [n for n in seen.of(FileKind.SOURCE, FileKind.TEXT) if _document(n) in documents] if documents else []
    read = sorted({*(name for name in seen.fresh if seen.kinds[name] in RECORDS), *whole})
    if everything:
        check = seen.of(*RECORDS)
    else:
        named = _dependants(kept, claims, evidence, documents)
        also = (name for name in named if name in seen.present)
        check = sorted({*(name for name in read if seen.kinds[name] in RECORDS), *also})
    folders = documents | {id_.partition("/")[0] for id_ in claims}
    accounts = dict(_accounts(seen, folders))
    visited = frozenset(document for _, document in kept.whole("astray"))
    return Plan(tuple(read), tuple(check), accounts, visited)


def _dependants(kept: Kept, claims: set[str], evidence: set[str], documents: set[str]) -> Iterator[str]:
    """Files of the claims that cite something among what has changed."""
    if evidence or documents:
        for id_, (document, cited) in kept.whole("cites"):
            if document in documents or not evidence.isdisjoint(cited):
                yield f"{id_}.yaml"
    if claims:
        for id_, below in kept.whole("below"):
            if not claims.isdisjoint(below):
                yield f"{id_}.yaml"


def _accounts(seen: Seen, documents: set[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The documents that have a source record, each with the claims in its folder."""
    folders: dict[str, list[str]] = defaultdict(list)
    if documents:
        for name, kind in seen.kinds.items():
            if kind is FileKind.CLAIM and (folder := name.partition("/")[0]) in documents and name in seen.present:
                folders[folder].append(name)
    for document in sorted(documents):
        if f"sources/{document}.yaml" in seen.present:
            yield document, tuple(sorted(folders[document]))


def _document(name: str) -> str:
    return name.split("/")[1].removesuffix(".yaml")


def shards_of(plan: Plan) -> list[Shard]:
    """The plan cut into shards of about equal size: a document with its claims stays whole.

    Evidence is cut into as many pieces and laid beside the documents at the same place in the order of names, where
    the claims that cite it often are.
    """
    steps: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    evidence: dict[str, tuple[bool, bool]] = {}
    for place, names in enumerate((plan.read, plan.check)):
        for name in names:
            if name.startswith("evidence/"):
                earlier = evidence.get(name, (False, False))
                evidence[name] = (True, earlier[1]) if place == 0 else (earlier[0], True)
            else:
                folder = _document(name) if name.startswith("sources/") else name.partition("/")[0]
                steps[folder][place].append(name)
    for document in plan.accounts:
        steps[document]
    groups = list(_grouped(steps))
    number = len(groups) or -(-len(evidence) // _A_SHARD)
    pieces = _pieces(sorted(evidence.items()), number)
    groups += [[] for _ in range(number - len(groups))]
    return [_shard(group, piece, steps, plan) for group, piece in zip(groups, pieces, strict=True)]


def _grouped(steps: Mapping[str, tuple[list[str], list[str]]]) -> Iterator[list[str]]:
    """Folders in order, in groups of about the size of a shard."""
    group: list[str] = []
    size = 0
    for folder in sorted(steps):
        group.append(folder)
        size += len(steps[folder][0]) + len(steps[folder][1])
        if size >= 2 * _A_SHARD:
            yield group
            group, size = [], 0
    if group:
        yield group


def _pieces(
    evidence: list[tuple[str, tuple[bool, bool]]], number: int
) -> Iterator[tuple[tuple[str, tuple[bool, bool]], ...]]:
    """The evidence cut into so many pieces, the last ones perhaps empty."""
    size = -(-len(evidence) // number) if number else 0
    cut = [tuple(evidence[at : at + size]) for at in range(0, len(evidence), size)] if size else []
    yield from cut
    yield from (() for _ in range(number - len(cut)))


def _shard(
    folders: Iterable[str],
    evidence: Iterable[tuple[str, tuple[bool, bool]]],
    steps: Mapping[str, tuple[list[str], list[str]]],
    plan: Plan,
) -> Shard:
    evidence = list(evidence)
    read = [name for name, (reads, _) in evidence if reads]
    check = [name for name, (_, checks) in evidence if checks]
    accounts = {}
    for folder in folders:
        read += steps[folder][0]
        check += steps[folder][1]
        if folder in plan.accounts:
            accounts[folder] = plan.accounts[folder]
    return Shard(tuple(read), tuple(check), accounts)
