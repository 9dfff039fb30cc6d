"""From what rules yield to diagnostics: each rule run so that its failure hides nothing, paths turned into places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kbtool.diagnostics import INTERNAL_ERROR, Diagnostic, Finding, Location, Severity
from kbtool.model.policy import Policy
from kbtool.records.base import Record
from kbtool.records.layout import id_of
from kbtool.rules import Rules
from kbtool.rules.context import BaseRule, BaseView
from kbtool.rules.rule import Rule
from kbtool.yamlsource.places import SourceMap, locate


@dataclass(frozen=True, slots=True)
class Raised:
    """A finding with the rule that yielded it and the record it is about."""

    rule: str
    record: Record[Any]
    finding: Finding


RecordOf = Callable[[str], Record[Any]]
"""Gives the record of a file by its printed name; raises KeyError where there is none."""


def run_on_record(rules: Iterable[Rule[Any]], record: Record[Any], view: object) -> Iterator[Raised]:
    """The findings of every rule on one record, each rule given `view`; one that fails becomes a finding of its own."""
    model = record.model
    for rule in rules:
        try:
            for finding in rule.check(model, view):
                yield Raised(rule.name, record, finding)
        except Exception as error:  # noqa: BLE001 - one failing rule must hide neither the others nor itself
            yield _failed(rule.name, record, error)


def run_on_base(rule: BaseRule, view: BaseView, record_of: RecordOf) -> Iterator[Raised]:
    """The findings of one rule on the whole index."""
    try:
        for found in rule.check(view):
            yield Raised(rule.name, record_of(found.file), found.finding)
    except Exception as error:  # noqa: BLE001 - see run_on_record
        yield _failed(rule.name, view.base.config, error)


def _failed(rule: str, record: Record[Any], error: Exception) -> Raised:
    message = f"rule {rule!r} failed on this record: {type(error).__name__}: {error}"
    return Raised(INTERNAL_ERROR, record, Finding((), message, "this is a bug in kbtool; please report it"))


def severities_of(policy: Policy, rules: Rules) -> Mapping[str, Severity]:
    """The severity of each rule: the policy's where it may set one, else the rule's own."""
    asked = policy.severities
    return {
        name: page.severity if page.locked or name not in asked else Severity(asked[name])
        for name, page in rules.pages.items()
    }


def placed(raised: Iterable[Raised], record_of: RecordOf, severities: Mapping[str, Severity]) -> Iterator[Diagnostic]:
    """Findings as diagnostics: paths turned into places, severities as policy has them."""
    maps: dict[str, SourceMap] = {}

    def place(record: Record[Any], path: tuple[str | int, ...]) -> Location:
        if record.file not in maps:
            maps[record.file] = locate(record.raw)
        found = maps[record.file].nearest(path)
        return Location(record.file, found.line, found.column)

    for item in raised:
        finding = item.finding
        related = tuple((place(record_of(file), path), remark) for file, path, remark in finding.related)
        where = place(item.record, finding.path)
        subject = getattr(item.record.model, "id", None) or id_of(item.record.file)
        yield Diagnostic(
            item.rule, severities[item.rule], finding.message, where, finding.path, finding.hint, related, subject
        )


def quote_sought(diagnostic: Diagnostic, record: Record[Any]) -> str:
    """The words that a quote names and its text does not hold; empty for every other diagnostic."""
    if diagnostic.rule != "quote-not-in-source":
        return ""
    value: Any = record.model
    for part in diagnostic.path:
        value = value[part] if isinstance(part, int) else getattr(value, part)
    return value if isinstance(value, str) else ""


def standing_elsewhere(quote: str, own: str, texts: Mapping[str, str]) -> str:
    """What to add to the hint for a missing quote: the other stored texts that hold it.

    So a wrong document is told from invented words. `own` is the document that the claim names.
    """
    holders = [document for document, text in texts.items() if document != own and quote in text] if quote else []
    return f"; the words stand in {', '.join(repr(h) for h in holders)}" if holders else ""
