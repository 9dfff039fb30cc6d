"""`kbtool diff`."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.example import DAY, GOLDEN, output, run
from tests.golden import check_golden
from tests.review.scratch import DENIAL, TRIAL, Scratch, approved
from tests.rules.bases import edited
from tests.store.test_revisions import git


@pytest.fixture
def two(desk: Scratch) -> Scratch:
    """The scratch base with an approval, copied to `old`, and then changed in every way."""
    desk.write(approved(desk.read(), DENIAL))
    shutil.copytree(desk.folder, desk.root / "old/claims")
    shutil.copytree(desk.root / "schema", desk.root / "old/schema")
    base = edited(desk.read(), f"{DENIAL}.yaml", "One trial of 40 people", "A <b>trial</b> of 40 @people")
    base = edited(base, f"{TRIAL}.yaml", "rating: supported", "rating: contradicted")
    base = edited(base, f"{TRIAL}.yaml", _LIMIT, "")
    base = edited(base, "evidence/made-up-trial.yaml", "state: current", "state: retracted")
    base["plumberry-tea/again.yaml"] = base.pop("plumberry-tea/restated-at-the-end.yaml").replace(
        b"/restated-at-the-end", b"/again"
    )
    base["schema/policy.yaml"] = base["schema/policy.yaml"].replace(b"interests_months: 12", b"interests_months: 6")
    desk.write(base)
    return desk


_LIMIT = """  - kind: limited-evidence
    text: The note gives two doses and no tea of full strength.
    basis:
      quote:
        exact: weaker tea
        start: 150
        end: 160
"""


@pytest.mark.parametrize("name", ["text", "markdown", "json"])
def test_the_difference_is_as_accepted(two: Scratch, name: str) -> None:
    check_golden(GOLDEN / f"diff-{name}.txt", output("diff", "old", "--as-of", DAY, "--format", name))


def test_dropped_caveats_and_lost_approvals_come_first(two: Scratch) -> None:
    shown = output("diff", "old", "claims", "--as-of", DAY)
    loud = [line for line in shown.splitlines() if line.startswith("! ")]
    assert loud == ["! Caveats dropped (1)", "! Approvals lost (1)"]
    assert shown.splitlines()[2] == loud[0]


def test_markup_of_records_is_inert_in_markdown(two: Scratch) -> None:
    shown = output("diff", "old", "--as-of", DAY, "--format", "markdown")
    assert "<b>" not in shown
    assert "@people" not in shown


@pytest.mark.parametrize(("words", "status"), [((), 0), (("--exit-code",), 1)])
def test_the_status_tells_of_changes_only_when_asked(two: Scratch, words: tuple[str, ...], status: int) -> None:
    assert run("diff", "old", "--as-of", DAY, *words).exit_code == status
    assert run("diff", "old", "old", "--as-of", DAY, *words).exit_code == 0


def test_nothing_changed_is_said(desk: Scratch) -> None:
    assert output("diff", "claims", "--as-of", DAY).endswith("\nnothing changed\n")
    assert output("diff", "claims", "--as-of", DAY, "--format", "markdown").endswith("\nNothing changed.\n")
    assert json.loads(output("diff", "claims", "--as-of", DAY, "--format", "json"))["differs"] is False


def test_commits_folders_and_releases_are_sides(desk: Scratch) -> None:
    git(desk.root, "init", "--quiet", "--initial-branch", "main")
    git(desk.root, "add", "claims", "schema")
    git(desk.root, "commit", "--quiet", "--message", "First")
    output("export", "json", "--gate", "any", "--out", "release", "--as-of", DAY)
    for name in ("main", "HEAD:claims", "release", "."):
        assert output("diff", name, "--as-of", DAY).endswith("\nnothing changed\n")


def _broken_release(desk: Scratch) -> str:
    (desk.root / "release").mkdir()
    (desk.root / "release/claims.json").write_text("{}")
    return "release"


def _huge_name(desk: Scratch) -> str:
    del desk
    return "x" * 5000


def _unusable(desk: Scratch) -> str:
    (desk.folder / "kb.yaml").write_text("title: x\n")
    return "claims"


def _folder_of_release(desk: Scratch) -> str:
    (desk.root / "release/claims.json").mkdir(parents=True)
    return "release"


@pytest.mark.parametrize("make", [_broken_release, _folder_of_release, _huge_name, _unusable, lambda _: "keys"])
def test_a_side_that_cannot_be_read_gives_status_2(desk: Scratch, make: Callable[[Scratch], str]) -> None:
    result = run("diff", make(desk), "--as-of", DAY)
    assert result.exit_code == 2
    assert result.stderr.startswith("kbtool: error: ")


def test_a_record_that_cannot_be_read_is_told_and_has_not_vanished(desk: Scratch) -> None:
    shutil.copytree(desk.folder, desk.root / "old/claims")
    shutil.copytree(desk.root / "schema", desk.root / "old/schema")
    Path(desk.folder / f"{TRIAL}.yaml").write_text("id: [\n")
    result = run("diff", "old", "--as-of", DAY)
    assert result.exit_code == 0
    assert "1 file of claims have problems" in result.stderr
    assert "Gone" not in result.stdout
