"""Reports: what a run found, as text, JSON, SARIF, JUnit or GitHub annotations; values in, text out.

A format is imported when it is asked for: most runs print text, and start-up is a feature.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kbtool.report.run import RunReport
from kbtool.report.text import render_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["FORMATS", "RunReport", "render_text"]


def _json(report: RunReport) -> str:
    from kbtool.report.machine import render_json  # noqa: PLC0415 - see above

    return render_json(report)


def _sarif(report: RunReport) -> str:
    from kbtool.report.sarif import render_sarif  # noqa: PLC0415 - see above

    return render_sarif(report)


def _junit(report: RunReport) -> str:
    from kbtool.report.junit import render_junit  # noqa: PLC0415 - see above

    return render_junit(report)


def _github(report: RunReport) -> str:
    from kbtool.report.github import render_github  # noqa: PLC0415 - see above

    return render_github(report)


FORMATS: Mapping[str, Callable[[RunReport], str]] = {
    "text": partial(render_text, colour=False),
    "json": _json,
    "sarif": _sarif,
    "junit": _junit,
    "github": _github,
}
"""Every format of a report by its name; `text` is without colour here."""
