"""Five tables for spreadsheets: claims, caveats, evidence, held and withdrawn claims; and what describes them.

Format: RFC 4180 with every cell quoted; UTF-8 with a byte order mark. Without the mark Excel takes the file for the
computer's own eight-bit encoding and shows (and on saving keeps) broken letters and signs in medical text; programs
have a named encoding that skips the mark, and JSON. Cells are guarded, see `kbtool.export.cell`.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from pydantic_core import to_json

from kbtool.export.cell import guard
from kbtool.export.csv_columns import CSV_TABLES
from kbtool.export.csv_package import PACKAGE_PATH, with_package
from kbtool.export.exporter import CaveatLost, OutputFile, Streamed
from kbtool.export.tables import TABLES, Table, release_cells
from kbtool.release.jsontext import rows_of
from kbtool.release.view import document_parts

if TYPE_CHECKING:
    from kbtool.release.jsontext import JsonObject, Parts
    from kbtool.release.release import Release

LONGEST_CELL = 32_767
"""UTF-16 code units that a spreadsheet cell holds; Excel cuts the rest off or spills it over the rows below."""


@dataclass(frozen=True, slots=True)
class CsvExporter:
    """Five tables for spreadsheets."""

    name: str = "csv"
    purpose: str = "for people who look through the claims in a spreadsheet"
    standard: str = "CSV (RFC 4180), UTF-8; Data Package 2.0"
    contract: str = "claims-tables/1"
    files: tuple[str, ...] = (*(table.path for table in TABLES), PACKAGE_PATH)
    cannot_carry: tuple[str, ...] = (
        "editors' notes",
        "the vocabulary's definitions",
        "the places of quotes",
        "the stored texts",
    )

    def export(self, release: Release) -> Iterator[OutputFile | CaveatLost]:
        """The tables and their descriptor, with a refusal for each cell that a spreadsheet would cut off."""
        document = document_parts(release)
        yield from _cut_off(document)
        tables = (Streamed(table.path, partial(_csv, table, document)) for table in TABLES)
        yield from with_package(document, self.contract, tables)


def _csv(table: Table, document: Parts) -> Iterator[bytes]:
    """The bytes of a table, some rows at a time; its last columns, what the release says of itself, never change."""
    yield codecs.BOM_UTF8 + line_of(CSV_TABLES[table.path].columns).encode()
    end = "," + line_of(release_cells(document["release"]).values())
    waiting, size = [], 0
    for each in rows_of(document, table.made_of):
        for row in table.rows(each):
            waiting.append(",".join(map(_quoted, row.values())) + end)
            size += len(waiting[-1])
        if size > _CHUNK:
            yield "".join(waiting).encode()
            waiting, size = [], 0
    yield "".join(waiting).encode()


def line_of(values: Iterable[object]) -> str:
    """A row with its line end; every cell is quoted."""
    return ",".join(map(_quoted, values)) + "\r\n"


_CHUNK = 1 << 16
"""Characters after which rows are handed on."""


def _quoted(value: object) -> str:
    """A value as a cell with its quotes."""
    if type(value) is str:
        return _quoted_text(value)
    if value is None:
        return '""'
    return _quoted_text(("true" if value else "false") if isinstance(value, bool) else str(value))


@lru_cache(maxsize=4096)
def _quoted_text(text: str) -> str:
    cell = guard(text)
    return f'"{cell}"' if '"' not in cell else f'"{cell.replace(_QUOTE, _QUOTE * 2)}"'


_QUOTE = '"'


def _cut_off(document: Parts) -> Iterator[CaveatLost]:
    """A refusal for each cell that is too long; each claim is made once for all tables that show it."""
    release = release_cells(document["release"])
    room = _SURELY_FITS - len(to_json(document["release"]))
    by_list = {each.made_of: [table for table in TABLES if table.made_of == each.made_of] for each in TABLES}
    for name, tables in by_list.items():
        for each in rows_of(document, name):
            if len(to_json(each)) > room:
                for table in tables:
                    yield from (cut for row in table.rows(each) for cut in _cut_cells(table, each["id"], row | release))


_SURELY_FITS = LONGEST_CELL // 4
"""So many characters fit even where each takes two units and has an apostrophe before it. No cell has more of them than
all values that it is made of, written out as JSON with their keys."""


def _cut_cells(table: Table, subject: str, row: JsonObject) -> Iterator[CaveatLost]:
    for column, value in row.items():
        cell = _quoted(value)[1:-1].replace(_QUOTE * 2, _QUOTE)
        units = len(cell.encode("utf-16-le")) // 2
        if units > LONGEST_CELL:
            yield _refusal(table, subject, column, units)


def _refusal(table: Table, subject: str, column: str, units: int) -> CaveatLost:
    message = (
        f"column '{column}' of '{table.path}' holds {units:,} characters here, and a spreadsheet cuts off all after "
    )
    return CaveatLost("csv", subject, f"{message}{LONGEST_CELL:,}", "shorten it, or leave CSV out of the release")
