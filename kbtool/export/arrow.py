"""Tables as Parquet bytes, by pyarrow, which is an optional library: it is imported when a file is made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kbtool.export.shape import Field
    from kbtool.export.typed_rows import Row


def schema_of(fields: Iterable[Field]) -> Any:
    """The Arrow schema of a table."""
    import pyarrow as pa  # noqa: PLC0415 - an optional library

    return pa.schema([_column(field, null=field.null) for field in fields])


def batch_of(schema: Any, rows: list[Row]) -> Any:
    """Some rows as an Arrow record batch; see `kbtool.export.typed_rows` for what they hold."""
    import pyarrow as pa  # noqa: PLC0415 - an optional library

    return pa.RecordBatch.from_pylist(rows, schema=schema)


def parquet_of(schema: Any, batches: Iterable[Any], about: Mapping[str, str], compression: str = "snappy") -> bytes:
    """A Parquet file of record batches; `about` stands in the file's own metadata.

    The same version of pyarrow gives the same bytes. The file says no time of writing.
    """
    import pyarrow as pa  # noqa: PLC0415 - an optional library
    from pyarrow import parquet  # noqa: PLC0415 - the same

    table = pa.Table.from_batches(batches, schema=schema).replace_schema_metadata(dict(about))
    out = pa.BufferOutputStream()
    parquet.write_table(table, out, version="2.6", compression=compression, row_group_size=50_000)
    return bytes(out.getvalue().to_pybytes())


def _column(field: Field, *, null: bool) -> Any:
    """The Arrow field, with what it holds as its metadata."""
    import pyarrow as pa  # noqa: PLC0415 - an optional library

    return pa.field(field.name, _type(field), null, {"description": field.holds})


def _type(field: Field) -> Any:
    """The Arrow type. Inside a structure everything may be null, since the structure itself may be."""
    import pyarrow as pa  # noqa: PLC0415 - an optional library

    if field.kind == "structure":
        return pa.struct([_column(part, null=True) for part in field.parts])
    if field.kind == "list":
        return pa.list_(pa.field("element", _type(field.parts[0])))
    plain = {"text": pa.string(), "day": pa.date32(), "whole number": pa.int64(), "truth value": pa.bool_()}
    return plain[field.kind]
