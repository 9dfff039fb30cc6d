"""Every rule, in literal tables by what it looks at; the order is the running order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kbtool.rules import (
    caveats,
    configuration,
    decided,
    evidence_records,
    measures,
    placeholders,
    quotes,
    relations,
    repeats,
    sources,
    statement,
    support,
    terms,
    whole_base,
)
from kbtool.rules.context import BaseRule, ClaimRule, EvidenceRule, SourceRule
from kbtool.rules.loading import loading_pages
from kbtool.rules.review_pages import review_pages
from kbtool.rules.rule import RulePage


@dataclass(frozen=True, slots=True)
class Rules:
    """What a check runs: the rules by what they look at, and the page of every rule by name."""

    claim: tuple[ClaimRule, ...]
    evidence: tuple[EvidenceRule, ...]
    source: tuple[SourceRule, ...]
    base: tuple[BaseRule, ...]
    pages: Mapping[str, RulePage]


CLAIM_RULES: tuple[ClaimRule, ...] = (
    *quotes.RULES,
    *statement.RULES,
    *measures.RULES,
    *caveats.RULES,
    *support.RULES,
    *placeholders.CLAIM_RULES,
    *terms.CLAIM_RULES,
)
EVIDENCE_RULES: tuple[EvidenceRule, ...] = (
    *evidence_records.RULES,
    *placeholders.EVIDENCE_RULES,
    *terms.EVIDENCE_RULES,
)
SOURCE_RULES: tuple[SourceRule, ...] = (*sources.RULES, *terms.SOURCE_RULES)
BASE_RULES: tuple[BaseRule, ...] = (
    *configuration.RULES,
    *terms.BASE_RULES,
    *relations.RULES,
    *repeats.RULES,
    *whole_base.RULES,
    *decided.RULES,
)

PAGES: Mapping[str, RulePage] = {
    page.name: page
    for page in sorted(
        (
            *loading_pages(),
            *review_pages(),
            *(rule.page for rule in CLAIM_RULES),
            *(rule.page for rule in EVIDENCE_RULES),
            *(rule.page for rule in SOURCE_RULES),
            *(rule.page for rule in BASE_RULES),
        ),
        key=lambda page: page.name,
    )
}
"""The manual page of every rule, by name."""

RULES = Rules(CLAIM_RULES, EVIDENCE_RULES, SOURCE_RULES, BASE_RULES, PAGES)
"""Every rule that there is."""
