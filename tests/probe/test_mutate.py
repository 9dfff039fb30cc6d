"""A rule switched off makes some probe fail."""

from __future__ import annotations

from dataclasses import replace

from kbtool.probe.mutate import mutation_score, without_rule
from kbtool.probe.run import Outcome
from kbtool.rules import PAGES, RULES
from tests.probe.bases import own_outcome, tiny_outcome


def test_every_rule_of_our_own_base_is_missed_when_it_is_off() -> None:
    """A rule switched off must make some probe fail."""
    score = mutation_score(own_outcome())
    assert score.unnoticed == ()
    assert score.untried == ("internal-error",)
    assert score.noticed == len(PAGES) - 1


def test_a_rule_is_not_missed_where_another_catches_its_faults_too() -> None:
    trial, caught = next(each for each in tiny_outcome().tried if each[1].by == ("quote-cuts",))
    both = replace(caught, by=("quote-cuts", "quote-not-unique"))
    score = mutation_score(Outcome(tiny_outcome().as_of, ((trial, both),), ()))
    assert score.unnoticed == ("quote-cuts",)


def test_without_a_rule_all_the_others_stay() -> None:
    for name in ("quote-cuts", "malformed-identifier", "sentence-spans-off", "relation-cycle", "yaml-tab"):
        off = without_rule(RULES, name)
        tables = (off.claim, off.evidence, off.source, off.base)
        assert name not in off.pages
        assert name not in {rule.name for table in tables for rule in table}
        assert set(off.pages) == set(PAGES) - {name}
