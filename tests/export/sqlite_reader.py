"""Reading a database back into the claims of the JSON files, by what its documentation says of it."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

Row = dict[str, Any]


@contextmanager
def opened(content: bytes) -> Iterator[sqlite3.Connection]:
    """A connection to a database file's bytes, with foreign keys on."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.deserialize(content)
        connection.execute("PRAGMA foreign_keys = ON")
        yield connection
    finally:
        connection.close()


def rows(connection: sqlite3.Connection, query: str, *values: object) -> list[Row]:
    """The rows that a query gives, without what is null."""
    cursor = connection.execute(query, values)
    names = [column[0] for column in cursor.description]
    return [{n: cell for n, cell in zip(names, row, strict=True) if cell is not None} for row in cursor]


def claims_of(connection: sqlite3.Connection) -> list[Row]:
    """Every claim, put together from the tables, in the form of the JSON files without what is null."""
    return [_claim(connection, row) for row in rows(connection, "SELECT * FROM claim ORDER BY number")]


def _claim(connection: sqlite3.Connection, row: Row) -> Row:
    def parts(table: str) -> list[Row]:
        return rows(connection, f"SELECT * FROM {table} WHERE claim = ? ORDER BY position", row["id"])

    return {
        **_kept(row, "id", "uri", "type", "type_label", "statement", "polarity"),
        "hedges": [each["words"] for each in parts("hedge")],
        "tags": [each["tag"] for each in parts("tag")],
        "source": {
            "document": row["document"],
            "title": connection.execute("SELECT title FROM source WHERE document = ?", (row["document"],)).fetchone()[
                0
            ],
            "quotes": [_selector(each) for each in parts("quote")],
        },
        "caveats": [_caveat(each) for each in parts("caveat")],
        "evidence": [_link(connection, each) for each in parts("claim_evidence")],
        "relations": [{**_kept(each, "kind", "label"), "claim": each["other"]} for each in parts("relation")],
        "verdict": _verdict(row),
        "drafted": {**_cut(row, "drafted_"), "machine": bool(row["drafted_machine"])},
        "review": _review(connection, row),
        **{each["name"]: _field(each) for each in parts("claim_field")},
    }


def _verdict(row: Row) -> Row:
    certainty = {"certainty": _cut(row, "certainty_")} if "certainty_level" in row else {}
    return {**_kept(row, "rating", "rationale"), "label": row["rating_label"], **certainty}


def _selector(row: Row) -> Row:
    found = {"start": row.get("start_at"), "end": row.get("end_at"), **_kept(row, "exact", "prefix", "suffix")}
    return {name: value for name, value in found.items() if value is not None}


def _caveat(row: Row) -> Row:
    caveat = _kept(row, "kind", "label", "text")
    if "basis" not in row:
        return caveat
    basis = row["basis"]
    return {**caveat, "basis": {basis: _selector(row) if basis == "quote" else row[f"basis_{basis}"]}}


def _field(row: Row) -> Row | str:
    return "not-stated" if row["not_stated"] else _kept(row, "as_stated", "value", "unit", "code", "ref")


def _link(connection: sqlite3.Connection, row: Row) -> Row:
    slug = row["evidence"]
    (work,) = rows(connection, "SELECT * FROM evidence WHERE id = ?", slug)
    found = rows(connection, "SELECT * FROM identifier WHERE evidence = ? ORDER BY scheme, position", slug)
    identifiers = {each["scheme"]: each["value"] for each in found if each["scheme"] not in {"registry", "other"}}
    lists = {s: [each["value"] for each in found if each["scheme"] == s] for s in ("registry", "other")}
    seen_at = rows(connection, "SELECT url FROM evidence_seen_at WHERE evidence = ? ORDER BY position", slug)
    return {
        **_kept(row, "stance", "stance_label", "directness", "directness_label", "finding", "locator"),
        **_kept(work, "kind", "kind_label", "citation"),
        "ref": slug,
        "identifiers": {**identifiers, **lists},
        "status": {"state": work["status"], "on": work["status_on"], "source": work["status_source"]},
        "seen": {
            "how": work["seen"],
            "at": [each["url"] for each in seen_at],
            **({"detail": work["seen_detail"]} if "seen_detail" in work else {}),
        },
    }


def _review(connection: sqlite3.Connection, row: Row) -> Row:
    def roles(query: str, *values: object) -> list[str]:
        return [each["role"] for each in rows(connection, f"{query} ORDER BY position", *values)]

    of_approver = "SELECT role FROM approver_role WHERE claim = ? AND reviewer = ?"
    of_decision = "SELECT role FROM decision_role WHERE decision = ?"
    approvers = rows(connection, "SELECT * FROM approver WHERE claim = ? ORDER BY position", row["id"])
    decisions = rows(connection, "SELECT * FROM decision WHERE claim = ? ORDER BY number", row["id"])
    return {
        **_kept(row, "status", "standing", "standing_label", "notice", "approved_on", "lapses_on"),
        "reason": row["standing_reason"],
        "approvers": [
            {"id": each["reviewer"], "roles": roles(of_approver, row["id"], each["reviewer"])} for each in approvers
        ],
        "decisions": [
            {
                **_kept(each, "kind", "kind_label", "reviewer", "content", "file"),
                "on": each["decided_on"],
                "counts": bool(each["counts"]),
                "roles": roles(of_decision, each["number"]),
            }
            for each in decisions
        ],
    }


def _kept(row: Row, *names: str) -> Row:
    return {name: row[name] for name in names if name in row}


def _cut(row: Row, prefix: str) -> Row:
    return {name.removeprefix(prefix): value for name, value in row.items() if name.startswith(prefix)}
