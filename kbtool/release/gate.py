"""Gates: which standings may go out in a release."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gate:
    """What may go out."""

    name: str
    label: str
    admits: frozenset[str]
    """The standings that pass; a withdrawn claim never does."""
    explanation: str
    """One sentence for whoever reads the release."""


DEFAULT_GATE = "approved"
"""The gate of a release for which nobody asked for another."""

GATES: Mapping[str, Gate] = {
    "approved": Gate(
        name="approved",
        label="Approved only",
        admits=frozenset({"approved"}),
        explanation="Only claims whose exact content qualified people have approved; every other claim is held.",
    ),
    "any": Gate(
        name="any",
        label="Everything not withdrawn",
        admits=frozenset({"draft", "in-review", "approved", "needs-review", "changes-requested", "disputed"}),
        explanation="Every claim that is not withdrawn, reviewed or not; each unreviewed one is marked as such.",
    ),
}
"""Every gate, by name."""
