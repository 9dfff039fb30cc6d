"""The whole story of a claim's review, in order: drafted, decided, reported, and where it stands now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kbtool.model.claim import ClaimBase
from kbtool.model.decision import Verb
from kbtool.records.base import KnowledgeBase
from kbtool.review.dsse import EnvelopeProblem, read_envelope
from kbtool.review.reviewed import ClaimReview, Report
from kbtool.review.weighed import Decision

DONE: dict[Verb, str] = {
    "approve": "approved",
    "reaffirm": "reaffirmed",
    "request-changes": "sent back for changes",
    "dispute": "disputed",
    "withdraw": "withdrawn",
    "comment": "commented on",
}
"""What was done to a claim, before "by" and a name."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a claim."""

    on: date
    what: str
    """What was done by whom, without a full stop."""
    note: str = ""
    """The person's own words."""
    facts: tuple[str, ...] = ()
    """What else is known of it, each in words."""


def story_of(claim: ClaimBase, review: ClaimReview, base: KnowledgeBase) -> tuple[Event, ...]:
    """Everything that happened, by the day it is stated for; on one day the draft, then decisions in their order."""
    drafted = claim.drafted
    machine = ("words of it were written by a machine",) if drafted.machine else ()
    events = [Event(drafted.on, f"drafted by {drafted.by}", drafted.method, machine)]
    events += [decision_event(decision, review, base) for decision in review.decisions]
    events += [_reported(report) for report in review.reports]
    return tuple(sorted(events, key=lambda event: event.on))


def decision_event(decision: Decision, review: ClaimReview, base: KnowledgeBase) -> Event:
    """A decision as an event: who in which role, what, on which content, signed or not, logged or not, or void."""
    said = decision.predicate
    roles = next((", ".join(r.roles) for r in base.reviewers.model.reviewers if r.id == said.by), "no reviewer")
    acting = f" in place of {said.acting_for}" if said.acting_for else ""
    after = f"; see {said.successor}" if said.successor else ""
    what = f"{DONE[said.decision]} by {said.by} ({roles}){acting}{after}"
    return Event(said.on, what, said.note or "", _facts(decision, review, base))


def _facts(decision: Decision, review: ClaimReview, base: KnowledgeBase) -> tuple[str, ...]:
    now = review.content is not None and decision.content == review.content.digest
    answers = len(decision.predicate.answers)
    facts = (
        f"{'the present' if now else 'an earlier'} content {decision.content[:16]}…",
        _signature(base.review[decision.file].raw),
        f"entry {decision.logged} of the log" if decision.logged is not None else "not in the log yet",
        f"settles {answers} report{'s' * (answers != 1)}" if answers else "",
        f"does not count: {decision.flaw}" if decision.flaw else "",
    )
    return tuple(fact for fact in facts if fact)


def _signature(raw: bytes) -> str:
    """Which key is said to have signed; whether the signature holds is among the reasons why a decision is void."""
    envelope = read_envelope(raw)
    if isinstance(envelope, EnvelopeProblem) or not envelope.signatures:
        return "not signed"
    return f"signed with the key {envelope.signatures[0].keyid[:16]}…"


def _reported(report: Report) -> Event:
    who = f"a reader ({report.report.by})" if report.report.by else "a reader"
    state = "answered" if report.answered else "without an answer"
    return Event(report.report.on, f"error reported by {who}", report.report.text, (f"report {report.digest}", state))
