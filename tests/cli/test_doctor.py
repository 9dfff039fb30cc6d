"""`kbtool doctor`."""

from __future__ import annotations

import json
import re
import sys
import tomllib
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import Any

import pytest

from kbtool.cli import doctor
from tests.cli.example import REPOSITORY, output, run


def items() -> dict[str, dict[str, Any]]:
    """What the doctor says, by name."""
    return {item["name"]: item for item in json.loads(run("doctor", "--format", "json").stdout)["items"]}


def test_in_a_base_everything_is_in_order(project: Path) -> None:
    shown = output("doctor")
    for words in (
        "base              claims, in a folder claims/ here or above",
        "schema folder     schema",
        "3 claims, 2 evidence",
    ):
        assert words in shown
    assert shown.endswith("nothing that kbtool needs is missing\n")
    assert {item["state"] for name, item in items().items() if name != "git"} == {"ok"}


def test_the_packages_looked_for_are_those_that_the_project_asks_for() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]
    asked = {re.split("[<>=~! ]", line)[0].lower() for line in project["dependencies"]}
    assert {name.lower() for name in doctor.PACKAGES} == asked


def test_why_the_base_is_the_one_found(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "claims, named with --kb" in output("doctor", "--kb", "claims")
    monkeypatch.chdir(project / "claims/tea-note")
    assert "the nearest folder with a kb.yaml" in output("doctor")


def test_without_a_base_nothing_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shown = output("doctor")
    assert "note     base" in shown
    assert "hint: name the base with --kb DIR, or start one with 'kbtool init DIR'" in shown


def test_a_base_that_cannot_be_used_is_named(project: Path) -> None:
    (project / "claims/kb.yaml").write_bytes(b"title: x\n")
    assert "its kb.yaml, vocabulary or policy cannot be used" in items()["records"]["said"]


def test_a_schema_folder_that_is_gone_is_named(project: Path) -> None:
    (project / "schema/policy.yaml").unlink()
    found = [item for item in json.loads(run("doctor", "--format", "json").stdout)["items"] if item["name"] == "base"]
    assert [item["state"] for item in found] == ["ok", "note"]
    assert "there is no 'schema/policy.yaml'" in found[1]["said"]


def test_what_is_missing_ends_with_status_2(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(doctor, "version", none)
    monkeypatch.setattr(doctor, "OLDEST_PYTHON", (9, 0))
    monkeypatch.setattr("kbtool.store.shipped._PLACES", ())
    result = run("doctor")
    assert result.exit_code == 2
    assert "hint: pip install pydantic" in result.stdout
    assert "hint: install Python 9.0 or newer" in result.stdout
    assert "missing: Python, click, cryptography, Jinja2, pydantic, PyYAML, rfc8785, shipped files" in result.stdout


def test_what_is_only_worth_knowing_is_a_note(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kbtool.yamlsource.reader.READERS", (object(),))
    monkeypatch.setattr("os.access", lambda *_: False)
    monkeypatch.setenv("PATH", "")
    found = items()
    assert {name for name, item in found.items() if item["state"] == "note"} == {
        "YAML C extension",
        "git",
        "this folder",
    }
    assert run("doctor").exit_code == 0


def test_it_goes_on_without_the_packages_that_it_reports(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "kbtool.yamlsource.reader", None)
    monkeypatch.setitem(sys.modules, "kbtool.store.read", None)
    found = items()
    assert found["YAML C extension"]["said"] == "unknown: PyYAML cannot be imported"
    assert found["base"]["said"].startswith("not looked for")
