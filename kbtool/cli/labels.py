"""What codes and counts are called where people read them. Nothing heavy is imported here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

SEEN: Mapping[str, str] = {
    "full-text": "full text seen",
    "abstract": "abstract seen",
    "second-hand": "seen at second hand",
    "not-seen": "not seen",
}
"""How a work was seen, in words."""


class Counted(Protocol):
    """How much of a text is accounted for."""

    @property
    def counted(self) -> int:
        """Letters, digits and signs of the text."""
        ...

    @property
    def accounted(self) -> int:
        """Those within some span."""
        ...


def covered_words(covered: Counted | None) -> str:
    """How much of a text is accounted for, in words; a part that is missing never rounds up to the whole."""
    if covered is None:
        return "unknown: the stored text is missing or not the one recorded"
    percent = 100.0 if covered.accounted == covered.counted else min(99.9, 100 * covered.accounted / covered.counted)
    return f"{percent:.1f} % ({covered.accounted:,} of {covered.counted:,} letters, digits and signs)"
