"""Faults of verdicts and of what they lean on: uncited, unseen, retracted, invented, ignored."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from kbtool.diagnostics import Path
from kbtool.model.claim import ClaimBase, EvidenceLink, StudyRef
from kbtool.model.evidence import Evidence
from kbtool.probe.edits import DROP, on_claim, planted
from kbtool.probe.fault import Fault, NotApplicable, Plant, Planted, Scratch, caught_by
from kbtool.probe.faults_statements import INVENTED
from kbtool.review.conditions import holds

_BOUNDED = re.compile(r"\b(more than|at least|fewer than|less than|at most) (\d[\d.]*)", re.IGNORECASE)
_TURNED = {
    "more than": "less than",
    "at least": "at most",
    "fewer than": "more than",
    "less than": "more than",
    "at most": "at least",
}
_TIMED = re.compile(r"\b(\d+)( )(minutes|weeks|days|hours|mg)\b")


Link = Callable[[EvidenceLink, Evidence, int], dict[Path, Any] | None]


def _link(change: Link, lacking: str) -> Plant:
    """A change in the first link to readable evidence, of the first claim, for which the function has one."""

    @on_claim(lacking)
    def plant(claim: ClaimBase, scratch: Scratch) -> dict[Path, Any] | None:
        evidence = scratch.base.evidence
        links = ((link, evidence[link.ref].model, i) for i, link in enumerate(claim.evidence) if link.ref in evidence)
        return next((each for each in (change(*link) for link in links) if each), None)

    return plant


def _finding(change: Callable[[str, Evidence], str | None], lacking: str) -> Plant:
    def edit(link: EvidenceLink, evidence: Evidence, index: int) -> dict[Path, Any] | None:
        other = change(link.finding, evidence)
        return {("evidence", index, "finding"): other} if other else None

    return _link(edit, lacking)


def _words_of(evidence: Evidence) -> str:
    """Everything in the record that may hold a number."""
    return str(evidence.model_dump(mode="json"))


def _turned_bound(finding: str, evidence: Evidence) -> str | None:
    for found in _BOUNDED.finditer(finding):
        words = _words_of(evidence)
        bounded = re.findall(rf"(?i){found[1]} {re.escape(found[2])}(?![\d.]\d)", words)
        if bounded and len(re.findall(rf"(?<![\d.]){re.escape(found[2])}(?![\d.]\d|\d)", words)) == len(bounded):
            return f"{finding[: found.start()]}{_TURNED[found[1].lower()]} {found[2]}{finding[found.end() :]}"
    return None


def _other_unit(finding: str, evidence: Evidence) -> str | None:
    for found in _TIMED.finditer(finding):
        words, number = _words_of(evidence), re.escape(found[1])
        with_unit = re.findall(rf"(?<![\d.]){number} {found[3]}", words)
        if with_unit and len(re.findall(rf"(?<![\d.]){number}(?![\d.]\d|\d)", words)) == len(with_unit):
            return f"{finding[: found.start()]}{found[1]} kg{finding[found.end() :]}"
    return None


def _no_support(claim: ClaimBase, scratch: Scratch) -> dict[Path, Any] | None:
    rating = scratch.base.vocabulary.model.ratings.get(claim.verdict.rating)
    stances = scratch.base.vocabulary.model.stances
    if rating is None or not rating.needs or not claim.evidence:
        return None
    other = next((stance for stance in stances if stance not in rating.needs), None)
    return {("evidence", i, "stance"): other for i in range(len(claim.evidence))} if other else None


def _contrary(claim: ClaimBase, scratch: Scratch) -> dict[Path, Any] | None:
    del scratch
    against = {"supported": "contradicts", "contradicted": "supports"}.get(claim.verdict.rating)
    free = [i for i, link in enumerate(claim.evidence) if link.stance == "context"]
    return {("evidence", free[0], "stance"): against} if against and free else None


def _of_evidence_cited(change: dict[Path, Any], lacking: str) -> Plant:
    """A change of the one record whose stance a verdict leans on."""

    def plant(scratch: Scratch) -> Planted | NotApplicable:
        for _, record in sorted(scratch.base.claims.items()):
            leaning = [link.ref for link in record.model.evidence if link.stance != "context"]
            if len(leaning) == 1 and leaning[0] in scratch.base.evidence:
                state = scratch.base.evidence[leaning[0]].model
                if state.status.state == "current" and state.seen.how in {"full-text", "abstract"}:
                    return planted(scratch, f"evidence/{leaning[0]}.yaml", change)
        return NotApplicable(lacking)

    return plant


@on_claim("no claim leans on an untraced study")
def _untraced_unsaid(claim: ClaimBase, scratch: Scratch) -> dict[Path, Any] | None:
    study: StudyRef | None = getattr(claim, "study", None)
    record = scratch.base.evidence.get(study.ref) if study else None
    if record is None or record.model.status.state != "untraced":
        return None
    left = [i for i, caveat in enumerate(claim.caveats) if caveat.kind == "untraced-citation"]
    return {("caveats", i): DROP for i in reversed(left)} or None


def _stance_of_unseen(link: EvidenceLink, evidence: Evidence, index: int) -> dict[Path, Any] | None:
    unseen = evidence.seen.how == "not-seen" or evidence.status.state in {"untraced", "retracted"}
    return {("evidence", index, "stance"): "supports"} if unseen and link.stance == "context" else None


@on_claim("no claim has a verdict without a certainty")
def _own_certainty(claim: ClaimBase, scratch: Scratch) -> dict[Path, Any] | None:
    cited = {link.ref for link in claim.evidence}
    slug = next((slug for slug in sorted(scratch.base.evidence) if slug not in cited), None)
    level = next(iter(scratch.base.vocabulary.model.certainty_levels), None)
    if claim.verdict.certainty or not slug or not level:
        return None
    return {("verdict", "certainty"): {"level": level, "stated_by": slug, "outcome": "the outcome"}}


@on_claim("no claim cites evidence")
def _cited_twice(claim: ClaimBase, scratch: Scratch) -> dict[Path, Any] | None:
    if not claim.evidence:
        return None
    link = claim.evidence[0].model_dump(mode="json", exclude_none=True)
    del scratch
    return {("evidence", len(claim.evidence)): link}


@on_claim("policy asks no claim for evidence")
def _uncited(claim: ClaimBase, scratch: Scratch) -> dict[Path, Any] | None:
    asked = any(holds(need.when, claim) and need.at_least for need in scratch.base.policy.model.evidence)
    return {("evidence",): []} if asked and claim.evidence else None


@on_claim("the base has no claim")
def _rationale(claim: ClaimBase, scratch: Scratch) -> dict[Path, Any] | None:
    del scratch
    return {("verdict", "rationale"): f"{claim.verdict.rationale} This holds for {INVENTED} people."}


_NO_CAVEAT, _NO_CLAIM, _NO_LINK = "no claim has a caveat", "the base has no claim", "no claim cites readable evidence"
_NO_LEAN = "no verdict leans on exactly one work that was seen"

FAULTS: tuple[Fault[Scratch], ...] = (
    Fault(
        "placeholder-rationale",
        "a rationale that says nothing",
        caught_by("placeholder-text"),
        on_claim(_NO_CLAIM)(lambda _c, _s: {("verdict", "rationale"): "..."}),
    ),
    Fault(
        "dangling-evidence",
        "a claim that cites a record that is not there",
        caught_by("dangling-evidence"),
        _link(lambda _l, _e, i: {("evidence", i, "ref"): "probe-no-such-record"}, _NO_LINK),
    ),
    Fault("evidence-cited-twice", "one study listed as two", caught_by("evidence-repeated"), _cited_twice),
    Fault("evidence-dropped", "a verdict with all its evidence gone", caught_by("evidence-missing"), _uncited),
    Fault(
        "verdict-without-support",
        "a rating that no cited stance carries",
        caught_by("verdict-without-support"),
        on_claim("no rating needs a stance")(_no_support),
    ),
    Fault(
        "contrary-evidence-ignored",
        "a rating against which cited evidence speaks",
        caught_by("verdict-ignores-contrary-evidence"),
        on_claim("no claim rated supported or contradicted cites evidence as context")(_contrary),
    ),
    Fault(
        "retracted-still-supporting",
        "a retracted work that still carries a verdict",
        caught_by("evidence-not-seen"),
        _of_evidence_cited({("status", "state"): "retracted"}, _NO_LEAN),
    ),
    Fault(
        "retracted-last-support",
        "the only work behind a rating retracted",
        caught_by("verdict-without-support"),
        _of_evidence_cited({("status", "state"): "retracted"}, _NO_LEAN),
    ),
    Fault(
        "second-hand-only",
        "a verdict on what others say of a study",
        caught_by("second-hand-verdict"),
        _of_evidence_cited({("seen", "how"): "second-hand"}, _NO_LEAN),
    ),
    Fault(
        "untraced-unsaid",
        "an untraced study without its caveat",
        caught_by("untraced-without-caveat"),
        _untraced_unsaid,
    ),
    Fault(
        "unseen-made-support",
        "a work that nobody saw made to support",
        caught_by("evidence-not-seen"),
        _link(_stance_of_unseen, "no claim cites unseen, untraced or retracted evidence as context"),
    ),
    Fault(
        "certainty-of-our-own",
        "a certainty that no cited review states",
        caught_by("certainty-without-review"),
        _own_certainty,
    ),
    Fault(
        "number-in-finding",
        "a number in a finding that its record does not have",
        caught_by("finding-number-without-source"),
        _finding(lambda f, _: f"{f} It was so in {INVENTED} people.", _NO_LINK),
    ),
    Fault(
        "finding-bound-turned",
        "'less than' for 'more than' in a finding",
        caught_by("measure-not-in-record"),
        _finding(_turned_bound, "no finding shares a number with a bound with its record"),
    ),
    Fault(
        "finding-unit-changed",
        "another unit in a finding than in its record",
        caught_by("measure-not-in-record"),
        _finding(_other_unit, "no finding shares a number with a unit with its record"),
    ),
    Fault(
        "number-in-rationale",
        "a number in a rationale that nothing cited has",
        caught_by("rationale-number-without-source"),
        _rationale,
    ),
)
"""Faults of verdicts and cited evidence, as a literal list."""
