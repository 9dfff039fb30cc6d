"""Granting a waiver: what it covers now, and the file that says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from kbtool.diagnostics import Diagnostic
from kbtool.model.decision import Waiver
from kbtool.records.base import KnowledgeBase
from kbtool.review.content import content_of, evidence_digest
from kbtool.review.edits import Edit, Refusal
from kbtool.yamlsource.write import WriteError, write


@dataclass(frozen=True, slots=True)
class Asked:
    """The exception that somebody asks for."""

    rule: str
    record: str
    """Id of a claim or evidence record."""
    reason: str
    by: str
    """Id of the reviewer who grants it."""
    on: date
    until: date


@dataclass(frozen=True, slots=True)
class Granted:
    """A waiver as a file, and what it silences now."""

    edit: Edit
    silenced: tuple[Diagnostic, ...]


def waive(
    asked: Asked, base: KnowledgeBase, diagnostics: Sequence[Diagnostic], locked: Mapping[str, bool]
) -> Granted | Refusal:
    """The waiver asked for, or why there can be none; `locked` says of every rule whether it is locked."""
    if refusal := _rule_refusal(asked.rule, locked) or _refusal(asked, base):
        return refusal
    silenced = tuple(d for d in diagnostics if (d.rule, d.subject) == (asked.rule, asked.record))
    if not silenced:
        return Refusal(
            f"rule {asked.rule!r} finds nothing in {asked.record!r}", "'kbtool validate' lists what it finds"
        )
    waiver = Waiver(
        rule=asked.rule,
        record=asked.record,
        content=_content(asked.record, base),
        reason=asked.reason,
        by=asked.by,
        on=asked.on,
        until=asked.until,
    )
    try:
        raw = write({name: str(value) for name, value in waiver.model_dump(mode="json").items()})
    except WriteError as error:
        return Refusal(f"the waiver cannot be written: {error}", "give a plain reason")
    return Granted(Edit(_name(asked, base), raw, None), silenced)


def _rule_refusal(rule: str, locked: Mapping[str, bool]) -> Refusal | None:
    if rule not in locked:
        near = get_close_matches(rule, list(locked), n=1)
        return Refusal(
            f"there is no rule {rule!r}", f"did you mean {near[0]!r}?" if near else "'kbtool rules' lists all"
        )
    if locked[rule]:
        return Refusal(f"rule {rule!r} is locked and cannot be waived", f"mend it: 'kbtool explain {rule}' says how")
    return None


def _refusal(asked: Asked, base: KnowledgeBase) -> Refusal | None:
    if asked.record not in base.claims and asked.record not in base.evidence:
        return Refusal(f"there is no claim or evidence {asked.record!r}", "'kbtool list' lists the claims")
    if asked.by not in {reviewer.id for reviewer in base.reviewers.model.reviewers}:
        return Refusal(f"{asked.by!r} is no reviewer of this base", "reviewers stand in reviewers.yaml")
    if not asked.reason.strip():
        return Refusal("the waiver has no reason", "say why with --reason")
    if asked.until < asked.on:
        return Refusal(f"the waiver would end on {asked.until}, before it begins", "give a later day with --until")
    return None


def _content(record: str, base: KnowledgeBase) -> str:
    if record in base.claims:
        return content_of(base.claims[record].model, base).digest
    return evidence_digest(base.evidence[record].model)


def _name(asked: Asked, base: KnowledgeBase) -> str:
    """A name that no waiver has: rule and record, and a number from the second on."""
    stem = f"{asked.rule}-{asked.record.replace('/', '-')}"
    number, name = 1, stem
    while name in base.waivers:
        number += 1
        name = f"{stem}-{number}"
    return f"waivers/{name}.yaml"
