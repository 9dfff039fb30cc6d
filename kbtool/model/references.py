"""Which other records a claim names, and where in it: evidence, claims, coded terms."""

from collections.abc import Iterator, Mapping

from kbtool.model.claim import Citation, ClaimBase, StudyFinding
from kbtool.model.vocabulary import Vocabulary

Path = tuple[str | int, ...]

CODED_FIELDS: Mapping[str, str] = {"direction": "directions", "seriousness": "seriousness", "strength": "strengths"}
"""Typed fields of claims whose `code` is a vocabulary term, and the list it is of."""

_OF_A_STUDY = (StudyFinding, Citation)


def evidence_named(claim: ClaimBase) -> Iterator[tuple[Path, str]]:
    """Every place where a claim names an evidence record, with the slug named."""
    for index, link in enumerate(claim.evidence):
        yield ("evidence", index, "ref"), link.ref
    for index, caveat in enumerate(claim.caveats):
        if caveat.basis and caveat.basis.evidence:
            yield ("caveats", index, "basis", "evidence"), caveat.basis.evidence
    if claim.verdict.certainty:
        yield ("verdict", "certainty", "stated_by"), claim.verdict.certainty.stated_by
    if isinstance(claim, _OF_A_STUDY):
        yield ("study", "ref"), claim.study.ref


def evidence_slugs(claim: ClaimBase) -> set[str]:
    """Every slug of `evidence_named`."""
    slugs = {link.ref for link in claim.evidence}
    for caveat in claim.caveats:
        if caveat.basis and caveat.basis.evidence:
            slugs.add(caveat.basis.evidence)
    if claim.verdict.certainty:
        slugs.add(claim.verdict.certainty.stated_by)
    if isinstance(claim, _OF_A_STUDY):
        slugs.add(claim.study.ref)
    return slugs


def claims_rested_on(claim: ClaimBase, vocabulary: Vocabulary) -> frozenset[str]:
    """Ids of the claims whose doubt reaches this one: through a cascading relation or as the basis of a caveat."""
    cascading = {kind for kind, entry in vocabulary.relation_kinds.items() if entry.cascading}
    related = {relation.claim for relation in claim.relations if relation.kind in cascading}
    return frozenset(related | {c.basis.claim for c in claim.caveats if c.basis and c.basis.claim}) - {claim.id}
