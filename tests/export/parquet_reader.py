"""Reading the Parquet files back into the objects of the JSON files, by what their documentation says of them."""

from __future__ import annotations

import io
from typing import Any

from pyarrow import parquet

from tests.export.plain import plain

Row = dict[str, Any]


def rows_of(content: bytes) -> list[Row]:
    """The rows of a Parquet file, days as text and without what is null."""
    return [plain(row) for row in parquet.read_table(io.BytesIO(content)).to_pylist()]


def claim_of_row(row: Row) -> Row:
    """The claim as in the JSON files, given its row: the list of its own fields as fields again."""
    own = {each["name"]: _field(each) for each in row["fields"]}
    return {**{name: value for name, value in row.items() if name != "fields"}, **own}


def _field(field: Row) -> Row | str:
    if field["not_stated"]:
        return "not-stated"
    return {name: value for name, value in field.items() if name not in {"name", "not_stated"}}
