"""What is wrong with the data, as values: severity, place, one sentence; their order and the exit status."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum

PathPart = str | int
Path = tuple[PathPart, ...]
"""A route inside a record: keys and list positions, e.g. `("caveats", 0, "basis", "evidence")`."""


class Severity(StrEnum):
    """How much a diagnostic weighs; only errors fail a run. `off` is said by a policy, never by a diagnostic."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    OFF = "off"


SEVERITY_RANK: Mapping[Severity, int] = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2, Severity.OFF: 3}


class ExitStatus(IntEnum):
    """The process exit statuses (design section 7); a higher trouble outranks a lower one."""

    OK = 0
    FINDINGS = 1
    UNUSABLE = 2
    BUG = 3
    INTERRUPTED = 130


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file: path with forward slashes, then line and column, both from 1, columns in code points."""

    file: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule yields: a route inside the record that it looked at, one sentence and perhaps a way on.

    `related` holds routes in other records, each with a remark: `((record file, path), remark)`.
    """

    path: Path
    message: str
    hint: str = ""
    related: tuple[tuple[str, Path, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing wrong with the data: the rule's name, one sentence, one primary place."""

    rule: str
    severity: Severity
    message: str
    location: Location
    path: Path = ()
    hint: str = ""
    related: tuple[tuple[Location, str], ...] = ()
    subject: str = ""
    """Id of the record concerned ("document/slug", an evidence slug, a file name), for reports by record."""


def sort_key(diagnostic: Diagnostic) -> tuple[Location, int, str, str]:
    """The order of every report: file, line, column, then severity, rule and sentence."""
    return (diagnostic.location, SEVERITY_RANK[diagnostic.severity], diagnostic.rule, diagnostic.message)


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The diagnostics sorted and without exact repeats, whatever order they were found in."""
    return tuple(sorted(dict.fromkeys(diagnostics), key=sort_key))


def exit_status(diagnostics: Iterable[Diagnostic]) -> ExitStatus:
    """OK without an error-level diagnostic, BUG when the tool itself failed on a record, else FINDINGS."""
    status = ExitStatus.OK
    for diagnostic in diagnostics:
        if diagnostic.rule == INTERNAL_ERROR:
            return ExitStatus.BUG
        if diagnostic.severity is Severity.ERROR:
            status = ExitStatus.FINDINGS
    return status


INTERNAL_ERROR = "internal-error"
"""The rule name of a diagnostic that stands for a bug in kbtool; it ends a run with status 3."""
