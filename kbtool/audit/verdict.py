"""What verifying a bundle comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["authenticated", "self-authenticated", "consistent", "broken"]

WORDS: Mapping[Kind, str] = {
    "authenticated": "authenticated: everything holds, from the root keys given",
    "self-authenticated": "authenticated by its own root keys only: everything holds, and nobody else vouches for them",
    "consistent": "consistent, not authenticated",
    "broken": "does not hold",
}
"""The verdict in words."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome."""

    kind: Kind
    problems: tuple[str, ...]
    """What does not hold, the most basic first; empty where everything does."""
    facts: tuple[str, ...] = ()
    """What was established, in sentences."""
    limits: tuple[str, ...] = ()
    """What is not shown, in sentences."""
