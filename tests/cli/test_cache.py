"""`kbtool cache`, and the options that say how quickly a result is there."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from tests.cli.example import DAY, output, run
from tests.review.scratch import Scratch


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which results are kept."""
    monkeypatch.setenv("KBTOOL_CACHE", str(tmp_path / "kept"))
    return tmp_path / "kept"


def test_results_are_kept_shown_and_deleted(project: Path, kept: Path) -> None:
    assert "kept:   0 bases" in output("cache", "info")
    first = output("validate", "--as-of", DAY)
    files = list(kept.iterdir())
    assert len(files) == 1
    shown = output("cache", "info", "--kb", "claims")
    assert f"folder: {kept}" in shown
    assert "kept:   1 base," in shown
    assert f"base:   {files[0]} (" in shown
    assert output("validate", "--as-of", DAY) == first
    assert output("cache", "clear", "--kb", "claims").startswith("deleted: 1 file")
    assert output("cache", "clear").startswith("deleted: 0 files")
    assert list(kept.iterdir()) == []


def test_only_the_results_of_the_base_named_are_deleted(project: Path, kept: Path) -> None:
    output("validate", "--as-of", DAY)
    (kept / "another.kbcache").write_bytes(b"")
    output("cache", "clear", "--kb", "claims")
    assert [path.name for path in kept.iterdir()] == ["another.kbcache"]


def test_nothing_is_kept_without_a_cache(project: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output("validate", "--as-of", DAY, "--no-cache", "--jobs", "1")
    output("list", "--no-cache")
    output("status", "--no-cache")
    output("review", "queue", "--no-cache")
    assert not kept.exists()
    monkeypatch.setenv("KBTOOL_CACHE", "off")
    output("validate", "--as-of", DAY)
    assert output("cache", "info").startswith("nothing is kept")
    assert output("cache", "clear").startswith("deleted: 0 files")


def test_no_result_is_kept_in_the_base(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Checking never writes."""
    monkeypatch.setenv("KBTOOL_CACHE", str(project / "claims" / "kept"))
    before = sorted(path for path in project.rglob("*"))
    output("validate", "--as-of", DAY)
    assert sorted(path for path in project.rglob("*")) == before
    assert "none: the folder lies inside the base" in output("cache", "info", "--kb", "claims")


@pytest.mark.parametrize("format_", ["text", "json", "sarif", "junit", "github"])
def test_every_report_is_the_same_with_and_without_a_cache(project: Path, kept: Path, format_: str) -> None:
    """With and without cache: identical, byte for byte."""
    path = project / "claims/tea-note/tea-is-made-with-hot-water.yaml"
    path.write_text(path.read_text().replace("statement: Tea is made", "statement: Tea is not made"))
    line = ("validate", "--as-of", DAY, "--format", format_)
    without = run(*line, "--no-cache")
    for _ in range(2):
        kept_run = run(*line)
        assert (kept_run.exit_code, kept_run.stdout) == (without.exit_code, without.stdout)
    assert without.exit_code == 1


def test_a_memo_of_the_review_holds_for_its_state_and_day(
    desk: Scratch, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in desk.root.rglob("*"):
        os.utime(path, (10**9, 10**9))
    time.sleep(2.1)
    line = ("status", "--as-of", DAY, "--format", "json")
    first = output(*line)
    assert output(*line) == first
    with monkeypatch.context() as patch:
        patch.setattr("kbtool.cli.review_summary.review_summary", None)
        assert output(*line) == first
    assert output(*line, "--no-cache") == first
    assert output("status", "--as-of", "2040-01-01", "--format", "json") != first
