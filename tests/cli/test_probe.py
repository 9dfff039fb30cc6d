"""`kbtool probe`."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.example import DAY, output, run
from tests.rules.bases import read_tree


def test_the_gates_of_the_example_base_hold_and_nothing_is_written(project: Path) -> None:
    before = read_tree(project)
    value = json.loads(output("probe", "--as-of", DAY, "--format", "json"))
    assert value["caught"] == value["planted"] > 150
    assert read_tree(project) == before


def test_what_gets_through_is_named_and_gives_status_1(project: Path) -> None:
    policy = next(project.rglob("policy.yaml"))
    policy.write_text(policy.read_text().replace("severities: {}", "severities: {statement-repeated: off}"))
    result = run("probe", "--as-of", DAY)
    assert result.exit_code == 1
    assert "same-statement-twice" in result.stdout
    assert "NOT CAUGHT by statement-repeated" in result.stdout


def test_where_nothing_can_be_planted_the_status_is_2(project: Path) -> None:
    (project / "claims/kb.yaml").write_text("title: nothing\n")
    result = run("probe")
    assert result.exit_code == 2
    assert "no fault can be planted" in result.stderr
