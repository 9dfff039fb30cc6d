"""Five tables for spreadsheets: claims, caveats, evidence, held and withdrawn claims.

Format: RFC 4180 with every cell quoted; UTF-8 with a byte order mark. Without the mark Excel takes the file for the
computer's own eight-bit encoding and shows (and on saving keeps) broken letters and signs in medical text; programs
have a named encoding that skips the mark, and JSON. Cells are guarded, see `kbtool.export.cell`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kbtool.export.cell import guard
from kbtool.export.exporter import Artifact, CaveatLost
from kbtool.export.tables import TABLES, Table
from kbtool.release.view import document_of

if TYPE_CHECKING:
    from kbtool.release.jsontext import JsonObject
    from kbtool.release.release import Release

ENCODING = "utf-8-sig"
"""UTF-8 with a byte order mark, as Python names it."""

LONGEST_CELL = 32_767
"""UTF-16 code units that a spreadsheet cell holds; Excel cuts the rest off or spills it over the rows below."""


@dataclass(frozen=True, slots=True)
class CsvExporter:
    """Five tables for spreadsheets."""

    name: str = "csv"
    purpose: str = "for people who look through the claims in a spreadsheet"
    files: tuple[str, ...] = tuple(table.path for table in TABLES)
    cannot_carry: tuple[str, ...] = (
        "editors' notes",
        "the vocabulary's definitions",
        "the places of quotes",
        "the stored texts",
        "what the whole release is meant for",
    )

    def export(self, release: Release) -> Iterator[Artifact | CaveatLost]:
        """The tables, with a refusal for each cell that a spreadsheet would cut off."""
        document = document_of(release)
        for each in TABLES:
            items = list(each.items(document))
            rows = [[guard(_text(cell(item))) for cell in each.columns.values()] for item in items]
            yield from _cut_off(each, items, rows)
            yield Artifact(each.path, _csv([[*each.columns], *rows]))


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _csv(rows: Iterable[list[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode(ENCODING)


def _cut_off(table: Table, items: Iterable[JsonObject], rows: Iterable[list[str]]) -> Iterator[CaveatLost]:
    for item, row in zip(items, rows, strict=True):
        for column, cell in zip(table.columns, row, strict=True):
            if len(cell) > LONGEST_CELL // 2 and (units := len(cell.encode("utf-16-le")) // 2) > LONGEST_CELL:
                yield _refusal(table, item, column, units)


def _refusal(table: Table, item: JsonObject, column: str, units: int) -> CaveatLost:
    subject = next(item[key]["id"] for key in ("claim", "held", "withdrawn") if key in item)
    message = (
        f"column '{column}' of '{table.path}' holds {units:,} characters here, and a spreadsheet cuts off all after "
    )
    return CaveatLost("csv", subject, f"{message}{LONGEST_CELL:,}", "shorten it, or leave CSV out of the release")
