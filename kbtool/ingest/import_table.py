"""Tables (CSV and its kin) and lines of JSON, with a mapping of their columns or keys."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from kbtool.ingest.decode import decoded
from kbtool.ingest.import_json import NoJson
from kbtool.ingest.import_mapping import Mapped, mapped_row, mapping_problem, usual_mapping
from kbtool.ingest.import_row import Found, NoRow, Row

_LONGEST_CELL = 16 * 1024 * 1024
_OWN_COLUMNS = frozenset({"id", "statement", "review_notice", "release", "gate"})
"""Columns that all tables of our own exports have; their cells are guarded against spreadsheets."""
_OWN_KEYS = frozenset({"id", "type", "statement", "source", "verdict", "drafted", "review"})


class BadMapping(Exception):  # noqa: N818 - it says what the mapping is, as messages do
    """The mapping does not fit the table."""


def table_rows(content: bytes, given: Mapped, unguard: Callable[[str], str]) -> Iterator[Found]:
    """A row for each line of a table with a header; raises BadMapping, or NoJson where the bytes are no text.

    `unguard` takes the guards against spreadsheets off the cells of our own exports.
    """
    found = decoded(content)
    if found is None:
        raise NoJson("the file is no text")
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(found.text, newline=""), delimiter=_delimiter(found.text))
    try:
        header = next(reader, [])
        yield from _lines(reader, header, given, unguard)
    except csv.Error as error:
        yield NoRow(f"line {reader.line_num}", f"the table cannot be read from here on: {error}")


def _lines(reader: Any, header: list[str], given: Mapped, unguard: Callable[[str], str]) -> Iterator[Found]:
    if problem := mapping_problem(given, header):
        raise BadMapping(problem)
    mapped = usual_mapping(header, given)
    if "statement" not in mapped and "quote" not in mapped:
        raise BadMapping(f"no column holds the claims; the columns are: {', '.join(map(repr, header)) or 'none'}")
    is_own = set(header) >= _OWN_COLUMNS
    start = reader.line_num + 1
    for cells in reader:
        place = f"line {start}"
        start = reader.line_num + 1
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            yield NoRow(place, f"the line has {len(cells)} cells and the header {len(header)}")
            continue
        row = dict(zip(header, map(unguard, cells) if is_own else cells, strict=True))
        found = mapped_row(row, mapped, place)
        yield replace(found, document=None, home=found.document) if is_own and isinstance(found, Row) else found


def _delimiter(text: str) -> str:
    """The sign that the header has most of, outside quotes."""
    header = "".join(text.partition("\n")[0].split('"')[::2])
    return max(",;\t|", key=lambda sign: (header.count(sign), sign == ","))


def ndjson_rows(content: bytes, given: Mapped) -> Iterator[Found]:
    """A row for each line of JSON; raises BadMapping, or NoJson where the bytes are no text."""
    found = decoded(content)
    if found is None:
        raise NoJson("the file is no text")
    if problem := mapping_problem(given):
        raise BadMapping(problem)
    for number, line in enumerate(found.text.split("\n"), 1):
        if line.strip():
            yield _json_row(line, f"line {number}", given)


def _json_row(line: str, place: str, given: Mapped) -> Found:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return NoRow(place, "the line is no JSON")
    if not isinstance(value, dict):
        return NoRow(place, "the line is no JSON object")
    if value.keys() >= _OWN_KEYS and not given and isinstance(value["statement"], str):
        return Row(place, value["statement"], id=str(value["id"]), type=str(value["type"]), record=value)
    cells = dict(_cells(value))
    return mapped_row(cells, usual_mapping(cells, given), place)


def _cells(value: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    """The plain values of an object by key; those of objects inside it under keys joined by dots."""
    for key, inner in value.items():
        if isinstance(inner, dict):
            yield from _cells(inner, f"{before}{key}.")
        elif isinstance(inner, list):
            yield f"{before}{key}", "\n".join(str(item) for item in inner if isinstance(item, (str, int, float)))
        elif inner is not None:
            yield f"{before}{key}", str(inner)
