"""Reading the CSV tables back."""

from __future__ import annotations

import csv
import io

from kbtool.export.cell import unguard


def read_csv(content: bytes) -> list[dict[str, str]]:
    """The rows of a table by column, as they were before their cells were guarded."""
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
    return [{column: unguard(cell) for column, cell in row.items()} for row in rows]


def raw_cells(content: bytes) -> list[str]:
    """Every cell of a table as it stands in the file."""
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
    return [cell for row in rows for cell in row]
