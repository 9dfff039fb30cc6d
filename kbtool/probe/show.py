"""The outcome of a probe as text for people and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from kbtool.probe.faults import NOT_PLANTED
from kbtool.probe.gates import OTHER_GATES
from kbtool.probe.mutate import Score
from kbtool.probe.run import Caught, Outcome

_MISSED = "NOT CAUGHT"


def as_text(outcome: Outcome, score: Score | None, base: str) -> str:
    """A table of every planted fault, then what could not be planted, the mutation score and the sum."""
    lines = [f"faults planted in a scratch copy of {base} as of {outcome.as_of.isoformat()}:", ""]
    lines += _table(outcome)
    if outcome.skipped:
        lines += ["", "not planted, since this base has no place for them:"]
        lines += [f"  {each.name}: {each.reason}" for each in outcome.skipped]
    lines += ["", "rules without a fault:"]
    lines += [f"  {rule}: {reason}" for rule, reason in NOT_PLANTED.items()]
    if score:
        lines += ["", *_score_lines(score)]
    return "\n".join((*lines, "", sum_of(outcome))) + "\n"


def sum_of(outcome: Outcome) -> str:
    """How many faults were planted and how many of them the right rule caught, in one line."""
    planted, missed = len(outcome.caught), len(outcome.missed)
    left = f"; {len(outcome.skipped)} could not be planted in this base" if outcome.skipped else ""
    return f"{planted - missed} of {planted} planted faults caught by the right rule{left}"


def _table(outcome: Outcome) -> Iterator[str]:
    rows = [(each.name, _by(each), each.where) for each in outcome.caught]
    head = ("fault", "caught by", "planted in")
    widths = [max(len(row[i]) for row in (head, *rows)) for i in range(2)]
    for row in (head, *rows):
        yield f"{row[0]:{widths[0]}}  {row[1]:{widths[1]}}  {row[2]}".rstrip()


def _by(caught: Caught) -> str:
    if caught.by:
        return ", ".join(caught.by)
    return f"{_MISSED} by {' or '.join(sorted(caught.expects))}"


def _score_lines(score: Score) -> Iterator[str]:
    count = len(score.mutants)
    yield f"mutation score: {score.noticed} of {count} rules were missed when switched off"
    yield from (f"  nothing missed {rule}" for rule in score.unnoticed)
    if score.untried:
        yield f"  not switched off, since no fault was planted for them: {', '.join(score.untried)}"


def as_json(outcome: Outcome, score: Score | None, base: str) -> str:
    """The same for programs; keys are in a fixed order."""
    value: dict[str, Any] = {
        "base": base,
        "as_of": outcome.as_of.isoformat(),
        "planted": len(outcome.caught),
        "caught": len(outcome.caught) - len(outcome.missed),
        "faults": [_fault(each) for each in outcome.caught],
        "not_planted": [{"name": s.name, "what": s.what, "reason": s.reason} for s in outcome.skipped],
        "rules_without_fault": dict(NOT_PLANTED),
        "other_gates": dict(OTHER_GATES),
    }
    if score:
        value["mutation"] = {
            "rules": len(score.mutants),
            "noticed": score.noticed,
            "untried": list(score.untried),
            "missed_when_off": {mutant.rule: mutant.missed for mutant in score.mutants},
        }
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _fault(caught: Caught) -> dict[str, Any]:
    return {
        "name": caught.name,
        "what": caught.what,
        "planted_in": caught.where,
        "expects": sorted(caught.expects),
        "caught_by": list(caught.by),
    }
