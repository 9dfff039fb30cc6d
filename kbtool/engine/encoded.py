"""Diagnostics as plain values and back, so that they can be kept and handed between processes.

File names are kept as they are inside the base; the folder under which a run prints them is put before them again, so
that a kept diagnostic holds wherever the base is looked at from. Nothing heavy is imported here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kbtool.diagnostics import Diagnostic, Location, Severity

Encoded = list[Any]
"""A diagnostic as rule, severity, sentence, file, line, column, path, hint, related places and subject."""

_SEVERITIES = {severity.value: severity for severity in Severity}


@dataclass(frozen=True, slots=True)
class Printed:
    """How the files of a base are printed in one run."""

    lead: str
    """What stands before the name of a file of the base: `claims/`, or nothing."""
    outside: Mapping[str, str]
    """Printed names of the files outside the base, by the names under which they are kept."""

    def keep(self, file: str) -> str:
        """The name under which a printed file is kept."""
        for kept, printed in self.outside.items():
            if file == printed:
                return kept
        return file.removeprefix(self.lead)

    def path(self, file: str, folder: str) -> str:
        """Where a printed file lies, seen from the base whose schema folder is `folder`."""
        kept = self.keep(file)
        return f"{folder}/{kept[1:]}" if kept in self.outside else kept

    def show(self, kept: str) -> str:
        """The printed name of a file."""
        return self.outside.get(kept) or self.lead + kept

    def encode(self, found: Diagnostic) -> Encoded:
        """A diagnostic as plain values."""
        related = [[self.keep(place.file), place.line, place.column, remark] for place, remark in found.related]
        place = found.location
        return [
            found.rule,
            found.severity.value,
            found.message,
            self.keep(place.file),
            place.line,
            place.column,
            list(found.path),
            found.hint,
            related,
            found.subject,
        ]

    def decode(self, kept: Encoded) -> Diagnostic:
        """The diagnostic that plain values stand for."""
        rule, severity, message, file, line, column, path, hint, related, subject = kept
        return Diagnostic(
            rule,
            _SEVERITIES[severity],
            message,
            Location(self.show(file), line, column),
            tuple(path),
            hint,
            tuple((Location(self.show(other), at, along), remark) for other, at, along, remark in related),
            subject,
        )


def printed_under(shown: str, folder: str) -> Printed:
    """How files are printed where the base is printed as `shown` and its schema folder is `folder`, seen from it."""
    from posixpath import normpath  # noqa: PLC0415 - beside the only use

    lead = "" if shown in {"", "."} else f"{shown}/"
    names = ("vocabulary.yaml", "policy.yaml")
    return Printed(lead, {f":{name}": normpath(f"{lead}{folder}/{name}") for name in names})
