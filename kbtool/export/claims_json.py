"""`claims.json`: the whole release in one JSON file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kbtool.export.exporter import CaveatLost, OutputFile, Streamed
from kbtool.release.jsontext import pretty_chunks
from kbtool.release.view import document_parts

if TYPE_CHECKING:
    from kbtool.release.release import Release


@dataclass(frozen=True, slots=True)
class JsonExporter:
    """The whole release in one file."""

    name: str = "json"
    purpose: str = "for sites and programs that read the whole release at once"
    standard: str = "JSON (RFC 8259), with a JSON Schema (2020-12)"
    contract: str = "claims/1"
    files: tuple[str, ...] = ("claims.json",)
    cannot_carry: tuple[str, ...] = ("editors' notes",)

    def export(self, release: Release) -> Iterator[OutputFile | CaveatLost]:
        """`claims.json`."""
        yield Streamed("claims.json", lambda: pretty_chunks(document_parts(release)))
