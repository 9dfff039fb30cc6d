"""`kbtool export nanopub --previous`: newer nanopublications name those that they take the place of."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.example import DAY, output, run

ANY = ("nanopub", "--gate", "any", "--as-of", DAY)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the example base, and in it the release `first` as nanopublications."""
    monkeypatch.chdir(tmp_path)
    output("init", "kb")
    monkeypatch.chdir(tmp_path / "kb")
    output("export", *ANY, "--out", "first")
    return tmp_path / "kb"


def index(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "nanopub/index.json").read_bytes())
    return found


@pytest.mark.parametrize("previous", ["first", "first/manifest.json"])
def test_each_supersedes_the_one_before(project: Path, previous: str) -> None:
    output("export", *ANY, "--out", "second", "--previous", previous)
    before = {each["claim"]: [each["nanopub"]] for each in index(project / "first")["current"]}
    after = {each["claim"]: each["supersedes"] for each in index(project / "second")["current"]}
    assert after == before
    assert before


def test_after_a_release_without_any_there_is_nothing_to_supersede(project: Path) -> None:
    output("export", "json", *ANY[1:], "--out", "plain")
    output("export", *ANY, "--out", "second", "--previous", "plain")
    assert {tuple(each["supersedes"]) for each in index(project / "second")["current"]} == {()}


def test_an_index_that_was_changed_is_refused(project: Path) -> None:
    path = project / "first/nanopub/index.json"
    path.write_bytes(path.read_bytes().replace(b"/RA", b"/RB"))
    result = run("export", *ANY, "--out", "second", "--previous", "first")
    assert result.exit_code == 1
    assert "'first/nanopub/index.json' is not the index that was written with its release" in result.stderr
    assert not (project / "second").exists()
