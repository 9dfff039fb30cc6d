"""Rules on vocabulary terms: every term used is one that the vocabulary has."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from difflib import get_close_matches

from kbtool.diagnostics import Finding, Path, Severity
from kbtool.model.base import Coded
from kbtool.model.claim import ClaimBase
from kbtool.model.evidence import Evidence
from kbtool.model.references import CODED_FIELDS
from kbtool.model.source import Source
from kbtool.model.vocabulary import Vocabulary
from kbtool.rules.context import (
    BaseFinding,
    BaseRule,
    BaseView,
    Cited,
    ClaimRule,
    EvidenceRule,
    SourceRule,
    SourceView,
    Terms,
)
from kbtool.rules.rule import Rule, page_of

PAGE = """A term is used that the vocabulary does not have.

    Why: a misspelt caveat kind or rating falls through every policy and every filter.

    Mend: use a term of the list (the hint has the nearest), or add one to `vocabulary.yaml`, with its label."""


def _missing(path: Path, value: str, terms: Collection[str], list_name: str) -> Iterator[Finding]:
    if value not in terms:
        near = get_close_matches(value, list(terms), n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"the vocabulary has: {', '.join(terms)}"
        yield Finding(path, f"{value!r} is not among the {list_name.replace('_', ' ')} of the vocabulary", hint)


def _claim_terms(claim: ClaimBase, cited: Cited) -> Iterator[tuple[Path, str, str]]:
    """Path, term and list name of every term in a claim."""
    for i, caveat in enumerate(claim.caveats):
        yield ("caveats", i, "kind"), caveat.kind, "caveat_kinds"
    for i, link in enumerate(claim.evidence):
        yield ("evidence", i, "stance"), link.stance, "stances"
        yield ("evidence", i, "directness"), link.directness, "directness"
    for i, relation in enumerate(claim.relations):
        yield ("relations", i, "kind"), relation.kind, "relation_kinds"
    yield ("verdict", "rating"), claim.verdict.rating, "ratings"
    if claim.verdict.certainty:
        yield ("verdict", "certainty", "level"), claim.verdict.certainty.level, "certainty_levels"
    for path, value in cited.typed:
        if isinstance(value, Coded):
            yield (*path, "code"), value.code, CODED_FIELDS[str(path[0])]


def _in_claim(claim: ClaimBase, cited: Cited) -> Iterator[Finding]:
    vocabulary = cited.terms.vocabulary
    for path, value, name in _claim_terms(claim, cited):
        if value not in getattr(vocabulary, name):
            yield from _missing(path, value, getattr(vocabulary, name), name)


def _in_evidence(evidence: Evidence, terms: Terms) -> Iterator[Finding]:
    yield from _missing(("kind",), evidence.kind, terms.vocabulary.evidence_kinds, "evidence_kinds")


def _in_source(source: Source, view: SourceView) -> Iterator[Finding]:
    for i, skip in enumerate(source.skipped):
        yield from _missing(("skipped", i, "reason"), skip.reason, view.terms.vocabulary.skip_reasons, "skip_reasons")


def _in_schema(view: BaseView) -> Iterator[BaseFinding]:
    vocabulary, policy = view.terms.vocabulary, view.terms.policy
    for rating, entry in vocabulary.ratings.items():
        for i, stance in enumerate(entry.needs):
            path: Path = ("ratings", rating, "needs", i)
            yield from _in_file(view.base.vocabulary.file, _missing(path, stance, vocabulary.stances, "stances"))
    for i, need in enumerate(policy.caveats):
        for j, kind in enumerate(need.any_of):
            path = ("caveats", i, "any_of", j)
            yield from _in_file(view.base.policy.file, _missing(path, kind, vocabulary.caveat_kinds, "caveat_kinds"))
    for section in ("caveats", "evidence", "risks", "approvals", "lifetimes"):
        yield from _in_file(view.base.policy.file, _conditions(section, view, vocabulary))


def _conditions(section: str, view: BaseView, vocabulary: Vocabulary) -> Iterator[Finding]:
    for i, need in enumerate(getattr(view.terms.policy, section)):
        for name, list_name in (("types", "claim_types"), ("ratings", "ratings")):
            for j, value in enumerate(getattr(need.when, name)):
                yield from _missing((section, i, "when", name, j), value, getattr(vocabulary, list_name), list_name)


def _in_file(file: str, findings: Iterator[Finding]) -> Iterator[BaseFinding]:
    for finding in findings:
        yield BaseFinding(file, finding)


_PAGE = page_of("unknown-term", PAGE, Severity.ERROR, locked=True)

CLAIM_RULES: tuple[ClaimRule, ...] = (Rule(_PAGE, _in_claim),)
EVIDENCE_RULES: tuple[EvidenceRule, ...] = (Rule(_PAGE, _in_evidence),)
SOURCE_RULES: tuple[SourceRule, ...] = (Rule(_PAGE, _in_source),)
BASE_RULES: tuple[BaseRule, ...] = (Rule(_PAGE, _in_schema),)
