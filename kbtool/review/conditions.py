"""Whether a condition of the policy holds for a claim."""

from __future__ import annotations

import re

from kbtool.model.claim import ClaimBase
from kbtool.model.policy import When


def holds(when: When, claim: ClaimBase) -> bool:
    """Whether every part of the condition that is given holds."""
    return (
        (not when.types or claim.type in when.types)  # type: ignore[attr-defined]
        and (not when.ratings or claim.verdict.rating in when.ratings)
        and (when.polarity is None or when.polarity == claim.polarity)
        and all(_mentions(claim.statement, word) for word in when.mentions)
    )


def _mentions(statement: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word.casefold())}(?!\w)", statement.casefold()) is not None
