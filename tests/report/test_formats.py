"""Every format: accepted outputs, the examples of the manual, and what holds for any report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given

from kbtool.report import FORMATS, RunReport, render_text
from tests.golden import check_golden
from tests.report.examples import FULL, REPORTS, SMALL, report_of

GOLDEN = Path(__file__).parent / "golden"
MANUAL = Path(__file__).parents[2] / "docs" / "read-a-diagnostic.md"
ENDINGS = {"text": "txt", "json": "json", "sarif": "sarif", "junit": "xml", "github": "txt"}


def test_every_format_has_a_golden_ending() -> None:
    assert ENDINGS.keys() == FORMATS.keys()


@pytest.mark.parametrize("name", FORMATS)
def test_full_report(name: str) -> None:
    check_golden(GOLDEN / f"{name}.{ENDINGS[name]}", FORMATS[name](FULL))


@pytest.mark.parametrize("name", FORMATS)
def test_report_without_findings(name: str) -> None:
    check_golden(GOLDEN / f"{name}-clean.{ENDINGS[name]}", FORMATS[name](report_of()))


@pytest.mark.parametrize("name", FORMATS)
def test_report_without_checks(name: str) -> None:
    check_golden(GOLDEN / f"{name}-nothing-checked.{ENDINGS[name]}", FORMATS[name](report_of(checks=0)))


def test_full_report_in_colour() -> None:
    check_golden(GOLDEN / "text-colour.txt", render_text(FULL, colour=True))


@pytest.mark.parametrize("name", ["text", "json", "junit", "github"])
def test_manual_shows_real_output(name: str) -> None:
    assert f"\n{FORMATS[name](SMALL)}```\n" in MANUAL.read_text(encoding="utf-8")


def test_manual_shows_a_real_sarif_result() -> None:
    result = json.loads(FORMATS["sarif"](SMALL))["runs"][0]["results"][0]
    assert f"\n{json.dumps(result, indent=2, sort_keys=True)}\n```\n" in MANUAL.read_text(encoding="utf-8")


@given(REPORTS)
def test_nothing_hidden_in_any_output(report: RunReport) -> None:
    """Control and bidirectional characters get a clear diagnostic or are made harmless."""
    for render in FORMATS.values():
        output = render(report)
        output.encode("utf-8")
        assert all(line.isprintable() for line in output.split("\n"))
        assert output.endswith("\n")


@given(REPORTS)
def test_same_report_same_bytes(report: RunReport) -> None:
    """Same files, same `as_of`, same bytes for text formats."""
    for render in FORMATS.values():
        assert render(report) == render(report)
