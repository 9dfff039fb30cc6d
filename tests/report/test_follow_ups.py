"""What follows from a record that cannot be read is summed up at its cause, and nothing else is hidden."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from kbtool.diagnostics import Diagnostic, Location, Severity
from kbtool.report.follow_ups import without_follow_ups
from tests.review.planted import good
from tests.review.scratch import DENIAL, RESTATED, TRIAL, synced
from tests.rules.bases import Base, diagnose, edited, tiny_base

TRIAL_RECORD = "evidence/made-up-trial.yaml"


def cause(name: str, rule: str = "unreadable-file") -> Diagnostic:
    return Diagnostic(rule, Severity.ERROR, f"{name!r} cannot be read", Location(f"kb/{name}"), hint="h", subject=name)


@cache
def reviewed() -> Base:
    return synced(good())


def less(base: Base, name: str) -> dict[str, bytes]:
    """The base without a file, or without a folder and all that is in it."""
    return {each: raw for each, raw in base.items() if each != name and not each.startswith(f"{name}/")}


ABSENT = {
    "decisions": 6,
    f"decisions/{DENIAL}": 3,
    "reviewed": 6,
    "governance": 2,
    "log": 3,
    "plumberry-tea": 9,
    "evidence": 16,
    "sources/plumberry-tea": 1,
    "sources": 3,
    f"{DENIAL}.yaml": 4,
    TRIAL_RECORD: 7,
}


@pytest.mark.parametrize(("name", "number"), ABSENT.items(), ids=ABSENT)
def test_one_diagnostic_stands_for_what_follows_from_it(name: str, number: int) -> None:
    """A folder that cannot be read is one problem, however many records rest on it."""
    found = (cause(name), *diagnose(less(reviewed(), name)))
    assert len(found) == number + 1
    (only,) = without_follow_ups(found)
    noun = "finding on what rests on it is" if number == 1 else "findings on what rests on it are"
    assert only.hint == f"h; {number} {noun} left out until it can be read"
    assert (only.rule, only.subject) == ("unreadable-file", name)


def test_a_record_that_is_none_stands_for_what_cites_it() -> None:
    base = edited(tiny_base(), TRIAL_RECORD, "kind: randomised-trial", "kinds: randomised-trial")
    found = diagnose(base)
    kept = without_follow_ups(found)
    assert {d.rule for d in kept} == {d.rule for d in found if d.location.file == TRIAL_RECORD}
    assert len(kept) < len(found)
    left_out = len(found) - len(kept)
    assert [
        d.hint.endswith(f"{left_out} findings on what rests on it are left out until it can be read") for d in kept
    ] == [
        True,
        *[False] * (len(kept) - 1),
    ]


def test_other_findings_stay() -> None:
    """One bad record never hides another."""
    base = edited(tiny_base(), f"{RESTATED}.yaml", "ref: made-up-review", "ref: made-up-revue")
    base = less(base, TRIAL_RECORD)
    base[f"{TRIAL}.yaml"] = base[f"{TRIAL}.yaml"].replace(b"polarity: asserted", b"polarity: denied")
    mine = {("dangling-evidence", RESTATED), ("polarity-without-negation", TRIAL)}
    kept = without_follow_ups((cause(TRIAL_RECORD), *diagnose(base)))
    assert mine <= {(d.rule, d.subject) for d in kept}
    assert not any(d.rule == "dangling-evidence" and d.subject == TRIAL for d in kept)


def test_without_a_cause_everything_stays_as_it_is() -> None:
    found = diagnose(less(tiny_base(), TRIAL_RECORD))
    assert found
    assert without_follow_ups(found) == found
    assert without_follow_ups(()) == ()


def test_only_errors_are_causes() -> None:
    warning = Diagnostic("unreadable-file", Severity.WARNING, "m", Location("x"), subject="evidence")
    found = (warning, *diagnose(less(tiny_base(), TRIAL_RECORD)))
    assert without_follow_ups(found) == found


def test_a_cause_without_a_hint_gets_one() -> None:
    bare = Diagnostic("symbolic-link", Severity.ERROR, "m", Location("x"), subject="sources/plumberry-tea")
    kept = without_follow_ups((bare, *diagnose(less(tiny_base(), "sources/plumberry-tea"))))
    assert [d.hint for d in kept] == ["1 finding on what rests on it is left out until it can be read"]


def test_an_odd_file_that_is_no_record_explains_nothing() -> None:
    config = Diagnostic("schema-missing", Severity.ERROR, "m", Location("kb/kb.yaml"), subject="kb")
    policy = Diagnostic("yaml-tab", Severity.ERROR, "m", Location("schema/policy.yaml"), subject="policy.yaml")
    found = (config, policy, *diagnose(less(tiny_base(), TRIAL_RECORD)))
    assert Counter(without_follow_ups(found)) == Counter(found)


def test_unused_evidence_waits_for_claims_and_for_nothing_else() -> None:
    unused = Diagnostic("unused-evidence", Severity.WARNING, "m", Location("evidence/x.yaml"), subject="x")
    assert len(without_follow_ups((cause(f"{DENIAL}.yaml"), unused))) == 1
    assert len(without_follow_ups((cause("log"), unused))) == 2
