"""`kbtool verify-release`: is a copy whole, unchanged and current."""

from __future__ import annotations

import errno
import json
import os
import shutil
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.cli.example import DAY, output, run

ANY = ("--gate", "any", "--as-of", DAY)
CHECK = ("verify-release", "mirror", "--as-of", DAY)


@pytest.fixture
def mirror(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of a release of the example base."""
    monkeypatch.chdir(tmp_path)
    output("init", "kb")
    monkeypatch.chdir(tmp_path / "kb")
    output("export", "json", "csv", "claimreview", *ANY, "--out", "release")
    shutil.copytree("release", "mirror")
    return tmp_path / "kb" / "mirror"


def test_a_true_copy(mirror: Path) -> None:
    said = output(*CHECK)
    manifest = (mirror / "manifest.json").read_bytes()
    files = len(json.loads(manifest)["files"])
    assert said.splitlines()[-1] == f"{files} files listed: whole, and not out of date"
    assert f"manifest.json has SHA-256 {sha256(manifest).hexdigest()}" in said


def _changed(mirror: Path) -> str:
    (mirror / "claims.csv").write_bytes(b"x")
    return "changed: 'claims.csv' has other bytes"


def _missing(mirror: Path) -> str:
    (mirror / "claims.json").unlink()
    return "missing: 'claims.json' is missing"


def _more(mirror: Path) -> str:
    (mirror / "claimreview" / "more.json").write_bytes(b"{}")
    return "not listed: 'claimreview/more.json' is not in the manifest"


def _link(mirror: Path) -> str:
    (mirror / "claims.json").unlink()
    (mirror / "claims.json").symlink_to("../release/claims.json")
    return "not a plain file: 'claims.json'"


def _pipe(mirror: Path) -> str:
    os.mkfifo(mirror / "pipe")
    return "not a plain file: 'pipe'"


def _empty_folder(mirror: Path) -> str:
    (mirror / "empty").mkdir()
    return "not a plain file: 'empty'"


def _linked_folder(mirror: Path) -> str:
    (mirror / "linked").symlink_to(mirror.parent, target_is_directory=True)
    return "not a plain file: 'linked'"


@pytest.mark.parametrize("spoil", [_changed, _missing, _more, _link, _pipe, _empty_folder, _linked_folder])
def test_a_copy_that_is_none(mirror: Path, spoil: object) -> None:
    """The manifest covers every file."""
    words = spoil(mirror)  # type: ignore[operator]
    done = run(*CHECK)
    assert done.exit_code == 1
    assert words in done.stdout
    assert done.stdout.endswith("listed: 1 problem\n")


def test_many_problems_are_counted(mirror: Path) -> None:
    for number in range(30):
        (mirror / f"{number:02}").touch()
    said = run(*CHECK).stdout
    assert "'19' is not in the manifest\n... and 10 more\n" in said
    assert said.endswith("30 problems\n")


@pytest.mark.parametrize(("day", "status"), [("2026-03-03", 0), ("2026-03-04", 1)])
def test_a_copy_that_is_too_old(mirror: Path, day: str, status: int) -> None:
    done = run("verify-release", "mirror", "--as-of", day, "--max-age", "30")
    assert done.exit_code == status
    assert ("out of date: it is 31 days old" in done.stdout) is bool(status)


@pytest.mark.parametrize("newest", ["newer", "newer/manifest.json"])
def test_a_copy_that_was_superseded(mirror: Path, newest: str) -> None:
    """A stale mirror is recognised."""
    assert output(*CHECK, "--newest", "release")
    output("export", "json", "--gate", "any", "--as-of", "2026-02-02", "--out", "newer", "--previous", "release")
    done = run(*CHECK, "--newest", newest)
    assert done.exit_code == 1
    assert "superseded: it is release " in done.stdout
    assert json.loads((mirror.parent / "newer/manifest.json").read_text())["previous"] in done.stdout


def test_as_json(mirror: Path) -> None:
    _changed(mirror)
    said = json.loads(run(*CHECK, "--format", "json").stdout)
    assert said["problems"] == [
        {
            "fault": "changed",
            "path": "claims.csv",
            "message": "'claims.csv' has other bytes than those that the manifest names",
        }
    ]
    assert (said["folder"], said["as_of"], said["valid_until"]) == ("mirror", DAY, None)


def test_nothing_that_can_be_checked(mirror: Path) -> None:
    (mirror.parent / "bad").mkdir()
    (mirror.parent / "bad/manifest.json").write_text("[]")
    for place, words in (
        ("claims", "'claims/manifest.json'"),
        ("nowhere", "'nowhere/manifest.json'"),
        ("bad", "'bad/manifest.json' is no manifest of a release: its format is not"),
        ("mirror/manifest.json", "'mirror/manifest.json' is not a folder"),
    ):
        done = run("verify-release", place)
        assert done.exit_code == 2
        assert words in done.stderr


def test_a_file_that_may_not_be_read(mirror: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Path.open

    def guarded(path: Path, *arguments: Any, **named: Any) -> Any:
        """The superuser may read everything, so the refusal is played."""
        if path.name == "claims.csv":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return opened(path, *arguments, **named)

    monkeypatch.setattr(Path, "open", guarded)
    done = run(*CHECK)
    assert done.exit_code == 2
    assert "cannot be read: permission denied" in done.stderr
