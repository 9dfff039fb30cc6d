"""The queue: what needs a look, in which order, with which reasons, and for whom."""

from __future__ import annotations

import random
from datetime import date

import pytest

from kbtool.review.queue import AT_REST, Item, queue, queue_for, reasons_of
from kbtool.review.wish import Wish
from tests.review.desks import both_approve, decided, wish_of
from tests.review.scratch import (
    AS_OF,
    CLINICIAN,
    DENIAL,
    DRAFTER,
    EDITOR,
    RESTATED,
    TRIAL,
    governed,
    knowledge,
    reviewed_base,
    state,
)
from tests.review.test_decide import with_report
from tests.rules.bases import Base, edited

START = reviewed_base()
LATER = date(2026, 1, 25)
LAPSED = date(2028, 1, 20)


def items(base: Base, as_of: date = AS_OF) -> dict[str, Item]:
    return {item.claim: item for item in queue(knowledge(base), state(base, as_of), as_of)}


def order(base: Base, as_of: date = AS_OF) -> list[str]:
    return list(items(base, as_of))


def ids_for(base: Base, person: str, as_of: date = AS_OF) -> dict[str, Item]:
    index = knowledge(base)
    (reviewer,) = [each for each in index.reviewers.model.reviewers if each.id == person]
    return {item.claim: item for item in queue_for(index, state(base, as_of), as_of, reviewer)}


def object_(base: Base, verb: str, by: str = EDITOR, claim: str = TRIAL, *, key: str | None = "") -> dict[str, bytes]:
    return decided(base, wish_of(claim, verb, by, note="Say how many."), key=key)  # type: ignore[arg-type]


def changed(base: Base) -> dict[str, bytes]:
    return edited(base, f"{TRIAL}.yaml", "after 3 minutes", "after about 3 minutes")


def less_risky(base: Base, type_: str, risk: str) -> dict[str, bytes]:
    """The base whose policy gives one type of claims another risk."""
    old = "risks:\n  - when: {types: [safety"
    return governed(
        edited(base, "schema/policy.yaml", old, f"risks:\n  - when: {{types: [{type_}]}}\n    risk: {risk}\n{old[7:]}")
    )


REASONS: tuple[tuple[str, Base, date, tuple[str, ...]], ...] = (
    ("never reviewed", START, AS_OF, ("never reviewed",)),
    (
        "only commented on",
        object_(START, "comment"),
        AS_OF,
        ("never reviewed",),
    ),
    (
        "approval missing",
        decided(START, wish_of(TRIAL, "approve", EDITOR)),
        AS_OF,
        ("approval by a clinician is missing",),
    ),
    (
        "changed",
        changed(both_approve(START, TRIAL)),
        AS_OF,
        (
            "what was approved on 2026-01-20 has changed since",
            "evidence 'made-up-trial': finding changed",
            "approval by a clinician is missing",
            "2 of 2 approvals missing",
        ),
    ),
    (
        "evidence changed",
        edited(both_approve(START, TRIAL), "evidence/made-up-trial.yaml", 'n: "40"', 'n: "14"'),
        AS_OF,
        (
            "what was approved on 2026-01-20 has changed since",
            "evidence record 'made-up-trial': number studied changed",
            "approval by a clinician is missing",
            "2 of 2 approvals missing",
        ),
    ),
    ("lapsed", both_approve(START, TRIAL), LAPSED, ("the approval of 2026-01-20 lapsed on 2028-01-20",)),
    (
        "reported",
        with_report(both_approve(START, TRIAL)),
        AS_OF,
        ("a reader reported an error on 2026-01-19: It was 14 people.",),
    ),
    (
        "reported and never reviewed",
        with_report(START),
        AS_OF,
        ("never reviewed", "a reader reported an error on 2026-01-19: It was 14 people."),
    ),
    ("reported later", with_report(START), date(2026, 1, 18), ("never reviewed",)),
    (
        "disputed",
        object_(both_approve(START, TRIAL), "dispute"),
        AS_OF,
        (f"disputed by {EDITOR} on 2026-01-20: Say how many.",),
    ),
    (
        "sent back",
        object_(START, "request-changes"),
        AS_OF,
        (f"{EDITOR} asked for changes on 2026-01-20: Say how many.",),
    ),
    (
        "rests on doubt",
        object_(both_approve(both_approve(START, DENIAL), TRIAL), "dispute", claim=DENIAL),
        AS_OF,
        (f"it rests on '{DENIAL}', which is disputed: disputed by {EDITOR} on 2026-01-20: Say how many.",),
    ),
)


@pytest.mark.parametrize(("base", "as_of", "reasons"), [row[1:] for row in REASONS], ids=[row[0] for row in REASONS])
def test_reasons(base: Base, as_of: date, reasons: tuple[str, ...]) -> None:
    """Proves: "each with the reason in words"."""
    found = items(base, as_of)
    assert (found[TRIAL].reasons if TRIAL in found else ()) == reasons


def test_a_decision_that_does_not_count_is_said() -> None:
    base = both_approve(START, TRIAL)
    old = "    name: Example Reviewer One\n    roles: [clinician]\n    keys:\n"
    base = edited(base, "reviewers.yaml", old, old.replace("keys", "orcid: nobody\n    keys"))
    gone = base["reviewers.yaml"].replace(b"since: 2026-01-16", b"since: 2026-01-21", 1)
    base = governed(dict(base) | {"reviewers.yaml": gone})
    flaw = f"the decision is of 2026-01-20, and the key of '{CLINICIAN}' counts from 2026-01-21"
    assert items(base)[TRIAL].reasons == (
        "approval by a clinician is missing",
        f"the decision of {CLINICIAN} on 2026-01-20 does not count: {flaw}",
    )


def test_what_is_at_rest_needs_no_look() -> None:
    base = object_(both_approve(START, TRIAL), "withdraw", claim=DENIAL)
    found = state(base).claims
    assert found[DENIAL].standing.value in AT_REST
    assert reasons_of(found[DENIAL], AS_OF) == ()
    assert DENIAL not in order(base)


def test_the_most_harmful_come_first() -> None:
    """Proves: "most harmful first (policy's risk, then overdue, then oldest)"."""
    assert order(START) == [DENIAL, RESTATED, TRIAL]
    assert order(edited(START, f"{TRIAL}.yaml", "on: 2026-01-15", "on: 2026-01-14")) == [TRIAL, DENIAL, RESTATED]
    assert order(both_approve(both_approve(START, TRIAL), RESTATED, on=LATER), LAPSED) == [TRIAL, DENIAL]
    low = less_risky(edited(START, f"{DENIAL}.yaml", "on: 2026-01-15", "on: 2026-01-13"), "efficacy", "low")
    assert order(low) == [TRIAL, DENIAL, RESTATED]
    assert [item.risk for item in items(low).values()] == ["high", "low", "low"]


def test_the_order_of_files_means_nothing() -> None:
    names = list(START)
    random.Random(1).shuffle(names)
    assert order({name: START[name] for name in names}) == order(START)


def test_the_longest_overdue_comes_first() -> None:
    base = both_approve(both_approve(START, DENIAL, on=LATER), TRIAL)
    lapsed = date(2028, 2, 1)
    assert order(base, lapsed)[:2] == [TRIAL, DENIAL]
    assert [item.lapsed for item in items(base, lapsed).values()] == [LAPSED, date(2028, 1, 25), None]


APPROVED_ONCE = decided(START, wish_of(TRIAL, "approve", EDITOR))
FOR: tuple[tuple[str, Base, str, bool], ...] = (
    ("a draft is for any reviewer", START, EDITOR, True),
    ("but not for whoever drafted it", START, DRAFTER, False),
    ("nor for who has approved it already", APPROVED_ONCE, EDITOR, False),
    ("but for the role that is missing", APPROVED_ONCE, CLINICIAN, True),
    ("after a change again for both", changed(APPROVED_ONCE), EDITOR, True),
    ("not for who asked for changes", object_(START, "request-changes"), EDITOR, False),
    ("an unsigned file hides nothing", object_(START, "request-changes", key=None), EDITOR, True),
    ("for others where changes were asked for", object_(START, "request-changes"), CLINICIAN, True),
    ("not for who disputes an approved claim", object_(both_approve(START, TRIAL), "dispute"), EDITOR, False),
    ("after the change for who disputed", changed(object_(both_approve(START, TRIAL), "dispute")), EDITOR, True),
    ("a report is for who approved", with_report(both_approve(START, TRIAL)), EDITOR, True),
    ("what is approved is for nobody", both_approve(START, TRIAL), CLINICIAN, False),
)


@pytest.mark.parametrize(("base", "person", "there"), [row[1:] for row in FOR], ids=[row[0] for row in FOR])
def test_only_what_a_person_can_do(base: Base, person: str, there: bool) -> None:
    assert (TRIAL in ids_for(base, person)) is there


def test_a_role_that_nobody_of_them_holds_is_not_theirs() -> None:
    """Where only a clinician's approval is missing, a second editor can do nothing."""
    second = START["reviewers.yaml"].replace(b"roles: [drafter]", b"roles: [medical-editor]")
    base = governed(dict(START) | {"reviewers.yaml": second})
    other = edited(base, f"{TRIAL}.yaml", "by: editorial", "by: someone-else")
    assert TRIAL in ids_for(other, DRAFTER)
    assert TRIAL not in ids_for(decided(other, wish_of(TRIAL, "approve", EDITOR)), DRAFTER)


def test_what_waits_for_a_role_comes_first() -> None:
    base = decided(START, wish_of(DENIAL, "approve", EDITOR), wish_of(TRIAL, "approve", EDITOR))
    found = ids_for(base, CLINICIAN)
    assert [(claim, item.role) for claim, item in found.items()] == [
        (c, "clinician") for c in (DENIAL, RESTATED, TRIAL)
    ]
    assert {item.role for item in ids_for(START, EDITOR).values()} == {""}
    base = decided(base, wish_of(DENIAL, "approve", CLINICIAN, on=LATER))
    assert list(ids_for(both_approve(base, DENIAL, on=LATER), CLINICIAN, LATER)) == [RESTATED, TRIAL]


def test_the_claims_of_an_absent_colleague_are_marked() -> None:
    away = "    name: Example Reviewer One\n"
    absences = f"    absences:\n      - first: 2026-01-30\n        last: 2026-02-03\n        delegate: {EDITOR}\n"
    base = governed(edited(START, "reviewers.yaml", away, away + absences))
    base = changed(decided(base, Wish(TRIAL, "approve", CLINICIAN, date(2026, 1, 20))))
    assert ids_for(base, EDITOR)[TRIAL].stands_in_for == {CLINICIAN}
    assert ids_for(base, EDITOR)[DENIAL].stands_in_for == frozenset()
    assert ids_for(base, EDITOR, date(2026, 2, 4))[TRIAL].stands_in_for == frozenset()
