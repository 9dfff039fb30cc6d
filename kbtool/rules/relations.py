"""Rules on links between records, over the whole index: they lead somewhere, back where they must, never in circles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from kbtool.diagnostics import Finding, Path, Severity
from kbtool.rules.columns import Links
from kbtool.rules.context import BaseFinding, BaseRule, BaseView
from kbtool.rules.rule import rule


@rule(Severity.ERROR, locked=True)
def dangling_relation(view: BaseView) -> Iterator[BaseFinding]:
    """A relation, or the basis of a caveat, names a claim that does not exist or could not be read.

    Why: a link to nothing hides what it was to say.

    Mend: correct the id, or add the claim.
    """
    links = view.columns.links
    for id_, row in links.items():
        for path, other in _claims_named(row):
            if other not in links:
                yield BaseFinding(view.claim_file(id_), Finding(path, f"there is no readable claim {other!r}"))


def _claims_named(row: Links) -> Iterator[tuple[Path, str]]:
    for index, (_, claim) in enumerate(row.relations):
        yield ("relations", index, "claim"), claim
    for index, claim in row.bases:
        yield ("caveats", index, "basis", "claim"), claim


@rule(Severity.ERROR)
def self_relation(view: BaseView) -> Iterator[BaseFinding]:
    """A claim is related to itself.

    Why: no claim restates, narrows or depends on itself; the other id was meant.

    Mend: name the other claim.
    """
    for id_, row in view.columns.links.items():
        for index, (_, other) in enumerate(row.relations):
            if other == id_:
                found = Finding(("relations", index, "claim"), "the claim is related to itself")
                yield BaseFinding(view.claim_file(id_), found)


@rule(Severity.ERROR)
def relation_repeated(view: BaseView) -> Iterator[BaseFinding]:
    """A claim names the same claim twice with the same kind of relation.

    Why: one of the two was meant to name another claim or kind.

    Mend: drop or correct one.
    """
    for id_, row in view.columns.links.items():
        seen: set[tuple[str, str]] = set()
        for index, (kind, other) in enumerate(row.relations):
            if (kind, other) in seen:
                message = f"relation {kind!r} to {other!r} is already given above"
                yield BaseFinding(view.claim_file(id_), Finding(("relations", index), message))
            seen.add((kind, other))


@rule(Severity.ERROR)
def one_sided_relation(view: BaseView) -> Iterator[BaseFinding]:
    """A symmetric relation is given on one side only.

    Why: readers of the other claim never learn of it.

    Mend: add the same relation to the other claim.
    """
    links, kinds = view.columns.links, view.terms.vocabulary.relation_kinds
    symmetric = {kind for kind, entry in kinds.items() if entry.symmetric}
    given = {(id_, kind, other) for id_, row in links.items() for kind, other in row.relations if kind in symmetric}
    for id_, row in links.items():
        for index, (kind, other) in enumerate(row.relations):
            if kind in symmetric and other in links and (other, kind, id_) not in given:
                message = f"{other!r} does not name this claim with {kind!r} in turn"
                found = Finding(("relations", index), message, f"add it to {other!r}")
                yield BaseFinding(view.claim_file(id_), found)


@rule(Severity.ERROR)
def relation_cycle(view: BaseView) -> Iterator[BaseFinding]:
    """A chain of relations of an acyclic kind comes back to where it began.

    Why: of claims that depend on one another in a circle none rests on anything.

    Mend: take out the link that does not belong.
    """
    for kind, entry in view.terms.vocabulary.relation_kinds.items():
        if entry.acyclic:
            yield from _cycles(kind, view)


def _cycles(kind: str, view: BaseView) -> Iterator[BaseFinding]:
    """One finding for each claim at which a chain of `kind` closes; every link is walked once."""
    rows = view.columns.links
    links = {id_: [other for own, other in row.relations if own == kind] for id_, row in rows.items()}
    for closing, chain in closed_chains(links):
        index = next(i for i, (own, other) in enumerate(rows[closing].relations) if (own, other) == (kind, chain[0]))
        message = f"the chain of {kind!r} comes back to itself: {' > '.join((*chain, chain[0]))}"
        yield BaseFinding(view.claim_file(closing), Finding(("relations", index), message))


def closed_chains(links: Mapping[str, list[str]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each link that closes a circle: the node it starts from and the chain that it closes, self-links aside.

    Depth first without recursion; linear in nodes and links.
    """
    done: set[str] = set()
    for root in sorted(links):
        chain: list[str] = []
        on_chain: dict[str, int] = {}
        todo: list[tuple[str, bool]] = [(root, True)]
        while todo:
            node, entering = todo.pop()
            if not entering:
                chain.pop()
                del on_chain[node]
                done.add(node)
            elif node not in done and node not in on_chain:
                on_chain[node] = len(chain)
                chain.append(node)
                todo.append((node, False))
                for other in sorted(links.get(node, ()), reverse=True):
                    if other in on_chain and other != node:
                        yield node, tuple(chain[on_chain[other] :])
                    elif other in links:
                        todo.append((other, True))


@rule(Severity.ERROR, locked=True)
def restated_claims_disagree(view: BaseView) -> Iterator[BaseFinding]:
    """Two claims that say the same have different verdicts or polarities.

    Why: one statement cannot be both supported and contradicted, wherever it stands in the document.

    Mend: give both the same rating and polarity, or change the relation where they do not say the same.
    """
    links, kinds = view.columns.links, view.terms.vocabulary.relation_kinds
    for id_, row in links.items():
        for index, (relation, other) in enumerate(row.relations):
            theirs, kind = links.get(other), kinds.get(relation)
            if theirs is None or kind is None or not kind.same_verdict or other == id_:
                continue
            if row.rating != theirs.rating:
                message = f"rated {row.rating!r}, and {other!r}, which it {relation}, {theirs.rating!r}"
                related = ((view.claim_file(other), ("verdict", "rating"), "the other rating"),)
                yield BaseFinding(view.claim_file(id_), Finding(("relations", index), message, related=related))
            if row.polarity != theirs.polarity:
                message = f"{row.polarity}, and {other!r}, which it {relation}, {theirs.polarity}"
                yield BaseFinding(view.claim_file(id_), Finding(("relations", index), message))


@rule(Severity.ERROR)
def overlap_not_mutual(view: BaseView) -> Iterator[BaseFinding]:
    """An evidence record names another as overlapping that is itself, does not exist or does not name it in turn.

    Why: two records of the same people must not be counted as two studies, from whichever side one looks.

    Mend: list each under `overlaps` of the other.
    """
    works = view.columns.works
    for slug, row in works.items():
        for index, other in enumerate(row.overlaps):
            path: Path = ("overlaps", index)
            if other == slug:
                found = Finding(path, "the record names itself under 'overlaps'")
            elif other not in works:
                found = Finding(path, f"there is no readable evidence record {other!r}")
            elif slug not in works[other].overlaps:
                message = f"{other!r} does not name this record under 'overlaps' in turn"
                found = Finding(path, message, f"add '{slug}' to its overlaps")
            else:
                continue
            yield BaseFinding(view.evidence_file(slug), found)


@rule(Severity.WARNING)
def unused_evidence(view: BaseView) -> Iterator[BaseFinding]:
    """No claim cites an evidence record.

    Why: evidence that was collected and then left out may be the piece that speaks against a verdict.

    Mend: cite it where it bears on a claim, with its stance, or delete the record.
    """
    used = {slug for row in view.columns.cites.values() for slug in row.evidence}
    for slug in view.columns.works:
        if slug not in used:
            yield BaseFinding(view.evidence_file(slug), Finding(("id",), f"no claim cites evidence {slug!r}"))


@rule(Severity.ERROR)
def look_alike_ids(view: BaseView) -> Iterator[BaseFinding]:
    """Two ids of the same kind are alike to the eye, or alike but for hyphens.

    Why: a reviewer approves the one and believes it to be the other.

    Mend: rename one of the two so that they differ in a word.
    """
    columns = view.columns
    for ids, key, file in (
        (columns.statuses, "id", view.claim_file),
        (columns.works, "id", view.evidence_file),
        (columns.places, "document", view.source_file),
    ):
        for first, other in _alike(ids):
            found = Finding((key,), f"id {other!r} looks like {first!r}", "rename one so that they differ in a word")
            yield BaseFinding(file(other), found)


def _alike(ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each id that looks like one before it in the alphabet, behind the first of those."""
    alike: dict[str, list[str]] = defaultdict(list)
    for id_ in ids:
        alike[_skeleton(id_)].append(id_)
    for group in alike.values():
        if len(group) > 1:
            first, *others = sorted(group)
            yield from ((first, other) for other in others)


_LOOKS = str.maketrans("01i5", "olls", "-_")


def _skeleton(id_: str) -> str:
    """The id with look-alike characters made one: 0 and o, 1 and l and i, 5 and s, rn and m, vv and w; no hyphens."""
    folded = id_.casefold().translate(_LOOKS)
    return folded.replace("rn", "m").replace("vv", "w")


RULES: tuple[BaseRule, ...] = (
    dangling_relation,
    self_relation,
    relation_repeated,
    one_sided_relation,
    relation_cycle,
    restated_claims_disagree,
    overlap_not_mutual,
    unused_evidence,
    look_alike_ids,
)
