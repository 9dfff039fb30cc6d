"""The report as GitHub workflow commands, which that service shows as annotations on the lines of a change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbtool.diagnostics import Severity
from kbtool.report.phrases import NOTHING_CHECKED, count, counts_line
from kbtool.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kbtool.diagnostics import Diagnostic
    from kbtool.report.run import RunReport

MOST_OF_EACH = 10
"""The service shows this many annotations of each level for a step and drops the others in silence."""
COMMANDS: Mapping[Severity, str] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "notice",
}


def render_github(report: RunReport) -> str:
    """At most ten errors, warnings and notices each, then how many were left out, then the counts."""
    return "".join(f"{line}\n" for line in _lines(report))


def _lines(report: RunReport) -> Iterator[str]:
    if report.checks == 0:
        yield f"::error title=kbtool::{NOTHING_CHECKED}"
    left_out = []
    for severity, command in COMMANDS.items():
        found = [diagnostic for diagnostic in report.diagnostics if diagnostic.severity is severity]
        yield from (_annotation(command, diagnostic) for diagnostic in found[:MOST_OF_EACH])
        if found[MOST_OF_EACH:]:
            left_out.append(count(len(found) - MOST_OF_EACH, f"more {severity}"))
    if left_out:
        yield f"not shown as annotations: {', '.join(left_out)}; the text report has them all"
    yield counts_line(report)


def _annotation(command: str, diagnostic: Diagnostic) -> str:
    location = diagnostic.location
    place = f"file={_property(location.file)},line={location.line},col={location.column}"
    return f"::{command} {place},title={_property(diagnostic.rule)}::{_message(diagnostic)}"


def _message(diagnostic: Diagnostic) -> str:
    hint = f"%0Ahint: {_data(diagnostic.hint)}" if diagnostic.hint else ""
    related = (f"%0Asee: {_data(f'{at.file}:{at.line}:{at.column}: {remark}')}" for at, remark in diagnostic.related)
    return _data(diagnostic.message) + hint + "".join(related)


def _data(text: str) -> str:
    """Text of a command: a line break would end it, but none is left once hidden characters are visible."""
    return visible(text).replace("%", "%25")


def _property(text: str) -> str:
    """Value of a property: beside what text needs, `:` and `,` would end it."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
