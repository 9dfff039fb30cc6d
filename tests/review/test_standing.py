"""How claims stand while no decision is kept."""

from __future__ import annotations

import pytest

from kbtool.review.standing import NOT_REVIEWED, Standing, StandingValue, notice_of, standing_of
from tests.export.small import claim_of

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
