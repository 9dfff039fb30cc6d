"""The JSON report carries everything, unchanged."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hypothesis import given

from kbtool.report.machine import render_json
from tests.report.examples import NOT_FOUND, REPORTS, SMALL

if TYPE_CHECKING:
    from kbtool.report.run import RunReport

SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


def test_shape() -> None:
    assert json.loads(render_json(SMALL))["diagnostics"][0] == {
        "rule": "quote-not-in-source",
        "severity": "error",
        "message": NOT_FOUND.message,
        "file": NOT_FOUND.location.file,
        "line": 14,
        "column": 14,
        "path": ["source", "quotes", 0, "exact"],
        "hint": NOT_FOUND.hint,
        "related": [
            {
                "file": "claims/sources/tea.yaml",
                "line": 3,
                "column": 1,
                "message": "the source is described here",
            }
        ],
        "subject": "tea/boiling-point",
    }


@given(REPORTS)
def test_values_come_back(report: RunReport) -> None:
    """The escapes mean the same: every text comes back as it was, but for lone surrogates."""
    value = json.loads(render_json(report))
    pairs = zip(value["diagnostics"], report.diagnostics, strict=True)
    for written, diagnostic in pairs:
        for key, text in (("rule", diagnostic.rule), ("message", diagnostic.message), ("hint", diagnostic.hint)):
            assert written[key] == text.translate(SURROGATES)
    assert value["exit_status"] == report.status
    assert value["counts"]["checks"] == report.checks
