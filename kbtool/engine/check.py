"""Check a loaded base: every rule on every record, findings placed and weighed, everything counted.

Records are checked one by one with what they cite, so that a later engine can spread them over processes or keep
their results; only the base rules see the index and the date.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kbtool.diagnostics import Diagnostic, Location, Severity, in_order
from kbtool.engine.findings import (
    Raised,
    RecordOf,
    placed,
    quote_sought,
    run_on_base,
    run_on_record,
    severities_of,
    standing_elsewhere,
)
from kbtool.quotes.words import lexicon
from kbtool.records.assemble import Loaded
from kbtool.records.base import KnowledgeBase, Record
from kbtool.review.reviewed import ReviewState
from kbtool.review.state import review_state
from kbtool.review.waivers import Waived, apply_waivers
from kbtool.rules import RULES, Rules
from kbtool.rules.columns import columns_of
from kbtool.rules.context import BaseView, SourceView, Terms, cited_by, documents_of
from kbtool.rules.decided import waived_contents


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome of a check: diagnostics in order, and how many checks were made."""

    diagnostics: tuple[Diagnostic, ...]
    checks: int
    review: ReviewState | None = None
    """Decisions and standings; None where the base could not be read."""
    waived: tuple[Diagnostic, ...] = ()
    """What waivers silence."""


def check(loaded: Loaded, as_of: date, rules: Rules = RULES) -> Checked:
    """Every diagnostic of a loaded base as of a day; no rule runs where the base could not be read."""
    if loaded.base is None:
        return Checked(in_order(loaded.diagnostics), loaded.checks)
    base = loaded.base
    terms = terms_of(base)
    review = review_state(base, as_of)
    view = BaseView(base, terms, as_of, rules.pages, review, columns_of(base))
    records = _records_by_file(base)
    raised = (*_record_findings(base, terms, rules), *_base_findings(view, rules, records.__getitem__))
    rule_diagnostics = placed(raised, records.__getitem__, severities_of(base.policy.model, rules))
    found = (
        *loaded.diagnostics,
        *(_with_holders(diagnostic, base, records) for diagnostic in rule_diagnostics),
        *review_diagnostics(review, base, as_of),
    )
    made = len(base.claims) * len(rules.claim) + len(base.evidence) * len(rules.evidence)
    made += len(base.sources) * len(rules.source) + len(rules.base) + len(base.review)
    waived = waived_diagnostics(found, base, rules, as_of)
    return Checked(waived.kept, loaded.checks + made, review, waived.silenced)


def terms_of(base: KnowledgeBase) -> Terms:
    """The vocabulary and policy of a base, ready for rules."""
    return Terms(base.vocabulary.model, lexicon(base.vocabulary.model), base.policy.model)


def waived_diagnostics(found: Iterable[Diagnostic], base: KnowledgeBase, rules: Rules, as_of: date) -> Waived:
    """The diagnostics in order, those that the policy switches off left out, and parted by the base's waivers."""
    diagnostics = in_order(d for d in found if d.severity is not Severity.OFF)
    locked = frozenset(name for name, page in rules.pages.items() if page.locked)
    waivers = {name: record.model for name, record in base.waivers.items()}
    return apply_waivers(diagnostics, waivers, waived_contents(base), locked, as_of)


def review_diagnostics(review: ReviewState, base: KnowledgeBase, as_of: date) -> Iterator[Diagnostic]:
    """What does not hold of decisions, governance and log, as diagnostics at the head of their files."""
    shown = {name: file.shown for name, file in base.review.items()}
    shown |= {"kb.yaml": base.config.file, "policy.yaml": base.policy.file, "reviewers.yaml": base.reviewers.file}
    severities = severities_of(base.policy.model, RULES)
    for p in (*review.problems, *review.remarks):
        where = Location(shown.get(p.file, p.file))
        yield Diagnostic(p.rule, severities[p.rule], p.message, where, hint=p.hint, subject=p.subject or p.file)
    for id_, claim in review.claims.items():
        for decision in claim.decisions:
            if decision.predicate.on > as_of:
                message = f"the decision is dated {decision.predicate.on}, after this check, {as_of}"
                yield Diagnostic("date-in-future", Severity.ERROR, message, Location(shown[decision.file]), subject=id_)


def _record_findings(base: KnowledgeBase, terms: Terms, rules: Rules) -> Iterator[Raised]:
    documents = documents_of(base)
    for claim in base.claims.values():
        cited = cited_by(claim.model, base, terms, documents)
        yield from run_on_record(rules.claim, claim, cited)
    for evidence in base.evidence.values():
        yield from run_on_record(rules.evidence, evidence, terms)
    for document, source in base.sources.items():
        yield from run_on_record(rules.source, source, SourceView(terms, base.texts.get(document)))


def _base_findings(view: BaseView, rules: Rules, record_of: RecordOf) -> Iterator[Raised]:
    for rule in rules.base:
        yield from run_on_base(rule, view, record_of)


def _with_holders(diagnostic: Diagnostic, base: KnowledgeBase, records: Mapping[str, Record[Any]]) -> Diagnostic:
    """The diagnostic with, for a missing quote, the other texts that hold it."""
    record = records[diagnostic.location.file]
    if not (quote := quote_sought(diagnostic, record)):
        return diagnostic
    return replace(
        diagnostic, hint=diagnostic.hint + standing_elsewhere(quote, record.model.source.document, base.texts)
    )


def _records_by_file(base: KnowledgeBase) -> dict[str, Record[Any]]:
    records: list[Record[Any]] = [base.config, base.vocabulary, base.policy, base.reviewers]
    records += [*base.sources.values(), *base.evidence.values(), *base.claims.values(), *base.waivers.values()]
    return {record.file: record for record in records}
