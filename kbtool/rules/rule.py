"""A rule as a value: its name, what it says of itself, how much it weighs and the function that looks.

The docstring of the function is the rule's manual page: a first line that says what was found, then paragraphs that
begin with `Why:` and `Mend:`. The decorator registers nothing; the tables of `kbtool.rules` name every rule.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from kbtool.diagnostics import Severity

Check = TypeVar("Check", bound=Callable[..., object])
Check_co = TypeVar("Check_co", bound=Callable[..., object], covariant=True)


@dataclass(frozen=True, slots=True)
class RulePage:
    """What `kbtool explain` prints of a rule."""

    name: str
    """Lower-case words joined by hyphens; names the pattern found, never the cure."""
    summary: str
    """What it finds, in one sentence."""
    why: str
    """Why it matters."""
    mend: str
    """How to mend it."""
    severity: Severity
    """Its weight unless the policy says otherwise."""
    locked: bool = False
    """Locked rules cannot be lowered by a policy or waived."""


@dataclass(frozen=True, slots=True)
class Rule(Generic[Check_co]):
    """A rule with the function that looks for it."""

    page: RulePage
    check: Check_co

    @property
    def name(self) -> str:
        """The rule's name."""
        return self.page.name


def rule(severity: Severity, *, locked: bool = False) -> Callable[[Check], Rule[Check]]:
    """Make a `Rule` of a checking function; its name and manual page come from the function's own."""

    def make(check: Check) -> Rule[Check]:
        name = check.__name__.replace("_", "-")
        return Rule(page_of(name, inspect.getdoc(check) or "", severity, locked=locked), check)

    return make


def page_of(name: str, text: str, severity: Severity, *, locked: bool = False) -> RulePage:
    """A rule page from a docstring: summary, `Why:` and `Mend:` paragraphs.

    Raises ValueError where one of the three is missing; a test keeps every rule complete.
    """
    paragraphs = [" ".join(part.split()) for part in text.split("\n\n")]
    why = next((part.removeprefix("Why: ") for part in paragraphs if part.startswith("Why: ")), "")
    mend = next((part.removeprefix("Mend: ") for part in paragraphs if part.startswith("Mend: ")), "")
    if not (paragraphs[0] and why and mend):
        raise ValueError(f"the page of rule {name!r} lacks its summary, its 'Why:' or its 'Mend:' paragraph")
    return RulePage(name, paragraphs[0], why, mend, severity, locked)
