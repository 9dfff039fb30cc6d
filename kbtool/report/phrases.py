"""The sentences that several report formats share: a diagnostic in one line, and what was counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbtool.report.visible import visible

if TYPE_CHECKING:
    from kbtool.diagnostics import Diagnostic, Location
    from kbtool.report.run import RunReport

NOTHING_CHECKED = "nothing was checked"


def count(number: int, noun: str) -> str:
    """A number with its noun: `1 error`, `3,215 checks`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def place(location: Location) -> str:
    """`file:line:column`, which editors and terminals turn into a link."""
    return f"{visible(location.file)}:{location.line}:{location.column}"


def headline(diagnostic: Diagnostic) -> str:
    """The whole diagnostic in one line: place, severity, sentence and rule."""
    sentence = f"{visible(diagnostic.message)} [{visible(diagnostic.rule)}]"
    return f"{place(diagnostic.location)}: {diagnostic.severity}: {sentence}"


def counts_line(report: RunReport) -> str:
    """What was found, what was looked at, and the date that this holds for."""
    found = (count(report.errors, "error"), count(report.warnings, "warning"), count(report.notes, "note"))
    seen = (count(report.files, "file"), count(report.records, "record"), count(report.checks, "check"))
    return f"{', '.join(found)}, {report.waived:,} waived; {', '.join(seen)}; as of {report.as_of.isoformat()}"
