"""Dates and order are claims; what the log makes of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kbtool.review.log import ENTRIES, Entry, read_log
from tests.review.scratch import (
    CLINICIAN,
    DAY,
    DENIAL,
    EDITOR,
    checkpointed,
    decide,
    decided,
    faults,
    knowledge,
    newest_checkpoint,
    relogged,
    reviewed_base,
    standing,
    state,
)
from tests.rules.bases import Base

EARLIER, LATER = DAY - timedelta(days=1), DAY + timedelta(days=1)


def entries(base: Base) -> tuple[Entry, ...]:
    """The entries of the log."""
    index = knowledge(base)
    return read_log(index.review, index.config.model.log).entries


def messages(base: Base, file: str) -> list[str]:
    """What is wrong with a file."""
    return [problem.message for problem in state(base, LATER).problems if problem.file == file]


def test_a_decision_dated_after_the_log_took_it_up() -> None:
    made = decide(reviewed_base(), DENIAL, "comment", EDITOR, note="x", on=LATER)
    assert messages(checkpointed(made.base, DAY), made.file) == [f"dated {LATER}, after {DAY}, when the log took it up"]


def test_a_back_dated_decision() -> None:
    made = decide(checkpointed(reviewed_base(), DAY), DENIAL, "comment", EDITOR, note="x", on=EARLIER)
    expected = [f"dated {EARLIER}, before {DAY}, the day of the checkpoint that it names"]
    assert messages(made.base, made.file) == expected
    assert faults(made.base) == {("decision-misdated", made.file)}


@pytest.mark.parametrize("on", [DAY, LATER])
def test_a_decision_dated_as_it_should_be(on: date) -> None:
    made = decide(checkpointed(reviewed_base(), DAY), DENIAL, "comment", EDITOR, note="x", on=on)
    assert faults(made.base) == set()
    assert faults(checkpointed(made.base, LATER)) == set()


def test_a_decision_that_names_more_than_the_log_had() -> None:
    """A log that was rolled back with all its checkpoints is given away by whoever had named a later one."""
    before = checkpointed(reviewed_base())
    whole = checkpointed(decided(before, DENIAL, "comment", EDITOR, note="x"))
    made = decide(whole, DENIAL, "comment", CLINICIAN, note="y")
    back = {name: raw for name, raw in made.base.items() if not name.startswith("log/")}
    back |= {name: raw for name, raw in before.items() if name.startswith("log/")}
    assert messages(back, made.file) == ["it names a checkpoint of 2 entries, which the log did not have"]


def test_a_decision_that_the_log_has_before_the_checkpoint_that_it_names() -> None:
    base = decided(checkpointed(reviewed_base()), DENIAL, "comment", EDITOR, note="x")
    made = decide(checkpointed(base), DENIAL, "comment", CLINICIAN, note="y", saw=[])
    first, second, third = entries(checkpointed(made.base))
    moved = relogged({n: r for n, r in made.base.items() if not n.startswith("log/")}, (first, third, second))
    assert "which the log did not have" in messages(moved, made.file)[0]


def test_a_decision_made_on_another_history() -> None:
    base = checkpointed(reviewed_base())
    named = dict(newest_checkpoint(knowledge(base)) or {}) | {"root": "A" * 43 + "="}
    made = decide(base, DENIAL, "comment", EDITOR, note="x", checkpoint=named)
    assert faults(made.base) == {("log-forked", made.file)}


def test_the_empty_log_bounds_nothing() -> None:
    made = decide(reviewed_base(), DENIAL, "comment", EDITOR, note="x", checkpoint={"size": 0, "root": "AA=="})
    assert faults(made.base) == set()


def test_a_decision_that_somebody_saw_and_that_is_gone() -> None:
    """Names a dropped decision, although no log had it."""
    first = decide(reviewed_base(), DENIAL, "dispute", CLINICIAN, note="wrong")
    second = decide(first.base, DENIAL, "comment", EDITOR, note="seen")
    dropped = {name: raw for name, raw in second.base.items() if name != first.file}
    assert faults(dropped) == {("logged-file-missing", second.file)}


def test_a_log_with_a_decision_before_one_that_it_saw() -> None:
    first = decide(reviewed_base(), DENIAL, "dispute", CLINICIAN, note="wrong")
    second = decide(first.base, DENIAL, "comment", EDITOR, note="seen")
    good = checkpointed(second.base)
    by_name = {entry.name: entry for entry in entries(good)}
    governance = next(entry for entry in entries(good) if entry.name.startswith("governance/"))
    turned = relogged(second.base, (governance, by_name[second.file], by_name[first.file]))
    assert faults(turned) == {("decision-misdated", second.file)}
    assert faults(relogged(second.base, (governance, by_name[first.file], by_name[second.file]))) == set()


def test_no_approval_stands_while_the_log_does_not_hold() -> None:
    from tests.review.scratch import TRIAL, approved

    base = checkpointed(approved(reviewed_base(), TRIAL))
    assert standing(base, TRIAL) == "approved"
    cut = dict(base) | {ENTRIES: base[ENTRIES].splitlines(keepends=True)[0]}
    found = state(cut).claims[TRIAL].standing
    assert found.value == "needs-review"
    assert "cannot be relied on" in found.reason
