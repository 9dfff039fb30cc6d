"""GitHub annotations: escaped, ranked, and never more than the service shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hypothesis import given

from kbtool.diagnostics import Diagnostic, Location, Severity
from kbtool.report.github import render_github
from tests.report.examples import REPORTS, report_of

if TYPE_CHECKING:
    from kbtool.report.run import RunReport

COMMAND = re.compile(
    r"::(error|warning|notice) file=([^:,]*),line=(\d+),col=(\d+),title=([^:,]*)::(.*)|::error title=kbtool::.*"
)


def test_escapes() -> None:
    diagnostic = Diagnostic(
        "a,b:c",
        Severity.ERROR,
        "100%0A: a, b\n::error::c",
        Location("a,b:c%.yaml", 2, 3),
        hint="50%",
        related=((Location("x:y", 4, 5), "there"),),
    )
    assert render_github(report_of(diagnostic)).split("\n")[0] == (
        "::error file=a%2Cb%3Ac%25.yaml,line=2,col=3,title=a%2Cb%3Ac"
        "::100%250A: a, b<U+000A>::error::c%0Ahint: 50%25%0Asee: x:y:4:5: there"
    )


def test_ten_of_each_most_severe_first() -> None:
    found = [
        Diagnostic("a-rule", severity, f"finding {number}", Location("a", number))
        for number in range(1, 13)
        for severity in (Severity.NOTE, Severity.ERROR)
    ]
    found.extend(Diagnostic("a-rule", Severity.WARNING, "finding", Location("a", number)) for number in range(1, 12))
    lines = render_github(report_of(*found)).splitlines()
    levels = [line.split(" ")[0] for line in lines[:-2]]
    assert levels == ["::error"] * 10 + ["::warning"] * 10 + ["::notice"] * 10
    assert lines[-2] == (
        "not shown as annotations: 2 more errors, 1 more warning, 2 more notes; the text report has them all"
    )
    assert lines[-1].startswith("12 errors, 11 warnings, 12 notes, 1 waived; ")


@given(REPORTS)
def test_data_starts_no_command(report: RunReport) -> None:
    """Every command is one that the report gives: one line for each finding, then the counts."""
    *commands, counts = render_github(report).removesuffix("\n").split("\n")
    assert len(commands) == len(report.diagnostics) + (report.checks == 0)
    assert all(COMMAND.fullmatch(command) for command in commands)
    assert not counts.startswith("::")
