"""The rules on the whole base, each run only where something that it asked for has changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kbtool.diagnostics import Diagnostic
from kbtool.engine.findings import placed, run_on_base, severities_of
from kbtool.engine.front import Front
from kbtool.engine.library import Library
from kbtool.records.base import KnowledgeBase, Record
from kbtool.rules import Rules
from kbtool.rules.context import BaseView

_NEVER_THE_SAME = frozenset({"as_of", "review"})
"""What a rule may ask for that is weighed anew in every run."""


@dataclass(frozen=True, slots=True)
class Before:
    """What the last run found, and what has changed since."""

    rules: Mapping[str, Any]
    """For each rule the groups of columns that it asked for and what it found; empty where none of it holds."""
    moved: frozenset[str]
    """Groups of which a row has changed."""
    fresh: frozenset[str]
    """Files whose bytes have changed."""

    def holds(self, name: str) -> bool:
        """Whether a rule need not run: no row that it asked for has changed, nor a file that its findings name."""
        old = self.rules.get(name)
        if old is None or (self.moved | _NEVER_THE_SAME).intersection(old["asked"]):
            return False
        named = {file for found in old["found"] for file in (found[3], *(place[0] for place in found[8]))}
        return named.isdisjoint(self.fresh)


@dataclass(slots=True)
class Found:
    """What the rules found, and what to keep of it."""

    kept: dict[str, Any] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    ran: int = 0
    """How many rules ran."""


def base_findings(view: BaseView, rules: Rules, before: Before, front: Front, library: Library) -> Found:
    """What each rule on the whole base finds, now or still."""
    severities = severities_of(front.base.policy.model, rules)
    record_of = _records_of(front.base, library)
    found = Found()
    for rule in rules.base:
        if before.holds(rule.name):
            old = before.rules[rule.name]
            found.kept[rule.name] = old
            found.diagnostics += map(front.printed.decode, old["found"])
            continue
        view.columns.asked.clear()
        own = list(placed(list(run_on_base(rule, view, record_of)), record_of, severities))
        encoded = [front.printed.encode(each) for each in own]
        found.kept[rule.name] = {"asked": sorted(view.columns.asked), "found": encoded}
        found.diagnostics += own
        found.ran += 1
    return found


def _records_of(front: KnowledgeBase, library: Library) -> Callable[[str], Record[Any]]:
    every: tuple[Record[Any], ...] = (front.config, front.vocabulary, front.policy, front.reviewers)
    central = {record.file: record for record in (*every, *front.waivers.values())}

    def record_of(file: str) -> Record[Any]:
        if file in central:
            return central[file]
        record = library.record(file.removeprefix(library.shown))
        if record is None:
            raise KeyError(file)
        return library.located(record)

    return record_of
