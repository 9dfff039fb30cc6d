"""`kbtool ingest` as a person runs it: files in, records that validate, nothing overwritten, clear refusals."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kbtool.cli.main import cli

LEAFLET = "# Tea\n\nTea is mild. It may not help 5 people. Is it tea?\n"


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "base"
    assert CliRunner().invoke(cli, ["init", str(root)]).exit_code == 0
    monkeypatch.chdir(root)
    (tmp_path / "leaflet.md").write_text(LEAFLET)
    return root


def run(*arguments: str | Path, given: bytes | None = None) -> Result:
    return CliRunner().invoke(cli, ["ingest", *map(str, arguments)], input=given)


def state(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_a_document_comes_in_and_the_base_validates(base: Path) -> None:
    done = run("../leaflet.md")
    assert done.exit_code == 0, done.output
    assert "written as 'leaflet': 4 sentences, 2 draft claims, 2 skipped passages, 0 joining words" in done.output
    assert "Not reviewed by a qualified person" in done.output
    assert (base / "claims/sources/leaflet.yaml").is_file()
    checked = CliRunner().invoke(cli, ["validate"])
    assert checked.exit_code == 0, checked.output
    assert "0 errors, 0 warnings" in checked.output


def test_a_second_run_changes_nothing(base: Path) -> None:
    run("../leaflet.md", "--on", "2026-01-05")
    before = state(base)
    done = run("../leaflet.md")
    assert done.exit_code == 0
    assert "nothing is changed" in done.output
    assert state(base) == before


def test_a_dry_run_writes_nothing_and_explains(base: Path) -> None:
    before = state(base)
    done = run("../leaflet.md", "--dry-run", "--explain")
    assert done.exit_code == 0
    assert "would be written" in done.output
    assert "hedged by 'may'" in done.output
    assert "skipped: question: ends in a question mark" in done.output
    assert state(base) == before


def test_the_plan_for_programs(base: Path) -> None:
    data = json.loads(run("../leaflet.md", "--dry-run", "--explain", "--format", "json").output)
    (file,) = data["files"]
    assert (file["outcome"], file["document"]) == ("planned", "leaflet")
    assert {"id", "type", "statement", "confidence", "central", "causal_language", "caveats", "why", "to_do"} == set(
        file["claims"][0]
    )
    assert file["skipped"][1]["reason"] == "question"


def test_one_bad_file_does_not_stop_the_rest(base: Path) -> None:
    (base.parent / "empty.txt").write_bytes(b"")
    os.mkfifo(base.parent / "pipe.txt")
    (base.parent / "a\nb.md").write_text("Tea is green.\n")
    done = run("../empty.txt", "../pipe.txt", "../missing.txt", "../a\nb.md", "../leaflet.md")
    assert done.exit_code == 1
    assert "empty.txt: refused: the file is empty" in done.output
    assert "is no regular file" in done.output
    assert "5 files: 2 written, 0 there before, 3 refused" in done.output
    assert (base / "claims/leaflet").is_dir()
    again = json.loads(run("../empty.txt", "../leaflet.md", "--format", "json").output)
    assert [each["outcome"] for each in again["files"]] == ["refused", "unchanged"]


def test_standard_input_needs_an_id(base: Path) -> None:
    assert run("-", given=LEAFLET.encode()).exit_code == 2
    done = run("-", "--id", "piped", given=LEAFLET.encode())
    assert done.exit_code == 0, done.output
    assert "standard input" in (base / "claims/sources/piped.yaml").read_text()


def test_an_id_that_exists_is_refused(base: Path) -> None:
    done = run("../leaflet.md", "--id", "tea-note")
    assert done.exit_code == 1
    assert "kbtool source update tea-note FILE" in done.output
    (base / "claims/stray").mkdir()
    (base / "claims/stray/one.yaml").write_text("id: stray/one\n")
    assert "stands where the document 'stray' would" in run("../leaflet.md", "--id", "stray").output


def test_a_file_whose_name_the_base_uses_itself_gets_another_id(base: Path) -> None:
    (base / "evidence.txt").write_text("Tea may help.\n")
    assert "as 'evidence-document': 1 sentence, 1 draft claim, 0 skipped" in run("evidence.txt", "--dry-run").output


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("../leaflet.md", "--id", "Tea"), "take lower-case words"),
        (("../leaflet.md", "--id", "sources"), "the base has a folder or file of that name itself"),
        (("../leaflet.md", "--id", "a", "--id", "b"), "1 file and 2 ids"),
        (("../leaflet.md", "../leaflet.md"), "two files would be the document 'leaflet'"),
    ],
)
def test_bad_usage_is_said_clearly(base: Path, arguments: tuple[str, ...], why: str) -> None:
    done = run(*arguments)
    assert done.exit_code == 2
    assert why in done.output


def test_two_documents_with_the_same_sentences_both_validate(base: Path) -> None:
    (base.parent / "other.md").write_text(LEAFLET)
    assert run("../leaflet.md", "../other.md").exit_code == 0
    checked = CliRunner().invoke(cli, ["validate"])
    assert checked.exit_code == 0, checked.output


def test_a_vocabulary_without_a_term_that_is_needed_is_named(base: Path) -> None:
    path = base / "schema/vocabulary.yaml"
    path.write_text(path.read_text().replace("  signpost:", "  sign-post:"))
    done = run("../leaflet.md")
    assert done.exit_code == 2
    assert "no 'signpost' among its skip reasons" in done.output


DRAFTER = """
import json, sys
task, *sentences = map(json.loads, sys.stdin)
for each in sentences:
    if each["text"] == "Tea is mild.":
        fields = {"term": {"as_stated": "Tea"}, "meaning": {"as_stated": "mild"}}
        claim = {"statement": "Tea is mild " + sys.argv[1] + ".", "type": "definition", "fields": fields}
        claim["quotes"] = ["Tea is mild"]
        print(json.dumps({"sentence": each["sentence"], "claims": [claim]}))
"""


def test_another_drafter_is_asked_and_checked(base: Path) -> None:
    (base.parent / "drafter.py").write_text(DRAFTER)
    good = run("../leaflet.md", "--drafter", sys.executable, "--", "../drafter.py", "indeed")
    assert good.exit_code == 0, good.output
    assert "the drafter's answers stand for 1 sentence; refused: 0" in good.output
    assert any("Tea is mild indeed." in path.read_text() for path in (base / "claims/leaflet").iterdir())
    assert CliRunner().invoke(cli, ["validate"]).exit_code == 0
    bad = run("../leaflet.md", "--id", "bad", "--drafter", sys.executable, "--", "../drafter.py", "7")
    assert bad.exit_code == 0
    assert "stand for 0 sentences; refused: 1" in bad.output
    assert "number-not-in-quote" in bad.output
    failing = run("../leaflet.md", "--id", "none", "--drafter=no-such-program", "--", "x")
    assert failing.exit_code == 1
    assert "there is no program" in failing.output
    assert not (base / "claims/none").exists()
    assert run("--", "../leaflet.md").exit_code == 0
