"""How a claim stands on a day, as tables of what people decided about it."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.review.needs import Need
from kbtool.review.standing import (
    NOT_REVIEWED,
    Standing,
    StandingValue,
    notice_of,
    standing_of,
    standing_on,
    status_of,
)
from kbtool.review.weighed import Decision
from tests.export.small import claim_of
from tests.review.hands import NOW, OLD, ONE, TWO, case, hand

AS_OF = date(2026, 2, 1)

CASES: list[tuple[str, StandingValue]] = [
    ("draft", "draft"),
    ("approved", "draft"),
    ("in-review", "in-review"),
    ("changes-requested", "changes-requested"),
    ("disputed", "disputed"),
    ("withdrawn", "withdrawn"),
]


@pytest.mark.parametrize(("status", "value"), CASES)
def test_standing_without_decisions(status: str, value: StandingValue) -> None:
    """Nobody approves by typing."""
    assert standing_of(claim_of("usage", "text", review={"status": status})).value == value


def test_the_reason_says_what_is_missing() -> None:
    draft = standing_of(claim_of("usage", "text"))
    typed = standing_of(claim_of("usage", "text", review={"status": "approved"}))
    disputed = standing_of(claim_of("usage", "text", review={"status": "disputed"}))
    assert draft.reason == "no decision has been made: not reviewed by a qualified person"
    assert typed.reason == "the record says 'approved' and no decision backs it: not reviewed by a qualified person"
    assert disputed.reason == "the record says 'disputed' and no decision backs it"


def test_only_an_approved_claim_goes_without_notice() -> None:
    notices = {value: notice_of(Standing(value, "")) for _, value in CASES}
    assert set(notices.values()) == {NOT_REVIEWED}
    assert notice_of(Standing("approved", "")) is None


Row = tuple[Sequence[Decision], Need, StandingValue, StandingValue]
"""Decisions, what policy asks for, status and standing."""

TABLE: Mapping[str, Row] = {
    "nothing": ((), ONE, "draft", "draft"),
    "a comment": ((hand("comment", "ann"),), ONE, "draft", "draft"),
    "one approves, one is asked": ((hand("approve", "ben"),), ONE, "approved", "approved"),
    "one reaffirms": ((hand("reaffirm", "ben"),), ONE, "approved", "approved"),
    "one approves, two are asked": ((hand("approve", "ann"),), TWO, "in-review", "in-review"),
    "two of the wrong role": ((hand("approve", "ben"), hand("approve", "cay")), TWO, "in-review", "in-review"),
    "two, one of the role": ((hand("approve", "ann"), hand("approve", "ben")), TWO, "approved", "approved"),
    "one person with both roles": ((hand("approve", "dee"),), TWO, "in-review", "in-review"),
    "the same person twice": ((hand("approve", "ann"), hand("approve", "ann", 2)), TWO, "in-review", "in-review"),
    "both roles asked, one has both": (
        (hand("approve", "dee"), hand("approve", "cay")),
        Need("high", 2, ("clinician", "medical-editor"), None),
        "approved",
        "approved",
    ),
    "somebody unknown": ((hand("approve", "eve"), hand("approve", "ben")), TWO, "in-review", "in-review"),
    "a flawed approval": ((hand("approve", "ben", flaw="it waits"),), ONE, "draft", "draft"),
    "a flawed withdrawal": ((hand("withdraw", "ben", flaw="no key"),), ONE, "draft", "draft"),
    "changes asked for": ((hand("request-changes", "ben"),), ONE, "changes-requested", "changes-requested"),
    "changes asked for after approval": (
        (hand("approve", "ben"), hand("request-changes", "cay", 2)),
        ONE,
        "changes-requested",
        "changes-requested",
    ),
    "then the same person approves": (
        (hand("request-changes", "ben"), hand("approve", "ben", 2)),
        ONE,
        "approved",
        "approved",
    ),
    "then another person approves": (
        (hand("request-changes", "ben"), hand("approve", "cay", 2)),
        ONE,
        "changes-requested",
        "changes-requested",
    ),
    "approved, then thought better of": (
        (hand("approve", "ben"), hand("request-changes", "ben", 2)),
        ONE,
        "changes-requested",
        "changes-requested",
    ),
    "a comment takes nothing back": ((hand("approve", "ben"), hand("comment", "ben", 2)), ONE, "approved", "approved"),
    "an older content approved": ((hand("approve", "ben", content=OLD),), ONE, "approved", "needs-review"),
    "changes asked for of an older content": (
        (hand("request-changes", "ben", content=OLD),),
        ONE,
        "changes-requested",
        "in-review",
    ),
    "an older content approved, the new one by one of two": (
        (hand("approve", "ann", content=OLD), hand("approve", "ben", content=OLD), hand("approve", "ann", 2)),
        TWO,
        "in-review",
        "needs-review",
    ),
    "two contents, each by one of two": (
        (hand("approve", "ann", content=OLD), hand("approve", "ben")),
        TWO,
        "in-review",
        "in-review",
    ),
    "disputed": ((hand("dispute", "ann"),), ONE, "disputed", "disputed"),
    "disputed although approved": ((hand("dispute", "ann"), hand("approve", "ben", 2)), ONE, "disputed", "disputed"),
    "a dispute survives edits": (
        (hand("dispute", "ann", content=OLD), hand("approve", "ben", 2)),
        ONE,
        "disputed",
        "disputed",
    ),
    "a comment does not end a dispute": (
        (hand("dispute", "ann"), hand("comment", "ann", 2)),
        ONE,
        "disputed",
        "disputed",
    ),
    "who disputed approves": ((hand("dispute", "ann"), hand("approve", "ann", 2)), ONE, "approved", "approved"),
    "who disputed asks for changes": (
        (hand("dispute", "ann"), hand("request-changes", "ann", 2)),
        ONE,
        "changes-requested",
        "changes-requested",
    ),
    "an unsigned word in their name does not end a dispute": (
        (hand("dispute", "ann"), hand("request-changes", "ann", 2, content=OLD, signed=False)),
        ONE,
        "disputed",
        "disputed",
    ),
    "an unsigned word asks for changes": (
        (hand("approve", "ben"), hand("request-changes", "ben", 2, signed=False)),
        ONE,
        "changes-requested",
        "changes-requested",
    ),
    "a signed word takes back an unsigned one": (
        (hand("request-changes", "ben", signed=False), hand("approve", "ben", 2)),
        ONE,
        "approved",
        "approved",
    ),
    "withdrawn": ((hand("withdraw", "ann"),), ONE, "withdrawn", "withdrawn"),
    "withdrawn is for good": ((hand("withdraw", "ann"), hand("approve", "ann", 2)), ONE, "withdrawn", "withdrawn"),
    "withdrawn outranks disputed": (
        (hand("dispute", "ben"), hand("withdraw", "ann", 2)),
        ONE,
        "withdrawn",
        "withdrawn",
    ),
}


@pytest.mark.parametrize(("decisions", "need", "status", "value"), TABLE.values(), ids=TABLE)
def test_what_decisions_amount_to(
    decisions: Sequence[Decision], need: Need, status: StandingValue, value: StandingValue
) -> None:
    assert status_of(case(decisions, need)) == status
    assert standing_on(case(decisions, need), AS_OF).value == value


@given(st.sampled_from(sorted(TABLE)), st.integers())
def test_the_order_in_which_files_are_read_changes_nothing(name: str, seed: int) -> None:
    """Standing is a pure function of claim, what it rests on, decisions, policy and `as_of`."""
    decisions, need, _, _ = TABLE[name]
    shuffled = list(decisions)
    random.Random(seed).shuffle(shuffled)
    assert standing_on(case(shuffled, need), AS_OF) == standing_on(case(decisions, need), AS_OF)
    assert status_of(case(shuffled, need)) == status_of(case(decisions, need))


REASONS: Mapping[str, tuple[Standing, str, tuple[str, ...]]] = {
    "nothing": (
        standing_on(case(()), AS_OF),
        f"no decision has been made: {NOT_REVIEWED}",
        ("1 of 1 approvals missing",),
    ),
    "one of two": (
        standing_on(case((hand("approve", "ben"),), TWO), AS_OF),
        "not yet approved: approval by a clinician is missing",
        ("approval by a clinician is missing",),
    ),
    "the other of two": (
        standing_on(case((hand("approve", "ann"),), TWO), AS_OF),
        "not yet approved: 1 of 2 approvals missing",
        ("1 of 2 approvals missing",),
    ),
    "none of two": (
        standing_on(case((hand("approve", "ann", flaw="no"), hand("request-changes", "ben", content=OLD)), TWO), AS_OF),
        "not yet approved: approval by a clinician is missing; 2 of 2 approvals missing",
        ("approval by a clinician is missing", "2 of 2 approvals missing"),
    ),
    "changed since": (
        standing_on(case((hand("approve", "ben", 9, OLD),)), AS_OF),
        "what was approved on 2026-01-09 has changed since",
        ("1 of 1 approvals missing",),
    ),
    "objections of two": (
        standing_on(case((hand("request-changes", "ben"), hand("request-changes", "ann", 2))), AS_OF),
        "ben asked for changes on 2026-01-01: so",
        ("ben asked for changes on 2026-01-01: so", "ann asked for changes on 2026-01-02: so"),
    ),
    "disputed": (
        standing_on(case((hand("dispute", "ben"),)), AS_OF),
        "disputed by ben on 2026-01-01: so",
        ("disputed by ben on 2026-01-01: so",),
    ),
    "withdrawn": (standing_on(case((hand("withdraw", "ben"),)), AS_OF), "withdrawn by ben on 2026-01-01: so", ()),
    "withdrawn for another": (
        standing_on(case((hand("withdraw", "ben", successor="a/better"),)), AS_OF),
        "withdrawn by ben on 2026-01-01: so; see a/better",
        (),
    ),
    "approved": (
        standing_on(case((hand("approve", "ben"), hand("approve", "ann"))), AS_OF),
        "approved by ann, ben",
        (),
    ),
    "one report": (
        standing_on(case((hand("approve", "ben"),), open_reports=1), AS_OF),
        "1 report by readers without an answer",
        ("1 report by readers without an answer",),
    ),
    "lapsed and reported": (
        standing_on(case((hand("approve", "ben"),), Need("low", 1, (), 0), open_reports=2), AS_OF),
        "the approval of 2026-01-01 lapsed on 2026-01-01",
        ("the approval of 2026-01-01 lapsed on 2026-01-01", "2 reports by readers without an answer"),
    ),
}


@pytest.mark.parametrize(("found", "reason", "causes"), REASONS.values(), ids=REASONS)
def test_a_standing_explains_itself(found: Standing, reason: str, causes: tuple[str, ...]) -> None:
    """It returns a value that explains itself."""
    assert (found.reason, found.causes) == (reason, causes)


def test_an_approved_standing_says_by_whom_and_until_when() -> None:
    both = (hand("approve", "ann", 5), hand("approve", "ben", 7))
    found = standing_on(case(both, TWO), AS_OF)
    assert found.approvers == ("ann", "ben")
    assert (found.approved_on, found.lapses_on) == (date(2026, 1, 5), date(2028, 1, 5))
    assert found.approved_content == NOW


def test_a_changed_claim_says_which_content_was_approved_and_on_what() -> None:
    rests = {"claim/a/b": "1" * 64}
    found = standing_on(case((hand("approve", "ben", content=OLD, rests_on=rests),)), AS_OF)
    assert (found.approved_content, found.rests_on, found.approvers) == (OLD, rests, ())


def test_of_two_older_contents_the_one_decided_about_last_is_named() -> None:
    decisions = (hand("approve", "ben", 1, "older"), hand("approve", "ben", 2, OLD), hand("approve", "cay", 3, "older"))
    assert standing_on(case(decisions), AS_OF).approved_content == "older"


LAPSES = [
    (date(2028, 1, 4), "approved"),
    (date(2028, 1, 5), "needs-review"),
    (date(2030, 1, 5), "needs-review"),
]


@pytest.mark.parametrize(("as_of", "value"), LAPSES)
def test_an_approval_lapses_on_the_very_day(as_of: date, value: str) -> None:
    both = (hand("approve", "ann", 5), hand("approve", "ben", 7))
    assert standing_on(case(both, TWO), as_of).value == value


def test_an_older_approval_beyond_need_does_not_shorten_the_others() -> None:
    """An approval holds from the oldest of the newest ones that are enough."""
    three = (hand("approve", "cay", 1), hand("approve", "ann", 5), hand("approve", "ben", 7))
    assert standing_on(case(three, TWO), AS_OF).approved_on == date(2026, 1, 5)
    needed = (hand("approve", "ann", 1), hand("approve", "cay", 5), hand("approve", "ben", 7))
    assert standing_on(case(needed, TWO), AS_OF).approved_on == date(2026, 1, 1)


def test_who_approves_again_renews() -> None:
    again = (hand("approve", "ann", 1), hand("approve", "ben", 2), hand("reaffirm", "ann", 9))
    assert standing_on(case(again, TWO), AS_OF).approved_on == date(2026, 1, 2)


BEFORE = [(date(2025, 12, 31), "draft"), (date(2026, 1, 5), "in-review"), (date(2026, 1, 7), "approved")]


@pytest.mark.parametrize(("as_of", "value"), BEFORE)
def test_a_decision_after_the_day_of_the_check_does_not_count(as_of: date, value: str) -> None:
    both = (hand("approve", "ann", 5), hand("approve", "ben", 7))
    assert standing_on(case(both, TWO), as_of).value == value
    assert status_of(case(both, TWO)) == "approved"


RESTS: Mapping[str, tuple[dict[str, str], dict[str, str], dict[str, str]]] = {
    "the same": ({"claim/a/b": "1" * 64}, {"claim/a/b": "1" * 64}, {"claim/a/b": "1" * 64}),
    "different": ({"claim/a/b": "1" * 64}, {"claim/a/b": "2" * 64}, {"claim/a/b": "differs"}),
    "left out by one": ({"claim/a/b": "1" * 64}, {}, {"claim/a/b": "differs"}),
}


@pytest.mark.parametrize(("one", "other", "agreed"), RESTS.values(), ids=RESTS)
def test_what_an_approval_rests_on_is_what_its_approvers_agree_on(
    one: dict[str, str], other: dict[str, str], agreed: dict[str, str]
) -> None:
    both = (hand("approve", "ann", rests_on=one), hand("approve", "ben", rests_on=other))
    assert standing_on(case(both, TWO), AS_OF).rests_on == agreed


def test_an_approval_that_is_not_needed_binds_to_nothing() -> None:
    both = (hand("approve", "ben", 1, rests_on={"claim/a/b": "1" * 64}), hand("approve", "cay", 2))
    assert standing_on(case(both), AS_OF).rests_on == {}


DECISIONS = st.builds(
    hand,
    st.sampled_from(["approve", "reaffirm", "request-changes", "dispute", "comment"]),
    st.sampled_from(["ann", "ben", "cay", "eve"]),
    st.integers(1, 28),
    st.sampled_from([NOW, OLD]),
)


@given(st.lists(DECISIONS, max_size=8), st.sampled_from([ONE, TWO]))
def test_an_approved_claim_has_what_policy_asks_for_and_nothing_against_it(
    decisions: list[Decision], need: Need
) -> None:
    """Policy may ask for two people, a role."""
    found = standing_on(case(decisions, need), AS_OF)
    if found.value == "approved":
        here = {
            d.predicate.by for d in decisions if d.content == NOW and d.predicate.decision in {"approve", "reaffirm"}
        }
        assert set(found.approvers) <= here
        assert len(found.approvers) >= need.people
        assert need is ONE or "ann" in found.approvers
        assert found.approved_content == NOW
    if not any(d.content == NOW for d in decisions):
        assert found.value != "approved"


@given(st.lists(DECISIONS, max_size=8), DECISIONS, st.sampled_from([ONE, TWO]))
def test_a_decision_that_does_not_count_changes_nothing(decisions: list[Decision], more: Decision, need: Need) -> None:
    flawed = hand(more.predicate.decision, more.predicate.by, 28, more.content, note="other", flaw="no key")
    assert standing_on(case([*decisions, flawed], need), AS_OF) == standing_on(case(decisions, need), AS_OF)
