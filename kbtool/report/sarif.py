"""The report as a SARIF 2.1.0 log, which code hosts and editors show beside the lines concerned."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from kbtool.diagnostics import ExitStatus, Severity
from kbtool.report.fingerprint import numbered_fingerprints
from kbtool.report.jsontext import json_text
from kbtool.report.machine import counts
from kbtool.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kbtool.diagnostics import Diagnostic, Location
    from kbtool.report.jsontext import Json
    from kbtool.report.run import RunReport
    from kbtool.rules.rule import RulePage

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
MOST_RESULTS = 25_000
"""Code hosts refuse a run with more results than this."""
LEVELS: Mapping[Severity, str] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "note",
    Severity.OFF: "none",
}
_BASE = "WORKINGDIRECTORY"
_NOT_BYTES = re.compile("[\ud800-\udc7f\udd00-\udfff]")


def render_sarif(report: RunReport) -> str:
    """The SARIF log as JSON text with sorted keys and a final newline."""
    return json_text(sarif_log(report))


def sarif_log(report: RunReport) -> dict[str, Json]:
    """The SARIF log as a plain value; at most 25,000 results, the most severe, and a note of how many were cut."""
    kept = report.most_severe_first[:MOST_RESULTS]
    rules = sorted(report.pages)
    index = {name: number for number, name in enumerate(rules)}
    fingerprints = numbered_fingerprints(kept)
    run: dict[str, Json] = {
        "tool": {"driver": _driver(report, [_rule(report.pages[name]) for name in rules])},
        "invocations": [_invocation(report, len(report.diagnostics) - len(kept))],
        "originalUriBaseIds": {_BASE: {"description": {"text": "The folder that kbtool was run in."}}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(*pair, index) for pair in zip(kept, fingerprints, strict=True)],
        "properties": {"asOf": report.as_of.isoformat(), "counts": counts(report)},
    }
    return {"version": "2.1.0", "$schema": SCHEMA, "runs": [run]}


def _driver(report: RunReport, rules: list[Json]) -> Json:
    return {"name": "kbtool", "version": report.version, "semanticVersion": report.version, "rules": rules}


def _rule(page: RulePage) -> Json:
    return {
        "id": page.name,
        "name": page.name.title().replace("-", ""),
        "shortDescription": {"text": page.summary},
        "fullDescription": {"text": page.why},
        "help": {
            "text": f"Why it matters: {page.why}\n\nHow to mend it: {page.mend}",
            "markdown": f"**Why it matters:** {page.why}\n\n**How to mend it:** {page.mend}",
        },
        "defaultConfiguration": {"level": LEVELS[page.severity]},
        "properties": {"tags": ["locked"] if page.locked else []},
    }


def _invocation(report: RunReport, cut: int) -> Json:
    notes: list[Json] = []
    if cut:
        notes.append({"level": "warning", "message": {"text": f"{cut:,} less severe results were left out."}})
    return {
        "executionSuccessful": report.status in {ExitStatus.OK, ExitStatus.FINDINGS},
        "exitCode": int(report.status),
        "toolExecutionNotifications": notes,
    }


def _result(diagnostic: Diagnostic, digest: str, index: Mapping[str, int]) -> Json:
    known: dict[str, Json] = {"ruleIndex": index[diagnostic.rule]} if diagnostic.rule in index else {}
    hint = (f"hint: {diagnostic.hint}",) if diagnostic.hint else ()
    return known | {
        "ruleId": diagnostic.rule,
        "level": LEVELS[diagnostic.severity],
        "kind": "fail",
        "message": _message(diagnostic.message, *hint),
        "locations": [{"physicalLocation": _physical(diagnostic.location)}],
        "relatedLocations": [
            {"id": number, "physicalLocation": _physical(location), "message": _message(remark)}
            for number, (location, remark) in enumerate(diagnostic.related, 1)
        ],
        # The second name is the one that code hosts look for; theirs changes with the text of the line.
        "partialFingerprints": {"kbtoolFinding/v1": digest, "primaryLocationLineHash": digest},
        "properties": {"subject": diagnostic.subject, "path": list(diagnostic.path)},
    }


def _message(*lines: str) -> Json:
    """Plain message text: data may not become a placeholder (`{0}`) or a link (`[text](target)`)."""
    text = "\n".join(map(visible, lines))
    return {"text": text.replace("{", "{{").replace("}", "}}").replace("](", "] (")}


def _physical(location: Location) -> Json:
    return {
        "artifactLocation": _artifact(location.file),
        "region": {"startLine": location.line, "startColumn": location.column},
    }


def _artifact(file: str) -> Json:
    # Bytes of a file name that are not UTF-8 arrive as low surrogates; they are given back as the bytes they were.
    path = quote(_NOT_BYTES.sub("\ufffd", file), safe="/", errors="surrogateescape")
    if file.startswith("/"):
        return {"uri": f"file://{path}"}
    return {"uri": path, "uriBaseId": _BASE}
