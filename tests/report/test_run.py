"""The counts, the exit status and the order of a report."""

from __future__ import annotations

import pytest

from kbtool.diagnostics import INTERNAL_ERROR, Diagnostic, ExitStatus, Location, Severity
from tests.report.examples import FULL, NOT_FOUND, UNBASED, report_of

BUG = Diagnostic(INTERNAL_ERROR, Severity.ERROR, "kbtool failed on this record", Location("claims/a/b.yaml"))


def test_counts() -> None:
    assert (FULL.errors, FULL.warnings, FULL.notes) == (3, 2, 1)


@pytest.mark.parametrize(
    ("diagnostics", "checks", "status"),
    [
        ((), 1, ExitStatus.OK),
        ((UNBASED,), 1, ExitStatus.OK),
        ((NOT_FOUND, UNBASED), 1, ExitStatus.FINDINGS),
        ((), 0, ExitStatus.UNUSABLE),
        ((NOT_FOUND,), 0, ExitStatus.UNUSABLE),
        ((BUG, NOT_FOUND), 1, ExitStatus.BUG),
        ((BUG,), 0, ExitStatus.BUG),
    ],
)
def test_status(diagnostics: tuple[Diagnostic, ...], checks: int, status: ExitStatus) -> None:
    assert report_of(*diagnostics, checks=checks).status is status


def test_most_severe_first_keeps_the_order_among_equals() -> None:
    assert [found.rule for found in FULL.most_severe_first] == [
        "quote-not-in-source",
        "no-such-term",
        "yaml-control-character",
        "hidden-character",
        "caveat-without-basis",
        "long-rationale",
    ]
