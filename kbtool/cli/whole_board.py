"""The board of a base that was read and held in full, for what the cache can tell nothing of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kbtool.cli.base import Outcome, usable
from kbtool.engine.board import Board, Rows, tally_of
from kbtool.engine.facts import claim_row, evidence_row, facts_of, source_row, standing_rows
from kbtool.rules.accounts import accounts_of

if TYPE_CHECKING:
    from kbtool.records.base import KnowledgeBase


def whole_board(outcome: Outcome) -> Board:
    """What there is to see of a base at a glance; raises Unusable where it could not be read."""
    base: KnowledgeBase = usable(outcome)
    if outcome.review is None:
        raise ValueError("a base that could be read has no review")
    policy = base.policy.model
    groups: dict[str, Mapping[str, Any]] = {
        "shown": {id_: claim_row(record.model, policy) for id_, record in base.claims.items()},
        "seen": {slug: evidence_row(record.model) for slug, record in base.evidence.items()},
        "titles": {document: source_row(record.model) for document, record in base.sources.items()},
        "accounts": accounts_of(base),
    }
    rows, standings = Rows(groups), standing_rows(outcome.review, outcome.as_of)
    counted = {
        "files": outcome.loaded.files,
        "records": outcome.loaded.records,
        "checks": outcome.checks,
        "claims": len(base.claims),
        "problems": len(set(outcome.loaded.diagnostics)) + len(outcome.review.problems),
        "unread": len({d.location.file for d in outcome.loaded.diagnostics}),
    }
    return Board(
        facts=facts_of(base, outcome.as_of),
        checked=counted,
        severities=Counter(d.severity.value for d in outcome.diagnostics),
        rows=rows.whole,
        tally=lambda: tally_of(rows.whole),
        standings=lambda: standings,
        record=lambda id_: base.claims[id_].model.model_dump(mode="json", by_alias=True),
    )
