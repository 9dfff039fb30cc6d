"""Check a loaded base: every rule on every record, findings placed and weighed, everything counted.

Records are checked one by one with what they cite, so that a later engine can spread them over processes or keep
their results; only the base rules see the index and the date.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kbtool.diagnostics import INTERNAL_ERROR, Diagnostic, Finding, Location, Severity, in_order
from kbtool.quotes.words import lexicon
from kbtool.records.assemble import Loaded
from kbtool.records.base import KnowledgeBase, Record
from kbtool.records.layout import id_of
from kbtool.review.reviewed import ReviewState
from kbtool.review.state import review_state
from kbtool.review.waivers import Waived, apply_waivers
from kbtool.rules import RULES, Rules
from kbtool.rules.context import BaseView, SourceView, Terms, cited_by, documents_of
from kbtool.rules.decided import waived_contents
from kbtool.rules.rule import Rule
from kbtool.yamlsource.places import SourceMap, locate


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome of a check: diagnostics in order, and how many checks were made."""

    diagnostics: tuple[Diagnostic, ...]
    checks: int
    review: ReviewState | None = None
    """Decisions and standings; None where the base could not be read."""
    waived: tuple[Diagnostic, ...] = ()
    """What waivers silence."""


@dataclass(frozen=True, slots=True)
class _Raised:
    """A finding with the rule that yielded it and the record it is about."""

    rule: str
    record: Record[Any]
    finding: Finding


def check(loaded: Loaded, as_of: date, rules: Rules = RULES) -> Checked:
    """Every diagnostic of a loaded base as of a day; no rule runs where the base could not be read."""
    if loaded.base is None:
        return Checked(in_order(loaded.diagnostics), loaded.checks)
    base = loaded.base
    terms = Terms(base.vocabulary.model, lexicon(base.vocabulary.model), base.policy.model)
    review = review_state(base, as_of)
    view = BaseView(base, terms, as_of, rules.pages, review)
    raised = (*_record_findings(base, terms, rules), *_base_findings(view, rules))
    found = (*loaded.diagnostics, *_placed(raised, base, _severities(base, rules)), *_of_review(review, base, as_of))
    made = len(base.claims) * len(rules.claim) + len(base.evidence) * len(rules.evidence)
    made += len(base.sources) * len(rules.source) + len(rules.base) + len(base.review)
    waived = _waived(in_order(d for d in found if d.severity is not Severity.OFF), base, rules, as_of)
    return Checked(waived.kept, loaded.checks + made, review, waived.silenced)


def _waived(diagnostics: tuple[Diagnostic, ...], base: KnowledgeBase, rules: Rules, as_of: date) -> Waived:
    locked = frozenset(name for name, page in rules.pages.items() if page.locked)
    waivers = {name: record.model for name, record in base.waivers.items()}
    return apply_waivers(diagnostics, waivers, waived_contents(base), locked, as_of)


def _of_review(review: ReviewState, base: KnowledgeBase, as_of: date) -> Iterator[Diagnostic]:
    """What does not hold of decisions, governance and log, as diagnostics at the head of their files."""
    shown = {name: file.shown for name, file in base.review.items()}
    shown |= {"kb.yaml": base.config.file, "policy.yaml": base.policy.file, "reviewers.yaml": base.reviewers.file}
    for p in review.problems:
        where = Location(shown.get(p.file, p.file))
        yield Diagnostic(p.rule, Severity.ERROR, p.message, where, hint=p.hint, subject=p.subject or p.file)
    for id_, claim in review.claims.items():
        for decision in claim.decisions:
            if decision.predicate.on > as_of:
                message = f"the decision is dated {decision.predicate.on}, after this check, {as_of}"
                yield Diagnostic("date-in-future", Severity.ERROR, message, Location(shown[decision.file]), subject=id_)


def _record_findings(base: KnowledgeBase, terms: Terms, rules: Rules) -> Iterator[_Raised]:
    documents = documents_of(base)
    for claim in base.claims.values():
        cited = cited_by(claim.model, base, terms, documents)
        yield from _run(rules.claim, claim, cited)
    for evidence in base.evidence.values():
        yield from _run(rules.evidence, evidence, terms)
    for document, source in base.sources.items():
        yield from _run(rules.source, source, SourceView(terms, base.texts.get(document)))


def _run(rules: Iterable[Rule[Any]], record: Record[Any], view: object) -> Iterator[_Raised]:
    """The findings of every rule on one record, each rule given `view`; one that fails becomes a finding of its own."""
    for rule in rules:
        try:
            for finding in rule.check(record.model, view):
                yield _Raised(rule.name, record, finding)
        except Exception as error:  # noqa: BLE001 - one failing rule must hide neither the others nor itself
            yield _failed(rule.name, record, error)


def _base_findings(view: BaseView, rules: Rules) -> Iterator[_Raised]:
    records = _records_by_file(view.base)
    for rule in rules.base:
        try:
            for found in rule.check(view):
                yield _Raised(rule.name, records[found.file], found.finding)
        except Exception as error:  # noqa: BLE001 - see _run
            yield _failed(rule.name, view.base.config, error)


def _failed(rule: str, record: Record[Any], error: Exception) -> _Raised:
    message = f"rule {rule!r} failed on this record: {type(error).__name__}: {error}"
    return _Raised(INTERNAL_ERROR, record, Finding((), message, "this is a bug in kbtool; please report it"))


def _placed(raised: Iterable[_Raised], base: KnowledgeBase, severities: Mapping[str, Severity]) -> Iterator[Diagnostic]:
    """Findings as diagnostics: paths turned into places, severities as policy has them."""
    maps: dict[str, SourceMap] = {}
    records = _records_by_file(base)

    def place(record: Record[Any], path: tuple[str | int, ...]) -> Location:
        if record.file not in maps:
            maps[record.file] = locate(record.raw)
        found = maps[record.file].nearest(path)
        return Location(record.file, found.line, found.column)

    for item in raised:
        finding = item.finding
        related = tuple((place(records[file], path), remark) for file, path, remark in finding.related)
        where = place(item.record, finding.path)
        subject = getattr(item.record.model, "id", None) or id_of(item.record.file)
        hint = finding.hint + _elsewhere(item, base)
        yield Diagnostic(item.rule, severities[item.rule], finding.message, where, finding.path, hint, related, subject)


def _severities(base: KnowledgeBase, rules: Rules) -> Mapping[str, Severity]:
    """The severity of each rule: the policy's where it may set one, else the rule's own."""
    asked = base.policy.model.severities
    return {
        name: page.severity if page.locked or name not in asked else Severity(asked[name])
        for name, page in rules.pages.items()
    }


def _elsewhere(item: _Raised, base: KnowledgeBase) -> str:
    """For a missing quote: which other stored text holds it, so that a wrong document is told from invented words."""
    if item.rule != "quote-not-in-source" or not (quote := _value_at(item.record.model, item.finding.path)):
        return ""
    own = item.record.model.source.document
    holders = [document for document, text in base.texts.items() if document != own and quote in text]
    return f"; the words stand in {', '.join(repr(h) for h in holders)}" if holders else ""


def _value_at(model: object, path: tuple[str | int, ...]) -> str:
    for part in path:
        model = model[part] if isinstance(part, int) else getattr(model, part)  # type: ignore[index]
    return model if isinstance(model, str) else ""


def _records_by_file(base: KnowledgeBase) -> dict[str, Record[Any]]:
    records: list[Record[Any]] = [base.config, base.vocabulary, base.policy, base.reviewers]
    records += [*base.sources.values(), *base.evidence.values(), *base.claims.values(), *base.waivers.values()]
    return {record.file: record for record in records}
