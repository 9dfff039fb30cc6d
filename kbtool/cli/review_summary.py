"""How far the review of a base has come, counted; and the counts laid out for a terminal."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from kbtool.cli.claim_page import label_of
from kbtool.cli.page import Page, count, heading, paragraph
from kbtool.review.queue import AT_REST, queue_for

if TYPE_CHECKING:
    from kbtool.model.base_config import Reviewer
    from kbtool.records.base import KnowledgeBase
    from kbtool.review.reviewed import ReviewState

Summary = dict[str, Any]
"""The counts as plain JSON values; see `review_summary`."""

SOON = timedelta(days=30)
"""How long before it lapses an approval is said to lapse soon."""


def review_summary(base: KnowledgeBase, state: ReviewState, as_of: date) -> Summary | None:
    """Claims by type and how many are approved, approvals that lapse soon, reviewers; None where nobody is registered.

    Counts of claims by standing are among the claims of the whole summary.
    """
    reviewers = base.reviewers.model.reviewers
    if not reviewers:
        return None
    return {
        "by_type": _by_type(base, state),
        "lapsing": _lapsing(state, as_of),
        "reviewers": [_reviewer(base, state, as_of, reviewer) for reviewer in reviewers],
        "open_reports": sum(not report.answered for claim in state.claims.values() for report in claim.reports),
        "not_in_log": len(state.pending),
    }


def _by_type(base: KnowledgeBase, state: ReviewState) -> list[Summary]:
    standings: dict[str, Counter[str]] = defaultdict(Counter)
    for id_, record in base.claims.items():
        standings[str(getattr(record.model, "type", ""))][state.claims[id_].standing.value] += 1
    terms = base.vocabulary.model.claim_types
    order = [type_ for type_ in terms if type_ in standings]
    return [
        {
            "id": type_,
            "label": label_of(terms, type_),
            "approved": standings[type_]["approved"],
            "waiting": sum(number for value, number in standings[type_].items() if value not in AT_REST),
            "total": standings[type_].total(),
        }
        for type_ in order
    ]


def _lapsing(state: ReviewState, as_of: date) -> list[Summary]:
    """Approved claims whose approval lapses within `SOON`, the next one first."""
    found = [
        (review.standing.lapses_on, id_)
        for id_, review in state.claims.items()
        if review.standing.value == "approved"
        and review.standing.lapses_on is not None
        and review.standing.lapses_on <= as_of + SOON
    ]
    return [{"claim": id_, "on": day.isoformat()} for day, id_ in sorted(found)]


def _reviewer(base: KnowledgeBase, state: ReviewState, as_of: date, reviewer: Reviewer) -> Summary:
    reviews = state.claims.values()
    return {
        "id": reviewer.id,
        "roles": list(reviewer.roles),
        "decisions": sum(d.counts and d.predicate.by == reviewer.id for review in reviews for d in review.decisions),
        "approvals": sum(
            review.standing.value == "approved" and reviewer.id in review.standing.approvers for review in reviews
        ),
        "waiting": len(queue_for(base, state, as_of, reviewer)),
    }


def review_lines(page: Page, summary: Summary) -> Iterator[str]:
    """The summary in lines."""
    yield from heading(page, "Review by type: approved, waiting, all")
    rows = [(row["label"], row["approved"], row["waiting"], row["total"]) for row in summary["by_type"]]
    yield from _table(rows)
    yield from heading(page, "Reviewers: decisions, approvals in force, claims waiting for them")
    people = summary["reviewers"]
    yield from _table([(row["id"], row["decisions"], row["approvals"], row["waiting"]) for row in people])
    yield from heading(page, f"Approvals that lapse within {SOON.days} days ({len(summary['lapsing']) or 'none'})")
    for row in summary["lapsing"]:
        yield from paragraph(page, f"{row['on']}: {row['claim']}", 4, first="  -")
    yield ""
    reports = count(summary["open_reports"], "report")
    yield f"  {reports} by readers without an answer; {count(summary['not_in_log'], 'file')} not in the log yet"


def _table(rows: list[tuple[str, int, int, int]]) -> Iterator[str]:
    wide = max((len(label) for label, *_ in rows), default=0)
    for label, *numbers in rows:
        yield f"  {label:{wide}}  " + "  ".join(f"{number:>6,}" for number in numbers)
