"""The Data Package of the CSV tables: `datapackage.json` beside them, made once they are measured."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from kbtool.export.csv_columns import CSV_TABLES
from kbtool.export.datapackage import Resource, field_of, foreign_key, package_of
from kbtool.export.measured import Measured
from kbtool.release.artifact import Streamed
from kbtool.release.jsontext import pretty, rows_of

if TYPE_CHECKING:
    from kbtool.release.jsontext import JsonObject, Parts

PACKAGE_PATH = "datapackage.json"

_FORM: dict[str, Any] = {
    "format": "csv",
    "mediatype": "text/csv",
    "encoding": "utf-8",
    "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
}


def with_package(document: Parts, contract: str, tables: Iterable[Streamed]) -> Iterator[Streamed]:
    """The tables of a release document, and after them their descriptor."""
    measured = tuple(Measured(table) for table in tables)
    yield from (Streamed(each.file.path, each.chunks) for each in measured)
    yield Streamed(PACKAGE_PATH, partial(_descriptor, document, contract, measured))


def _descriptor(document: Parts, contract: str, measured: Iterable[Measured]) -> Iterator[bytes]:
    resources = map(_resource, measured)
    yield pretty(package_of(document["release"], rows_of(document, "sources"), resources, contract=contract))


def _resource(measured: Measured) -> Resource:
    path = measured.file.path
    table = CSV_TABLES[path]
    fields = tuple(_column(name, *column, required=name in table.key) for name, column in table.columns.items())
    keys_of = (foreign_key("claim", "claims", "id"),) if table.of_claim else ()
    return Resource(PurePosixPath(path).stem, table.holds, path, measured.measure(), _FORM, fields, table.key, keys_of)


def _column(name: str, kind: str, holds: str, *, required: bool) -> JsonObject:
    return field_of(name, kind, holds, **({"required": True} if required else {}))
