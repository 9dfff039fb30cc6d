"""The review date of a page."""

from __future__ import annotations

from typing import Any

import pytest

from kbtool.release.last_reviewed import last_reviewed
from kbtool.release.view import claim_views
from tests.export.small import small_release


def _claim(day: str | None) -> dict[str, Any]:
    return {"review": {"approved_on": day}}


@pytest.mark.parametrize(
    ("days", "wanted"),
    [
        ([], None),
        (["2026-01-02"], "2026-01-02"),
        (["2026-01-02", "2025-12-31", "2026-03-01"], "2025-12-31"),
        (["2026-01-02", None], None),
        ([None], None),
    ],
)
def test_oldest_approval_or_nothing(days: list[str | None], wanted: str | None) -> None:
    """`lastReviewed` of a page is the oldest approval among its claims."""
    assert last_reviewed(map(_claim, days)) == wanted


@pytest.mark.parametrize(("gate", "wanted"), [("any", None), ("approved", "2026-01-10")])
def test_of_a_release(gate: str, wanted: str | None) -> None:
    assert last_reviewed(claim_views(small_release(gate))) == wanted
