"""`kbtool waive`: an exception, counted in every check."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.example import output, run
from tests.review.scratch import EDITOR, Scratch, scratch
from tests.review.test_waiving import EVIDENCE, RULE, untidy

WORDS = ("--reason", "kept for later", "--by", EDITOR, "--until", "2026-03-01", "--on", "2026-02-01")


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scratch:
    """A base in which an unlocked rule finds something."""
    made = scratch(tmp_path)
    made.write(untidy())
    monkeypatch.chdir(made.root)
    return made


def test_a_waiver_is_written_and_counted(base: Scratch) -> None:
    """Shown and counted."""
    before = run("validate", "--as-of", "2026-02-01").stdout
    assert " 0 waived;" in before
    assert f"[{RULE}]" in before
    said = output("waive", RULE, EVIDENCE, *WORDS)
    assert "waived until 2026-03-01: claims/evidence/left-out.yaml:" in said
    assert f"written: claims/waivers/{RULE}-{EVIDENCE}.yaml" in said
    after = run("validate", "--as-of", "2026-02-01").stdout
    assert " 1 waived;" in after
    assert [line for line in after.splitlines() if f"[{RULE}]" in line and " waived warning: " not in line] == []
    assert f"waived warning: no claim cites evidence '{EVIDENCE}' [{RULE}]" in after


def test_a_lapsed_waiver_is_an_error(base: Scratch) -> None:
    output("waive", RULE, EVIDENCE, *WORDS)
    done = run("validate", "--as-of", "2026-03-02")
    assert done.exit_code == 1
    assert "the waiver lapsed on 2026-03-01 [lapsed-waiver]" in done.stdout


@pytest.mark.parametrize(
    ("rule", "record", "status", "message"),
    [
        ("quote-not-in-source", EVIDENCE, 1, "is locked and cannot be waived"),
        (RULE, "nothing-here", 2, "there is no claim, evidence or source 'nothing-here'"),
        (RULE, "made-up-trial", 1, "finds nothing in 'made-up-trial'"),
    ],
)
def test_a_waiver_that_is_refused(base: Scratch, rule: str, record: str, status: int, message: str) -> None:
    before = base.read()
    done = run("waive", rule, record, *WORDS)
    assert (done.exit_code, message in done.stderr) == (status, True), done.stderr
    assert base.read() == before
