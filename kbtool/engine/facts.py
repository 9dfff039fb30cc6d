"""What a board shows, made from models: rows of claims, evidence and sources, labels, and how claims stand."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from kbtool.engine.board import ClaimRow, SourceRow, StandingRow
from kbtool.model.claim import ClaimBase
from kbtool.model.evidence import Evidence
from kbtool.model.policy import Policy
from kbtool.model.source import Source
from kbtool.records.base import KnowledgeBase
from kbtool.review.needs import Need, risk_of
from kbtool.review.queue import reasons_of
from kbtool.review.reviewed import ClaimReview, ReviewState
from kbtool.review.standing import Case, notice_of, standing_on

_LISTS = ("claim_types", "ratings", "statuses", "caveat_kinds", "evidence_kinds", "skip_reasons")
"""Lists of the vocabulary whose labels a board shows."""


def claim_row(claim: ClaimBase, policy: Policy) -> ClaimRow:
    """A claim in a list."""
    return ClaimRow(
        type=str(getattr(claim, "type", "")),
        rating=claim.verdict.rating,
        statement=claim.statement,
        document=claim.source.document,
        caveats=[caveat.kind for caveat in claim.caveats],
        risk=risk_of(claim, policy),
        drafted=claim.drafted.on.isoformat(),
        id=claim.id,
    )


def evidence_row(evidence: Evidence) -> tuple[str, str]:
    """Kind of an evidence record, and how the work was seen."""
    return evidence.kind, evidence.seen.how


def source_row(source: Source) -> SourceRow:
    """A document in a summary."""
    skipped = Counter(skip.reason for skip in source.skipped)
    return SourceRow(source.title, len(source.sentences), dict(skipped), len(source.connectives))


def facts_of(base: KnowledgeBase, as_of: date) -> dict[str, Any]:
    """What is said of a base as a whole."""
    config, terms = base.config.model, base.vocabulary.model
    labels = {name: [(code, term.label) for code, term in getattr(terms, name).items()] for name in _LISTS}
    return {
        "title": config.title,
        "is_for": config.intended_use.is_for,
        "is_not": list(config.intended_use.is_not),
        "reviewers": len(base.reviewers.model.reviewers),
        "labels": labels,
        "undecided": _undecided(as_of),
    }


def _undecided(as_of: date) -> StandingRow:
    """How every claim stands of which nothing was ever decided, whatever its approval would take."""
    need = Need("low", 1, (), None)
    return standing_row(ClaimReview(None, (), need, "draft", standing_on(Case("", (), need, {}), as_of)), as_of)


def standing_row(review: ClaimReview, as_of: date) -> StandingRow:
    """How a claim stands, and why it needs a look."""
    standing = review.standing
    lapsed = standing.lapses_on if standing.lapses_on and standing.lapses_on <= as_of else None
    reasons = list(reasons_of(review, as_of))
    return StandingRow(standing.value, notice_of(standing), reasons, lapsed.isoformat() if lapsed else None)


def standing_rows(review: ReviewState, as_of: date) -> dict[str, StandingRow]:
    """How every claim stands."""
    return {id_: standing_row(claim, as_of) for id_, claim in review.claims.items()}
