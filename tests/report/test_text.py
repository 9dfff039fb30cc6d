"""Text for a terminal."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given

from kbtool.diagnostics import Diagnostic, Location, Severity
from kbtool.report import RunReport, render_text
from kbtool.report.excerpt import cells
from tests.report.examples import CLAIM, FULL, REPORTS, report_of

STYLES = re.compile(r"\x1b\[(?:0|1|36|1;31|1;33|1;36)m")


@given(REPORTS)
def test_colour_adds_only_styles(report: RunReport) -> None:
    """No raw control, escape or bidirectional character reaches the terminal: only the report's own styles do."""
    assert STYLES.sub("", render_text(report, colour=True)) == render_text(report, colour=False)


def test_width_bounds_the_excerpts() -> None:
    lines = render_text(FULL, colour=False, width=60).split("\n")
    assert all(cells(line) <= 60 for line in lines if re.match(r" +\d* \| ", line))


def test_every_diagnostic_has_one_headline() -> None:
    output = render_text(FULL, colour=False)
    for diagnostic in FULL.diagnostics:
        assert len(re.findall(rf": {diagnostic.severity}: .*\[{diagnostic.rule}\]$", output, re.MULTILINE)) == 1


def test_no_excerpt_where_there_is_no_line() -> None:
    report = report_of(Diagnostic("a-rule", Severity.NOTE, "one sentence", Location(CLAIM, 999, 3)))
    assert render_text(report, colour=False).split("\n")[:2] == [f"{CLAIM}:999:3: note: one sentence [a-rule]", ""]


def test_what_a_waiver_silences_is_shown_and_does_not_count() -> None:
    silenced = Diagnostic("unused-evidence", Severity.WARNING, "no claim cites it", Location("claims/a.yaml", 3, 5))
    report = replace(report_of(), silenced=(silenced,))
    said = render_text(report, colour=False)

    assert "claims/a.yaml:3:5: waived warning: no claim cites it [unused-evidence]\n" in said
    assert "0 errors, 0 warnings" in said
