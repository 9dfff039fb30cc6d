"""What an exporter is: a release in, files out, or a refusal where a caveat could not be carried."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from kbtool.release.artifact import Artifact, OutputFile, Streamed
from kbtool.release.view import with_views

if TYPE_CHECKING:
    from kbtool.release.release import Release

__all__ = [
    "Artifact",
    "CaveatLost",
    "Exported",
    "Exporter",
    "OutputFile",
    "Streamed",
    "contracts_of",
    "fits",
    "run_exporters",
]


@dataclass(frozen=True, slots=True)
class CaveatLost:
    """A caveat that an exporter cannot carry; a release with one is not written."""

    exporter: str
    claim: str
    """Id of the claim."""
    message: str
    """One sentence: which caveat, in which file, and why it would get lost."""
    hint: str = ""


class Exporter(Protocol):
    """Makes files of a release and of nothing else."""

    @property
    def name(self) -> str:
        """One word, as a person types it."""
        ...

    @property
    def purpose(self) -> str:
        """Who uses the files for what, in one sentence."""
        ...

    @property
    def standard(self) -> str:
        """Name and version of the standard that the files follow, or "kbtool's own"."""
        ...

    @property
    def contract(self) -> str:
        """Name and version of our documented contract for the files, e.g. `claims/1`."""
        ...

    @property
    def files(self) -> tuple[str, ...]:
        """Paths of the files it makes; `*` stands for any text without a slash, `**` for any text."""
        ...

    @property
    def cannot_carry(self) -> tuple[str, ...]:
        """What of a release is not in its files; never a caveat."""
        ...

    def export(self, release: Release) -> Iterator[OutputFile | CaveatLost]:
        """The files, and a refusal for each caveat that they cannot carry; the same release gives the same bytes."""
        ...


@dataclass(frozen=True, slots=True)
class Exported:
    """The files of some exporters; where there is a refusal, nothing may be written."""

    artifacts: tuple[OutputFile, ...]
    refusals: tuple[CaveatLost, ...]


def fits(path: str, pattern: str) -> bool:
    """Tell whether a file is one of those that a path of `Exporter.files` stands for.

    >>> fits("a/b/c.json", "a/*/*.json"), fits("a/b/c.json", "a/*.json"), fits("a/b/c.json", "a/**")
    (True, False, True)
    """
    return re.fullmatch(_ANY.sub(lambda stars: _MEANS[stars[0]], re.escape(pattern)), path) is not None


_ANY = re.compile(r"\\\*\\\*|\\\*")
_MEANS = {r"\*\*": ".*", r"\*": "[^/]*"}


def contracts_of(exporters: Iterable[Exporter]) -> dict[str, str]:
    """The contract of each exporter's files, by the exporter's name; for the manifest."""
    return {exporter.name: exporter.contract for exporter in exporters}


MOST_SHARED = 20_000
"""Claims up to which formats of lines share the views, about 5 KB each; of more, each makes one at a time."""

LINES = frozenset({"json", "ndjson", "csv", "jsonld", "changes"})
"""The formats that hold one claim at a time. Any other holds something of every claim until it is written, so that the
views, where it is asked for too, change nothing about how memory grows."""


def run_exporters(exporters: Iterable[Exporter], release: Release) -> Exported:
    """The files and refusals of each exporter in turn; where there are several, they share the views of the claims."""
    asked = tuple(exporters)
    shared = with_shared_views(asked, release)
    made = [item for exporter in asked for item in exporter.export(shared)]
    return Exported(
        artifacts=tuple(item for item in made if not isinstance(item, CaveatLost)),
        refusals=tuple(item for item in made if isinstance(item, CaveatLost)),
    )


def with_shared_views(asked: Collection[Exporter], release: Release) -> Release:
    """The release with the views of its claims in it, where the exporters share them; else as it is."""
    is_small = len(release.claims) <= MOST_SHARED
    holds_all = any(exporter.name not in LINES for exporter in asked)
    return with_views(release) if len(asked) > 1 and (is_small or holds_all) else release
