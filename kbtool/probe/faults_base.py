"""Faults that only the whole base shows: links, sources, doubles, dates, policy, typed statuses, releases."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from kbtool.diagnostics import Path
from kbtool.model.claim import ClaimBase
from kbtool.model.evidence import Evidence
from kbtool.probe.edits import data_of, on_claim, on_evidence, planted, without
from kbtool.probe.fault import Fault, NotApplicable, Plant, Planted, Scratch, caught_by
from kbtool.probe.faults_quotes import quotes_in
from kbtool.probe.gates import POLICY, VANISHED, VOCABULARY, by_release
from kbtool.yamlsource.write import write

_NO_CLAIM = "the base has no claim"


def _claim_gone(scratch: Scratch) -> Planted | NotApplicable:
    """The claim whose words are in no other record: the first that quotes a text."""
    for id_, record in sorted(scratch.base.claims.items()):
        if not _quoted_elsewhere(record.model, scratch):
            return Planted(without(scratch.files, f"{id_}.yaml"), f"{id_}.yaml: deleted")
    return NotApplicable("no claim quotes words that no other claim quotes")


def _quoted_elsewhere(claim: ClaimBase, scratch: Scratch) -> bool:
    mine = [span for _, _, span, _ in quotes_in(claim, scratch)]
    others = (r.model for id_, r in scratch.base.claims.items() if id_ != claim.id)
    same = [other for other in others if other.source.document == claim.source.document]
    theirs = [span for other in same for _, _, span, _ in quotes_in(other, scratch)]
    return not mine or all(any(start < e and s < end for s, e in theirs) for start, end in mine)


def _on_tomorrow(scratch: Scratch) -> str:
    return (scratch.as_of + timedelta(days=1)).isoformat()


@on_claim("no claim is of a stored text")
def _drafted_early(claim: ClaimBase, scratch: Scratch) -> dict[Path, Any] | None:
    source = scratch.base.sources.get(claim.source.document)
    return {("drafted", "on"): (source.model.text.stored - timedelta(days=1)).isoformat()} if source else None


def _other_folder(scratch: Scratch) -> Planted | NotApplicable:
    """A claim moved, id and all, into the folder of another document."""
    first = min(scratch.base.claims, default=None)
    if first is None:
        return NotApplicable(_NO_CLAIM)
    moved = f"probe-folder/{first.partition('/')[2]}"
    data = data_of(scratch.files, f"{first}.yaml") | {"id": moved}
    files = {**without(scratch.files, f"{first}.yaml"), f"{moved}.yaml": write(data)}
    return Planted(files, f"{first}.yaml: moved to {moved}.yaml")


def _reviewer_twice(scratch: Scratch) -> Planted:
    person = {"id": "probe-reviewer", "name": "Scratch Reviewer", "roles": ["reviewer"]}
    return planted(scratch, "reviewers.yaml", {("reviewers",): [person, person]})


def _schema_file(name: str, path: Path, value: object) -> Plant:
    return lambda scratch: planted(scratch, name, {path: value})


def _type_gone(scratch: Scratch) -> Planted:
    types = data_of(scratch.files, VOCABULARY)["claim_types"]
    entry = {"label": "Rumour", "definition": "A type that the tool has no model for."}
    return planted(scratch, VOCABULARY, {("claim_types",): types | {"rumour": entry}})


def _connective_that_denies(scratch: Scratch) -> Planted:
    count = len(scratch.base.vocabulary.model.connectives)
    return planted(scratch, VOCABULARY, {("connectives", count): f"but {scratch.base.vocabulary.model.negations[0]}"})


def _unknown_type_in_policy(scratch: Scratch) -> Planted:
    need = {"when": {"types": ["probe-no-such-type"]}, "any_of": ["probe-no-such-kind"], "why": "Made up."}
    return planted(scratch, POLICY, {("caveats",): [*data_of(scratch.files, POLICY).get("caveats", []), need]})


@on_evidence("the base has no evidence record")
def _status_tomorrow(evidence: Evidence, scratch: Scratch) -> dict[Path, Any] | None:
    del evidence
    return {("status", "on"): _on_tomorrow(scratch)}


def _vanished(scratch: Scratch) -> Planted | NotApplicable:
    first = min(scratch.base.claims, default=None)
    if first is None:
        return NotApplicable(_NO_CLAIM)
    files = without(scratch.files, f"{first}.yaml")
    return Planted(files, f"{first}.yaml: deleted after a release", by_release(frozenset(scratch.base.claims)))


FAULTS: tuple[Fault[Scratch], ...] = (
    Fault(
        "claim-deleted", "a claim deleted, so that words are in no record", caught_by("text-unaccounted"), _claim_gone
    ),
    Fault(
        "drafted-tomorrow",
        "a date that has not come",
        caught_by("date-in-future"),
        on_claim(_NO_CLAIM)(lambda _c, s: {("drafted", "on"): _on_tomorrow(s)}),
    ),
    Fault("status-of-tomorrow", "a work that is found current tomorrow", caught_by("date-in-future"), _status_tomorrow),
    Fault(
        "drafted-before-stored",
        "a claim older than the text it quotes",
        caught_by("dates-out-of-order"),
        _drafted_early,
    ),
    Fault(
        "claim-in-other-folder",
        "a claim in the folder of another document",
        caught_by("claim-in-wrong-folder"),
        _other_folder,
    ),
    Fault("reviewer-twice", "two reviewers with one id", caught_by("malformed-reviewer"), _reviewer_twice),
    Fault(
        "base-url-run-together",
        "a base URL without its slash",
        caught_by("base-url-without-slash"),
        _schema_file("kb.yaml", ("base_url",), "https://kb.example.org/base"),
    ),
    Fault(
        "locked-rule-lowered",
        "a locked rule switched off by policy",
        caught_by("policy-lowers-locked-rule"),
        _schema_file(POLICY, ("severities",), {"quote-not-in-source": "off"}),
    ),
    Fault(
        "severity-of-no-rule",
        "a severity for a rule that does not exist",
        caught_by("unknown-rule-in-policy"),
        _schema_file(POLICY, ("severities",), {"probe-no-such-rule": "error"}),
    ),
    Fault(
        "policy-of-no-type",
        "a policy for a type of claim that does not exist",
        caught_by("unknown-term"),
        _unknown_type_in_policy,
    ),
    Fault(
        "type-without-model", "a claim type that the tool does not know", caught_by("claim-types-at-odds"), _type_gone
    ),
    Fault(
        "connective-that-denies",
        "a joining word of the vocabulary that denies",
        caught_by("vocabulary-at-odds"),
        _connective_that_denies,
    ),
    Fault(
        "approval-by-typing",
        "'approved' typed into a record",
        caught_by("status-without-decision"),
        on_claim(_NO_CLAIM)(lambda _c, _s: {("review", "status"): "approved"}),
    ),
    Fault("released-id-vanished", "a claim gone that was in the last release", caught_by(VANISHED), _vanished),
)
"""Faults of the whole base, as a literal list."""
