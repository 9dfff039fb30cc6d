"""`kbtool import`: every row becomes a record that validates, or a line that says why not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.example import output, run
from tests.ingest.test_import_forms import REVIEW, W3C
from tests.shared import SHARED, needs_shared

ON = ("--on", "2026-11-23")
CHECKS = "Claim,Verdict,Publisher,URL\nTea cures colds.,False,Example Check,https://check.example/1\n"


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a base but the lock."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


def written(project: Path, name: str, content: str | bytes) -> str:
    (project / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return name


def test_a_table_is_imported_once(project: Path) -> None:
    file = written(project, "checks.csv", CHECKS)
    before = tree(project / "claims")
    dry = output("import", file, "--from", "csv", *ON, "--dry-run")
    assert "would write checks/tea-cures-colds.yaml" in dry
    assert tree(project / "claims") == before
    assert "1 row: 1 imported, 0 joined, 0 there already, 0 not imported; 4 files written" in output(
        "import", file, "--from", "csv", *ON
    )
    after = tree(project / "claims")
    assert {name: after[name] for name in before} == before
    again = output("import", file, "--from", "csv", "--on", "2026-11-22")
    assert "0 imported, 0 joined, 1 there already, 0 not imported; 0 files written" in again
    assert tree(project / "claims") == after
    assert run("validate").exit_code == 0


def test_every_row_is_accounted_for(project: Path) -> None:
    rows = f"{CHECKS}Tea cools.,Four Stars,,\n,True,,\nTea cures colds.,Incorrect,Other,\nTea is hot.,,,\nx\n"
    done = run("import", written(project, "checks.csv", rows), "--from", "csv", *ON)
    assert done.exit_code == 1
    assert "checks.csv: line 3: not imported: the verdict word 'Four Stars' is not in verdict-words.yaml" in done.stdout
    assert "checks.csv: line 4: not imported: there is no statement" in done.stdout
    assert "checks.csv: line 5: the same claim as checks/tea-cures-colds" in done.stdout
    assert "checks.csv: line 7: not imported: the line has 1 cells" in done.stdout
    assert "  Four Stars (1)" in done.stdout
    assert "6 rows: 2 imported, 1 joined, 0 there already, 3 not imported; 6 files written" in done.stdout
    assert run("validate").exit_code == 0


def test_a_row_that_would_not_validate_is_refused_with_the_rule(project: Path) -> None:
    rows = f"{CHECKS}Tea costs TODO dollars.,,,\n"
    done = run("import", written(project, "c.csv", rows), "--from", "csv", *ON)
    assert done.exit_code == 1
    assert "c.csv: line 3: not imported: the record would not validate:" in done.stdout
    assert "[placeholder-text]" in done.stdout
    assert run("validate").exit_code == 0


def test_a_feed_and_the_report_for_programs(project: Path) -> None:
    file = written(
        project,
        "feed.jsonld",
        json.dumps({"@type": "DataFeed", "dataFeedElement": [{"item": REVIEW}, {"item": REVIEW}]}),
    )
    report = json.loads(output("import", file, "--from", "claimreview", "--id", "feed", "--format", "json", *ON))
    assert report["written"]
    assert [row["outcome"] for row in report["rows"]] == ["new", "joined"]
    assert "sources/feed.yaml" in report["files"]
    assert report["unmapped"] == {}
    assert run("validate").exit_code == 0


def test_annotations_quote_the_document_that_is_named(project: Path) -> None:
    from kbtool.store.read import read_base

    text = next(f.raw for f in read_base(project / "claims", "claims").files.base if f.name.endswith(".txt")).decode()
    words = " ".join(text.split()[:3])
    note: Any = {"target": {"source": "https://x.example", "selector": {"type": "TextQuoteSelector", "exact": words}}}
    file = written(project, "notes.json", json.dumps([note, W3C]))
    done = run("import", file, "--from", "annotation", "--document", "tea-note", *ON)
    assert done.exit_code == 1
    assert "annotation 2: not imported: the words 'Tea  cures' do not stand in 'tea-note'" in done.stdout
    other = run("import", file, "--from", "annotation", "--document", "nowhere", *ON)
    assert other.exit_code == 2
    assert "there is no readable document 'nowhere'" in other.stderr


def test_a_mapping_file_and_pairs(project: Path) -> None:
    written(project, "map.yaml", "statement: a\nrating: c\n")
    file = written(project, "t.csv", "a,b,c\nTea is hot.,True,x\n")
    assert "1 imported" in output("import", file, "--from", "csv", "--mapping", "map.yaml", "--map", "rating=b", *ON)


def test_another_table_of_verdict_words(project: Path) -> None:
    words = 'ratings:\n  supported: ["four stars"]\nreview_kind: news-report\n'
    written(project, "words.yaml", words)
    file = written(project, "t.csv", "claim,verdict\nTea is hot.,Four Stars\n")
    assert "1 imported" in output("import", file, "--from", "csv", "--verdict-words", "words.yaml", *ON)


@pytest.mark.parametrize(
    ("content", "arguments", "status", "words"),
    [
        ("a\n1\n", ("--from", "csv"), 2, "no column holds the claims"),
        ("a\n1\n", ("--from", "csv", "--map", "statement"), 2, "'statement' is not FIELD=COLUMN"),
        ("a\n1\n", ("--from", "csv", "--map", "x=a"), 2, "'x' is nothing that can be mapped"),
        ("claim\n", ("--from", "csv"), 2, "has no claims in it"),
        ("{", ("--from", "claimreview"), 2, "cannot be read as 'claimreview': line 1"),
        ("{}", ("--from", "annotation", "--map", "statement=a"), 2, "says nothing for 'annotation'"),
        ("claim\nx\n", ("--from", "csv", "--id", "No Slug"), 2, "'No Slug' cannot be the id of a document"),
        ("claim\nx\n", ("--from", "csv", "--id", "evidence"), 2, "'evidence' cannot be the id"),
        ("claim\nTea.\n", ("--from", "csv", "--id", "tea-note"), 1, "has a document 'tea-note' already"),
        ("claim\nx\n", ("--from", "csv", "--verdict-words", "nothing.yaml"), 2, "no such file"),
        ("claim\nx\n", ("--from", "csv", "--verdict-words", "f"), 2, "f:1:"),
        ("claim\nx\n", ("--from", "csv", "--verdict-words", "odd.yaml"), 2, "'nonsense' is no rating"),
        ("claim\nx\n", ("--from", "csv", "--mapping", "f"), 2, "'f' is no mapping"),
        ("claim\nx\n", ("--from", "csv", "--on", "2999-01-01"), 2, "is a day to come"),
    ],
)
def test_what_cannot_be_imported(
    project: Path, content: str, arguments: tuple[str, ...], status: int, words: str
) -> None:
    written(project, "odd.yaml", "ratings:\n  nonsense: [x]\nreview_kind: news-report\n")
    before = tree(project / "claims")
    done = run("import", written(project, "f", content), *arguments)
    assert done.exit_code == status
    assert words in done.stdout + done.stderr
    assert tree(project / "claims") == before


def test_a_base_whose_schema_folder_lacks_the_table_uses_the_shipped_one(project: Path) -> None:
    (project / "schema/verdict-words.yaml").unlink()
    assert "1 imported" in output("import", written(project, "c.csv", CHECKS), "--from", "csv", *ON)


def release(project: Path) -> Path:
    output(
        "export",
        "claimreview",
        "webannotation",
        "csv",
        "ndjson",
        "--gate",
        "any",
        "--out",
        "out",
        "--as-of",
        "2026-11-23",
    )
    return project / "out"


def test_our_own_exports_come_back(project: Path) -> None:
    """Round trip: what the base has already is found there, from every format."""
    made = release(project)
    before = tree(project / "claims")
    claims = len([name for name in before if name.startswith("tea-note/")])
    files = {
        "claims.ndjson": "ndjson",
        "claims.csv": "csv",
        "claimreview/feed.jsonld": "claimreview",
        "webannotation/tea-note/1.jsonld": "annotation",
    }
    for name, form in files.items():
        shown = output("import", str(made / name), "--from", form, *ON)
        assert f"{claims} rows: 0 imported, 0 joined, {claims} there already, 0 not imported" in shown, name
    assert tree(project / "claims") == before


def test_lost_claims_come_back_from_ndjson(project: Path) -> None:
    """Round trip: the records say the same as those that were exported, but for status and notes."""
    from kbtool.records.assemble import assemble
    from kbtool.store.read import read_base

    def models() -> dict[str, Any]:
        base = assemble(read_base(project / "claims", "claims").files).base
        assert base is not None
        return {id_: each.model.model_dump(exclude={"notes", "review"}) for id_, each in base.claims.items()}

    made = release(project)
    before = models()
    for path in (project / "claims/tea-note").glob("*.yaml"):
        path.unlink()
    output("import", str(made / "claims.ndjson"), "--from", "ndjson", *ON)
    assert models() == before
    assert run("validate").exit_code == 0


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("claims.csv", "csv"),
        ("claimreview/feed.jsonld", "claimreview"),
        ("webannotation/tea-note/1.jsonld", "annotation"),
    ],
)
def test_exports_go_into_another_base_as_reviews_of_others(project: Path, name: str, form: str) -> None:
    """Every row becomes a record or a line in a report that says why not; nothing is dropped silently."""
    made = release(project)
    for path in (*(project / "claims/tea-note").glob("*"), *(project / "claims/sources").glob("tea-note*/*")):
        path.unlink()
    (project / "claims/sources/tea-note.yaml").unlink()
    done = run("import", str(made / name), "--from", form, "--id", "theirs", "--format", "json", *ON)
    report = json.loads(done.stdout)
    assert report["rows"]
    for row in report["rows"]:
        assert row["outcome"] in {"new", "joined"} or (row["outcome"] == "refused" and row["detail"])
    assert any(row["outcome"] == "new" for row in report["rows"])
    errors = [line for line in run("validate").stdout.splitlines() if ": error: " in line]
    assert not [line for line in errors if "theirs" in line or "review-" in line]


@needs_shared
def test_examples_of_schema_org(project: Path) -> None:
    assert SHARED is not None
    folder = SHARED / "testdata/schemaorg/claimreview-examples"
    assert "1 imported" in output("import", str(folder / "example-1.jsonld"), "--from", "claimreview", *ON)
    done = run("import", str(folder / "example-2.jsonld"), "--from", "claimreview", *ON)
    assert "gives no verdict in words" in done.stdout
    assert run("validate").exit_code == 0
