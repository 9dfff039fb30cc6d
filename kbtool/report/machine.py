"""The report as one JSON object, for programs; its shape is stable and named by its `format`.

Keys: `format`, `tool` {name, version}, `as_of`, `base`, `exit_status`, `counts` {errors, warnings, notes, waived,
files, records, checks}, `diagnostics`, each {rule, severity, message, file, line, column, path, hint, related,
subject}, and `waived`, the same of what waivers silence. Lines and columns are numbered from 1, columns in code points;
`related` is a list of {file, line, column, message}.
A new key may be added under the same format; a key that goes or changes its meaning makes a new one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbtool.report.jsontext import json_text

if TYPE_CHECKING:
    from kbtool.diagnostics import Diagnostic, Location
    from kbtool.report.jsontext import Json
    from kbtool.report.run import RunReport

FORMAT = "kbtool/report/1"


def render_json(report: RunReport) -> str:
    """The report as JSON text with sorted keys and a final newline."""
    return json_text(
        {
            "format": FORMAT,
            "tool": {"name": "kbtool", "version": report.version},
            "as_of": report.as_of.isoformat(),
            "base": report.base,
            "counts": counts(report),
            "exit_status": int(report.status),
            "diagnostics": [_diagnostic(diagnostic) for diagnostic in report.diagnostics],
            "waived": [_diagnostic(diagnostic) for diagnostic in report.silenced],
        }
    )


def counts(report: RunReport) -> dict[str, Json]:
    """Everything that the run counted, by name."""
    return {
        "errors": report.errors,
        "warnings": report.warnings,
        "notes": report.notes,
        "waived": report.waived,
        "files": report.files,
        "records": report.records,
        "checks": report.checks,
    }


def _diagnostic(diagnostic: Diagnostic) -> Json:
    return {
        "rule": diagnostic.rule,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        **_place(diagnostic.location),
        "path": list(diagnostic.path),
        "hint": diagnostic.hint,
        "related": [{**_place(location), "message": remark} for location, remark in diagnostic.related],
        "subject": diagnostic.subject,
    }


def _place(location: Location) -> dict[str, Json]:
    return {"file": location.file, "line": location.line, "column": location.column}
