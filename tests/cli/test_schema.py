"""`kbtool schema`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kbtool.cli.schema import _names, schema
from tests.cli.example import GOLDEN, REPOSITORY, output, run
from tests.golden import check_golden


def test_the_schemas_of_the_repository_are_up_to_date() -> None:
    """Code, schema and docs share one sentence: the files are generated, and nothing else changes them."""
    shown = run("schema", "--check", "--kb", str(REPOSITORY / "claims"))
    assert shown.exit_code == 0, shown.output


def test_the_list_is_as_accepted(project: Path) -> None:
    check_golden(GOLDEN / "schema.txt", output("schema"))


def test_one_is_printed_as_it_is_written(project: Path) -> None:
    output("schema", "--write")
    for name in ("claim", "claims-export"):
        printed = output("schema", name)
        assert printed == (project / "schema" / f"{name}.schema.json").read_text()
        assert json.loads(printed)["$id"] == f"urn:kbtool:schema:1:{name}"


def test_without_a_base_the_vocabulary_that_ships_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "untraced-citation" in output("schema", "claim")
    monkeypatch.setattr("kbtool.store.shipped._PLACES", ())
    result = run("schema", "claim")
    assert result.exit_code == 2
    assert "lacks its schema folder" in result.stderr


def test_a_term_that_an_editor_adds_is_offered_after_writing(project: Path) -> None:
    output("schema", "--write")
    vocabulary = project / "schema" / "vocabulary.yaml"
    term = '  new-term: {label: "New", definition: "A new kind."}\n'
    vocabulary.write_text(vocabulary.read_text().replace("caveat_kinds:\n", f"caveat_kinds:\n{term}"))
    result = run("schema", "--check")
    assert result.exit_code == 1
    assert "schema/claim.schema.json: out of date" in result.stdout
    assert "run 'kbtool schema --write'" in result.stderr
    assert "written" in output("schema", "--write")
    assert "11 already up to date" in output("schema", "--write")
    assert '"new-term"' in (project / "schema" / "claim.schema.json").read_text()
    assert "all 11 schemas are up to date" in output("schema", "--check")


def test_a_file_that_is_missing_is_named_and_made(project: Path) -> None:
    output("schema", "--write")
    (project / "schema/kb.schema.json").unlink()
    result = run("schema", "--check")
    assert "schema/kb.schema.json: missing" in result.stdout
    assert "schema: 1 written, 10 already up to date" in output("schema", "--write")


def test_a_link_in_the_way_is_not_followed(project: Path) -> None:
    path = project / "schema/kb.schema.json"
    path.unlink(missing_ok=True)
    path.symlink_to("elsewhere.json")
    for task in ("--check", "--write"):
        result = run("schema", task)
        assert result.exit_code == 1
        assert "is a symbolic link" in result.stderr
    assert not (project / "schema/elsewhere.json").exists()


def test_a_disk_that_refuses_is_named(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    (project / "schema/kb.schema.json").unlink(missing_ok=True)
    monkeypatch.setattr("os.fsync", full)
    result = run("schema", "--write")
    assert result.exit_code == 1
    assert "no space left on device" in result.stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("clam",), "did you mean 'claim'?"),
        (("zzz",), "there are: claim, evidence"),
        (("claim", "--write"), "takes no name"),
        (("claim", "--kb", "nowhere"), "there is no folder 'nowhere'"),
    ],
)
def test_what_cannot_be_done_ends_with_status_2(project: Path, words: tuple[str, ...], message: str) -> None:
    result = run("schema", *words)
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_vocabulary_that_cannot_be_used_is_named(project: Path) -> None:
    (project / "schema/vocabulary.yaml").write_bytes(b"ratings: 1\n")
    result = run("schema", "--write")
    assert result.exit_code == 2
    assert "schema/vocabulary.yaml' cannot be used: line 1:" in result.stderr


def test_names_complete() -> None:
    import click

    assert _names(click.Context(schema), schema.params[0], "cl") == ["claim", "claims-export"]
