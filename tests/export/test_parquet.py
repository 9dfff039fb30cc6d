"""The Parquet files: typed, nothing lost, the same rows for other readers, described column by column."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from kbtool.export.nested_tables import NESTED_TABLES
from kbtool.export.parquet import ParquetExporter, made_of, tables_with_fields
from kbtool.export.rows import vocabulary_terms
from kbtool.export.shape import Field, fields_of, paths
from kbtool.export.typed_rows import BATCH, typed_batches
from kbtool.release.gate import GATES
from kbtool.release.release import make_release
from kbtool.release.view import document_of
from tests.export.naughty import naughty_strings
from tests.export.pages import blocks, page, ran_here
from tests.export.parquet_reader import claim_of_row, rows_of
from tests.export.plain import plain
from tests.export.small import AS_OF, base_of, claim_of, files_of, small_release
from tests.golden import check_golden
from tests.shared import needs_shared

GOLDEN = Path(__file__).parent / "golden" / "parquet"
PAGE = page("export-parquet.md")
QUERIES = [block.strip().removesuffix(";") for block in blocks(PAGE, "sql")]
WITH_POLARS, RECOMPUTING = blocks(PAGE, "python")
DOCUMENT = document_of(small_release())
FILES = files_of(ParquetExporter(), small_release())
TABLES = {table.name: FILES[f"parquet/{table.name}.parquet"] for table in NESTED_TABLES}
TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path, content in FILES.items():
        (tmp_path / Path(path).name).write_bytes(content)
    return tmp_path


def everything() -> dict[str, list[dict[str, Any]]]:
    """What each table must hold, from the JSON document, without what is null."""
    decisions = [
        {"claim": claim["id"], **each} for claim in DOCUMENT["claims"] for each in claim["review"]["decisions"]
    ]
    decisions += [{"withdrawn": each["id"], **each["decision"]} for each in DOCUMENT["withdrawn"] if each["decision"]]
    lists = {name: DOCUMENT[name] for name in ("sources", "evidence", "claims", "held", "withdrawn")}
    terms = [{name: each[name] for name in ("list", "position", "code", "label", "definition")} for each in TERMS]
    whole = {"release": [DOCUMENT["release"]], "terms": terms, "decisions": decisions, **lists}
    return {name: plain(rows) for name, rows in whole.items()}


TERMS = list(vocabulary_terms(DOCUMENT))


def restored(name: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [claim_of_row(row) for row in rows] if name == "claims" else rows


@pytest.mark.parametrize("name", TABLES)
def test_every_row_is_what_the_json_files_say(name: str) -> None:
    """The record never travels without its source, its caveats, its evidence and its review."""
    wanted = everything()[name]
    assert wanted
    assert restored(name, rows_of(TABLES[name])) == wanted


@pytest.mark.parametrize("name", TABLES)
def test_duckdb_reads_the_same(folder: Path, name: str) -> None:
    with duckdb.connect() as connection:
        cursor = connection.execute(f"SELECT * FROM '{folder / name}.parquet'")
        columns = [column[0] for column in cursor.description or ()]
        found = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    assert restored(name, plain(found)) == everything()[name]


@pytest.mark.parametrize("name", TABLES)
def test_polars_reads_the_same(name: str) -> None:
    found = pl.read_parquet(io.BytesIO(TABLES[name])).to_dicts()
    assert restored(name, plain(found)) == everything()[name]


def test_columns_are_typed() -> None:
    schema = parquet.read_schema(io.BytesIO(TABLES["claims"]))
    assert schema.field("caveats").type.value_type.field("text").type == pa.string()
    assert schema.field("review").type.field("lapses_on").type == pa.date32()
    assert schema.field("drafted").type.field("machine").type == pa.bool_()
    assert schema.field("source").type.field("quotes").type.value_type.field("start").type == pa.int64()
    assert (schema.field("caveats").nullable, schema.field("statement").nullable) == (False, False)
    assert parquet.read_schema(io.BytesIO(TABLES["sources"])).field("sentences").type == pa.list_(
        pa.field("element", pa.list_(pa.field("element", pa.int64())))
    )


@pytest.mark.parametrize("name", TABLES)
def test_each_file_says_what_it_is(name: str) -> None:
    metadata = parquet.read_schema(io.BytesIO(TABLES[name])).metadata
    header = DOCUMENT["release"]
    assert metadata[b"kbtool.contract"].decode() == ParquetExporter().contract
    assert metadata[b"kbtool.table"].decode() == name
    assert metadata[b"kbtool.release"].decode() == header["id"]
    assert metadata[b"kbtool.as_of"].decode() == header["as_of"]
    assert metadata[b"kbtool.notice"].decode() == header["notice"]
    assert metadata[b"kbtool.valid_until"].decode() == (header["valid_until"] or "")


def test_nothing_out_is_a_release_too() -> None:
    """A release of which nothing lapses and nothing needs a notice, and tables without rows."""
    release = make_release(base_of([]), GATES["any"], AS_OF)
    files = files_of(ParquetExporter(), release)
    assert rows_of(files["parquet/claims.parquet"]) == []
    metadata = parquet.read_schema(io.BytesIO(files["parquet/claims.parquet"])).metadata
    assert (metadata[b"kbtool.valid_until"], metadata[b"kbtool.notice"]) == (b"", b"")


@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(texts=st.lists(TEXT, min_size=1, max_size=4))
def test_any_caveat_comes_back(texts: list[str]) -> None:
    """Caveats travel: an exporter that cannot carry a caveat refuses; it never drops one."""
    caveats = [{"kind": "limited-evidence", "text": text} for text in texts]
    release = make_release(base_of([claim_of("usage", texts[0], caveats=caveats)]), GATES["any"], AS_OF)
    document = document_of(release)
    made = {table.name: made_of(table, fields, document) for table, fields in tables_with_fields()}
    (row,) = rows_of(made["claims"].content)
    assert [caveat["text"] for caveat in row["caveats"]] == texts
    assert row["review"]["notice"] == "not reviewed by a qualified person"


@needs_shared
def test_naughty_strings_come_back() -> None:
    """Hostile text stays text, in every text that a claim has."""
    claims = [
        claim_of("usage", text, id=f"open-text/n{n}", caveats=[{"kind": "limited-evidence", "text": text}])
        for n, text in enumerate(naughty_strings())
    ]
    document = document_of(make_release(base_of(claims), GATES["any"], AS_OF))
    made = {table.name: made_of(table, fields, document) for table, fields in tables_with_fields()}
    assert [claim_of_row(row) for row in rows_of(made["claims"].content)] == plain(document["claims"])


@pytest.mark.parametrize("query", QUERIES)
def test_every_documented_query_has_an_answer(folder: Path, monkeypatch: pytest.MonkeyPatch, query: str) -> None:
    monkeypatch.chdir(folder)
    with duckdb.connect() as connection:
        assert connection.execute(query).fetchall()


def test_the_documented_program_for_polars(folder: Path) -> None:
    printed = ran_here(WITH_POLARS, folder)
    assert "Limited evidence" in printed
    assert "unknown-kind" in printed


def test_the_page_names_every_table() -> None:
    assert all(f"`{name}.parquet`" in PAGE for name in TABLES)


def test_the_logical_digest_is_taken_again_from_the_files(folder: Path) -> None:
    stored = json.loads(FILES["parquet/datapackage.json"])["logical_digest"]
    assert ran_here(RECOMPUTING, folder) == f"same {stored}\n"
    changed = json.loads(FILES["parquet/datapackage.json"]) | {"logical_digest": "0" * 64}
    (folder / "datapackage.json").write_text(json.dumps(changed), encoding="utf-8")
    assert ran_here(RECOMPUTING, folder) == f"not the same {stored}\n"


def test_the_logical_digest_does_not_depend_on_how_the_file_is_written() -> None:
    """SQLite and Parquet, whose files name the library's version: same logical digest."""
    for table, fields in tables_with_fields():
        made = [made_of(table, fields, DOCUMENT, compression) for compression in ("snappy", "zstd", "none")]
        assert len({each.digest for each in made}) == 1
        assert len({each.content for each in made}) == 3


def test_golden_dictionary_rows_and_descriptor() -> None:
    check_golden(GOLDEN / "dictionary.md", FILES["parquet/dictionary.md"])
    lines = [json.dumps([name, row], sort_keys=True) for name in TABLES for row in rows_of(TABLES[name])]
    check_golden(GOLDEN / "rows.ndjson", "\n".join(lines) + "\n")
    package = json.loads(FILES["parquet/datapackage.json"])
    for resource in package["resources"]:
        assert (resource.pop("bytes"), resource.pop("hash")[:7]) == (len(TABLES[resource["name"]]), "sha256:")
    check_golden(GOLDEN / "datapackage.json", json.dumps(package, indent=2, ensure_ascii=False) + "\n")


def test_the_dictionary_has_every_column_and_says_what_it_holds() -> None:
    text = FILES["parquet/dictionary.md"].decode()
    for table, fields in tables_with_fields():
        section = text.partition(f"## {table.name}.parquet\n")[2].partition("\n## ")[0]
        rows = [line.split(" | ") for line in section.splitlines() if line.startswith("| `")]
        assert [row[0].strip("| `") for row in rows] == [path for path, _ in paths(fields)]
        assert all(row[3].removesuffix(" |") for row in rows)


def test_the_dictionary_describes_what_the_schema_describes() -> None:
    schema = parquet.read_schema(io.BytesIO(TABLES["claims"]))
    caveat = schema.field("caveats").type.value_type.field("text")
    assert caveat.metadata[b"description"].decode() in FILES["parquet/dictionary.md"].decode()


def test_an_older_reader_reads_newer_files(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Within version 1 files, columns and parts of structures are only added."""
    monkeypatch.chdir(folder)
    with duckdb.connect() as connection:
        before = [sorted(map(repr, connection.execute(query).fetchall())) for query in QUERIES]
        by_polars = ran_here(WITH_POLARS, folder)
        for name, content in TABLES.items():
            parquet.write_table(_newer(parquet.read_table(io.BytesIO(content))), folder / f"{name}.parquet")
        parquet.write_table(pa.table({"id": ["x"]}), folder / "later.parquet")
        # A query that asks for whole structures gets the new part with them; every other one gets what it got.
        narrow = [query for query in QUERIES if "c.caveats, c.review" not in query]
        after = [sorted(map(repr, connection.execute(query).fetchall())) for query in narrow]
    assert after == [rows for query, rows in zip(QUERIES, before, strict=True) if query in narrow]
    assert len(narrow) == len(QUERIES) - 1
    assert ran_here(WITH_POLARS, folder) == by_polars
    claims = rows_of((folder / "claims.parquet").read_bytes())
    assert [caveat["later"] for claim in claims for caveat in claim["caveats"]] == ["x"] * 48


def _newer(table: Any) -> Any:
    """The table with a column more, and with a part more in the structures of `caveats`."""
    rows = [{**row, "later": "x"} for row in table.to_pylist()]
    for row in rows:
        for caveat in row.get("caveats", ()):
            caveat["later"] = "x"
    return pa.Table.from_pylist(rows)


@pytest.mark.parametrize(
    "schema",
    [
        {"anyOf": [{"type": "string"}, {"type": "integer"}]},
        {"anyOf": [{"type": "null"}]},
        {"type": "number"},
        {"type": "object", "additionalProperties": {"type": "string"}},
        {},
    ],
)
def test_what_no_column_can_take_is_a_fault_of_the_schema(schema: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        fields_of({"properties": {"x": schema}, "required": ["x"]}, {})


def test_what_a_reference_says_comes_before_what_it_refers_to() -> None:
    definitions = {"Name": {"type": "string", "description": "A name."}}
    schema = {"properties": {"a": {"$ref": "#/$defs/Name", "description": "Mine."}, "b": {"$ref": "#/$defs/Name"}}}
    assert fields_of({**schema, "required": ["a"]}, definitions) == (
        Field("a", "Mine.", "text", null=False),
        Field("b", "A name.", "text", null=True),
    )


def test_rows_are_made_some_at_a_time_and_keep_their_order() -> None:
    fields = (Field("n", "", "whole number", null=False), Field("on", "", "day", null=True))
    rows = [{"n": n, "unknown": "x", **({"on": "2026-01-31"} if n == 2 else {})} for n in range(2 * BATCH + 1)]
    batches = list(typed_batches(fields, iter(rows)))
    assert [len(batch) for batch in batches] == [BATCH, BATCH, 1]
    assert batches[0][1:3] == [{"n": 1, "on": None}, {"n": 2, "on": AS_OF}]
    assert [row["n"] for batch in batches for row in batch] == [*range(2 * BATCH + 1)]
    assert list(typed_batches(fields, [])) == []
