"""The gates catch every planted fault, on our own base and on a tiny one."""

from __future__ import annotations

from datetime import date

import pytest

from kbtool.diagnostics import INTERNAL_ERROR
from kbtool.probe.fault import Fault
from kbtool.probe.faults import NOT_PLANTED, PLAIN_FAULTS, REVIEW_FAULTS
from kbtool.probe.gates import OTHER_GATES
from kbtool.probe.run import Outcome, probe
from kbtool.rules import PAGES
from tests.probe.bases import files_of, own_outcome, tiny_outcome
from tests.review.scratch import TRIAL, approved, checkpointed, reviewed_base, synced
from tests.rules.bases import AS_OF, tiny_base

EVERY: tuple[Fault, ...] = (*PLAIN_FAULTS, *REVIEW_FAULTS)


@pytest.mark.parametrize("outcome", [own_outcome, tiny_outcome], ids=["our own base", "tiny base"])
def test_every_planted_fault_is_caught_by_the_right_rule(outcome: object) -> None:
    """It plants each fault from a list kept apart from the rules and demands that each is caught by the right rule."""
    assert callable(outcome)
    found: Outcome = outcome()
    assert {caught.name: caught.where for caught in found.missed} == {}
    assert len(found.caught) + len(found.skipped) == len(EVERY)


def test_all_but_one_can_be_planted_in_our_own_base() -> None:
    assert {skipped.name: skipped.reason for skipped in own_outcome().skipped} == {
        "quote-sign-turned": "no quote has a '<' or '>'"
    }


def test_each_fault_has_a_name_of_its_own_and_says_what_it_is() -> None:
    assert len({fault.name for fault in EVERY}) == len(EVERY)
    assert all(fault.what and fault.what[0].islower() | (fault.what[0] in "'A") for fault in EVERY)


def test_every_rule_has_a_fault_or_a_reason_why_not() -> None:
    expected = frozenset[str]().union(*(fault.expects for fault in EVERY))
    assert expected - set(PAGES) == set(OTHER_GATES)
    assert set(PAGES) - expected == set(NOT_PLANTED) == {INTERNAL_ERROR}


def test_a_base_that_people_have_decided_about_is_probed_without_their_decisions() -> None:
    decided = synced(checkpointed(approved(reviewed_base(), TRIAL)))
    found = probe(files_of(decided), AS_OF)
    assert found.missed == ()
    assert [c.where for c in found.caught] == [c.where for c in tiny_outcome().caught]


def test_the_same_base_gives_the_same_outcome() -> None:
    assert probe(files_of(tiny_base()), AS_OF).caught == tiny_outcome().caught


def test_in_a_base_without_records_every_reason_is_told() -> None:
    empty = {
        name: raw for name, raw in tiny_base().items() if not name.startswith(("plumberry", "sources", "evidence"))
    }
    found = probe(files_of(empty), AS_OF)
    assert found.missed == ()
    assert {caught.name for caught in found.caught} == {
        "reviewer-twice",
        "base-url-run-together",
        "locked-rule-lowered",
        "severity-of-no-rule",
        "policy-of-no-type",
        "type-without-model",
        "connective-that-denies",
        "other-schema-version",
        "symbolic-link",
        "unreadable-file",
    }
    assert all(skipped.reason for skipped in found.skipped)


def test_in_what_is_no_base_nothing_is_planted() -> None:
    found = probe(files_of({"kb.yaml": b"title: x\n"}), AS_OF)
    assert found.caught == ()
    assert {skipped.reason for skipped in found.skipped} == {"the base has no usable kb.yaml, vocabulary or policy"}


@pytest.mark.parametrize("day", [date.min, date.max])
def test_at_the_ends_of_the_calendar_nothing_is_planted(day: date) -> None:
    found = probe(files_of(tiny_base()), day)
    assert found.caught == ()
    assert {skipped.reason for skipped in found.skipped} == {
        f"the calendar has no room for a story that ends on {day.isoformat()}"
    }


def test_a_rule_that_policy_switches_off_is_found_out() -> None:
    base = tiny_base()
    off = base["schema/policy.yaml"].replace(b"severities: {}", b"severities: {copied-caveat: off}")
    found = probe(files_of(base | {"schema/policy.yaml": off}), AS_OF)
    assert [caught.name for caught in found.missed] == ["caveat-copied"]
