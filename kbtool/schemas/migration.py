"""What a migration is: the way from one version of the record format to the next, one function a kind of file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from kbtool.diagnostics import Path
from kbtool.yamlsource.problems import Data

RecordKind = Literal["claim", "evidence", "source", "kb", "reviewers", "waiver", "vocabulary", "policy"]
"""The kinds of files that a migration may change; signed files and stored texts are none of them."""


@dataclass(frozen=True, slots=True)
class Document:
    """One file on its way: its name inside the base, or `vocabulary.yaml` or `policy.yaml`; its text and what it says.

    The text is within the strict subset of YAML.
    """

    name: str
    text: str
    data: Mapping[str, Data]


@dataclass(frozen=True, slots=True)
class Stuck:
    """Why a file cannot go on without a person: one sentence, a route to the value concerned, what to do."""

    message: str
    path: Path = ()
    hint: str = ""


Change = Callable[[Document], str | Stuck]
"""The text of a file in the next version, or why a person must look first.

A file that needs no change comes back as it is, so that applying a change twice is applying it once. Comments stay.
"""


@dataclass(frozen=True, slots=True)
class Migration:
    """The way from version `before` to the one behind it."""

    before: int
    what: str
    """What changes, in a sentence for whoever runs it."""
    changes: Mapping[RecordKind, Change]
    """By kind of file; kinds that are not named stay as they are."""

    @property
    def after(self) -> int:
        """The version that it leads to."""
        return self.before + 1


@dataclass(frozen=True, slots=True)
class RecordFormat:
    """The record format: the version that the models read, and every way to it from an older one."""

    version: int
    migrations: tuple[Migration, ...]
    """One from each older version that can still be brought forward."""

    def way(self, start: int, to: int) -> tuple[Migration, ...] | None:
        """The migrations from one version to a later one, in order; None where one of them is missing."""
        by_start = {migration.before: migration for migration in self.migrations}
        found = tuple(by_start[version] for version in range(start, to) if version in by_start)
        return found if len(found) == to - start else None
