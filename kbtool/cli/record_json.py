"""One record as JSON: a claim as the exports give it, evidence and sources as their records say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kbtool.cli.find_record import Kind
from kbtool.model.references import evidence_named
from kbtool.release.claim_view import Shelf, claim_view, evidence_card
from kbtool.release.parts import ReleasedClaim
from kbtool.release.reviewed import reviewed
from kbtool.rules.accounts import coverage_of

if TYPE_CHECKING:
    from kbtool.cli.reading import Reading


def record_json(reading: Reading, kind: Kind, id_: str) -> dict[str, Any]:
    """`{format, kind, record}`, and for a source how much of its text is accounted for."""
    base = reading.base
    head = {"format": "kbtool/show/1", "kind": kind}
    if kind == "claim":
        return {**head, "record": _claim(reading, id_)}
    if kind == "evidence":
        cited_by = [claim for claim, record in sorted(base.claims.items()) if id_ in _cited(record.model)]
        return {**head, "record": _dumped(base.evidence[id_].model), "cited_by": cited_by}
    covered = coverage_of(base).get(id_)
    account = {"counted": covered.counted, "accounted": covered.accounted, "gaps": covered.gaps} if covered else None
    return {**head, "record": _dumped(base.sources[id_].model), "coverage": account}


def _claim(reading: Reading, id_: str) -> dict[str, Any]:
    base = reading.base
    claim = base.claims[id_].model
    kinds = base.vocabulary.model.evidence_kinds
    there = {slug: base.evidence[slug].model for slug in _cited(claim) if slug in base.evidence}
    cards = {slug: evidence_card(there[slug], kinds) if slug in there else {} for slug in _cited(claim)}
    titles = {document: record.model.title for document, record in base.sources.items()}
    shelf = Shelf(
        base_url=f"{base.config.model.base_url.rstrip('/')}/",
        vocabulary=base.vocabulary.model,
        titles={claim.source.document: claim.source.document, **titles},
        card=cards.__getitem__,
    )
    review, standing = reviewed(base, reading.state, reading.as_of), reading.state.claims[id_].standing
    decided = review.decisions.get(id_, ())
    return claim_view(ReleasedClaim(claim, standing, review.approvers(standing), decided), shelf)


def _cited(claim: Any) -> set[str]:
    return {slug for _, slug in evidence_named(claim)}


def _dumped(model: Any) -> dict[str, Any]:
    dumped: dict[str, Any] = model.model_dump(mode="json", by_alias=True, exclude_none=True)
    return dumped
