"""Rows with a value in every field that their table declares, and with days as dates.

The objects of a release leave out what has no value and hold days as text. A table has every field in every row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kbtool.export.shape import Field
    from kbtool.release.jsontext import JsonObject

Row = dict[str, Any]
"""Every field of a table, or of a structure, by name; None where it has no value."""

_Make = Callable[[Any], Any]


BATCH = 1_000
"""Rows that are made at a time: few enough that Python's garbage collector has little to look through."""


def typed_batches(fields: Iterable[Field], rows: Iterable[JsonObject]) -> Iterator[list[Row]]:
    """The rows with exactly the declared fields, in their order, some at a time."""
    make, waiting = _structure(fields), iter(rows)
    while batch := [make(row) for row in islice(waiting, BATCH)]:
        yield batch


def _maker(field: Field) -> _Make | None:
    """What makes the field's value of one that is not None; None where it stays as it is."""
    if field.kind == "day":
        return date.fromisoformat
    if field.kind == "structure":
        return _structure(field.parts)
    return _list(field.parts[0]) if field.kind == "list" else None


def _structure(fields: Iterable[Field]) -> Callable[[JsonObject], Row]:
    """Once for all rows, since asking each field for its kind again in each row would take most of the time."""
    makers = [(field.name, _maker(field)) for field in fields]

    def make(given: JsonObject) -> Row:
        made = {}
        for name, maker in makers:
            value = given.get(name)
            made[name] = value if maker is None or value is None else maker(value)
        return made

    return make


def _list(item: Field) -> _Make | None:
    maker = _maker(item)
    return None if maker is None else lambda given: [maker(each) for each in given]
