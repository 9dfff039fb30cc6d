"""JUnit XML: always parses, counts right, every diagnostic at one record."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given

from kbtool.diagnostics import Diagnostic, Location, Severity
from kbtool.report.junit import render_junit
from kbtool.report.phrases import headline
from tests.report.examples import CLAIM, FULL, REPORTS, SMALL, SUBJECTS, report_of

if TYPE_CHECKING:
    from kbtool.report.run import RunReport


def cases(report: RunReport) -> dict[tuple[str, str], ET.Element]:
    """The test cases of a report by class and name."""
    suite = ET.fromstring(render_junit(report).encode())
    return {(case.attrib["classname"], case.attrib["name"]): case for case in suite.iter("testcase")}


def test_one_case_a_record() -> None:
    assert list(cases(SMALL)) == [
        ("kbtool", "run"),
        ("base", "kb.yaml"),
        ("source", "tea"),
        ("evidence", "tea-study"),
        ("claim/tea", "tea/boiling-point"),
    ]


@pytest.mark.parametrize(
    ("subject", "file", "case"),
    [
        ("tea-study", "claims/evidence/tea-study.yaml", ("evidence", "tea-study")),
        ("tea-study", "claims/elsewhere.yaml", ("evidence", "tea-study")),
        ("", CLAIM, ("claim/tea", "tea/boiling-point")),
        ("gone", CLAIM, ("claim/tea", "tea/boiling-point")),
        ("a/b", "claims/a/b.yaml", ("file", "claims/a/b.yaml")),
    ],
)
def test_home_of_a_diagnostic(subject: str, file: str, case: tuple[str, str]) -> None:
    report = report_of(Diagnostic("a-rule", Severity.ERROR, "one sentence", Location(file), subject=subject))
    found = cases(report)
    assert [name for name in found if found[name].find("failure") is not None] == [case]


def test_same_id_in_two_kinds_is_told_apart_by_file() -> None:
    subjects = (("x", "claims/evidence/x.yaml"), ("x", "claims/sources/x.yaml"))
    for _, file in subjects:
        diagnostic = Diagnostic("a-rule", Severity.ERROR, "one sentence", Location(file), subject="x")
        found = cases(report_of(diagnostic, subjects=subjects))
        failed = [name for name, case in found.items() if case.find("failure") is not None]
        assert failed == [("evidence" if "evidence" in file else "source", "x")]


def test_nothing_checked_fails() -> None:
    found = cases(report_of(checks=0))
    assert found["kbtool", "run"].find("failure") is not None
    assert sum(case.find("skipped") is not None for case in found.values()) == len(SUBJECTS)


@given(REPORTS)
def test_parses_and_counts(report: RunReport) -> None:
    """XML always parses, every diagnostic is in it once, and the counts are those of the cases."""
    root = ET.fromstring(render_junit(report).encode())
    texts = "\n".join(element.text or "" for element in root.iter() if element.tag in {"failure", "system-out"})
    lines = texts.split("\n")
    for diagnostic in report.diagnostics:
        assert lines.count(headline(diagnostic)) == [headline(other) for other in report.diagnostics].count(
            headline(diagnostic)
        )
    found = list(root.iter("testcase"))
    for element in (root, root[0]):
        assert int(element.attrib["tests"]) == len(found)
        assert int(element.attrib["failures"]) == sum(case.find("failure") is not None for case in found)
        assert int(element.attrib["skipped"]) == sum(case.find("skipped") is not None for case in found)
    assert (int(root.attrib["failures"]) > 0) == (report.errors > 0 or report.checks == 0)


def test_several_errors_are_one_failure() -> None:
    failure = cases(FULL)["claim/tea", "tea/boiling-point"].find("failure")
    assert failure is not None
    assert failure.attrib["message"].endswith(" (and 1 more error)")
