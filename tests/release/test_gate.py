"""Gates."""

from __future__ import annotations

from typing import get_args

from kbtool.release.gate import DEFAULT_GATE, GATES
from kbtool.review.standing import StandingValue

STANDINGS = frozenset(get_args(StandingValue))


def test_the_default_gate_lets_out_what_is_approved_only() -> None:
    assert GATES[DEFAULT_GATE].admits == {"approved"}


def test_any_lets_out_everything_but_withdrawn_claims() -> None:
    assert GATES["any"].admits == STANDINGS - {"withdrawn"}


def test_gates_are_named_and_explained() -> None:
    assert all(gate.name == name and gate.label and gate.explanation for name, gate in GATES.items())
