"""What one checking run found, as the value that every report format is made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kbtool.diagnostics import SEVERITY_RANK, Diagnostic, ExitStatus, Severity, exit_status

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from kbtool.rules.rule import RulePage


@dataclass(frozen=True, slots=True)
class RunReport:
    """The outcome of one run: what was looked at, on which date, and what is wrong with it."""

    as_of: date
    """The date (UTC) that the verdict holds for."""
    base: str
    """The base that was checked, as the person named it."""
    diagnostics: tuple[Diagnostic, ...]
    """Everything found, already in the order of `kbtool.diagnostics.in_order`."""
    files: int
    """How many files were read."""
    records: int
    """How many records they held."""
    checks: int
    """How many checks were made; a run without any has failed."""
    waived: int
    """How many findings a waiver silenced; they are not among the diagnostics."""
    pages: Mapping[str, RulePage]
    """The page of every rule known, by its name."""
    line: Callable[[str, int], str | None]
    """Text of one line of a file, numbered from 1, for excerpts; None where there is no such line."""
    version: str
    """The version of kbtool that ran."""
    subjects: tuple[tuple[str, str], ...] = ()
    """Every record as (subject id, file), for reports by record."""
    silenced: tuple[Diagnostic, ...] = ()
    """The findings that waivers silence, as text and JSON show them; none of them counts."""

    @property
    def errors(self) -> int:
        """How many diagnostics are errors."""
        return self._count(Severity.ERROR)

    @property
    def warnings(self) -> int:
        """How many diagnostics are warnings."""
        return self._count(Severity.WARNING)

    @property
    def notes(self) -> int:
        """How many diagnostics are notes."""
        return self._count(Severity.NOTE)

    @property
    def status(self) -> ExitStatus:
        """The exit status of the run; a bug outranks a run without checks, which outranks findings."""
        status = exit_status(self.diagnostics)
        return ExitStatus.UNUSABLE if self.checks == 0 and status is not ExitStatus.BUG else status

    @property
    def most_severe_first(self) -> list[Diagnostic]:
        """The diagnostics by severity and, where that is equal, in the order of the report."""
        return sorted(self.diagnostics, key=lambda diagnostic: SEVERITY_RANK[diagnostic.severity])

    def _count(self, severity: Severity) -> int:
        return sum(diagnostic.severity is severity for diagnostic in self.diagnostics)
