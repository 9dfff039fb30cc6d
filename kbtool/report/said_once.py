"""One slip of the pen that two rules find: the report says it where it was made, and once.

A misspelt key is a key that nobody knows and one that is missing; a misspelt kind of caveat is a term that nobody knows
and a caveat that policy misses. The hint of the first already says what was meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kbtool.diagnostics import Diagnostic

_MEANT = re.compile(r"did you mean '([^']+)'\?")
_QUOTED = re.compile(r"'([^']+)'")
_SECOND: Mapping[str, str] = {"schema-unknown-key": "schema-missing", "unknown-term": "caveat-missing"}
"""For each rule that finds a slip: the one that finds it again."""
_MORE: Mapping[str, str] = {
    "schema-unknown-key": "the record needs that key",
    "unknown-term": "policy asks for that caveat here",
}
"""What the second finding says beyond the first."""


def said_once(diagnostics: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The diagnostics in their order, without those that find again what another one finds in the same record."""
    seconds = [diagnostic for diagnostic in diagnostics if diagnostic.rule in _SECOND.values()]
    if not seconds:
        return tuple(diagnostics)
    again: set[Diagnostic] = set()
    kept = []
    for diagnostic in diagnostics:
        found = set(_found_again(diagnostic, seconds)) if diagnostic.rule in _SECOND else set()
        again |= found
        kept.append(replace(diagnostic, hint=f"{diagnostic.hint} {_MORE[diagnostic.rule]}") if found else diagnostic)
    return tuple(diagnostic for diagnostic in kept if diagnostic not in again)


def _found_again(slip: Diagnostic, seconds: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    meant = _MEANT.search(slip.hint)
    for second in seconds if meant else ():
        same_record = second.rule == _SECOND[slip.rule] and second.location.file == slip.location.file
        if meant and same_record and _is_same(slip, second, meant[1]):
            yield second


def _is_same(slip: Diagnostic, second: Diagnostic, meant: str) -> bool:
    """Whether the second finding is that what was meant is not there."""
    if slip.rule == "schema-unknown-key":
        return second.path == (*slip.path[:-1], meant)
    return slip.path[:1] == ("caveats",) and meant in _QUOTED.findall(second.message)
