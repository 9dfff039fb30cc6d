"""`kbtool evidence status`: what a list touches, what follows, and that nothing else changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.example import run
from tests.review.scratch import TRIAL, Scratch, approved, scratch, synced
from tests.review.test_notices import DOI, TRIAL_FILE, identified, row, status, table

ON = ("--on", "2026-01-30")


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scratch:
    """A base whose trial is approved and rests on a study with a DOI."""
    made = scratch(tmp_path)
    made.write(synced(approved(identified(base=made.read()), TRIAL)))
    monkeypatch.chdir(made.root)
    return made


def listed(base: Scratch, *rows: dict[str, str]) -> str:
    """A list on disk."""
    (base.root / "list.csv").write_bytes(table(*rows))
    return "list.csv"


def test_a_retraction_is_written_and_what_follows_is_said(base: Scratch) -> None:
    before = base.read()
    done = run("evidence", "status", listed(base, row(), row(OriginalPaperDOI="10.1/x")), *ON)
    after = base.read()
    assert {name for name in after if after[name] != before.get(name)} <= {TRIAL_FILE, ".kbtool-lock"}
    assert status(after[TRIAL_FILE])["state"] == "retracted"
    assert "evidence made-up-trial: current -> retracted: Retraction of 2024-07-15 (doi 10.5555/notice)" in done.stdout
    assert f"claim {TRIAL}: approved -> needs-review: " in done.stdout
    assert "1 records written; " in done.stdout
    assert done.exit_code in {0, 1}


def test_a_dry_run_changes_nothing(base: Scratch) -> None:
    before = base.read()
    done = run("evidence", "status", listed(base, row()), "--dry-run", *ON)
    assert base.read() == before
    assert f"claim {TRIAL}: approved -> needs-review: " in done.stdout
    assert "1 records would be written; " in done.stdout


def test_a_second_time_nothing_is_left_to_do(base: Scratch) -> None:
    name = listed(base, row())
    run("evidence", "status", name, *ON)
    before = base.read()
    done = run("evidence", "status", name, "--on", "2026-01-31")
    assert (base.read(), done.exit_code) == (before, 0)
    assert "1 records say so already" in done.stdout


def test_rows_that_cannot_be_read_are_listed_and_the_others_applied(base: Scratch) -> None:
    name = listed(base, row(RetractionDate="yesterday"), row(OriginalPaperDOI=DOI.upper()), row(OriginalPaperDOI=""))
    done = run("evidence", "status", name, *ON)
    assert "line 2 cannot be read: its RetractionDate 'yesterday' is no day" in done.stdout
    assert "1 notices read, 1 without DOI and PubMed id, 1 not read" in done.stdout
    assert done.exit_code == 1
    assert status(base.read()[TRIAL_FILE])["state"] == "retracted"


def test_claims_that_cite_it_and_were_never_approved_are_named_too(base: Scratch) -> None:
    made = base.read()
    base.write({name: raw for name, raw in made.items() if not name.startswith(("decisions/", "reviewed/"))})
    done = run("evidence", "status", listed(base, row()), *ON)
    assert f"claim {TRIAL} (draft) cites it" in done.stdout


def test_a_record_that_cannot_be_written_is_named(base: Scratch) -> None:
    made = base.read()
    changed = made[TRIAL_FILE].replace(b"state: current", b"state: |- # folded\n    current")
    base.write(made | {TRIAL_FILE: changed})
    done = run("evidence", "status", listed(base, row()), *ON)
    assert "evidence made-up-trial cannot be written: " in done.stdout
    assert done.exit_code == 1


@pytest.mark.parametrize(
    ("words", "message"),
    [(("nowhere.csv",), "'nowhere.csv' cannot be read"), (("other.csv",), "the list has no column 'RetractionDate'")],
)
def test_what_is_no_list(base: Scratch, words: tuple[str, ...], message: str) -> None:
    (base.root / "other.csv").write_text("a,b\n1,2\n")
    done = run("evidence", "status", *words, *ON)
    assert (done.exit_code, message in done.stderr) == (2, True), done.stderr
