"""`kbtool init`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.example import DAY, GOLDEN, output, run
from tests.golden import check_golden


def test_a_new_base_says_how_to_go_on_and_validates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shown = output("init", "my-base")
    files = sum(path.is_file() for path in (tmp_path / "my-base").rglob("*"))
    check_golden(GOLDEN / "init.txt", shown.replace(f"{files} files", "N files"))
    monkeypatch.chdir(tmp_path / "my-base")
    assert output("validate", "--as-of", DAY).startswith("0 errors, 0 warnings, 0 notes")
    assert output("show", "calmer-60-percent-2019")


def test_a_second_time_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    output("init", "my-base")
    result = run("init", "my-base")
    assert result.exit_code == 1
    assert "'my-base' is not empty" in result.stderr
    assert "hint: name a folder that does not exist yet" in result.stderr


def test_an_installation_that_is_not_whole_is_status_2(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kbtool.store.shipped._PLACES", ())
    result = run("init", str(tmp_path / "x"))
    assert result.exit_code == 2
    assert "install kbtool again" in result.stderr
