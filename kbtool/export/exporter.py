"""What an exporter is: a release in, files out, or a refusal where a caveat could not be carried."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from kbtool.release.artifact import Artifact

if TYPE_CHECKING:
    from kbtool.release.release import Release

__all__ = ["Artifact", "CaveatLost", "Exported", "Exporter", "run_exporters"]


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
    def files(self) -> tuple[str, ...]:
        """Paths of the files it makes."""
        ...

    @property
    def cannot_carry(self) -> tuple[str, ...]:
        """What of a release is not in its files; never a caveat."""
        ...

    def export(self, release: Release) -> Iterator[Artifact | CaveatLost]:
        """The files; the same release always gives the same bytes."""
        ...


@dataclass(frozen=True, slots=True)
class Exported:
    """The files of some exporters; where there is a refusal, nothing may be written."""

    artifacts: tuple[Artifact, ...]
    refusals: tuple[CaveatLost, ...]


def run_exporters(exporters: Iterable[Exporter], release: Release) -> Exported:
    """The files and refusals of each exporter in turn."""
    made = [item for exporter in exporters for item in exporter.export(release)]
    return Exported(
        artifacts=tuple(item for item in made if isinstance(item, Artifact)),
        refusals=tuple(item for item in made if isinstance(item, CaveatLost)),
    )
