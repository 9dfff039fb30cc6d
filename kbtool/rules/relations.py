"""Rules on links between records, over the whole index: they lead somewhere, back where they must, never in circles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from kbtool.diagnostics import Finding, Path, Severity
from kbtool.model.claim import ClaimBase
from kbtool.model.references import evidence_named
from kbtool.rules.context import BaseFinding, BaseRule, BaseView
from kbtool.rules.rule import rule


@rule(Severity.ERROR, locked=True)
def dangling_relation(view: BaseView) -> Iterator[BaseFinding]:
    """A relation, or the basis of a caveat, names a claim that does not exist or could not be read.

    Why: a link to nothing hides what it was to say.

    Mend: correct the id, or add the claim.
    """
    for record in view.base.claims.values():
        for path, id_ in _claims_named(record.model):
            if id_ not in view.base.claims:
                yield BaseFinding(record.file, Finding(path, f"there is no readable claim {id_!r}"))


def _claims_named(claim: ClaimBase) -> Iterator[tuple[Path, str]]:
    for index, relation in enumerate(claim.relations):
        yield ("relations", index, "claim"), relation.claim
    for index, caveat in enumerate(claim.caveats):
        if caveat.basis and caveat.basis.claim:
            yield ("caveats", index, "basis", "claim"), caveat.basis.claim


@rule(Severity.ERROR)
def self_relation(view: BaseView) -> Iterator[BaseFinding]:
    """A claim is related to itself.

    Why: no claim restates, narrows or depends on itself; the other id was meant.

    Mend: name the other claim.
    """
    for id_, record in view.base.claims.items():
        for index, relation in enumerate(record.model.relations):
            if relation.claim == id_:
                yield BaseFinding(record.file, Finding(("relations", index, "claim"), "the claim is related to itself"))


@rule(Severity.ERROR)
def relation_repeated(view: BaseView) -> Iterator[BaseFinding]:
    """A claim names the same claim twice with the same kind of relation.

    Why: one of the two was meant to name another claim or kind.

    Mend: drop or correct one.
    """
    for record in view.base.claims.values():
        seen: set[tuple[str, str]] = set()
        for index, relation in enumerate(record.model.relations):
            if (relation.kind, relation.claim) in seen:
                message = f"relation {relation.kind!r} to {relation.claim!r} is already given above"
                yield BaseFinding(record.file, Finding(("relations", index), message))
            seen.add((relation.kind, relation.claim))


@rule(Severity.ERROR)
def one_sided_relation(view: BaseView) -> Iterator[BaseFinding]:
    """A symmetric relation is given on one side only.

    Why: readers of the other claim never learn of it.

    Mend: add the same relation to the other claim.
    """
    claims, kinds = view.base.claims, view.terms.vocabulary.relation_kinds
    given = {(id_, r.kind, r.claim) for id_, record in claims.items() for r in record.model.relations}
    for id_, record in claims.items():
        for index, relation in enumerate(record.model.relations):
            kind = kinds.get(relation.kind)
            back = (relation.claim, relation.kind, id_)
            if kind and kind.symmetric and relation.claim in claims and back not in given:
                message = f"{relation.claim!r} does not name this claim with {relation.kind!r} in turn"
                yield BaseFinding(record.file, Finding(("relations", index), message, f"add it to {relation.claim!r}"))


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
    claims = view.base.claims
    links = {id_: [r.claim for r in rec.model.relations if r.kind == kind] for id_, rec in claims.items()}
    for closing, chain in closed_chains(links):
        index = next(i for i, r in enumerate(claims[closing].model.relations) if r.kind == kind and r.claim == chain[0])
        message = f"the chain of {kind!r} comes back to itself: {' > '.join((*chain, chain[0]))}"
        yield BaseFinding(claims[closing].file, Finding(("relations", index), message))


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
    claims, kinds = view.base.claims, view.terms.vocabulary.relation_kinds
    for id_, record in claims.items():
        for index, relation in enumerate(record.model.relations):
            other, kind = claims.get(relation.claim), kinds.get(relation.kind)
            if other is None or kind is None or not kind.same_verdict or relation.claim == id_:
                continue
            mine, theirs = record.model.verdict.rating, other.model.verdict.rating
            if mine != theirs:
                message = f"rated {mine!r}, and {relation.claim!r}, which it {relation.kind}, {theirs!r}"
                related = ((other.file, ("verdict", "rating"), "the other rating"),)
                yield BaseFinding(record.file, Finding(("relations", index), message, related=related))
            if record.model.polarity != other.model.polarity:
                message = (
                    f"{record.model.polarity}, and {relation.claim!r}, which it {relation.kind}, {other.model.polarity}"
                )
                yield BaseFinding(record.file, Finding(("relations", index), message))


@rule(Severity.ERROR)
def overlap_not_mutual(view: BaseView) -> Iterator[BaseFinding]:
    """An evidence record names another as overlapping that is itself, does not exist or does not name it in turn.

    Why: two records of the same people must not be counted as two studies, from whichever side one looks.

    Mend: list each under `overlaps` of the other.
    """
    evidence = view.base.evidence
    for slug, record in evidence.items():
        for index, other in enumerate(record.model.overlaps):
            found = evidence.get(other)
            if other == slug:
                yield BaseFinding(record.file, Finding(("overlaps", index), "the record names itself under 'overlaps'"))
            elif found is None:
                message = f"there is no readable evidence record {other!r}"
                yield BaseFinding(record.file, Finding(("overlaps", index), message))
            elif slug not in found.model.overlaps:
                message = f"{other!r} does not name this record under 'overlaps' in turn"
                yield BaseFinding(record.file, Finding(("overlaps", index), message, f"add '{slug}' to its overlaps"))


@rule(Severity.WARNING)
def unused_evidence(view: BaseView) -> Iterator[BaseFinding]:
    """No claim cites an evidence record.

    Why: evidence that was collected and then left out may be the piece that speaks against a verdict.

    Mend: cite it where it bears on a claim, with its stance, or delete the record.
    """
    used = {slug for record in view.base.claims.values() for _, slug in evidence_named(record.model)}
    for slug, evidence in view.base.evidence.items():
        if slug not in used:
            yield BaseFinding(evidence.file, Finding(("id",), f"no claim cites evidence {slug!r}"))


@rule(Severity.ERROR)
def look_alike_ids(view: BaseView) -> Iterator[BaseFinding]:
    """Two ids of the same kind are alike to the eye, or alike but for hyphens.

    Why: a reviewer approves the one and believes it to be the other.

    Mend: rename one of the two so that they differ in a word.
    """
    for records in (view.base.claims, view.base.evidence, view.base.sources):
        alike: dict[str, list[str]] = defaultdict(list)
        for id_ in records:
            alike[_skeleton(id_)].append(id_)
        for ids in alike.values():
            for other in sorted(ids)[1:]:
                message = f"id {other!r} looks like {min(ids)!r}"
                key = "document" if records is view.base.sources else "id"
                yield BaseFinding(
                    records[other].file, Finding((key,), message, "rename one so that they differ in a word")
                )


def _skeleton(id_: str) -> str:
    """The id with look-alike characters made one: 0 and o, 1 and l and i, 5 and s, rn and m, vv and w; no hyphens."""
    folded = id_.casefold().translate(str.maketrans("01i5", "olls", "-_"))
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
