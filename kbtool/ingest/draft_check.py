"""What the rules of a base say of new files, before any of them is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kbtool.diagnostics import Finding, Severity
from kbtool.records.assemble import Files, assemble
from kbtool.records.base import KnowledgeBase
from kbtool.records.layout import BaseFile
from kbtool.rules import CLAIM_RULES, EVIDENCE_RULES, SOURCE_RULES
from kbtool.rules.accounts import account_of
from kbtool.rules.context import SourceView, Terms, cited_by, documents_of
from kbtool.rules.rule import RulePage


@dataclass(frozen=True, slots=True)
class Frame:
    """What a base brings to the check of a document: its own files without any record, and its terms."""

    config: tuple[BaseFile, ...]
    """`kb.yaml`, and `reviewers.yaml` where there is one."""
    vocabulary: BaseFile
    policy: BaseFile
    terms: Terms
    schema_folder: str
    """Where the schemas are, as `kb.yaml` names it."""


def draft_problems(files: Mapping[str, bytes], frame: Frame) -> dict[str, str]:
    """For each of some new files of one document that breaks a rule, what the first such rule says.

    Raises ValueError where the frame itself is no base.
    """
    new = tuple(BaseFile(name, name, raw) for name, raw in files.items())
    loaded = assemble(Files((*frame.config, *new), frame.vocabulary, frame.policy))
    found: dict[str, str] = {}
    for each in loaded.diagnostics:
        if each.location.file in files:
            found.setdefault(each.location.file, f"{each.message} [{each.rule}]")
    if loaded.base is None:
        raise ValueError("the base without its records cannot be read")
    for name, said in _broken(loaded.base, frame.terms):
        found.setdefault(name, said)
    return found


def _broken(base: KnowledgeBase, terms: Terms) -> Iterator[tuple[str, str]]:
    """File and finding for each rule that a record breaks."""
    documents = documents_of(base)
    for record in base.claims.values():
        cited = cited_by(record.model, base, terms, documents)
        for rule in CLAIM_RULES:
            yield from (
                (record.file, _said(rule.page, each))
                for each in _errors(rule.page, rule.check(record.model, cited), terms)
            )
    for study in base.evidence.values():
        for of_evidence in EVIDENCE_RULES:
            findings = of_evidence.check(study.model, terms)
            yield from (
                (study.file, _said(of_evidence.page, each)) for each in _errors(of_evidence.page, findings, terms)
            )
    for document, source in base.sources.items():
        text = base.texts.get(document)
        for of_source in SOURCE_RULES:
            findings = of_source.check(source.model, SourceView(terms, text))
            yield from ((source.file, _said(of_source.page, each)) for each in _errors(of_source.page, findings, terms))
        account = account_of(source.model, text or "", [claim.model for claim in base.claims.values()])
        yield from (
            (source.file, f"the words {words!r} are in no record [text-unaccounted]") for *_, words in account.left
        )


def _errors(page: RulePage, findings: Iterator[Finding], terms: Terms) -> Iterator[Finding]:
    """The findings of a rule that weighs as an error."""
    weight = terms.policy.severities.get(page.name)
    is_error = page.severity is Severity.ERROR if page.locked or weight is None else weight == "error"
    return findings if is_error else iter(())


def _said(page: RulePage, finding: Finding) -> str:
    return f"{finding.message} [{page.name}]"
