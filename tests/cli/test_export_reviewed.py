"""`kbtool export` of a base with decisions: the default gate lets through what is approved, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.example import GOLDEN, output, run
from tests.golden import check_golden
from tests.review.scratch import CLINICIAN, DENIAL, RESTATED, TRIAL, approved, checkpointed, decided, scratch, synced
from tests.rules.bases import edited

DAY = ("--as-of", "2026-02-01")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A base with one claim approved, one withdrawn and one that nobody decided about."""
    made = scratch(tmp_path)
    base = approved(approved(made.read(), DENIAL), TRIAL)
    base = decided(base, RESTATED, "withdraw", CLINICIAN, note="said twice", successor=DENIAL)
    made.write(checkpointed(synced(base)))
    monkeypatch.chdir(made.root)
    return made.root


def test_approved_claims_go_out_and_withdrawn_ones_leave_a_tombstone(root: Path) -> None:
    said = output("export", "json", "--out", "out", *DAY)
    assert "2 claims, 0 held, 1 withdrawn" in said
    assert "Not reviewed" not in said
    manifest = json.loads((root / "out" / "manifest.json").read_text())
    assert (manifest["claims"], manifest["notice"]) == ([DENIAL, TRIAL], None)
    assert (manifest["valid_until"], manifest["checkpoint"]["size"]) == ("2028-01-19", 6)
    document = json.loads((root / "out" / "claims.json").read_text())
    assert [(each["on"], each["reason"], each["successor"]) for each in document["withdrawn"]] == [
        ("2026-01-20", "said twice", DENIAL)
    ]


def test_a_changed_claim_is_held_back_with_the_reason(root: Path) -> None:
    name = f"{TRIAL}.yaml"
    raw = (root / "claims" / name).read_bytes()
    (root / "claims" / name).write_bytes(edited({name: raw}, name, "rationale: ", "rationale: In truth, ")[name])
    output("export", "json", "--out", "out", *DAY)
    document = json.loads((root / "out" / "claims.json").read_text())
    assert [each["id"] for each in document["claims"]] == [DENIAL]
    assert [(each["id"], each["reason"]) for each in document["held"]] == [
        (TRIAL, "what was approved on 2026-01-20 has changed since")
    ]


@pytest.mark.parametrize("claim", [TRIAL, DENIAL])
def test_a_claim_is_shown_with_its_review_as_exports_have_it(root: Path, claim: str) -> None:
    """Who approved, in which roles, and every decision: in the form of `review` in `claims.json`."""
    output("export", "json", "--out", "out", *DAY)
    document = json.loads((root / "out" / "claims.json").read_text())
    exported = next(each for each in document["claims"] if each["id"] == claim)
    shown = json.loads(output("show", claim, "--format", "json", *DAY))["record"]
    assert shown["review"] == exported["review"]
    assert shown["review"]["approvers"]


@pytest.mark.parametrize("claim", [DENIAL, RESTATED])
def test_a_shown_review_is_as_accepted(root: Path, claim: str) -> None:
    record = json.loads(output("show", claim, "--format", "json", *DAY))["record"]
    check_golden(
        GOLDEN / f"show-review-{record['review']['standing']}.json", f"{json.dumps(record['review'], indent=2)}\n"
    )


def test_nothing_goes_out_of_a_base_whose_governance_does_not_hold(root: Path) -> None:
    path = root / "claims" / "reviewers.yaml"
    path.write_text(path.read_text().replace("Example Reviewer Two", "Example Reviewer Nine"))
    done = run("export", "json", "--out", "out", *DAY)
    assert (done.exit_code, (root / "out").exists()) == (1, False)
