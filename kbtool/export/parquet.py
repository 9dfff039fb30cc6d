"""Parquet files, one a table, with nested columns; a dictionary of the columns and a Data Package beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kbtool.export.arrow import batch_of, parquet_of, schema_of
from kbtool.export.datapackage import Resource, field_of, foreign_key, package_of
from kbtool.export.dictionary import dictionary_of
from kbtool.export.exporter import Artifact, CaveatLost
from kbtool.export.logical import LOGICAL_DIGEST, line_of, logical_digest, table_digest
from kbtool.export.measured import measure_of
from kbtool.export.nested_tables import NESTED_TABLES, NestedTable
from kbtool.export.shape import Field, Kind, fields_of
from kbtool.export.typed_rows import typed_batches
from kbtool.release.jsontext import pretty
from kbtool.release.view import document_of

if TYPE_CHECKING:
    from kbtool.release.jsontext import JsonObject
    from kbtool.release.release import Release

CONTRACT = "parquet/1"
"""Name and version of the tables and their columns."""

_TYPES: Mapping[Kind, str] = {
    "text": "string",
    "day": "date",
    "whole number": "integer",
    "truth value": "boolean",
    "list": "array",
    "structure": "object",
}
"""Table Schema's type for each kind of column."""

_FORM = {"format": "parquet", "mediatype": "application/vnd.apache.parquet"}


@dataclass(frozen=True, slots=True)
class Made:
    """One table of a release, made."""

    table: NestedTable
    fields: tuple[Field, ...]
    digest: str
    """Its logical digest."""
    content: bytes

    @property
    def path(self) -> str:
        """Where its file lies, relative to the descriptor."""
        return f"{self.table.name}.parquet"


@dataclass(frozen=True, slots=True)
class ParquetExporter:
    """Tables with nested columns."""

    name: str = "parquet"
    purpose: str = "for people who analyse the claims with DuckDB, Polars, R or Spark"
    standard: str = "Apache Parquet 2.6; Data Package 2.0"
    contract: str = CONTRACT
    files: tuple[str, ...] = (
        *(f"parquet/{table.name}.parquet" for table in NESTED_TABLES),
        "parquet/dictionary.md",
        "parquet/datapackage.json",
    )
    cannot_carry: tuple[str, ...] = (
        "editors' notes",
        "the vocabulary's word lists, and how its ratings, hedges and kinds of link behave",
    )

    def export(self, release: Release) -> Iterator[Artifact | CaveatLost]:
        """The tables, `parquet/dictionary.md` and `parquet/datapackage.json`."""
        document = document_of(release)
        made = [made_of(table, fields, document) for table, fields in tables_with_fields()]
        yield from (Artifact(f"parquet/{each.path}", each.content) for each in made)
        dictionary = dictionary_of((each.table, each.fields) for each in made)
        yield Artifact("parquet/dictionary.md", dictionary.encode())
        yield Artifact("parquet/datapackage.json", pretty(_package(document, made)))


@cache
def tables_with_fields() -> tuple[tuple[NestedTable, tuple[Field, ...]], ...]:
    """Every table with its columns; kept, since reading what they hold takes a while."""
    from kbtool.export.contract import claims_schema  # noqa: PLC0415 - it imports much that only schemas need

    definitions = claims_schema()["$defs"]
    return tuple((table, fields_of(table.schema(definitions), definitions)) for table in NESTED_TABLES)


def made_of(table: NestedTable, fields: tuple[Field, ...], document: JsonObject, compression: str = "snappy") -> Made:
    """One table of a release document; `compression` changes its bytes and nothing that it says."""
    schema, batches = schema_of(fields), []

    def lines() -> Iterator[str]:
        """The lines of all rows, of which only some are in memory at a time; their batches are kept."""
        for rows in typed_batches(fields, table.items(document)):
            batches.append(batch_of(schema, rows))
            yield from (line_of(list(row.values())) for row in rows)

    digest = table_digest([field.name for field in fields], lines())
    header = document["release"]
    about = {
        "kbtool.contract": CONTRACT,
        "kbtool.table": table.name,
        "kbtool.holds": table.holds,
        "kbtool.release": header["id"],
        "kbtool.as_of": header["as_of"],
        "kbtool.valid_until": header["valid_until"] or "",
        "kbtool.notice": header["notice"] or "",
        "kbtool.logical_digest": digest,
        "kbtool.logical_digest_defined_by": LOGICAL_DIGEST,
    }
    return Made(table, fields, digest, parquet_of(schema, batches, about, compression))


def _package(document: JsonObject, made: list[Made]) -> JsonObject:
    digests = {each.table.name: each.digest for each in made}
    return package_of(
        document["release"],
        document["sources"],
        map(_resource, made),
        contract=CONTRACT,
        logical_digest=logical_digest(digests),
        logical_digest_defined_by=LOGICAL_DIGEST,
    )


def _resource(made: Made) -> Resource:
    keys_of = tuple(foreign_key(each.column, each.table, each.key) for each in made.table.keys_of)
    table = made.table
    fields = tuple(map(_column, made.fields))
    return Resource(table.name, table.holds, made.path, measure_of(made.content), _FORM, fields, table.key, keys_of)


def _column(field: Field) -> JsonObject:
    constraints = {} if field.null else {"required": True}
    return field_of(field.name, _TYPES[field.kind], field.holds, **constraints)
