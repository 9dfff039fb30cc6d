"""What a policy asks of a claim's review, as tables."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.model.policy import Policy, When
from kbtool.review.conditions import holds
from kbtool.review.needs import Need, months_after, need_of
from tests.export.small import claim_of

SAFETY, USAGE = claim_of("safety", "Tea may cause hiccups."), claim_of("usage", "Tea is used for sleep.")

POLICY: dict[str, Any] = {
    "risks": [{"when": {"types": ["safety"]}, "risk": "high"}, {"when": {"mentions": ["tea"]}, "risk": "medium"}],
    "approvals": [{"risks": ["high"], "people": 2, "roles": ["clinician"]}, {"risks": ["medium"], "people": 1}],
    "lifetimes": [{"months": 36}, {"risks": ["high"], "months": 24}, {"when": {"types": ["usage"]}, "months": 48}],
}

NEEDS: Mapping[str, tuple[dict[str, Any], Any, Need]] = {
    "no policy": ({}, SAFETY, Need("low", 1, (), None)),
    "high": (POLICY, SAFETY, Need("high", 2, ("clinician",), 24)),
    "medium": (POLICY, USAGE, Need("medium", 1, (), 36)),
    "the first risk that holds decides": (POLICY | {"risks": POLICY["risks"][::-1]}, SAFETY, Need("medium", 1, (), 36)),
    "the first approval that fits decides": (
        {"approvals": [{"people": 3}, {"people": 1}]},
        SAFETY,
        Need("low", 3, (), None),
    ),
    "approval of a type": (
        {"approvals": [{"when": {"types": ["safety"]}, "people": 2}]},
        USAGE,
        Need("low", 1, (), None),
    ),
    "nobody is never enough": ({"approvals": [{"people": 0}]}, SAFETY, Need("low", 1, (), None)),
    "a role alone": ({"approvals": [{"roles": ["clinician"]}]}, SAFETY, Need("low", 1, ("clinician",), None)),
}


@pytest.mark.parametrize(("policy", "claim", "need"), NEEDS.values(), ids=NEEDS)
def test_what_is_needed(policy: dict[str, Any], claim: Any, need: Need) -> None:
    assert need_of(claim, Policy.model_validate(policy)) == need


CONDITIONS: Mapping[str, tuple[When, bool]] = {
    "nothing asked": (When(), True),
    "type": (When(types=("usage", "safety")), True),
    "another type": (When(types=("usage",)), False),
    "rating": (When(ratings=(SAFETY.verdict.rating,)), True),
    "another rating": (When(ratings=("unheard-of",)), False),
    "polarity": (When(polarity="asserted"), True),
    "another polarity": (When(polarity="denied"), False),
    "words in any case": (When(mentions=("TEA", "hiccups")), True),
    "one of the words missing": (When(mentions=("tea", "sleep")), False),
    "part of a word": (When(mentions=("hiccup",)), False),
    "signs of patterns are words": (When(mentions=("t.a",)), False),
}


@pytest.mark.parametrize(("when", "outcome"), CONDITIONS.values(), ids=CONDITIONS)
def test_whether_a_condition_holds(when: When, outcome: bool) -> None:
    assert holds(when, SAFETY) is outcome


MONTHS = [
    (date(2026, 1, 31), 1, date(2026, 2, 28)),
    (date(2024, 1, 31), 1, date(2024, 2, 29)),
    (date(2024, 2, 29), 12, date(2025, 2, 28)),
    (date(2024, 2, 29), 48, date(2028, 2, 29)),
    (date(2026, 12, 31), 2, date(2027, 2, 28)),
    (date(2026, 11, 30), 1, date(2026, 12, 30)),
    (date(2026, 12, 15), 0, date(2026, 12, 15)),
    (date(2026, 12, 15), 12, date(2027, 12, 15)),
    (date(9999, 12, 31), 0, date(9999, 12, 31)),
    (date(9999, 12, 1), 1, date.max),
    (date(2026, 1, 1), 999_999_999_999, date.max),
]


@pytest.mark.parametrize(("day", "months", "later"), MONTHS)
def test_months_after(day: date, months: int, later: date) -> None:
    assert months_after(day, months) == later


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 600))
def test_a_month_is_28_to_31_days_and_no_day_is_passed_over(day: date, months: int) -> None:
    later = months_after(day, months)
    assert 28 * months <= (later - day).days <= 31 * months
    assert (later + timedelta(days=1)).day == 1 or later.day == day.day
