"""What a table of the database is: its columns with what they hold, its key, and the rows that a release gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kbtool.release.jsontext import JsonObject

Cell = str | int | None
"""What a cell holds; truth values are 1 and 0, days are text."""

_DAY = "GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'"


@dataclass(frozen=True, slots=True)
class Column:
    """One column."""

    name: str
    """Its name; also the key of its value in the table's items."""
    holds: str
    """What it holds, without a full stop: a comment in the schema and a row of `about_column`."""
    declared: str
    """Its type and constraints."""


@dataclass(frozen=True, slots=True)
class SqlTable:
    """One table."""

    name: str
    holds: str
    """What a row of it is, in one sentence without its full stop."""
    columns: tuple[Column, ...]
    items: Callable[[JsonObject], Iterable[JsonObject]]
    """One object a row, in order, of a release document; what it lacks is null, what has no column is left out."""
    key: tuple[str, ...] = ()
    """The columns of the primary key, where it is not declared with one column."""

    def rows(self, document: JsonObject) -> Iterator[tuple[Cell, ...]]:
        """The cells of each row of a release document."""
        names = [column.name for column in self.columns]
        for item in self.items(document):
            yield tuple(map(item.get, names))


def text(name: str, holds: str, more: str = "") -> Column:
    """A text that is always there."""
    return _column(name, holds, "TEXT NOT NULL", more)


def text_or_null(name: str, holds: str, more: str = "") -> Column:
    """A text that may be missing."""
    return _column(name, holds, "TEXT", more)


def day(name: str, holds: str) -> Column:
    """A day that is always there."""
    return _column(name, holds, "TEXT NOT NULL", f"CHECK ({name} {_DAY})")


def day_or_null(name: str, holds: str) -> Column:
    """A day that may be missing."""
    return _column(name, holds, "TEXT", f"CHECK ({name} {_DAY})")


def count(name: str, holds: str, more: str = "") -> Column:
    """A whole number from 0."""
    return _column(name, holds, "INTEGER NOT NULL", f"CHECK ({name} >= 0) {more}".strip())


def count_or_null(name: str, holds: str) -> Column:
    """A whole number from 0 that may be missing."""
    return _column(name, holds, "INTEGER", f"CHECK ({name} >= 0)")


def truth(name: str, holds: str) -> Column:
    """1 where it is so, 0 where it is not."""
    return _column(name, holds, "INTEGER NOT NULL", f"CHECK ({name} IN (0, 1))")


def number(name: str, holds: str) -> Column:
    """The table's key: a number from 1, in the order of the rows."""
    return _column(name, holds, "INTEGER", "PRIMARY KEY")


def of_claim(holds: str = "Id of the claim") -> Column:
    """The claim that a row belongs to."""
    return text("claim", holds, "REFERENCES claim (id)")


def position(holds: str = "Place in the order of the record, from 1") -> Column:
    """The place of a row among those that belong to the same thing."""
    return _column("position", holds, "INTEGER NOT NULL", "CHECK (position >= 1)")


def create_sql(table: SqlTable) -> str:
    """The statement that makes a table, with what each column holds as a comment."""
    key = f"PRIMARY KEY ({', '.join(table.key)})" if table.key else ""
    lines = [f"{column.name} {column.declared}" for column in table.columns]
    ends = [","] * (len(lines) - 1) + ["," if key else ""]
    body = [f"  {line}{end} -- {column.holds}" for line, end, column in zip(lines, ends, table.columns, strict=True)]
    return "\n".join([f"CREATE TABLE {table.name} ( -- {table.holds}", *body, *([f"  {key}"] if key else []), ")"])


def _column(name: str, holds: str, declared: str, more: str) -> Column:
    return Column(name, holds, f"{declared} {more}".strip())
