"""The SQLite database: nothing is lost, nothing is dangling, every question of the page has its answer."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import sqlite3
import subprocess
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kbtool.export.logical import line_of, logical_digest, table_digest
from kbtool.export.sqlite import PATH, TABLES, SqliteExporter, database_of, make_database
from kbtool.export.sqlite_views import VIEWS
from kbtool.release.gate import GATES
from kbtool.release.release import make_release
from kbtool.release.view import document_of
from tests.export.naughty import naughty_strings
from tests.export.pages import blocks, page, ran
from tests.export.plain import plain
from tests.export.small import AS_OF, base_of, claim_of, files_of, small_release
from tests.export.sqlite_reader import claims_of, opened, rows
from tests.golden import check_golden
from tests.shared import needs_shared

if TYPE_CHECKING:
    from collections.abc import Iterator

GOLDEN = Path(__file__).parent / "golden" / "sqlite"
PAGE = page("export-sqlite.md")
QUERIES = [query.strip() for block in blocks(PAGE, "sql") for query in block.split(";") if query.strip()]
SEARCHING, RECOMPUTING, READING = blocks(PAGE, "python")
DOCUMENT = document_of(small_release())
CONTENT = database_of(DOCUMENT)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)


@pytest.fixture
def database() -> Iterator[sqlite3.Connection]:
    with opened(CONTENT) as connection:
        yield connection


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "claims.sqlite").write_bytes(CONTENT)
    return tmp_path


def test_one_file_the_same_each_time() -> None:
    assert files_of(SqliteExporter(), small_release()) == {PATH: CONTENT}


@pytest.mark.parametrize("gate", GATES)
def test_it_is_whole(gate: str) -> None:
    with opened(database_of(document_of(small_release(gate)))) as connection:
        assert rows(connection, "PRAGMA integrity_check") == [{"integrity_check": "ok"}]
        assert rows(connection, "PRAGMA foreign_key_check") == []
        connection.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")


@pytest.mark.skipif(not shutil.which("sqlite3"), reason="NOT RUN: no sqlite3 on this machine")
def test_another_client_opens_it(folder: Path) -> None:
    def ask(query: str) -> Any:
        command = ["sqlite3", "-readonly", "-json", "claims.sqlite", query]
        return json.loads(subprocess.run(command, cwd=folder, check=True, capture_output=True).stdout)

    assert ask("PRAGMA integrity_check") == [{"integrity_check": "ok"}]
    assert ask("SELECT id, statement, caveats, notice FROM claim ORDER BY id") == [
        {
            "id": claim["id"],
            "statement": claim["statement"],
            "caveats": "\n".join(f"{caveat['label']}: {caveat['text']}" for caveat in claim["caveats"]),
            "notice": claim["review"]["notice"],
        }
        for claim in DOCUMENT["claims"]
    ]
    for query in QUERIES:
        subprocess.run(["sqlite3", "-readonly", "-bail", "claims.sqlite", query], cwd=folder, check=True)


def test_every_claim_comes_back_whole(database: sqlite3.Connection) -> None:
    """The record never travels without its source, its caveats, its evidence and its review."""
    assert claims_of(database) == [plain(claim) for claim in DOCUMENT["claims"]]


def test_what_is_not_out_is_named(database: sqlite3.Connection) -> None:
    assert rows(database, "SELECT * FROM held") == DOCUMENT["held"]
    found = rows(database, "SELECT id, uri, withdrawn_on AS 'on', reason, successor FROM withdrawn")
    assert found == [plain({**each, "decision": None}) for each in DOCUMENT["withdrawn"]]
    assert [each["withdrawn"] for each in rows(database, "SELECT * FROM decision WHERE claim IS NULL")] == [
        each["id"] for each in DOCUMENT["withdrawn"] if each["decision"]
    ]
    states = {each["id"]: each["state"] for each in rows(database, "SELECT * FROM not_out")}
    assert set(states.values()) == {"held", "withdrawn"}
    assert len(states) == len(DOCUMENT["held"]) + len(DOCUMENT["withdrawn"])


def test_the_release_says_which_it_is(database: sqlite3.Connection) -> None:
    (release,) = rows(database, "SELECT * FROM release")
    header = DOCUMENT["release"]
    for name in ("id", "digest", "gate", "as_of", "valid_until", "notice", "policy", "title", "base_url"):
        assert release.get(name) == header[name]
    assert (release["checkpoint_size"], release["checkpoint_root"]) == (
        header["checkpoint"]["size"],
        header["checkpoint"]["root"],
    )
    assert rows(database, "SELECT use FROM release_not_for") == [
        {"use": use} for use in header["intended_use"]["is_not"]
    ]


def test_a_release_without_checkpoint() -> None:
    document = deepcopy(DOCUMENT)
    document["release"] |= {"checkpoint": None, "publisher": {"name": "A publisher"}}
    with opened(database_of(document)) as connection:
        (release,) = rows(connection, "SELECT * FROM release")
    assert "checkpoint_size" not in release
    assert "publisher_url" not in release


def test_sources_and_their_rights(database: sqlite3.Connection) -> None:
    """Rights of the source decide whether the full text or only quotes go out."""
    found = {each["document"]: each for each in rows(database, "SELECT * FROM source")}
    for source in DOCUMENT["sources"]:
        assert found[source["document"]].get("full_text") == source["full_text"]
        assert found[source["document"]]["coverage_letters"] == source["coverage"]["letters"]
    assert {("full_text" in each, each["rights_use"]) for each in found.values()} == {
        (True, "full-text"),
        (False, "quotes-only"),
    }
    spans = rows(database, "SELECT document, start_at, end_at, reason, label FROM set_aside")
    assert {each.get("label") for each in spans} == {"Heading", None}
    assert len(spans) == sum(len(each["skipped"]) + len(each["connectives"]) for each in DOCUMENT["sources"])


def test_evidence_comes_back(database: sqlite3.Connection) -> None:
    for work in DOCUMENT["evidence"]:
        (found,) = rows(database, "SELECT * FROM evidence WHERE id = ?", work["id"])
        assert found["result"] == work["result"]
        assert found.get("container_title") == work["citation"].get("container-title")
        authors = rows(
            database,
            "SELECT family, given, literal FROM evidence_author WHERE evidence = ? ORDER BY position",
            work["id"],
        )
        assert authors == work["citation"]["author"]


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("INSERT INTO caveat (claim, position, kind, label) VALUES ('open-text/usage', 9, 'k', 'l')", "NOT NULL"),
        ("UPDATE claim SET caveats = NULL", "NOT NULL"),
        ("UPDATE claim SET notice = NULL WHERE standing = 'draft'", "CHECK"),
        ("UPDATE claim SET standing = 'approved' WHERE standing = 'draft'", "CHECK"),
        ("UPDATE caveat SET basis = NULL WHERE basis = 'quote'", "CHECK"),
        ("UPDATE caveat SET basis = 'evidence' WHERE basis = 'quote'", "CHECK"),
        ("UPDATE caveat SET basis_evidence = 'nowhere' WHERE basis = 'evidence'", "FOREIGN KEY"),
        ("INSERT INTO quote (claim, position, exact) VALUES ('a/b', 1, 'x')", "FOREIGN KEY"),
        ("DELETE FROM claim WHERE id = 'open-text/usage'", "FOREIGN KEY"),
        ("UPDATE source SET full_text = 'all of it' WHERE rights_use = 'quotes-only'", "CHECK"),
        ("UPDATE claim SET drafted_on = 'yesterday'", "CHECK"),
        ("UPDATE quote SET start_at = -1", "CHECK"),
    ],
)
def test_the_file_itself_refuses_what_may_not_be(database: sqlite3.Connection, statement: str, problem: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=problem):
        database.execute(statement)


def test_every_view_with_a_statement_has_caveats_and_notice(database: sqlite3.Connection) -> None:
    """Caveats travel: whatever shows a statement shows them beside it."""
    shown = 0
    for view in VIEWS:
        columns = {column[0] for column in database.execute(f"SELECT * FROM {view.name}").description}
        if "statement" in columns and view.name != "search_text":
            shown += 1
            assert {"caveats", "notice"} <= columns
    assert shown == 4


def test_the_sheet_of_a_claim(database: sqlite3.Connection) -> None:
    (sheet,) = rows(database, "SELECT * FROM claim_sheet WHERE id = 'open-text/cost'")
    (claim,) = (each for each in DOCUMENT["claims"] if each["id"] == "open-text/cost")
    assert sheet["number_of_caveats"] == len(claim["caveats"]) == 4
    assert sheet["caveats"].split("\n")[0].startswith("Limited evidence: Caveat one of cost")
    assert sheet["caveat_bases"].split("\n") == [
        "Limited evidence: evidence a-trial",
        'Limited evidence: the document\'s words "may"',
        "Untraced citation: claim open-text/usage",
        "unknown-kind: rests on nothing",
    ]
    assert sheet["notice"] == "not reviewed by a qualified person"
    assert (sheet["as_of"], sheet["release"]) == (AS_OF.isoformat(), DOCUMENT["release"]["id"])
    (bare,) = rows(database, "SELECT * FROM claim_sheet WHERE id = 'closed-text/cost'")
    assert (bare["caveats"], bare["caveat_bases"], bare["number_of_caveats"]) == ("", "", 0)


def test_quotes_and_caveats_of_a_sheet_keep_their_order() -> None:
    quotes = [{"exact": exact} for exact in ("z", "a", "m", "b")]
    caveats = [{"kind": "limited-evidence", "text": text} for text in ("z", "a", "m", "b")]
    claim = claim_of("usage", "x", source={"document": "open-text", "quotes": quotes}, caveats=caveats)
    release = make_release(base_of([claim]), GATES["any"], AS_OF)
    with opened(database_of(document_of(release))) as connection:
        (sheet,) = rows(connection, "SELECT quotes, caveats, caveat_bases FROM claim_sheet")
    assert sheet["quotes"] == "z [...] a [...] m [...] b"
    assert [line[-1] for line in sheet["caveats"].split("\n")] == ["z", "a", "m", "b"]


def test_what_rests_on_a_work(database: sqlite3.Connection) -> None:
    ways = {(each["evidence"], each["way"]) for each in rows(database, "SELECT * FROM evidence_use")}
    assert ways == {
        ("a-trial", "cited"),
        ("a-trial", "basis of a caveat"),
        ("a-trial", "states the certainty"),
        ("untraced-study", "the study spoken of"),
    }


def test_which_approvals_end_soon() -> None:
    document = deepcopy(DOCUMENT)
    claims = [claim for claim in document["claims"] if claim["review"]["standing"] == "approved"]
    for claim, day in zip(claims, ("2026-03-02", "2026-03-03"), strict=False):
        claim["review"]["lapses_on"] = day
    with opened(database_of(document)) as connection:
        soon = rows(connection, "SELECT id, days_left FROM lapsing")
    assert soon == [{"id": claims[0]["id"], "days_left": 30}]


def test_counts(database: sqlite3.Connection) -> None:
    counts = rows(database, "SELECT sum(claims) AS claims, sum(unreviewed) AS unreviewed FROM verdict_count")
    unreviewed = sum(bool(claim["review"]["notice"]) for claim in DOCUMENT["claims"])
    assert counts == [{"claims": len(DOCUMENT["claims"]), "unreviewed": unreviewed}]
    assert len(rows(database, "SELECT * FROM unreviewed")) == unreviewed
    kinds = {each["kind"]: each["claims"] for each in rows(database, "SELECT * FROM caveat_count")}
    assert kinds["unknown-kind"] == kinds["limited-evidence"] == 12


def eventful() -> dict[str, Any]:
    """The small release, of which an approval lapses soon and a cited work was retracted."""
    document = deepcopy(DOCUMENT)
    for claim in document["claims"]:
        if claim["review"]["standing"] == "approved":
            claim["review"]["lapses_on"] = "2026-02-14"
    for work in document["evidence"]:
        work["status"]["state"] = "retracted"
    return document


EVENTFUL = database_of(eventful())


@pytest.mark.parametrize("query", QUERIES)
def test_every_documented_query_has_an_answer(query: str) -> None:
    with opened(EVENTFUL) as connection:
        assert rows(connection, query)


def test_the_page_names_every_table_and_view() -> None:
    about = {line.split("|")[1].strip() for line in PAGE.splitlines() if line.startswith("| `")}
    named = set(re.findall(r"`(\w+)`", " ".join(about)))
    assert named == {*(table.name for table in TABLES), *(view.name for view in VIEWS), *_ABOUT}


_ABOUT = ("about_file", "about_table", "about_column")


def test_the_file_describes_itself(database: sqlite3.Connection) -> None:
    made = {each["name"] for each in rows(database, "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")}
    described = {each["name"] for each in rows(database, "SELECT name FROM about_table")}
    assert {name for name in made if not name.startswith("search")} == (described | set(_ABOUT)) - {"search_text"}
    for table in TABLES:
        columns = [each["name"] for each in rows(database, f"PRAGMA table_info({table.name})")]
        told_of = rows(
            database, "SELECT name, holds FROM about_column WHERE table_name = ? ORDER BY position", table.name
        )
        assert [each["name"] for each in told_of] == columns
        assert all(each["holds"] and not each["holds"].endswith(".") for each in told_of)
    (kind,) = rows(database, "PRAGMA application_id")
    assert kind["application_id"].to_bytes(4) == b"kbtl"
    about = {each["name"]: each["value"] for each in rows(database, "SELECT * FROM about_file")}
    assert about["contract"] == SqliteExporter().contract


def finder() -> Any:
    """The function of the page that searches for what a visitor typed."""
    names: dict[str, Any] = {}
    exec(SEARCHING.partition("\ndatabase =")[0], names)
    return names["found"]


@pytest.mark.parametrize("claim", DOCUMENT["claims"], ids=lambda claim: str(claim["id"]))
def test_what_a_visitor_types_is_found_and_never_run(database: sqlite3.Connection, claim: dict[str, Any]) -> None:
    """Hostile text stays text: every statement, typed as it stands, finds its claim."""
    assert claim["id"] in {row[0] for row in finder()(database, claim["statement"])}


@pytest.mark.parametrize("typed", ['"', "AND", "NEAR(", "statement: x", "*", "^", "-may", "' OR 1=1 --", "(", "\0"])
def test_no_typed_text_is_an_error(database: sqlite3.Connection, typed: str) -> None:
    assert isinstance(finder()(database, typed), list)


def test_nothing_typed_finds_nothing(database: sqlite3.Connection) -> None:
    assert finder()(database, "  ") == []


def test_accents_and_capitals_make_no_difference() -> None:
    release = make_release(base_of([claim_of("usage", "The CAFÉ opened")]), GATES["any"], AS_OF)
    with opened(database_of(document_of(release))) as connection:
        assert [row[0] for row in finder()(connection, "cafe")] == ["open-text/usage"]


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(texts=st.lists(TEXT, min_size=1, max_size=4))
def test_any_caveat_comes_back(texts: list[str]) -> None:
    """Caveats travel: an exporter that cannot carry a caveat refuses; it never drops one."""
    caveats = [{"kind": "limited-evidence", "text": text} for text in texts]
    release = make_release(base_of([claim_of("usage", texts[0], caveats=caveats)]), GATES["any"], AS_OF)
    with opened(database_of(document_of(release))) as connection:
        (claim,) = claims_of(connection)
        (joined,) = connection.execute("SELECT caveats FROM claim").fetchone()
    assert [caveat["text"] for caveat in claim["caveats"]] == texts
    assert joined == "\n".join(f"Limited evidence: {text}" for text in texts)


@needs_shared
def test_naughty_strings_come_back_and_are_found() -> None:
    """Hostile text stays text, in every text that a claim has."""
    texts = naughty_strings()
    claims = [
        claim_of("usage", text, id=f"open-text/n{n}", caveats=[{"kind": "limited-evidence", "text": text}])
        for n, text in enumerate(texts)
    ]
    document = document_of(make_release(base_of(claims), GATES["any"], AS_OF))
    with opened(database_of(document)) as connection:
        assert claims_of(connection) == [plain(claim) for claim in document["claims"]]
        found = finder()
        for claim in document["claims"]:
            if re.search(r"[^\W_]", claim["statement"], re.ASCII):
                assert claim["id"] in {row[0] for row in found(connection, claim["statement"])}


def stored_digest(connection: sqlite3.Connection) -> str:
    (digest,) = connection.execute("SELECT value FROM about_file WHERE name = 'logical_digest'").fetchone()
    return str(digest)


def test_the_logical_digest_is_taken_again_from_the_file(folder: Path, database: sqlite3.Connection) -> None:
    assert ran(RECOMPUTING, folder) == f"same {stored_digest(database)}\n"
    with sqlite3.connect(folder / "claims.sqlite") as connection:
        connection.execute("UPDATE caveat SET text = text || '.' WHERE claim = 'open-text/usage' AND position = 1")
    connection.close()
    assert ran(RECOMPUTING, folder).startswith("not the same ")


def test_the_logical_digest_does_not_depend_on_how_pages_are_laid_out() -> None:
    """SQLite and Parquet, whose files name the library's version: same logical digest."""
    contents, digests = set(), set()
    for page_size in (512, 4096, 65536):
        connection = sqlite3.connect(":memory:", isolation_level=None)
        make_database(connection, DOCUMENT, page_size)
        contents.add(connection.serialize())
        digests.add(stored_digest(connection))
        connection.close()
    assert len(contents) == 3
    assert len(digests) == 1


def test_the_logical_digest_by_hand() -> None:
    """What `printf` and `sha256sum` make of the definition."""
    lines = ['["a \\"b\\" \u00e9\\u001b",1]', '["c",null]']
    written = b'["id","n"]\n["a \\"b\\" \xc3\xa9\\u001b",1]\n["c",null]\n'
    digest = table_digest(["id", "n"], lines)
    assert digest == hashlib.sha256(written).hexdigest()
    listing = f"{digest}  a\n{digest}  b\n".encode()
    assert logical_digest({"b": digest, "a": digest}) == hashlib.sha256(listing).hexdigest()
    assert line_of(['a "b" \u00e9\x1b', 1]) == lines[0]


def test_golden_schema_and_rows(database: sqlite3.Connection) -> None:
    made = database.execute(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'search\\__%' ESCAPE '\\'"
    )
    check_golden(GOLDEN / "schema.sql", "\n\n".join(f"{sql};" for (sql,) in made) + "\n")
    lines = []
    for table in TABLES:
        lines += [
            json.dumps([table.name, row], ensure_ascii=True, sort_keys=True)
            for row in rows(database, f"SELECT * FROM {table.name}")
        ]
    check_golden(GOLDEN / "rows.ndjson", "\n".join(lines) + "\n")


def test_an_older_reader_reads_a_newer_file(folder: Path) -> None:
    """Within version 1 tables, columns, views and indexes are only added; a reader names the columns that it wants."""
    with opened(CONTENT) as connection:
        before = [connection.execute(query).fetchall() for query in QUERIES]
    newer = sqlite3.connect(folder / "claims.sqlite", isolation_level=None)
    for table in TABLES:
        newer.execute(f"ALTER TABLE {table.name} ADD COLUMN of_later_days TEXT DEFAULT 'x'")
    newer.execute("CREATE TABLE later (id TEXT)")
    newer.execute("CREATE VIEW later_view AS SELECT id FROM later")
    assert [newer.execute(query).fetchall() for query in QUERIES] == before
    assert claims_of(newer) == [plain(claim) for claim in DOCUMENT["claims"]]
    newer.close()
    assert ran(READING, folder) == ""
    assert "Caveat one of usage" in ran(SEARCHING, folder)
