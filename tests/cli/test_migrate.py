"""`kbtool migrate`, with a record format that has a made-up past."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kbtool.cli.main import cli
from kbtool.cli.migrate import migrate
from kbtool.records.layout import BaseFile
from kbtool.schemas.migrate import Rewritten
from kbtool.schemas.migration import RecordFormat
from kbtool.store.files import FileRefused
from kbtool.store.lock import locked
from kbtool.store.migrate import write_migration
from tests.cli.example import run
from tests.review.scratch import DENIAL, Scratch, approved, checkpointed, reviewed_base, synced
from tests.rules.bases import POLICY, Base, tiny_base
from tests.schemas.older import FORMAT, OTHER_WORDS, as_first, in_version

DAY = "2026-02-01"


def migrated(*words: str, known: RecordFormat = FORMAT) -> Result:
    """Run the command with the made-up format."""
    return CliRunner().invoke(migrate, [*words, "--as-of", DAY], obj=known)


def old(desk: Scratch, base: Base) -> dict[str, bytes]:
    desk.write(base)
    return desk.read()


def test_a_dry_run_shows_each_change_and_writes_nothing(desk: Scratch) -> None:
    before = old(desk, as_first(tiny_base()))
    result = migrated("--dry-run")
    assert result.exit_code == 0, result.output
    assert desk.read() == before
    lines = result.output.splitlines()
    assert lines[0] == "claims: from version 1 to version 3 of the record format"
    assert "  1 -> 2: 'written' of claims is 'drafted', 'weights' of the policy 'severities'" in lines
    start = lines.index(f"--- claims/{DENIAL}.yaml (now)")
    assert lines[start + 1 : start + 7] == [
        f"+++ claims/{DENIAL}.yaml (then)",
        lines[start + 2],
        " # who wrote it",
        "-written:",
        "+drafted:",
        "   by: editorial",
    ]
    assert "--- schema/policy.yaml (now)" in lines
    assert "+  version: 3" in lines
    assert "7 files would change; nothing was written" in lines


def test_it_writes_everything_and_then_has_nothing_to_do(desk: Scratch) -> None:
    before = old(desk, as_first(tiny_base()))
    result = migrated()
    assert result.exit_code == 0, result.output
    assert "7 files changed" in result.output
    assert "next: 'kbtool schema --write', then 'kbtool validate'" in result.output
    now = desk.read()
    assert now.keys() - {".kbtool-lock"} == before.keys() - {".kbtool-lock"}
    assert now["kb.yaml"] == in_version(before, 3)["kb.yaml"]
    assert b"\nseverities:" in now[POLICY]
    assert b"\ndrafted:" in now[f"{DENIAL}.yaml"]
    again = migrated()
    assert again.output == "claims: in version 3 of the record format already; nothing to do\n"
    assert desk.read() == now


def test_one_step_alone_says_that_nothing_was_checked(desk: Scratch) -> None:
    old(desk, as_first(tiny_base()))
    result = migrated("--to", "2")
    assert "from version 1 to version 2" in result.output
    assert "this kbtool does not read version 2 itself, so the records were not checked in it" in result.output
    assert migrated("--to", "1").exit_code == 1


def test_a_base_of_today_is_up_to_date_with_the_shipped_table(desk: Scratch) -> None:
    result = run("migrate")
    assert result.exit_code == 0
    assert result.stdout == "claims: in version 1 of the record format already; nothing to do\n"


def test_a_base_newer_than_the_tool_is_refused(desk: Scratch) -> None:
    before = old(desk, in_version(tiny_base(), 9))
    result = run("migrate")
    assert result.exit_code == 1
    assert "the base is in version 9 of the record format, and this kbtool knows versions to 1" in result.stderr
    assert "hint: upgrade kbtool" in result.stderr
    assert desk.read() == before


def test_validate_names_the_command_for_an_older_base(desk: Scratch) -> None:
    old(desk, in_version(tiny_base(), 0))
    result = run("validate", "--as-of", DAY)
    assert result.exit_code == 2
    assert "kbtool migrate --dry-run" in result.stdout
    assert "[schema-version]" in result.stdout
    assert run("migrate").exit_code == 1


def test_what_a_person_must_see_to_is_named_and_nothing_is_written(desk: Scratch) -> None:
    base = as_first(tiny_base())
    base["evidence/made-up-trial.yaml"] += b"checked:\n  on: 2026-01-12\n  how: Made up.\n"
    before = old(desk, base)
    result = migrated()
    assert result.exit_code == 1
    assert "claims/evidence/made-up-trial.yaml:" in result.stderr
    assert "'looked_up' and 'checked' both say when it was looked up [schema-version]" in result.stderr
    assert "1 file cannot go from version 2 to 3 without a person" in result.stderr
    assert desk.read() == before


def test_claims_whose_approval_is_void_are_named(desk: Scratch) -> None:
    old(desk, in_version(synced(checkpointed(approved(reviewed_base(), DENIAL))), 2))
    result = migrated(known=OTHER_WORDS)
    assert result.exit_code == 0, result.output
    assert "1 approval does not cover what the record says in version 3" in result.output
    assert f"  {DENIAL}: " in result.output


def test_root_keys_are_asked_for_where_they_signed_what_changes(desk: Scratch) -> None:
    old(desk, as_first(reviewed_base()))
    assert "root keys must agree on policy.yaml anew: 'kbtool govern propose'" in migrated("--dry-run").output


def test_a_base_that_cannot_be_read_whole_is_refused(desk: Scratch) -> None:
    old(desk, as_first(tiny_base()))
    (desk.folder / "link.yaml").symlink_to("kb.yaml")
    result = migrated()
    assert result.exit_code == 1
    assert "cannot be read whole" in result.stderr


def test_another_writer_leaves_both_folders_as_they_were(desk: Scratch, monkeypatch: pytest.MonkeyPatch) -> None:
    before = old(desk, as_first(tiny_base()))
    monkeypatch.setattr("kbtool.store.migrate.PATIENCE", 0.01)
    with locked(desk.folder):
        result = migrated()
    assert result.exit_code == 1
    assert "another kbtool process" in result.stderr
    assert {n: raw for n, raw in desk.read().items() if n != ".kbtool-lock"} == before


def test_a_file_changed_meanwhile_leaves_both_folders_as_they_were(desk: Scratch) -> None:
    old(desk, as_first(tiny_base()))
    policy = desk.path_of(POLICY)
    seen = policy.read_bytes()
    writes = (
        Rewritten(BaseFile("policy.yaml", "schema/policy.yaml", seen), b"new: policy\n", in_schema_folder=True),
        Rewritten(BaseFile("kb.yaml", "claims/kb.yaml", b"not: this\n"), b"new: kb\n"),
    )
    with pytest.raises(FileRefused, match="has changed since it was shown"):
        write_migration(desk.folder, policy.parent, writes)
    assert policy.read_bytes() == seen
    with pytest.raises(FileRefused):
        write_migration(desk.folder, Path("nowhere"), writes)


def test_the_help_has_examples() -> None:
    shown = CliRunner().invoke(cli, ["migrate", "--help"]).output
    assert "kbtool migrate --dry-run" in shown
