"""The data dictionary of the Parquet files: every column and part of a column, for people, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kbtool.export.shape import Field, paths

if TYPE_CHECKING:
    from kbtool.export.nested_tables import NestedTable

_OPENING = (
    "# Data dictionary",
    "",
    "What the columns of these files hold. `a.b` is the part `b` of a structure, `a[]` an item of a list. What may be",
    "null says so; a part of a structure is null where the structure is.",
)


def dictionary_of(tables: Iterable[tuple[NestedTable, tuple[Field, ...]]]) -> str:
    """The whole page."""
    sections = (line for table, fields in tables for line in _section(table, fields))
    return "\n".join((*_OPENING, *sections, ""))


def _section(table: NestedTable, fields: tuple[Field, ...]) -> Iterator[str]:
    key = ", ".join(f"`{name}`" for name in table.key)
    yield from ("", f"## {table.name}.parquet", "", f"{table.holds} Key: {key}.", "")
    yield from ("| column | type | null | holds |", "|---|---|---|---|")
    for path, field in paths(fields):
        yield f"| `{path}` | {_type(field)} | {'yes' if field.null else ''} | {_cell(field.holds)} |"


def _type(field: Field) -> str:
    inner = field.parts[0] if field.kind == "list" else None
    return f"list of {_type(inner)}" if inner else field.kind


def _cell(text: str) -> str:
    """Text in a cell of a Markdown table; what the schema writes in backticks stays as it is."""
    return text.replace("|", "\\|")
