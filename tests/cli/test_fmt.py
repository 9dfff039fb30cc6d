"""`kbtool fmt`."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbtool.records.layout import kind_of
from kbtool.schemas.key_order import order_for
from kbtool.yamlsource.format import FormatRefused, reformat
from kbtool.yamlsource.layout import Order
from kbtool.yamlsource.parse import parse
from tests.cli.example import REPOSITORY, output, run

UNTIDY = """\
# a remark at the top
type: definition
id: tea-note/x
statement:    A statement that is long enough to be wrapped at a hundred columns, since it goes on and on until it does.
# a remark on the review
review:
    status: draft
"""
CLAIM = "claims/tea-note/x.yaml"


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {path.as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_example_is_in_the_usual_layout(project: Path) -> None:
    before = contents(project)
    assert output("fmt") == "0 changed, 8 in the usual layout, 0 left alone\n"
    assert contents(project) == before


def test_layout_changes_and_content_stays(project: Path) -> None:
    path = project / CLAIM
    path.write_text(UNTIDY)
    before = contents(project)
    checked = run("fmt", "--check")
    assert checked.exit_code == 1
    assert f"would change  {CLAIM}\n1 would change, 8 in the usual layout, 0 left alone" in checked.stdout
    assert contents(project) == before
    assert f"changed  {CLAIM}\n1 changed" in output("fmt")
    text = path.read_text()
    assert parse(text.encode()).data == parse(UNTIDY.encode()).data
    assert text.startswith("# a remark at the top\nid: tea-note/x\ntype: definition\nstatement: >-\n")
    assert text.endswith("# a remark on the review\nreview: {status: draft}\n")
    assert output("fmt").startswith("0 changed")


def test_a_file_that_cannot_be_read_is_left_alone_and_named(project: Path) -> None:
    (project / CLAIM).write_bytes(b"id: x\nid: y\n")
    (project / "claims/tea-note/y.yaml").write_text(UNTIDY)
    result = run("fmt")
    assert result.exit_code == 1
    assert f"{CLAIM}:2:1: left alone: the key 'id' stands a second time" in result.stderr
    assert "changed  claims/tea-note/y.yaml" in result.stdout
    assert "1 changed, 8 in the usual layout, 1 left alone" in result.stdout
    assert (project / CLAIM).read_bytes() == b"id: x\nid: y\n"


def test_only_the_files_named_are_touched(project: Path) -> None:
    for name in ("x", "y"):
        (project / f"claims/tea-note/{name}.yaml").write_text(UNTIDY)
    assert output("fmt", CLAIM) == f"changed  {CLAIM}\n1 changed, 0 in the usual layout, 0 left alone\n"
    assert (project / "claims/tea-note/y.yaml").read_text() == UNTIDY


def test_vocabulary_and_policy_are_formatted_when_named(project: Path) -> None:
    before = parse((project / "schema/vocabulary.yaml").read_bytes(), limit=10**6).data
    output("fmt", "schema/vocabulary.yaml", "schema/policy.yaml")
    assert parse((project / "schema/vocabulary.yaml").read_bytes(), limit=10**6).data == before
    assert run("validate", "--as-of", "2026-02-01").exit_code == 0


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nowhere.yaml", "cannot be read: no such file"),
        ("claims", "is no regular file"),
        (".gitattributes", "is no record of the base 'claims'"),
        ("claims/link.yaml", "is a symbolic link"),
    ],
)
def test_what_is_no_record_ends_with_status_2(project: Path, name: str, message: str) -> None:
    (project / "claims/link.yaml").symlink_to("kb.yaml")
    result = run("fmt", name)
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_base_without_records_has_nothing_to_format(project: Path) -> None:
    (project / "empty").mkdir()
    (project / "empty/kb.yaml").symlink_to("../claims/kb.yaml")
    result = run("fmt", "--kb", "empty")
    assert result.exit_code == 2
    assert "the base holds no records" in result.stderr


def test_a_disk_that_refuses_leaves_the_file_as_it_was(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    (project / CLAIM).write_text(UNTIDY)
    monkeypatch.setattr("os.fsync", full)
    result = run("fmt")
    assert result.exit_code == 1
    assert "the base cannot be written to: no space left on device" in result.stderr
    assert result.stdout == ""
    assert (project / CLAIM).read_text() == UNTIDY


def test_all_are_written_or_none(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Writes are atomic, and refuse to overwrite what the person has not seen."""
    for name in ("x", "y"):
        (project / f"claims/tea-note/{name}.yaml").write_text(UNTIDY)

    def changed_meanwhile(raw: bytes, order: Order) -> bytes | FormatRefused:
        (project / "claims/tea-note/y.yaml").write_text(f"{UNTIDY}# more\n")
        return reformat(raw, order)

    monkeypatch.setattr("kbtool.yamlsource.format.reformat", changed_meanwhile)
    result = run("fmt")
    assert result.exit_code == 1
    assert "'tea-note/y.yaml' has changed since it was shown" in result.stderr
    assert (project / CLAIM).read_text() == UNTIDY


def test_every_record_of_the_project_keeps_its_content_and_settles_at_once() -> None:
    root = REPOSITORY / "claims"
    for path in sorted(root.rglob("*.yaml")):
        raw, name = path.read_bytes(), path.relative_to(root).as_posix()
        data = parse(raw, limit=len(raw)).data
        order = order_for(name, data)
        new = reformat(raw, order)
        assert isinstance(new, bytes), (kind_of(name), new)
        assert parse(new, limit=len(new)).data == data
        assert reformat(new, order) == new
