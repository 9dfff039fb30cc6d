"""Waivers: which diagnostics a dated, reasoned exception silences, and which exceptions no longer hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kbtool.diagnostics import Diagnostic, Finding
from kbtool.model.decision import Waiver


@dataclass(frozen=True, slots=True)
class Waived:
    """Diagnostics that stay and those that waivers silence, with the names of the waivers that were used."""

    kept: tuple[Diagnostic, ...]
    silenced: tuple[Diagnostic, ...]
    used: frozenset[str]


def apply_waivers(
    diagnostics: tuple[Diagnostic, ...],
    waivers: Mapping[str, Waiver],
    contents: Mapping[str, str],
    locked: frozenset[str],
    as_of: date,
) -> Waived:
    """Silence what a valid waiver names: its rule, its record, that record's content (by id), until its last day.

    Locked rules are never silenced.
    """
    valid = {
        (waiver.rule, waiver.record): name
        for name, waiver in sorted(waivers.items())
        if waiver.rule not in locked
        and waiver.on <= as_of <= waiver.until
        and contents.get(waiver.record) == waiver.content
    }
    silenced = tuple(d for d in diagnostics if (d.rule, d.subject) in valid)
    kept = tuple(d for d in diagnostics if (d.rule, d.subject) not in valid)
    return Waived(kept, silenced, frozenset(valid[d.rule, d.subject] for d in silenced))


def waiver_faults(
    waiver: Waiver, contents: Mapping[str, str], rules: Mapping[str, bool], people: frozenset[str], as_of: date
) -> Iterator[tuple[str, Finding]]:
    """Why a waiver does not hold, as rule and finding; `rules` says of each rule whether it is locked."""
    if waiver.rule not in rules:
        yield "waiver-without-effect", Finding(("rule",), f"there is no rule {waiver.rule!r}")
    elif rules[waiver.rule]:
        yield "waiver-of-locked-rule", Finding(("rule",), f"rule {waiver.rule!r} is locked and cannot be waived")
    if waiver.by not in people:
        yield "waiver-without-effect", Finding(("by",), f"{waiver.by!r} is no reviewer of this base")
    if waiver.record not in contents:
        yield "waiver-without-effect", Finding(("record",), f"there is no claim or evidence {waiver.record!r}")
    elif contents[waiver.record] != waiver.content:
        message = f"the waiver is for another content of {waiver.record!r} than the present one"
        yield (
            "lapsed-waiver",
            Finding(("content",), message, f"look again; the present content is {contents[waiver.record]}"),
        )
    if as_of > waiver.until:
        yield (
            "lapsed-waiver",
            Finding(("until",), f"the waiver lapsed on {waiver.until}", "mend what it covered, or grant a new one"),
        )
    if waiver.until < waiver.on:
        yield "waiver-without-effect", Finding(("until",), f"the waiver ends on {waiver.until}, before it begins")
