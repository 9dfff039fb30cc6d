"""`parse`: the bytes of one file to data, or to everything that is wrong with them. The reference loader."""

from __future__ import annotations

from dataclasses import dataclass

from kbtool.yamlsource.explain import explain, may_mislead
from kbtool.yamlsource.gate import gate_problems, is_clean
from kbtool.yamlsource.load import load
from kbtool.yamlsource.problems import PROBLEM_RULES, Data, Problem
from kbtool.yamlsource.reader import READERS, Open

__all__ = ["LIMIT", "PROBLEM_RULES", "Data", "Parsed", "Problem", "parse"]

LIMIT = 65_536
"""The most bytes that a record may have, where the caller names no other limit."""

_READ_ON = frozenset({"yaml-no-final-newline", "yaml-line-too-long"})
"""Rules of the gate behind which the places of the parser still hold."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a file says, or why it cannot be read: `data` is None exactly where there are problems."""

    data: Data | None
    problems: tuple[Problem, ...]


def parse(raw: bytes, *, limit: int = LIMIT, begin: Open = READERS[0]) -> Parsed:
    """The mapping that the bytes say, or their problems in order of place; `limit` in bytes. Never raises.

    `begin` opens PyYAML's reader; only the tests choose another than the fastest.
    """
    data = load(raw, begin) if is_clean(raw, limit) else None
    if data is not None and not may_mislead(raw):
        return Parsed(data, ())
    problems = _problems(raw, limit, begin)
    return Parsed(None if problems else data, problems)


def _problems(raw: bytes, limit: int, begin: Open) -> tuple[Problem, ...]:
    found = gate_problems(raw, limit)
    if any(each.rule not in _READ_ON for each in found):
        return found
    both = (*found, *explain(raw.decode(), begin))
    return tuple(sorted(both, key=lambda each: (each.line, each.column, each.rule)))
