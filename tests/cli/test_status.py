"""`kbtool status`."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from kbtool.cli.labels import covered_words
from kbtool.quotes.coverage import Coverage
from tests.cli.example import DAY, GOLDEN, output, run
from tests.golden import check_golden


@pytest.mark.parametrize("name", ["text", "json"])
def test_the_summary_is_as_accepted(project: Path, name: str) -> None:
    shown = output("status", "--as-of", DAY, "--format", name)
    steady = re.sub(r'[0-9,]+(?= checks of)|(?<="checks": )[0-9]+', "N", shown)
    check_golden(GOLDEN / f"status-{name}.txt", steady)


def test_text_and_json_count_the_same(project: Path) -> None:
    summary = json.loads(output("status", "--format", "json"))
    shown = output("status")
    assert f"Claims ({summary['claims']['total']}) by type" in shown
    assert summary["claims"]["by_rating"] == [
        {"id": "supported", "label": "Supported", "number": 1},
        {"id": "unverifiable", "label": "Unverifiable", "number": 2},
    ]
    assert summary["notice"] == "Not reviewed by a qualified person."
    assert summary["unreviewed"] == 3
    assert f"{summary['check']['checks']} checks of {summary['check']['records']} records" in shown


def test_findings_do_not_change_the_status_but_are_named(project: Path) -> None:
    path = project / "claims/tea-note/tea-is-made-with-hot-water.yaml"
    path.write_text(path.read_text().replace("statement: Tea is made", "statement: Tea is not made"))
    result = run("status", "--as-of", DAY)
    assert result.exit_code == 0
    assert "1 error" in result.stdout
    assert "'kbtool validate' lists them" in result.stdout


def test_a_base_of_nothing_is_summed_up(project: Path) -> None:
    for path in [*(project / "claims").glob("*/*.yaml"), *(project / "claims/sources").rglob("*.txt")]:
        path.unlink()
    summary = json.loads(output("status", "--format", "json"))
    assert summary["claims"]["total"] == 0
    assert summary["notice"] is None
    assert "Documents (0)" in output("status")


def test_a_text_that_is_missing_is_said_to_be_unknown(project: Path) -> None:
    next((project / "claims/sources/tea-note").iterdir()).unlink()
    assert json.loads(output("status", "--format", "json"))["sources"][0]["coverage"] is None
    assert "unknown: the stored text is missing" in output("status")


def test_without_a_usable_base_the_status_is_2(project: Path) -> None:
    (project / "claims/kb.yaml").write_bytes(b"title: x\n")
    result = run("status")
    assert result.exit_code == 2
    assert "has no usable kb.yaml" in result.stderr


def test_a_missing_letter_never_rounds_up_to_the_whole() -> None:
    assert covered_words(Coverage(100_000, 99_999, ((0, 1),))).startswith("99.9 %")
    assert covered_words(Coverage(3, 3, ())).startswith("100.0 %")
    assert covered_words(Coverage(0, 0, ())).startswith("100.0 %")
