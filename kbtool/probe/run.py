"""Plant every fault, one at a time, and see by what it is caught."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from kbtool.probe.copy import reduced, scratch_copy
from kbtool.probe.fault import Fault, NotApplicable, Planted, Scratch
from kbtool.probe.faults import PLAIN_FAULTS, REVIEW_FAULTS
from kbtool.probe.gates import POLICY, VOCABULARY, Found, by_check
from kbtool.probe.reviewed import Reviewed, reviewed_copy
from kbtool.records.assemble import Files
from kbtool.records.layout import FileKind, kind_of
from kbtool.rules import RULES, Rules
from kbtool.rules.rule import Rule

C = TypeVar("C", bound=Callable[..., object])

_RECORDS = frozenset({FileKind.CLAIM, FileKind.EVIDENCE})


@dataclass(frozen=True, slots=True)
class Caught:
    """What became of one fault."""

    name: str
    what: str
    where: str
    """What was planted where."""
    expects: frozenset[str]
    by: tuple[str, ...]
    """The expected rules or gates that caught it, sorted; empty where none did."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A fault that cannot be planted in this base, and why."""

    name: str
    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class Trial:
    """A fault as planted in a copy."""

    fault: Fault[Any]
    before: Found
    """What a check finds before."""
    planted: Planted


@dataclass(frozen=True, slots=True)
class Outcome:
    """Every fault of the lists in their order: what became of it, or why it could not be planted."""

    as_of: date
    tried: tuple[tuple[Trial, Caught], ...]
    skipped: tuple[Skipped, ...]

    @property
    def caught(self) -> tuple[Caught, ...]:
        """The planted faults, caught or not."""
        return tuple(caught for _, caught in self.tried)

    @property
    def missed(self) -> tuple[Caught, ...]:
        """The planted faults that no expected rule caught."""
        return tuple(caught for caught in self.caught if not caught.by)


def probe(files: Files, as_of: date) -> Outcome:
    """Plant every fault of the lists in copies of a base and see whether the right rule catches each."""
    plain = scratch_copy(files, as_of)
    reviewed = reviewed_copy(plain) if isinstance(plain, Scratch) else plain
    tried, skipped = [], []
    for each in (*_trials(PLAIN_FAULTS, plain, as_of), *_trials(REVIEW_FAULTS, reviewed, as_of)):
        if isinstance(each, Trial):
            tried.append((each, look(each, as_of, RULES)))
        else:
            skipped.append(each)
    return Outcome(as_of, tuple(tried), tuple(skipped))


def look(trial: Trial, as_of: date, rules: Rules) -> Caught:
    """By what a planted fault is caught under these rules: what finds more in some file than it did before."""
    fault = trial.fault
    after = trial.planted.gate(trial.planted.files, as_of, _asked(rules, fault.expects))
    new = {rule for (rule, file), count in after.items() if count > trial.before[rule, file]}
    return Caught(fault.name, fault.what, trial.planted.where, fault.expects, tuple(sorted(new & fault.expects)))


def _asked(rules: Rules, names: frozenset[str]) -> Rules:
    """The tables that hold a rule of these names; what the others find says nothing here and takes time."""
    return replace(
        rules,
        claim=_if_any(rules.claim, names),
        evidence=_if_any(rules.evidence, names),
        source=_if_any(rules.source, names),
        base=_if_any(rules.base, names),
    )


def _if_any(table: tuple[Rule[C], ...], names: frozenset[str]) -> tuple[Rule[C], ...]:
    return table if any(rule.name in names for rule in table) else ()


def _trials(
    faults: tuple[Fault[Any], ...], copy: Scratch | Reviewed | NotApplicable, as_of: date
) -> Iterator[Trial | Skipped]:
    if isinstance(copy, NotApplicable):
        yield from (Skipped(fault.name, fault.what, copy.reason) for fault in faults)
        return
    before = by_check(copy.files, as_of, RULES)
    for fault in faults:
        planted = fault.plant(copy)
        if isinstance(planted, NotApplicable):
            yield Skipped(fault.name, fault.what, planted.reason)
        elif isinstance(copy, Scratch) and _is_local(fault, copy, planted):
            yield _narrow(fault, copy, planted, as_of)
        else:
            yield Trial(fault, before, planted)


def _is_local(fault: Fault[Scratch], copy: Scratch, planted: Planted) -> bool:
    """Whether the fault is in claims and evidence alone and rules that see one record must catch it."""
    whole = {rule.name for rule in RULES.base}
    touched = _touched(copy.files, planted.files) - {VOCABULARY, POLICY}
    records = touched and all(kind_of(name) in _RECORDS for name in touched)
    return bool(planted.gate is by_check and records and fault.expects.isdisjoint(whole))


def _narrow(fault: Fault[Scratch], copy: Scratch, planted: Planted, as_of: date) -> Trial:
    """Only the records that were touched with what they cite: rules on one record see no more than that."""
    touched = _touched(copy.files, planted.files)
    before = reduced(copy.files, touched, copy.base)
    after = {name: planted.files[name] for name in {*before, *touched} if name in planted.files}
    return Trial(fault, by_check(before, as_of, RULES), Planted(after, planted.where))


def _touched(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> set[str]:
    """Names of the files that are new, gone or other."""
    return {name for name in {*before, *after} if before.get(name) != after.get(name)}
