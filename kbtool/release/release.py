"""The making of a release: every claim of a base either goes out, is held with a reason or leaves a tombstone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from kbtool.model.base import SCHEMA_VERSION
from kbtool.model.claim import Citation, ClaimBase, StudyFinding
from kbtool.release.coverage import source_coverage, spans_by_document
from kbtool.release.jsontext import canonical_chunks
from kbtool.release.parts import Held, PreviousRelease, Release, ReleasedClaim, ReleasedSource, Tombstone
from kbtool.release.reviewed import UNREVIEWED, Reviewed
from kbtool.release.view import body_parts

if TYPE_CHECKING:
    from datetime import date

    from kbtool.model.evidence import Evidence
    from kbtool.quotes.resolve import Span
    from kbtool.records.base import KnowledgeBase
    from kbtool.release.gate import Gate
    from kbtool.review.standing import Standing

__all__ = [
    "Held",
    "PreviousRelease",
    "Release",
    "ReleasedClaim",
    "ReleasedSource",
    "Tombstone",
    "cited_by",
    "digest_of",
    "make_release",
    "vanished",
]

RELEASE_TYPE = "kbtool/release/1"
"""Type and version of the content over which a release's digest is taken."""


def make_release(
    base: KnowledgeBase,
    gate: Gate,
    as_of: date,
    previous: PreviousRelease | None = None,
    review: Reviewed = UNREVIEWED,
) -> Release:
    """The release of a base through a gate, for the UTC day `as_of`.

    A claim that passes the gate but lacks a cited evidence record, its source record or its stored text is held: it
    may not travel without them.
    """
    lots = _sorted_out(base, gate, review)
    claims = [released.claim for released in lots.claims]
    release = Release(
        gate=gate,
        as_of=as_of,
        schema_version=SCHEMA_VERSION,
        previous=previous.id if previous else None,
        config=base.config.model,
        vocabulary=base.vocabulary.model,
        sources=_sources(base, claims),
        evidence=_evidence(base, claims),
        claims=tuple(lots.claims),
        held=tuple(lots.held),
        tombstones=tuple(lots.tombstones),
        digest="",
        policy=sha256(base.policy.raw).hexdigest(),
        checkpoint=review.checkpoint,
    )
    return replace(release, digest=digest_of(release))


def digest_of(release: Release) -> str:
    """SHA-256 of everything that a release says but its own id and digest, in lower-case hexadecimal."""
    digest = sha256()
    for chunk in canonical_chunks({"_type": RELEASE_TYPE, **body_parts(release)}):
        digest.update(chunk)
    return digest.hexdigest()


def vanished(previous_ids: Iterable[str], release: Release) -> tuple[str, ...]:
    """Ids of an earlier release that this one neither carries, holds nor lists as withdrawn; an error for the caller.

    Held ids count too: the release before may have held what an older one had sent out.
    """
    accounted = {released.claim.id for released in release.claims}
    accounted.update(held.id for held in release.held)
    accounted.update(tombstone.id for tombstone in release.tombstones)
    return tuple(sorted(set(previous_ids) - accounted))


def cited_by(claim: ClaimBase) -> tuple[str, ...]:
    """The slugs of every evidence record that a claim names anywhere, sorted."""
    refs = {link.ref for link in claim.evidence}
    refs.update(caveat.basis.evidence for caveat in claim.caveats if caveat.basis and caveat.basis.evidence)
    if claim.verdict.certainty:
        refs.add(claim.verdict.certainty.stated_by)
    if isinstance(claim, StudyFinding | Citation):
        refs.add(claim.study.ref)
    return tuple(sorted(refs))


@dataclass(frozen=True, slots=True)
class _Lots:
    claims: list[ReleasedClaim]
    held: list[Held]
    tombstones: list[Tombstone]


def _sorted_out(base: KnowledgeBase, gate: Gate, review: Reviewed) -> _Lots:
    lots = _Lots([], [], [])
    for _, record in sorted(base.claims.items()):
        claim = record.model
        standing = review.standing(claim)
        if standing.value == "withdrawn":
            lots.tombstones.append(review.tombstone(claim, standing))
        elif reason := _reason_to_hold(base, gate, claim, standing):
            lots.held.append(Held(claim.id, standing, reason))
        else:
            decisions = review.decisions.get(claim.id, ())
            lots.claims.append(ReleasedClaim(claim, standing, review.approvers(standing), decisions))
    return lots


def _reason_to_hold(base: KnowledgeBase, gate: Gate, claim: ClaimBase, standing: Standing) -> str | None:
    if standing.value not in gate.admits:
        return standing.reason
    document = claim.source.document
    if document not in base.sources:
        return f"its source '{document}' has no readable record"
    if document not in base.texts:
        return f"the stored text of its source '{document}' is missing or not the one recorded"
    lost = next((ref for ref in cited_by(claim) if ref not in base.evidence), None)
    return f"it cites evidence '{lost}', which has no readable record" if lost else None


def _sources(base: KnowledgeBase, claims: Iterable[ClaimBase]) -> tuple[ReleasedSource, ...]:
    spans = spans_by_document((record.model for record in base.claims.values()), base.texts)
    documents = sorted({claim.source.document for claim in claims})
    return tuple(_source(base, document, spans[document]) for document in documents)


def _source(base: KnowledgeBase, document: str, quoted: list[Span]) -> ReleasedSource:
    source, text = base.sources[document].model, base.texts[document]
    shown = text if source.rights.use == "full-text" else None
    return ReleasedSource(source, shown, source_coverage(source, text, quoted))


def _evidence(base: KnowledgeBase, claims: Iterable[ClaimBase]) -> tuple[Evidence, ...]:
    refs = sorted({ref for claim in claims for ref in cited_by(claim)})
    return tuple(base.evidence[ref].model for ref in refs)
