"""The Data Packages beside the CSV and Parquet tables: valid for another program, and true of the tables."""

from __future__ import annotations

import csv
import io
import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package, Resource, validate

from kbtool.export.claims_csv import CsvExporter
from kbtool.export.csv_columns import CSV_TABLES
from kbtool.export.datapackage import DATA_PACKAGE, DATA_RESOURCE, TABLE_SCHEMA, package_of
from kbtool.export.measured import Measure, Measured, measure_of
from kbtool.export.parquet import ParquetExporter
from kbtool.export.tables import TABLES, release_cells
from kbtool.release.artifact import Streamed
from kbtool.release.gate import GATES
from kbtool.release.view import document_of
from tests.export.pages import blocks, page, ran_here
from tests.export.parquet_reader import rows_of
from tests.export.small import files_of, small_release

PAGE = page("export-csv-datapackage.md")
DOCUMENT = document_of(small_release())
CSV = files_of(CsvExporter(), small_release())
PARQUET = files_of(ParquetExporter(), small_release())
PACKAGES = {
    "csv": (json.loads(CSV["datapackage.json"]), ""),
    "parquet": (json.loads(PARQUET["parquet/datapackage.json"]), "parquet/"),
}


def written(folder: Path, files: dict[str, bytes]) -> Path:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def problems(folder: Path) -> list[str]:
    """What frictionless finds wrong with the package in a folder and its tables."""
    found = validate(str(folder / "datapackage.json")).flatten(["type"])
    return sorted({kind for (kind,) in found})


@pytest.mark.parametrize("gate", GATES)
def test_frictionless_finds_nothing_wrong_with_the_csv_tables(tmp_path: Path, gate: str) -> None:
    assert problems(written(tmp_path, files_of(CsvExporter(), small_release(gate)))) == []


@pytest.mark.parametrize(
    ("path", "old", "new", "found"),
    [
        ("caveats.csv", b"Caveat one of usage", b"Caveat two of usage", ["hash-count"]),
        ("caveats.csv", b"Caveat one of usage", b"", ["byte-count", "hash-count"]),
        ("caveats.csv", b'"open-text/usage","1"', b'"open-text/usagf","1"', ["foreign-key", "hash-count"]),
        ("claims.csv", b"2026-01-02", b"2026-21-02", ["hash-count", "type-error"]),
        ("caveats.csv", b'"open-text/usage","2"', b'"open-text/usage","1"', ["hash-count", "primary-key"]),
        ("held.csv", b'"id"', b'"ie"', ["hash-count", "incorrect-label"]),
    ],
)
def test_frictionless_finds_what_is_wrong(tmp_path: Path, path: str, old: bytes, new: bytes, found: list[str]) -> None:
    assert old in CSV[path]
    written(tmp_path, CSV | {path: CSV[path].replace(old, new, 1)})
    assert problems(tmp_path) == found


def test_the_rows_of_the_parquet_files_fit_their_descriptor() -> None:
    """Frictionless reads Parquet only with a library of its own; so it gets the rows as pyarrow reads them."""
    report = Package(resources=[_inline(name, rows) for name, rows in PARQUET_ROWS.items()]).validate()
    assert report.flatten(["type", "note"]) == []
    assert report.stats["tasks"] == 8


def test_a_key_that_leads_nowhere_is_found_there_too() -> None:
    undecided = [row for row in PARQUET_ROWS["claims"] if not row["review"]["decisions"]]
    assert undecided
    rows = PARQUET_ROWS | {"claims": undecided}
    report = Package(resources=[_inline(name, rows[name]) for name in rows]).validate()
    assert {kind for (kind,) in report.flatten(["type"])} == {"foreign-key"}


PARQUET_ROWS = {
    each["name"]: rows_of(PARQUET[f"parquet/{each['path']}"]) for each in PACKAGES["parquet"][0]["resources"]
}


def _inline(name: str, rows: list[dict[str, Any]]) -> Resource:
    """A table of the Parquet package with its rows inside, so that its schema can be held against them."""
    (schema,) = (each["schema"] for each in PACKAGES["parquet"][0]["resources"] if each["name"] == name)
    columns = [field["name"] for field in schema["fields"]]
    data = [{column: row.get(column) for column in columns} for row in rows]
    return Resource.from_descriptor({"name": name, "data": data, "schema": schema})


@pytest.mark.parametrize("name", PACKAGES)
def test_sizes_and_digests_are_those_of_the_files(name: str) -> None:
    package, folder = PACKAGES[name]
    files = CSV | PARQUET
    described = {f"{folder}{each['path']}": (each["bytes"], each["hash"]) for each in package["resources"]}
    tables = {path: content for path, content in (CSV if name == "csv" else PARQUET).items() if _is_table(path)}
    assert described == {path: (len(files[path]), f"sha256:{sha256(files[path]).hexdigest()}") for path in tables}


def _is_table(path: str) -> bool:
    return path.endswith((".csv", ".parquet"))


@pytest.mark.parametrize("name", PACKAGES)
def test_it_says_which_release_it_is_and_that_nobody_reviewed_it(name: str) -> None:
    """A record that no qualified person has reviewed says so everywhere it is shown."""
    package, _ = PACKAGES[name]
    header = DOCUMENT["release"]
    assert package["$schema"] == DATA_PACKAGE
    assert package["id"].endswith(f"/releases/{header['id']}")
    assert package["created"] == f"{header['as_of']}T00:00:00Z"
    for key in ("as_of", "valid_until", "gate", "notice", "intended_use", "previous"):
        assert package[key] == header[key]
    assert header["notice"] in package["description"]
    assert "It is not: medical advice." in package["description"]
    assert package["licenses"] == [{"name": "CC-BY-4.0", "title": "CC-BY-4.0"}]
    assert {each["$schema"] for each in package["resources"]} == {DATA_RESOURCE}
    assert {each["schema"]["$schema"] for each in package["resources"]} == {TABLE_SCHEMA}


@pytest.mark.parametrize("name", PACKAGES)
def test_every_column_is_described(name: str) -> None:
    for resource in PACKAGES[name][0]["resources"]:
        assert all(field["description"].endswith(".") for field in resource["schema"]["fields"])


def test_the_columns_are_those_of_the_tables() -> None:
    assert list(CSV_TABLES) == [table.path for table in TABLES]
    documents = (DOCUMENT, document_of(small_release("approved")))
    last = list(release_cells(DOCUMENT["release"]))
    lists = ((table, each) for table in TABLES for document in documents for each in document[table.made_of])
    rows = [(table.path, row) for table, each in lists for row in table.rows(each)]
    assert {path for path, _ in rows} == set(CSV_TABLES)
    assert all(list(CSV_TABLES[path].columns) == [*row, *last] for path, row in rows)


def header(**changes: object) -> dict[str, Any]:
    return {**DOCUMENT["release"], **changes}


def test_a_package_of_a_reviewed_release_has_no_notice() -> None:
    package = package_of(header(notice=None), [], [])
    assert package["notice"] is None
    assert package["description"] == "Made for tests. It is for: tests. It is not: medical advice."


@pytest.mark.parametrize(
    ("title", "name"),
    [("A small base", "a-small-base"), ("\u65e5\u672c", "claims"), ("  X / y_z! ", "x-y-z")],
)
def test_the_name_is_fit_for_addresses(title: str, name: str) -> None:
    assert package_of(header(title=title), [], [])["name"] == name


def test_a_licence_expression_keeps_its_words_in_the_title() -> None:
    licences = {"data": "CC-BY-4.0 OR MIT"}
    assert package_of(header(licences=licences), [], [])["licenses"] == [
        {"name": "CC-BY-4.0-OR-MIT", "title": "CC-BY-4.0 OR MIT"}
    ]
    assert package_of(header(licences={"data": "\u00a9"}), [], [])["licenses"][0]["name"] == "licence"


def test_publisher_and_sources_have_their_addresses() -> None:
    publisher = {"name": "P", "url": "https://example.org/p"}
    found = {**DOCUMENT["sources"][0], "found": [{"note": "here"}, {"url": "https://example.org/text"}]}
    package = package_of(header(publisher=publisher), [found, DOCUMENT["sources"][0]], [])
    assert package["contributors"] == [{"title": "P", "path": "https://example.org/p", "roles": ["publisher"]}]
    assert [each["path"] for each in package["sources"]] == [
        "https://example.org/text",
        f"https://example.org/claims/sources/{DOCUMENT['sources'][0]['document']}",
    ]


def test_a_file_is_measured_while_it_is_given() -> None:
    """A streamed file gives the same bytes each time, so it is made once where it was given before it is described."""
    made = []

    def chunks() -> Any:
        made.append("once")
        yield from (b"ab", b"", b"c")

    first = Measured(Streamed("x", chunks))
    assert first.measure() == first.measure() == measure_of(b"abc") == Measure(3, sha256(b"abc").hexdigest())
    assert made == ["once"]
    second = Measured(Streamed("x", chunks))
    next(second.chunks())
    assert b"".join(second.chunks()) == b"abc"
    assert second.measure() == measure_of(b"abc")
    assert len(made) == 3


def test_the_descriptor_is_the_same_whoever_asks_first() -> None:
    files = [each for each in CsvExporter().export(small_release()) if isinstance(each, Streamed)]
    assert b"".join(files[-1].chunks()) == CSV["datapackage.json"]


def test_the_documented_program(tmp_path: Path) -> None:
    (program,) = blocks(PAGE, "python")
    written(tmp_path, CSV)
    printed = ran_here(program, tmp_path)
    assert f"claims {len(DOCUMENT['claims'])} rows\n" in printed


def test_an_older_reader_reads_a_newer_package(tmp_path: Path) -> None:
    """Within a version of the tables' contract, columns and properties are only added."""
    package = json.loads(CSV["datapackage.json"])
    package["later"] = "x"
    for resource in package["resources"]:
        resource["later"] = "x"
        resource["schema"]["fields"].append({"name": "later", "type": "string", "description": "Later."})
        del resource["hash"], resource["bytes"]
    tables = {path: _wider(content) for path, content in CSV.items() if _is_table(path)}
    written(tmp_path, {**tables, "datapackage.json": json.dumps(package).encode()})
    (program,) = blocks(PAGE, "python")
    assert f"claims {len(DOCUMENT['claims'])} rows\n" in ran_here(program, tmp_path)
    assert problems(tmp_path) == []


def _wider(content: bytes) -> bytes:
    """The table with a column more, last."""
    out = io.StringIO(newline="")
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows([*row, "later"] for row in rows)
    return out.getvalue().encode("utf-8-sig")
