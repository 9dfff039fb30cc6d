"""The review queue: which claims need a look on a day, most harmful first, each with its reasons in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from kbtool.model.base_config import Reviewer
from kbtool.model.claim import ClaimBase
from kbtool.model.policy import Risk
from kbtool.records.base import KnowledgeBase
from kbtool.review.reviewed import ClaimReview, ReviewState
from kbtool.review.standing import APPROVING, StandingValue, approvals
from kbtool.review.weighed import Decision

AT_REST = frozenset({"approved", "withdrawn"})
"""Standings of claims that need no look."""

_RANK: dict[Risk, int] = {"high": 0, "medium": 1, "low": 2}


@dataclass(frozen=True, slots=True)
class Item:
    """A claim that needs a look."""

    claim: str
    statement: str
    risk: Risk
    standing: StandingValue
    reasons: tuple[str, ...]
    """Each in words, lower-case first letter, no full stop; at least one."""
    drafted: date
    lapsed: date | None = None
    """The day on which its approval lapsed, where that is why."""
    role: str = ""
    """A role that is missing and that the person asked about holds."""
    stands_in_for: frozenset[str] = frozenset()
    """Absent colleagues who decided about it before and whom the person asked about stands in for."""


def queue(base: KnowledgeBase, state: ReviewState, as_of: date) -> tuple[Item, ...]:
    """Every claim that needs a look: highest risk first, then longest overdue, then oldest draft."""
    items = (_item(base.claims[id_].model, state.claims[id_], as_of) for id_ in base.claims)
    return _ordered(item for item in items if item.standing not in AT_REST)


def queue_for(base: KnowledgeBase, state: ReviewState, as_of: date, person: Reviewer) -> tuple[Item, ...]:
    """Of those, the ones that this reviewer can do something about; in each risk, a role that they hold goes first."""
    reviewers = base.reviewers.model.reviewers
    absent = frozenset(other.id for other in reviewers if _is_stood_in_for(other, person.id, as_of))
    roster = {reviewer.id: frozenset(reviewer.roles) for reviewer in reviewers}
    found = []
    for id_, record in base.claims.items():
        claim, review = record.model, state.claims[id_]
        if review.standing.value not in AT_REST and _can_help(person, claim, review, roster, as_of):
            own = [role for role in person.roles if role in _lacking(review, roster, as_of).roles]
            item = _item(claim, review, as_of)
            found.append(replace(item, role=own[0] if own else "", stands_in_for=_deciders(review, as_of) & absent))
    return _ordered(found)


def reasons_of(review: ClaimReview, as_of: date) -> tuple[str, ...]:
    """Why a claim needs a look, in words; empty for one that is at rest."""
    if review.standing.value in AT_REST:
        return ()
    waiting = [r.report for r in review.reports if not r.answered and r.report.on <= as_of]
    counted = f"{len(waiting)} report"
    causes = [c for c in _own_reasons(review, as_of) if not (waiting and c.startswith(counted))]
    heard = [f"a reader reported an error on {report.on}: {report.text}" for report in waiting]
    void = [
        f"the decision of {d.predicate.by} on {d.predicate.on} does not count: {d.flaw}"
        for d in review.decisions
        if d.flaw and d.predicate.on <= as_of
    ]
    return tuple(dict.fromkeys((*causes, *heard, *void)))


def _own_reasons(review: ClaimReview, as_of: date) -> tuple[str, ...]:
    standing = review.standing
    if standing.value == "draft":
        return ("never reviewed",) if not _deciders(review, as_of) else (standing.reason,)
    if standing.value == "in-review":
        return standing.causes
    return (standing.reason, *standing.causes)


def _item(claim: ClaimBase, review: ClaimReview, as_of: date) -> Item:
    standing = review.standing
    lapsed = standing.lapses_on if standing.lapses_on and standing.lapses_on <= as_of else None
    reasons = reasons_of(review, as_of)
    return Item(claim.id, claim.statement, review.need.risk, standing.value, reasons, claim.drafted.on, lapsed)


def _ordered(items: Iterable[Item]) -> tuple[Item, ...]:
    def key(item: Item) -> tuple[int, bool, date, date, str]:
        return (_RANK[item.risk], not item.role, item.lapsed or date.max, item.drafted, item.claim)

    return tuple(sorted(items, key=key))


def _is_stood_in_for(other: Reviewer, person: str, as_of: date) -> bool:
    return any(away.first <= as_of <= away.last and away.delegate == person for away in other.absences)


def _deciders(review: ClaimReview, as_of: date) -> frozenset[str]:
    """Ids of those who have decided about the claim, on whichever content."""
    return frozenset(d.predicate.by for d in _counted(review, as_of))


def _counted(review: ClaimReview, as_of: date) -> list[Decision]:
    return [d for d in review.decisions if d.counts and d.predicate.on <= as_of and d.predicate.decision != "comment"]


@dataclass(frozen=True, slots=True)
class _Lacking:
    """What the approvals of the present content lack: so many people, and roles of which each must be held by one."""

    people: int
    roles: frozenset[str]


def _lacking(review: ClaimReview, roster: Mapping[str, frozenset[str]], as_of: date) -> _Lacking:
    here = approvals(_counted(review, as_of), review.content.digest) if review.content else []
    people = {d.predicate.by for d in here}
    held = frozenset(role for id_ in people for role in roster.get(id_, ()))
    return _Lacking(review.need.people - len(people), frozenset(review.need.roles) - held)


def _can_help(
    person: Reviewer, claim: ClaimBase, review: ClaimReview, roster: Mapping[str, frozenset[str]], as_of: date
) -> bool:
    """Whether a decision of this person could bring the claim on: nobody approves their own draft or the same twice."""
    if claim.drafted.by.casefold() in {person.id.casefold(), person.name.casefold()}:
        return False
    lacking = _lacking(review, roster, as_of)
    if lacking.people <= 0 and not lacking.roles:
        return not _objects(person.id, review, as_of)
    helps = bool(lacking.roles.intersection(person.roles)) or lacking.people > len(lacking.roles)
    return helps and not _has_decided(person.id, review, as_of)


def _has_decided(person: str, review: ClaimReview, as_of: date) -> bool:
    """Whether the person's newest decision is about the present content; then it is for others to move."""
    own = _signed_by(person, review, as_of)
    return bool(own) and review.content is not None and own[-1].content == review.content.digest


def _objects(person: str, review: ClaimReview, as_of: date) -> bool:
    """Whether the person asked for changes to the present content, or disputes it."""
    own = _signed_by(person, review, as_of)
    return _has_decided(person, review, as_of) and own[-1].predicate.decision not in APPROVING


def _signed_by(person: str, review: ClaimReview, as_of: date) -> list[Decision]:
    """The person's decisions; unsigned ones hide nothing from anybody, since others could have written them."""
    return [d for d in _counted(review, as_of) if d.predicate.by == person and d.signed]
