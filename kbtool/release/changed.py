"""What a release changed, as frozen values: by claim, and of each claim by kind of change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

KINDS: Mapping[str, str] = {
    "published": "Published",
    "added": "Added",
    "renamed": "Renamed",
    "reworded": "Reworded",
    "re-sourced": "Source or findings changed",
    "re-graded": "Verdict changed",
    "caveat-added": "Caveat added",
    "caveat-dropped": "Caveat dropped",
    "caveat-changed": "Caveat changed",
    "related": "Related to other claims",
    "drafted-anew": "Drafted anew",
    "evidence-changed": "Evidence changed",
    "term-changed": "Meaning of a term changed",
    "standing-changed": "Standing changed",
    "held": "Held back",
    "withdrawn": "Withdrawn",
    "vanished": "Vanished",
}
"""Every kind of change with its label, in the order in which the changes of a claim are listed."""

State = Literal["released", "held", "withdrawn", "gone"]
"""What became of a claim in the newer release; `gone` is in none of its lists."""

STATES: tuple[State, ...] = get_args(State)


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that changed about a claim."""

    kind: str
    """One of `KINDS`."""
    what: str
    """Which field, caveat, evidence record or term, in words; for a standing, why; empty where the kind says it all."""
    before: str
    """What it was; empty where it was not."""
    after: str
    """What it is; empty where it is no more."""


@dataclass(frozen=True, slots=True)
class ChangedClaim:
    """What changed about one claim."""

    id: str
    state: State
    changes: tuple[Changed, ...]
    """At least one; in the order of `KINDS`."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """The release that the newer one is compared with."""

    id: str
    as_of: str
    policy: str | None
    """SHA-256 of the policy's file; None where that release does not say."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that changed from one release to another."""

    since: Earlier | None
    """None where there is nothing to compare with, so that everything is published."""
    claims: tuple[ChangedClaim, ...]
    """By id."""
