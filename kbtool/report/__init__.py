"""Reports: what a run found, as text, JSON, SARIF, JUnit or GitHub annotations; values in, text out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kbtool.report.github import render_github
from kbtool.report.junit import render_junit
from kbtool.report.machine import render_json
from kbtool.report.run import RunReport
from kbtool.report.sarif import render_sarif
from kbtool.report.text import render_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["FORMATS", "RunReport", "render_text"]

FORMATS: Mapping[str, Callable[[RunReport], str]] = {
    "text": partial(render_text, colour=False),
    "json": render_json,
    "sarif": render_sarif,
    "junit": render_junit,
    "github": render_github,
}
"""Every format of a report by its name; `text` is without colour here."""
