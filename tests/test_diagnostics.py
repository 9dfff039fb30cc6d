"""Order and weight of diagnostics."""

from __future__ import annotations

import random

import pytest

from kbtool.diagnostics import INTERNAL_ERROR, Diagnostic, ExitStatus, Location, Severity, exit_status, in_order

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


def a(
    file: str, line: int = 1, column: int = 1, severity: Severity = ERROR, rule: str = "r", message: str = "m"
) -> Diagnostic:
    return Diagnostic(rule, severity, message, Location(file, line, column))


def test_diagnostics_stand_by_file_line_column_weight_rule_and_sentence() -> None:
    ordered = [
        a("a.yaml"),
        a("a.yaml", 1, 2, WARNING),
        a("a.yaml", 2, 1, ERROR, "s"),
        a("a.yaml", 2, 1, WARNING, "r", "l"),
        a("a.yaml", 2, 1, WARNING, "r", "m"),
        a("a.yaml", 2, 1, NOTE),
        a("a.yaml", 10),
        a("b.yaml"),
    ]
    mixed = ordered * 2
    random.Random(1).shuffle(mixed)
    assert in_order(mixed) == tuple(ordered)


@pytest.mark.parametrize(
    ("diagnostics", "status"),
    [
        ([], ExitStatus.OK),
        ([a("a", severity=WARNING), a("a", severity=NOTE)], ExitStatus.OK),
        ([a("a", severity=WARNING), a("a")], ExitStatus.FINDINGS),
        ([a("a"), a("a", rule=INTERNAL_ERROR)], ExitStatus.BUG),
        ([a("a", rule=INTERNAL_ERROR), a("a")], ExitStatus.BUG),
    ],
)
def test_the_exit_status_is_the_worst_of_all(diagnostics: list[Diagnostic], status: ExitStatus) -> None:
    assert exit_status(diagnostics) is status
