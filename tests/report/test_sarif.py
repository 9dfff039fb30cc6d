"""SARIF 2.1.0: valid for any report, capped, and safe in its places and messages."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import given, settings
from jsonschema import Draft4Validator, FormatChecker

from kbtool.diagnostics import Diagnostic, Location, Severity
from kbtool.report.sarif import MOST_RESULTS, render_sarif, sarif_log
from tests.report.examples import FULL, REPORTS, report_of
from tests.shared import SHARED, needs_shared

if TYPE_CHECKING:
    from kbtool.report.run import RunReport

FORMAT_CHECKER = FormatChecker()
_PCHAR = r"(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})"
_TAIL = rf"(?:/{_PCHAR}*)*(?:\?(?:{_PCHAR}|[/?])*)?(?:#(?:{_PCHAR}|[/?])*)?"
URI = re.compile(rf"[A-Za-z][A-Za-z0-9+.-]*:(?://{_PCHAR}*)?{_PCHAR}*{_TAIL}")
RELATIVE = re.compile(rf"(?:(?!/)(?!{_PCHAR}*:){_PCHAR}*|(?=/)(?!//)|//{_PCHAR}*(?=/|$)){_TAIL}")


@FORMAT_CHECKER.checks("uri")
def is_uri(value: object) -> bool:
    """RFC 3986, absolute or with a fragment."""
    return not isinstance(value, str) or bool(URI.fullmatch(value))


@FORMAT_CHECKER.checks("uri-reference")
def is_uri_reference(value: object) -> bool:
    """RFC 3986: a URI or a relative reference, whose first segment holds no colon."""
    return not isinstance(value, str) or bool(URI.fullmatch(value) or RELATIVE.fullmatch(value))


@cache
def validator() -> Draft4Validator:
    """The standard's own schema, with its formats."""
    folder = SHARED or Path()
    schema = json.loads((folder / "testdata/sarif/sarif-schema-2.1.0.json").read_bytes())
    return Draft4Validator(schema, format_checker=FORMAT_CHECKER)


def problems(log: str) -> list[str]:
    """What the schema says against a log."""
    return [error.message for error in validator().iter_errors(json.loads(log))]


@pytest.mark.parametrize(
    ("value", "good"),
    [
        ("a/b.yaml", True),
        ("a%20b", True),
        ("file:///a/b", True),
        ("", True),
        ("a b", False),
        ("a:b.yaml/ ", False),
        ("1:b", False),
        ("%zz", False),
        ("a\u0301", False),
    ],
)
def test_the_format_check_bites(value: str, *, good: bool) -> None:
    assert is_uri_reference(value) is good


@needs_shared
def test_the_schema_bites() -> None:
    log = json.loads(render_sarif(FULL))
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] = "a b"
    log["runs"][0]["results"][1]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    assert len(problems(json.dumps(log))) == 2


@needs_shared
@settings(max_examples=50, deadline=None)
@given(REPORTS)
def test_valid_for_any_diagnostics(report: RunReport) -> None:
    """A lint report in SARIF 2.1.0 that the standard's schema accepts, formats included."""
    assert not problems(render_sarif(report))


@needs_shared
def test_full_report_is_valid() -> None:
    assert not problems(render_sarif(FULL))


def first_result(diagnostic: Diagnostic) -> dict[str, object]:
    """The one result of a report over one diagnostic."""
    result: dict[str, object] = json.loads(render_sarif(report_of(diagnostic)))["runs"][0]["results"][0]
    return result


@pytest.mark.parametrize(
    ("file", "artifact"),
    [
        ("claims/a b/ü:%.yaml", {"uri": "claims/a%20b/%C3%BC%3A%25.yaml", "uriBaseId": "WORKINGDIRECTORY"}),
        ("a\udcff\ud800", {"uri": "a%FF%EF%BF%BD", "uriBaseId": "WORKINGDIRECTORY"}),
        ("/a#b?c", {"uri": "file:///a%23b%3Fc"}),
    ],
)
def test_places(file: str, artifact: dict[str, str]) -> None:
    result = first_result(Diagnostic("a-rule", Severity.NOTE, "one sentence", Location(file, 2, 3)))
    place = {"artifactLocation": artifact, "region": {"startLine": 2, "startColumn": 3}}
    assert result["locations"] == [{"physicalLocation": place}]
    name = unquote_to_bytes(artifact["uri"].removeprefix("file://"))
    assert name == re.sub("\ud800", "\ufffd", file).encode(errors="surrogateescape")


def test_data_becomes_neither_placeholder_nor_link() -> None:
    result = first_result(Diagnostic("a-rule", Severity.NOTE, "'{0}' [a](1)\x1b", Location("a"), hint="{}"))
    assert result["message"] == {"text": "'{{0}}' [a] (1)<U+001B>\nhint: {{}}"}


def test_rules_known_have_an_index_and_others_have_none() -> None:
    run = json.loads(render_sarif(FULL))["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        if "ruleIndex" in result:
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert [result["ruleId"] for result in run["results"] if "ruleIndex" in result] == [
        "quote-not-in-source",
        "caveat-without-basis",
    ]


def test_most_severe_results_are_kept() -> None:
    many = [Diagnostic("a-rule", Severity.NOTE, f"note {n}", Location("a", n)) for n in range(1, MOST_RESULTS + 3)]
    log = sarif_log(report_of(*many, Diagnostic("a-rule", Severity.ERROR, "last", Location("z"))))
    run = json.loads(json.dumps(log))["runs"][0]
    assert len(run["results"]) == MOST_RESULTS
    assert run["results"][0]["level"] == "error"
    assert run["invocations"][0]["toolExecutionNotifications"] == [
        {"level": "warning", "message": {"text": "3 less severe results were left out."}}
    ]


@pytest.mark.parametrize(("checks", "went_well", "code"), [(5, True, 1), (0, False, 2)])
def test_invocation(checks: int, code: int, *, went_well: bool) -> None:
    report = report_of(*FULL.diagnostics, checks=checks)
    invocation = json.loads(render_sarif(report))["runs"][0]["invocations"][0]
    assert (invocation["executionSuccessful"], invocation["exitCode"]) == (went_well, code)
