"""In which order decisions hold."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from kbtool.review.weighed import Decision, in_order
from tests.review.hands import case, hand


def test_a_decision_counts_unless_it_has_a_flaw() -> None:
    assert hand("approve", "ann").counts
    assert not hand("approve", "ann", flaw="it waits").counts


def test_logged_decisions_come_first_in_the_order_of_the_log() -> None:
    late, early, waiting = (
        hand("approve", "ann", 9, logged=0),
        hand("approve", "ben", 2, logged=1),
        hand("dispute", "cay"),
    )
    assert in_order([waiting, early, late]) == [late, early, waiting]


def test_a_decision_comes_behind_those_that_it_saw_whatever_its_day_and_digest() -> None:
    """Each names the decisions it saw on that claim."""
    first = hand("request-changes", "ann", 5)
    answers = [hand("approve", "ann", day, note=str(n), saw=(first.digest,)) for day in (4, 5) for n in range(8)]
    for answer in answers:
        assert in_order([answer, first]) == [first, answer]
        assert in_order([first, answer]) == [first, answer]


def test_what_a_decision_saw_on_other_claims_or_long_ago_does_not_hold_it_back() -> None:
    alone = hand("approve", "ann", saw=("0" * 64,))
    assert in_order([alone]) == [alone]


@given(st.lists(st.tuples(st.integers(1, 3), st.sets(st.integers(0, 7))), max_size=8), st.integers())
def test_the_order_is_one_whatever_order_the_files_come_in(shape: list[tuple[int, set[int]]], seed: int) -> None:
    """Decisions are a grow-only set: branches merge without conflict."""
    made: list[Decision] = []
    for number, (day, seen) in enumerate(shape):
        saw = tuple(made[i].digest for i in sorted(seen) if i < number)
        made.append(hand("comment", "ann", day, note=str(number), saw=saw))
    shuffled = list(made)
    random.Random(seed).shuffle(shuffled)
    found = in_order(shuffled)
    assert found == in_order(made)
    assert sorted(found, key=made.index) == made
    at = {decision.digest: index for index, decision in enumerate(found)}
    assert all(at[other] < at[decision.digest] for decision in made for other in decision.predicate.saw)


def test_a_case_by_hand_is_in_order() -> None:
    late, early = hand("approve", "ann", 9), hand("approve", "ann", 2)
    assert case([late, early]).decisions == [early, late]
