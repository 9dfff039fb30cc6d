"""Fingerprints follow a finding when lines move, and tell findings apart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kbtool.diagnostics import Diagnostic, Location, Severity
from kbtool.report.fingerprint import fingerprint, numbered_fingerprints
from tests.report.examples import NOT_FOUND, UNBASED


@pytest.mark.parametrize(
    "moved",
    [
        replace(NOT_FOUND, location=Location("claims/renamed.yaml", 99, 3)),
        replace(NOT_FOUND, hint="another hint", related=()),
        replace(NOT_FOUND, severity=Severity.WARNING),
    ],
)
def test_same_finding(moved: Diagnostic) -> None:
    assert fingerprint(moved) == fingerprint(NOT_FOUND)


@pytest.mark.parametrize(
    "other",
    [
        replace(NOT_FOUND, rule="another-rule"),
        replace(NOT_FOUND, subject="another/claim"),
        replace(NOT_FOUND, subject=""),
        replace(NOT_FOUND, path=("source", "quotes", 1, "exact")),
        replace(NOT_FOUND, path=("source", "quotes", "0", "exact")),
        replace(NOT_FOUND, message="another sentence"),
    ],
)
def test_another_finding(other: Diagnostic) -> None:
    assert fingerprint(other) != fingerprint(NOT_FOUND)


def test_equal_findings_are_numbered() -> None:
    digest, other = fingerprint(NOT_FOUND), fingerprint(UNBASED)
    found = [NOT_FOUND, UNBASED, replace(NOT_FOUND, location=Location("claims/a.yaml", 5, 1))]
    assert list(numbered_fingerprints(found)) == [f"{digest}:1", f"{other}:1", f"{digest}:2"]
