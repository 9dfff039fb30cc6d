"""Weigh a base's decisions: read, verify, hold against keys, log and policy, and let doubt spread.

A pure function of the base and a day; `kbtool.review.state` calls it where there is anything to weigh.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from kbtool.model.decision import ErrorReport, ReviewStatement
from kbtool.records.base import KnowledgeBase
from kbtool.review.bounds import Bounds, out_of_bounds
from kbtool.review.cascade import cascade
from kbtool.review.changes import changes
from kbtool.review.content import Content, digest_of
from kbtool.review.governance import check_governance, revocations
from kbtool.review.kept import drafter_of, kept_contents
from kbtool.review.kept_policies import kept_policies, named_policies, policy_remarks
from kbtool.review.known import Known, Own, known_of
from kbtool.review.log import read_log
from kbtool.review.problem import ReviewProblem
from kbtool.review.reviewed import ClaimReview, Report, ReviewState
from kbtool.review.standing import Case, standing_on, status_of
from kbtool.review.statements import Signed, decision_files, read_decisions, read_governance, read_reports
from kbtool.review.trust import Setting, flaw_of, key_book, keys_that_hold
from kbtool.review.weighed import Decision, Person, in_order


@dataclass(frozen=True, slots=True)
class _Inputs:
    claims: Mapping[str, Own]
    setting: Setting
    kept: Mapping[str, Content]
    contents: Mapping[str, Content]
    people: Mapping[str, Person]


def weighed_state(base: KnowledgeBase, as_of: date, known: Known | None = None) -> ReviewState:
    """Read, verify and weigh everything that was decided about the claims of a base.

    `known` is what is known of them beforehand; without it all of it is worked out from the base.
    """
    known = known or known_of(base)
    signed, problems = read_decisions(base.review)
    chain, bad_governance = read_governance(base.review)
    reports, bad_reports = read_reports(base.review)
    log = read_log(base.review, base.config.model.log, chain)
    numbers = log.numbers
    governance = check_governance(base, chain)
    contents = _contents(known, signed)
    kept, bad_kept = kept_contents(base.review, contents.values())
    policies, bad_policies = kept_policies(base.review)
    book = key_book(base.reviewers.model)
    policy = base.policy.model
    setting = Setting(
        book=book,
        interests_months=policy.interests_months,
        rooted=bool(base.config.model.root.keys),
        pending_counts=policy.pending_counts,
        logged=numbers,
        revoked_at=revocations(chain, numbers),
        logged_on={name: log.entries[number].on for name, number in numbers.items()},
        verified={s.file: keys_that_hold(s.envelope, book, known.verified.get(s.file, ())) for s in signed},
    )
    people = {r.id: Person(r.id, frozenset(r.roles)) for r in base.reviewers.model.reviewers}
    inputs = _Inputs(known.claims, setting, kept, contents, people)
    bounds = Bounds(log, numbers, decision_files(base.review))
    weighed, bad_decisions = _weighed(signed, inputs, bounds)
    claims = _claims(weighed, reports, inputs, as_of)
    if broken := (*governance.problems, *log.problems):
        claims = {id_: _in_doubt(review, broken[0]) for id_, review in claims.items()}
    problems += [
        *bad_governance,
        *bad_reports,
        *log.problems,
        *governance.problems,
        *bad_kept,
        *bad_policies,
        *book.problems,
        *bad_decisions,
    ]
    problems += _orphans(weighed, known.claims)
    pending = tuple(sorted({*(s.file for s in signed), *(s.file for s in chain)} - numbers.keys()))
    remarks = tuple(policy_remarks(named_policies(signed, chain), policies, digest_of(base.policy.raw)))
    return ReviewState(claims, governance, log, kept, tuple(problems), pending, remarks, setting.verified)


def _contents(known: Known, signed: list[Signed[ReviewStatement]]) -> dict[str, Content]:
    """The content of every claim decided about and of the claims that those rest on; nobody needs the others'."""
    wanted = {s.statement.subject[0].name for s in signed} & known.claims.keys()
    todo = sorted(wanted)
    while todo:
        below = known.claims[todo.pop()].rests_on & known.claims.keys()
        todo += sorted(below - wanted)
        wanted |= below
    return known.contents_of(sorted(wanted))


def _weighed(
    signed: list[Signed[ReviewStatement]], inputs: _Inputs, bounds: Bounds
) -> tuple[dict[str, list[Decision]], list[ReviewProblem]]:
    """Every decision by claim, in order, with the reason where it does not count."""
    by_claim: dict[str, list[Decision]] = defaultdict(list)
    problems: list[ReviewProblem] = []
    for item in signed:
        subject, predicate = item.statement.subject[0], item.statement.predicate
        kept = inputs.kept.get(subject.digest.sha256)
        flaw = flaw_of(item, inputs.setting, drafter_of(kept, subject.name))
        message = flaw.message if flaw else ""
        if flaw and flaw.rule:
            problems.append(ReviewProblem(flaw.rule, item.file, flaw.message, flaw.hint, subject.name))
        found = list(out_of_bounds(item, bounds))
        if kept is None:
            hint = f"put 'reviewed/{subject.digest.sha256}.json' back; it holds the exact words decided about"
            found.append(
                ReviewProblem(
                    "kept-content-missing", item.file, "the content decided about is not kept", hint, subject.name
                )
            )
        elif drafter_of(kept, subject.name) is None:
            text = "the content decided about is that of another claim"
            found.append(ReviewProblem("wrong-subject", item.file, text, "restore the file", subject.name))
        problems += found
        message = message or (found[0].message if found else "")
        number, is_signed = inputs.setting.logged.get(item.file), bool(item.envelope.signatures)
        by_claim[subject.name].append(
            Decision(item.file, item.digest, subject.name, subject.digest.sha256, predicate, number, message, is_signed)
        )
    return {id_: in_order(items) for id_, items in by_claim.items()}, problems


def _claims(
    weighed: Mapping[str, list[Decision]],
    reports: Mapping[str, tuple[str, ErrorReport]],
    inputs: _Inputs,
    as_of: date,
) -> dict[str, ClaimReview]:
    """The review of every claim of the base, doubt from other claims included."""
    about = _reports_by_claim(reports, weighed)
    own = {
        id_: _own(claim, weighed.get(id_, []), about.get(id_, ()), inputs, as_of)
        for id_, claim in inputs.claims.items()
    }
    links = {id_: inputs.claims[id_].rests_on for id_ in inputs.contents}
    digests = {id_: content.digest for id_, content in inputs.contents.items()}
    spread = cascade({id_: review.standing for id_, review in own.items()}, links, digests)
    return {
        id_: review if spread[id_] is review.standing else replace(review, standing=spread[id_])
        for id_, review in own.items()
    }


def _own(
    claim: Own, decisions: list[Decision], reports: tuple[Report, ...], inputs: _Inputs, as_of: date
) -> ClaimReview:
    content = inputs.contents.get(claim.id)
    waiting = sum(not report.answered and report.report.on <= as_of for report in reports)
    case = Case(content.digest if content else "", decisions, claim.need, inputs.people, waiting)
    standing = standing_on(case, as_of)
    if standing.value == "needs-review" and content and (before := inputs.kept.get(standing.approved_content or "")):
        causes = tuple(f"{change.what} changed" for change in changes(before.value, content.value))
        standing = replace(standing, causes=(*causes, *standing.causes))
    return ClaimReview(content, tuple(decisions), claim.need, status_of(case), standing, reports)


def _in_doubt(review: ClaimReview, broken: ReviewProblem) -> ClaimReview:
    """No approval stands while nobody knows whether those who gave it may, or whether decisions were taken out."""
    if review.standing.value != "approved":
        return review
    cause = f"the approval cannot be relied on: {broken.message}"
    standing = replace(review.standing, value="needs-review", reason=cause, causes=(*review.standing.causes, cause))
    return replace(review, standing=standing)


def _reports_by_claim(
    reports: Mapping[str, tuple[str, ErrorReport]], weighed: Mapping[str, list[Decision]]
) -> dict[str, tuple[Report, ...]]:
    """Readers' reports by claim; a signed decision on the claim answers one by naming it."""
    answered = {
        (id_, digest)
        for id_, decisions in weighed.items()
        for decision in decisions
        if decision.counts and decision.signed
        for digest in decision.predicate.answers
    }
    by_claim: dict[str, list[Report]] = defaultdict(list)
    for digest, (claim, report) in sorted(reports.items()):
        by_claim[claim].append(Report(digest, report, (claim, digest) in answered))
    return {claim: tuple(found) for claim, found in by_claim.items()}


def _orphans(weighed: Mapping[str, list[Decision]], claims: Mapping[str, Own]) -> Iterator[ReviewProblem]:
    """Decisions about a claim whose record is gone; a withdrawn claim keeps its record as its tombstone's source."""
    for id_, decisions in weighed.items():
        if id_ not in claims:
            message = f"the claim {id_!r}, which was decided about, has no readable record"
            yield ReviewProblem(
                "decided-claim-missing",
                decisions[0].file,
                message,
                "restore the record; to take a claim back, withdraw it",
                id_,
            )
