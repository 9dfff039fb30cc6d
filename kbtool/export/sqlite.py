"""`claims.sqlite`: the whole release as one SQLite database, normalised, with views and a full-text index.

It is made in memory and handed over as bytes. Its pages are laid out the same way each time by the same version of
SQLite; between versions the logical digest is the same (`kbtool.export.logical`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kbtool.export.exporter import Artifact, CaveatLost
from kbtool.export.logical import LOGICAL_DIGEST, logical_digest, table_digest
from kbtool.export.sqlite_claim_tables import CLAIM_TABLES
from kbtool.export.sqlite_evidence_tables import EVIDENCE_TABLES
from kbtool.export.sqlite_release_tables import RELEASE_TABLES
from kbtool.export.sqlite_review_tables import REVIEW_TABLES
from kbtool.export.sqlite_source_tables import SOURCE_TABLES
from kbtool.export.sqlite_table import SqlTable, create_sql
from kbtool.export.sqlite_views import INDEXES, SEARCH, VIEWS, view_sql
from kbtool.release.view import document_of

if TYPE_CHECKING:
    from sqlite3 import Connection

    from kbtool.release.jsontext import JsonObject
    from kbtool.release.release import Release

TABLES: tuple[SqlTable, ...] = (*RELEASE_TABLES, *SOURCE_TABLES, *EVIDENCE_TABLES, *CLAIM_TABLES, *REVIEW_TABLES)
"""Every table with rows of the release, in an order in which each refers only to those before it."""

PATH = "sqlite/claims.sqlite"

CONTRACT_VERSION = 1
"""Of the tables and views; also the file's `user_version`."""

APPLICATION_ID = 0x6B62746C
"""What tells the file from other databases: `kbtl` in ASCII."""

_ABOUT = (
    """CREATE TABLE about_file ( -- What this file is
  name TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
)""",
    """CREATE TABLE about_table ( -- Every table and view with what a row of it is; the digest of the tables
  name TEXT PRIMARY KEY NOT NULL,
  kind TEXT NOT NULL,
  holds TEXT NOT NULL,
  digest TEXT
)""",
    """CREATE TABLE about_column ( -- Every column of the tables with what it holds
  table_name TEXT NOT NULL REFERENCES about_table (name),
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  holds TEXT NOT NULL,
  PRIMARY KEY (table_name, position)
)""",
)


@dataclass(frozen=True, slots=True)
class SqliteExporter:
    """The whole release as one database."""

    name: str = "sqlite"
    purpose: str = "for programs and people who ask questions in SQL or search the words"
    standard: str = "SQLite 3 file format, FTS5"
    contract: str = f"sqlite/{CONTRACT_VERSION}"
    files: tuple[str, ...] = (PATH,)
    cannot_carry: tuple[str, ...] = (
        "editors' notes",
        "the vocabulary's word lists, and how its ratings, hedges and kinds of link behave",
    )

    def export(self, release: Release) -> Iterator[Artifact | CaveatLost]:
        """`sqlite/claims.sqlite`."""
        yield Artifact(PATH, database_of(document_of(release)))


def database_of(document: JsonObject) -> bytes:
    """The database file for a release document."""
    import sqlite3  # noqa: PLC0415 - only this format needs it

    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        make_database(connection, document)
        return connection.serialize()
    finally:
        connection.close()


def make_database(connection: Connection, document: JsonObject, page_size: int = 4096) -> None:
    """Fill an empty database, which does not begin transactions by itself, from a release document.

    `page_size` changes its bytes and nothing that it says.
    """
    _prepare(connection, page_size)
    connection.execute("BEGIN")
    _fill(connection, document)
    _describe(connection, document["release"])
    connection.execute("COMMIT")
    connection.execute("VACUUM")


def _prepare(connection: Connection, page_size: int) -> None:
    settings = {"page_size": page_size, "application_id": APPLICATION_ID, "user_version": CONTRACT_VERSION}
    for name, value in {**settings, "auto_vacuum": 0, "encoding": "'UTF-8'", "foreign_keys": 1}.items():
        connection.execute(f"PRAGMA {name} = {value}")


def _fill(connection: Connection, document: JsonObject) -> None:
    for table in TABLES:
        connection.execute(create_sql(table))
        cells = ", ".join("?" * len(table.columns))
        connection.executemany(f"INSERT INTO {table.name} VALUES ({cells})", table.rows(document))  # noqa: S608 - own names
    for statement in (*INDEXES, *map(view_sql, VIEWS), *SEARCH):
        connection.execute(statement)


def _describe(connection: Connection, release: JsonObject) -> None:
    for statement in _ABOUT:
        connection.execute(statement)
    digests = {table.name: digest_of(connection, table) for table in TABLES}
    about = {
        "contract": f"sqlite/{CONTRACT_VERSION}",
        "release": release["id"],
        "as_of": release["as_of"],
        "logical_digest": logical_digest(digests),
        "logical_digest_defined_by": LOGICAL_DIGEST,
    }
    connection.executemany("INSERT INTO about_file VALUES (?, ?)", about.items())
    tables = [(table.name, "table", table.holds, digests[table.name]) for table in TABLES]
    views = [(view.name, "view", view.holds, None) for view in VIEWS]
    connection.executemany("INSERT INTO about_table VALUES (?, ?, ?, ?)", [*tables, *views])
    for table in TABLES:
        columns = [(table.name, place, each.name, each.holds) for place, each in enumerate(table.columns, start=1)]
        connection.executemany("INSERT INTO about_column VALUES (?, ?, ?, ?)", columns)


def digest_of(connection: Connection, table: SqlTable) -> str:
    """The digest of a table as it stands in the database; SQLite's JSON of a row is the line of its definition."""
    names = [column.name for column in table.columns]
    query = f"SELECT json_array({', '.join(names)}) FROM {table.name} ORDER BY rowid"  # noqa: S608 - own names
    return table_digest(names, (line for (line,) in connection.execute(query)))
