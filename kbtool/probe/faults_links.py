"""Faults of links between records: dangling, one-sided, circular, doubled."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any

from kbtool.diagnostics import Path
from kbtool.model.claim import ClaimBase
from kbtool.model.evidence import Evidence
from kbtool.model.vocabulary import RelationKind
from kbtool.probe.edits import changed, data_of, on_claim, on_evidence, planted
from kbtool.probe.fault import Fault, NotApplicable, Plant, Planted, Scratch, caught_by
from kbtool.yamlsource.write import write

_FEW = NotApplicable("the base has fewer than two claims of one document")


def _related(claim: ClaimBase, kind: str, other: str) -> dict[Path, Any]:
    """The changes that add a relation to a claim."""
    link = {"kind": kind, "claim": other}
    return {("relations", len(claim.relations)): link} if claim.relations else {("relations",): [link]}


def _kind(scratch: Scratch, wanted: Callable[[RelationKind], bool]) -> str | None:
    kinds = scratch.base.vocabulary.model.relation_kinds
    return next((kind for kind, entry in kinds.items() if wanted(entry)), None)


def _unrelated(scratch: Scratch) -> Iterator[tuple[ClaimBase, ClaimBase]]:
    """Pairs of claims that name each other in no relation."""
    claims = [record.model for _, record in sorted(scratch.base.claims.items())]
    for one, two in combinations(claims, 2):
        linked = {r.claim for r in one.relations} | {r.claim for r in two.relations}
        if not linked & {one.id, two.id}:
            yield one, two


_NO_PAIR = NotApplicable("no two claims are unrelated, or no relation is of the kind")


def _dangling(scratch: Scratch) -> Planted | NotApplicable:
    first, kind = min(scratch.base.claims, default=None), _kind(scratch, lambda _: True)
    if first is None or kind is None:
        return NotApplicable("the base has no claim or no kind of relation")
    claim = scratch.base.claims[first].model
    return planted(scratch, f"{first}.yaml", _related(claim, kind, "probe/no-such-claim"))


def _self(scratch: Scratch) -> Planted | NotApplicable:
    first, kind = min(scratch.base.claims, default=None), _kind(scratch, lambda _: True)
    if first is None or kind is None:
        return NotApplicable("the base has no claim or no kind of relation")
    return planted(scratch, f"{first}.yaml", _related(scratch.base.claims[first].model, kind, first))


@on_claim("no claim has a relation")
def _relation_twice(claim: ClaimBase, scratch: Scratch) -> dict[Path, Any] | None:
    del scratch
    return _related(claim, claim.relations[0].kind, claim.relations[0].claim) if claim.relations else None


def _one_sided(scratch: Scratch) -> Planted | NotApplicable:
    pair, kind = next(_unrelated(scratch), None), _kind(scratch, lambda entry: entry.symmetric)
    if pair is None or kind is None:
        return _NO_PAIR
    return planted(scratch, f"{pair[0].id}.yaml", _related(pair[0], kind, pair[1].id))


def _both_ways(pair: tuple[ClaimBase, ClaimBase], kind: str, scratch: Scratch) -> Planted:
    """The same relation from each of two claims to the other."""
    one, two = pair
    files = changed(scratch.files, f"{one.id}.yaml", _related(one, kind, two.id))
    files = changed(files, f"{two.id}.yaml", _related(two, kind, one.id))
    return Planted(files, f"{one.id}.yaml and {two.id}.yaml: relations")


def _circle(scratch: Scratch) -> Planted | NotApplicable:
    pair, kind = next(_unrelated(scratch), None), _kind(scratch, lambda entry: entry.acyclic)
    return _both_ways(pair, kind, scratch) if pair and kind else _NO_PAIR


def _disagreeing(scratch: Scratch) -> Planted | NotApplicable:
    pairs = ((one, two) for one, two in _unrelated(scratch) if one.verdict.rating != two.verdict.rating)
    pair, kind = next(pairs, None), _kind(scratch, lambda entry: entry.same_verdict)
    if pair is None or kind is None:
        return NotApplicable("no two unrelated claims differ in their rating")
    return _both_ways(pair, kind, scratch)


@on_claim("no claim restates another")
def _rating_of_one(claim: ClaimBase, scratch: Scratch) -> dict[Path, Any] | None:
    kinds, ratings = scratch.base.vocabulary.model.relation_kinds, scratch.base.vocabulary.model.ratings
    same = any(kinds[r.kind].same_verdict for r in claim.relations if r.kind in kinds)
    other = next((rating for rating in ratings if rating != claim.verdict.rating), None)
    return {("verdict", "rating"): other} if same and other else None


@on_evidence("no two evidence records can be named as overlapping")
def _overlap(evidence: Evidence, scratch: Scratch) -> dict[Path, Any] | None:
    for slug, record in sorted(scratch.base.evidence.items()):
        if slug != evidence.id and slug not in evidence.overlaps and evidence.id not in record.model.overlaps:
            return {("overlaps",): [*evidence.overlaps, slug]}
    return None


def _another_record(slug: str | None) -> Plant:
    """A copy of the first evidence record, without its identifiers, under another id; None: one that looks alike."""

    def plant(scratch: Scratch) -> Planted | NotApplicable:
        first = next((s for s in sorted(scratch.base.evidence) if slug or "-" in s), None)
        if first is None:
            return NotApplicable("no evidence record has the id that this takes")
        other = slug or first.replace("-", "", 1)
        data = data_of(scratch.files, f"evidence/{first}.yaml") | {"id": other}
        for key in ("identifiers", "overlaps"):
            data.pop(key, None)
        name = f"evidence/{other}.yaml"
        return Planted({**scratch.files, name: write(data)}, f"{name}: a copy of {first!r}")

    return plant


def _same_doi(scratch: Scratch) -> Planted | NotApplicable:
    slugs = sorted(scratch.base.evidence)[:2]
    if len(slugs) < 2:
        return NotApplicable("the base has fewer than two evidence records")
    files = scratch.files
    for slug in slugs:
        files = changed(files, f"evidence/{slug}.yaml", {("identifiers", "doi"): "10.5555/probe"})
    return Planted(files, f"evidence/{slugs[1]}.yaml: identifiers.doi")


def _two_of_one_document(scratch: Scratch) -> tuple[ClaimBase, ClaimBase] | None:
    first: dict[str, ClaimBase] = {}
    for _, record in sorted(scratch.base.claims.items()):
        other = first.setdefault(record.model.source.document, record.model)
        if other is not record.model and record.model.id not in {r.claim for r in other.relations}:
            return other, record.model
    return None


def _same_statement(scratch: Scratch) -> Planted | NotApplicable:
    pair = _two_of_one_document(scratch)
    if pair is None:
        return _FEW
    data = data_of(scratch.files, f"{pair[0].id}.yaml") | {"id": f"{pair[0].id}-probe"}
    data.pop("relations", None)
    name = f"{pair[0].id}-probe.yaml"
    return Planted({**scratch.files, name: write(data)}, f"{name}: a copy of {pair[0].id!r}")


FAULTS: tuple[Fault[Scratch], ...] = (
    Fault("dangling-relation", "a relation to a claim that is not there", caught_by("dangling-relation"), _dangling),
    Fault("self-relation", "a claim related to itself", caught_by("self-relation"), _self),
    Fault("relation-twice", "the same relation twice", caught_by("relation-repeated"), _relation_twice),
    Fault(
        "one-sided-relation", "a contradiction that one side does not tell", caught_by("one-sided-relation"), _one_sided
    ),
    Fault("relation-cycle", "two claims that each rest on the other", caught_by("relation-cycle"), _circle),
    Fault(
        "restating-claims-disagree",
        "two claims that say the same with two ratings",
        caught_by("restated-claims-disagree"),
        _disagreeing,
    ),
    Fault(
        "rating-of-one-restated",
        "another rating for one of two that say the same",
        caught_by("restated-claims-disagree"),
        _rating_of_one,
    ),
    Fault(
        "one-sided-overlap",
        "studies of the same people named on one side only",
        caught_by("overlap-not-mutual"),
        _overlap,
    ),
    Fault(
        "evidence-left-out",
        "a record that no claim cites",
        caught_by("unused-evidence"),
        _another_record("probe-left-out"),
    ),
    Fault("look-alike-id", "an id that looks like another", caught_by("look-alike-ids"), _another_record(None)),
    Fault("same-doi-twice", "one study as two records", caught_by("identifier-repeated"), _same_doi),
    Fault("same-statement-twice", "one statement as two claims", caught_by("statement-repeated"), _same_statement),
)
"""Faults of links, as a literal list."""
