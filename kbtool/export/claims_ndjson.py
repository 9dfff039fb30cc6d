"""`claims.ndjson`: one claim a line; `release.json` beside it says what release they are and what is not among them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kbtool.export.exporter import CaveatLost, OutputFile, Streamed
from kbtool.release.jsontext import one_line, pretty_chunks
from kbtool.release.view import claim_views, document_parts

if TYPE_CHECKING:
    from kbtool.release.release import Release


@dataclass(frozen=True, slots=True)
class NdjsonExporter:
    """One claim a line, the same objects as in `claims.json`."""

    name: str = "ndjson"
    purpose: str = "for programs and tables that read one claim at a time"
    standard: str = "NDJSON: one JSON text (RFC 8259) a line"
    contract: str = "claims-lines/1"
    files: tuple[str, ...] = ("claims.ndjson", "release.json")
    cannot_carry: tuple[str, ...] = (
        "editors' notes",
        "the vocabulary's definitions",
        "sources and evidence beyond what each claim shows of them",
    )

    def export(self, release: Release) -> Iterator[OutputFile | CaveatLost]:
        """`claims.ndjson` and `release.json`."""
        yield Streamed("claims.ndjson", lambda: map(one_line, claim_views(release)))
        parts = document_parts(release)
        beside = {name: parts[name] for name in ("release", "held", "withdrawn")}
        yield Streamed("release.json", lambda: pretty_chunks(beside))
