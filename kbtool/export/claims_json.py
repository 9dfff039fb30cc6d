"""`claims.json`: the whole release in one JSON file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kbtool.export.exporter import Artifact, CaveatLost
from kbtool.release.jsontext import pretty
from kbtool.release.view import document_of

if TYPE_CHECKING:
    from kbtool.release.release import Release


@dataclass(frozen=True, slots=True)
class JsonExporter:
    """The whole release in one file."""

    name: str = "json"
    purpose: str = "for sites and programs that read the whole release at once"
    files: tuple[str, ...] = ("claims.json",)
    cannot_carry: tuple[str, ...] = ("editors' notes",)

    def export(self, release: Release) -> Iterator[Artifact | CaveatLost]:
        """`claims.json`."""
        yield Artifact("claims.json", pretty(document_of(release)))
