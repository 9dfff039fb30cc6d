"""`claims.ndjson`: one claim a line; `release.json` beside it says what release they are and what is not among them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kbtool.export.exporter import Artifact, CaveatLost
from kbtool.release.jsontext import one_line, pretty
from kbtool.release.view import document_of

if TYPE_CHECKING:
    from kbtool.release.release import Release


@dataclass(frozen=True, slots=True)
class NdjsonExporter:
    """One claim a line, the same objects as in `claims.json`."""

    name: str = "ndjson"
    purpose: str = "for programs and tables that read one claim at a time"
    files: tuple[str, ...] = ("claims.ndjson", "release.json")
    cannot_carry: tuple[str, ...] = (
        "editors' notes",
        "the vocabulary's definitions",
        "sources and evidence beyond what each claim shows of them",
    )

    def export(self, release: Release) -> Iterator[Artifact | CaveatLost]:
        """`claims.ndjson` and `release.json`."""
        document = document_of(release)
        yield Artifact("claims.ndjson", b"".join(map(one_line, document["claims"])))
        yield Artifact("release.json", pretty({name: document[name] for name in ("release", "held", "withdrawn")}))
