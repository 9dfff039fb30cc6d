"""Switch each rule off and demand that some fault gets through: a rule that nobody would miss is tested by nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kbtool.probe.run import Outcome, Trial, look
from kbtool.rules import RULES, Rules


@dataclass(frozen=True, slots=True)
class Mutant:
    """A rule that was switched off."""

    rule: str
    missed: str | None
    """Name of the fault that then got through; None where every fault was still caught."""


@dataclass(frozen=True, slots=True)
class Score:
    """Every rule for which a fault was planted, switched off one at a time."""

    mutants: tuple[Mutant, ...]
    untried: tuple[str, ...]
    """Rules for which no fault could be planted in this base."""

    @property
    def noticed(self) -> int:
        """How many rules were missed when they were off."""
        return sum(mutant.missed is not None for mutant in self.mutants)

    @property
    def unnoticed(self) -> tuple[str, ...]:
        """Rules that nothing missed."""
        return tuple(mutant.rule for mutant in self.mutants if mutant.missed is None)


def mutation_score(outcome: Outcome, rules: Rules = RULES) -> Score:
    """Check again, without each rule in turn, what that rule alone caught."""
    planted = frozenset[str]().union(*(caught.expects for caught in outcome.caught))
    mutants = tuple(_mutant(name, outcome, rules) for name in rules.pages if name in planted)
    return Score(mutants, tuple(name for name in rules.pages if name not in planted))


def without_rule(rules: Rules, name: str) -> Rules:
    """The rules less one; what loading or reading a review says under its name is not heard either."""
    return replace(
        rules,
        claim=tuple(rule for rule in rules.claim if rule.name != name),
        evidence=tuple(rule for rule in rules.evidence if rule.name != name),
        source=tuple(rule for rule in rules.source if rule.name != name),
        base=tuple(rule for rule in rules.base if rule.name != name),
        pages={other: page for other, page in rules.pages.items() if other != name},
    )


def _mutant(name: str, outcome: Outcome, rules: Rules) -> Mutant:
    off = without_rule(rules, name)
    for trial in _caught_only_by(name, outcome):
        if not look(trial, outcome.as_of, off).by:
            return Mutant(name, trial.fault.name)
    return Mutant(name, None)


def _caught_only_by(name: str, outcome: Outcome) -> Iterator[Trial]:
    """The trials that could get through, those over the fewest files first; the others are caught by another rule."""
    fits = [trial for trial, caught in outcome.tried if caught.by == (name,)]
    return iter(sorted(fits, key=lambda trial: len(trial.planted.files)))
