"""Taking up what waits: its order, its refusals, and that the result holds."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool.review.edits import Refusal
from kbtool.review.log import CHECKPOINT, ENTRIES
from kbtool.review.sequence import Sequenced, sequence
from tests.review.scratch import (
    AS_OF,
    CLINICIAN,
    DAY,
    DENIAL,
    EDITOR,
    LOG,
    RESTATED,
    STRANGER,
    TRIAL,
    approved,
    decide,
    decided,
    faults,
    governed,
    key_of,
    knowledge,
    reviewed_base,
    standing,
    state,
)
from tests.rules.bases import Base, edited

LATER = DAY + timedelta(days=1)


def sequenced(base: Base, on: date = DAY, signer: str = LOG) -> Sequenced | Refusal:
    """What a checkpoint of the base would be."""
    return sequence(knowledge(base), state(base), key_of(signer), on)


def taken_up(base: Base, on: date = DAY) -> dict[str, bytes]:
    """The base with everything that waits in the log."""
    made = sequenced(base, on)
    assert isinstance(made, Sequenced), made.message
    for edit in made.edits:
        assert base.get(edit.name) == edit.expects
    return dict(base) | {edit.name: edit.content for edit in made.edits}


def logged(base: Base) -> list[str]:
    """Names in the log, in order."""
    return [json.loads(line)["file"] for line in base[ENTRIES].splitlines()]


def refused(base: Base, on: date = DAY, signer: str = LOG) -> str:
    """The words of a refusal."""
    made = sequenced(base, on, signer)
    assert isinstance(made, Refusal)
    assert made.hint
    return made.message


def test_what_was_taken_up_holds_and_no_longer_waits() -> None:
    base = taken_up(approved(reviewed_base(), TRIAL))
    assert faults(base) == set()
    assert state(base).pending == ()
    assert standing(base, TRIAL) == "approved"
    assert len(logged(base)) == 3
    assert f"log/checkpoints/{3}" in base


def test_nothing_is_written_where_nothing_waits() -> None:
    made = sequenced(taken_up(reviewed_base()))
    assert isinstance(made, Sequenced)
    assert (made.added, made.edits) == ((), ())


def test_an_older_log_stays_as_it_is_and_grows_behind() -> None:
    first = taken_up(reviewed_base())
    second = taken_up(approved(first, TRIAL), LATER)
    assert second[ENTRIES].startswith(first[ENTRIES])
    assert second["log/checkpoints/1"] == first[CHECKPOINT]
    assert faults(second) == set()


def test_governance_comes_first_and_decisions_by_their_day() -> None:
    late = decide(reviewed_base(), DENIAL, "comment", EDITOR, note="later", on=LATER)
    early = decide(late.base, RESTATED, "comment", EDITOR, note="earlier", on=DAY)
    names = logged(taken_up(governed(early.base, on=LATER, note="again"), LATER))
    assert [name.split("/")[0] for name in names] == ["governance", "governance", "decisions", "decisions"]
    assert names[:2] == sorted(names[:2])
    assert names[2:] == [early.file, late.file]


def test_a_decision_stands_behind_those_that_its_reviewer_saw() -> None:
    """Respecting what a reviewer had before them, whatever day they state."""
    first = decide(reviewed_base(), DENIAL, "request-changes", CLINICIAN, note="a word is wrong", on=LATER)
    second = decide(first.base, DENIAL, "comment", EDITOR, note="seen", on=DAY)
    assert logged(taken_up(second.base, LATER))[1:] == [first.file, second.file]


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from([DENIAL, RESTATED, TRIAL]), st.sampled_from([EDITOR, CLINICIAN]), st.integers(0, 9)),
        max_size=7,
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_of_the_log_is_a_function_of_the_files(wishes: list[tuple[str, str, int]], rng: object) -> None:
    """In deterministic order; and whatever waits can be taken up and holds."""
    base: dict[str, bytes] = reviewed_base()
    for number, (claim, by, days) in enumerate(wishes):
        base = decided(base, claim, "comment", by, note=str(number), on=DAY + timedelta(days=days))
    items = list(base.items())
    rng.shuffle(items)  # type: ignore[attr-defined]
    end = DAY + timedelta(days=10)
    found = taken_up(base, end)
    assert taken_up(dict(items), end)[ENTRIES] == found[ENTRIES]
    assert faults(found, end) == set()
    assert state(found, end).pending == ()


def test_it_refuses_a_base_without_a_log_key() -> None:
    base = reviewed_base()
    text = base["kb.yaml"].decode()
    assert "no log key" in refused(dict(base) | {"kb.yaml": text[: text.index("log:")].encode()})


def test_it_refuses_another_key() -> None:
    assert "is not the log's" in refused(reviewed_base(), signer=STRANGER)


def test_it_refuses_a_log_that_does_not_hold() -> None:
    base = taken_up(approved(reviewed_base(), TRIAL))
    first, second, third = base[ENTRIES].splitlines(keepends=True)
    turned = dict(base) | {ENTRIES: first + third + second}
    assert refused(turned).startswith("the log does not hold: log/entries.ndjson: ")


def test_it_refuses_where_the_last_checkpoint_is_not_a_prefix() -> None:
    base = taken_up(approved(reviewed_base(), TRIAL))
    older = taken_up(reviewed_base())
    rolled_back = dict(base) | {name: older[name] for name in (ENTRIES, CHECKPOINT)}
    assert "rolled back" in refused(rolled_back)


@pytest.mark.parametrize(
    ("signers", "rule"), [(("stranger",), "unknown-key"), ((), "unsigned-decision"), ((EDITOR,), "signed-by-another")]
)
def test_it_refuses_and_names_what_must_not_be_logged(signers: tuple[str, ...], rule: str) -> None:
    made = decide(reviewed_base(), DENIAL, "approve", CLINICIAN, signers=signers)
    assert refused(made.base).startswith(f"what waits cannot be logged: {made.file}: ")
    assert f"[{rule}]" in refused(made.base)


def test_it_refuses_while_a_change_of_who_decides_is_not_agreed() -> None:
    assert "[ungoverned-change]" in refused(edited(reviewed_base(), "reviewers.yaml", "Reviewer Two", "Reviewer Nine"))


def test_it_says_how_much_more_is_wrong() -> None:
    base = decided(reviewed_base(), DENIAL, "approve", CLINICIAN, signers=())
    assert "(and 1 more)" in refused(decided(base, TRIAL, "approve", CLINICIAN, signers=()))


def test_it_refuses_a_day_before_what_waits_and_before_the_log() -> None:
    late = decide(reviewed_base(), DENIAL, "comment", EDITOR, note="x", on=LATER)
    assert refused(late.base) == f"{late.file!r} is dated {LATER}, after {DAY}, the day of the checkpoint"
    assert "the day of the last entry" in refused(taken_up(reviewed_base(), LATER), DAY)


def test_a_decision_that_was_logged_and_no_longer_counts_holds_nothing_up() -> None:
    """A logged decision stays in the log whatever becomes of it."""
    base = taken_up(approved(reviewed_base(), TRIAL))
    lost = decided(base, DENIAL, "comment", EDITOR, note="x")
    old = edited(
        lost,
        "reviewers.yaml",
        f"interests:\n      - on: 2026-01-16\n        statement: None; this person is made up.\n  - id: {EDITOR}",
        f"interests: []\n  - id: {EDITOR}",
    )
    agreed = governed(old, on=DAY)
    assert {rule for rule, _ in faults(agreed)} == {"interests-out-of-date"}
    assert faults(taken_up(agreed, AS_OF)) == faults(agreed)


def test_a_log_that_is_gone_is_no_log() -> None:
    base = knowledge(reviewed_base())
    assert isinstance(sequence(base, replace(state(reviewed_base()), log=None), key_of(LOG), DAY), Refusal)
