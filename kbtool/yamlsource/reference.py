"""The reference loader: reads the whole strict subset from PyYAML's events, and says what is wrong with all else."""

from __future__ import annotations

from kbtool.yamlsource.explain import explain, may_mislead
from kbtool.yamlsource.gate import gate_problems, is_clean
from kbtool.yamlsource.load import load
from kbtool.yamlsource.problems import Parsed, Problem
from kbtool.yamlsource.reader import READERS, Open

_READ_ON = frozenset({"yaml-no-final-newline", "yaml-line-too-long"})
"""Rules of the gate behind which the places of the parser still hold."""


def reference(raw: bytes, limit: int, begin: Open | None) -> Parsed:
    """The mapping that the bytes say, or their problems in order of place; `limit` in bytes. Never raises.

    `begin` opens PyYAML's reader, None the fastest at hand.
    """
    opened = begin or READERS[0]
    data = load(raw, opened) if is_clean(raw, limit) else None
    if data is not None and not may_mislead(raw):
        return Parsed(data, ())
    problems = _problems(raw, limit, opened)
    return Parsed(None if problems else data, problems)


def _problems(raw: bytes, limit: int, begin: Open) -> tuple[Problem, ...]:
    found = gate_problems(raw, limit)
    if any(each.rule not in _READ_ON for each in found):
        return found
    both = (*found, *explain(raw.decode(), begin))
    return tuple(sorted(both, key=lambda each: (each.line, each.column, each.rule)))
