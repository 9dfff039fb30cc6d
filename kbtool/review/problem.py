"""A problem with the files of a review: rule, file inside the base, one sentence, a hint."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReviewProblem:
    """What is wrong with a file of decisions, governance or log."""

    rule: str
    file: str
    """Name inside the base."""
    message: str
    hint: str = ""
    subject: str = ""
    """Id of the claim concerned, where there is one."""
