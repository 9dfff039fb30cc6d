"""The gates that a fault must not pass: the check, the standing of an approval, a release, reading from disk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path, PurePosixPath
from typing import TypeAlias

from kbtool.engine.check import Checked, check
from kbtool.records.assemble import Files, Loaded, assemble
from kbtool.records.layout import BaseFile
from kbtool.release.gate import GATES
from kbtool.release.parts import PreviousRelease
from kbtool.release.release import make_release, vanished
from kbtool.review.checkpoints import forked
from kbtool.review.log import CHECKPOINT
from kbtool.review.note import Checkpoint
from kbtool.rules import Rules

VOCABULARY, POLICY = "schema/vocabulary.yaml", "schema/policy.yaml"
"""Names of the schema folder's files among the files of a copy."""

STANDING, VANISHED, ROLLED_BACK = "standing", "vanished-id", "log-forked"
"""What the gates beside the check report under."""

OTHER_GATES: Mapping[str, str] = {
    STANDING: "the claim no longer stands as approved, so it is held back from every release of approved claims",
    VANISHED: "a release refuses an id of the release before it that is gone without a tombstone",
}
"""Names of `Fault.expects` that are no rules, with what they stand for."""

Found: TypeAlias = Counter[tuple[str, str]]
"""How often each rule found something in each file."""

Gate = Callable[[Mapping[str, bytes], date, Rules], Found]
"""Looks at the files of a copy as of a day with these rules."""


def loaded(files: Mapping[str, bytes]) -> Loaded:
    """The files of a copy as the loader sees them."""
    own = tuple(BaseFile(name, name, raw) for name, raw in files.items() if name not in {VOCABULARY, POLICY})
    schema = [BaseFile(PurePosixPath(n).name, n, files[n]) if n in files else None for n in (VOCABULARY, POLICY)]
    return assemble(Files(own, schema[0], schema[1]))


def checked(files: Mapping[str, bytes], as_of: date, rules: Rules) -> Checked:
    """What `kbtool validate` says of the copy."""
    return check(loaded(files), as_of, rules)


def by_check(files: Mapping[str, bytes], as_of: date, rules: Rules) -> Found:
    """The diagnostics of a check, counted by rule and file; a rule that is not in the table says nothing."""
    return counted(checked(files, as_of, rules), rules)


def counted(found: Checked, rules: Rules) -> Found:
    """The diagnostics of a check by rule and file, those of rules in the table."""
    return Counter((d.rule, d.location.file) for d in found.diagnostics if d.rule in rules.pages)


def by_standing(claim: str) -> Gate:
    """Whether a claim of the copy, approved before, no longer stands as approved."""

    def look(files: Mapping[str, bytes], as_of: date, rules: Rules) -> Found:
        review = checked(files, as_of, rules).review
        value = review.claims[claim].standing.value if review and claim in review.claims else "gone"
        return Counter() if value == "approved" else Counter([(STANDING, f"{claim}.yaml")])

    return look


def by_release(previous: frozenset[str]) -> Gate:
    """Whether a release finds that ids of the one before it are gone."""

    def look(files: Mapping[str, bytes], as_of: date, rules: Rules) -> Found:
        del rules
        base = loaded(files).base
        if base is None:
            return Counter()
        release = make_release(base, GATES["any"], as_of, PreviousRelease("scratch", previous))
        return Counter((VANISHED, f"{id_}.yaml") for id_ in vanished(previous, release))

    return look


def by_older_checkpoint(older: Checkpoint) -> Gate:
    """Whether somebody who kept an older checkpoint finds that the log is not its continuation."""

    def look(files: Mapping[str, bytes], as_of: date, rules: Rules) -> Found:
        seen = checked(files, as_of, rules)
        found = counted(seen, rules)
        if seen.review and seen.review.log and forked(older, seen.review.log.tree) and ROLLED_BACK in rules.pages:
            found[ROLLED_BACK, CHECKPOINT] += 1
        return found

    return look


def by_reading(spoil: Callable[[Path], None]) -> Gate:
    """What reading the copy from a disk finds, after something was done to its folder."""

    def look(files: Mapping[str, bytes], as_of: date, rules: Rules) -> Found:
        del as_of
        from kbtool.store.scratch_folder import read_spoilt  # noqa: PLC0415 - only two faults need a disk

        found = read_spoilt(files, spoil).diagnostics
        return Counter((d.rule, d.location.file) for d in found if d.rule in rules.pages)

    return look
