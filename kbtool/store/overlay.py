"""What a reader sees of a base whose last change is not finished: its files on top of those on the disk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kbtool.diagnostics import Diagnostic, Location, Severity
from kbtool.records.layout import BaseFile
from kbtool.store.journal import JOURNAL, PLAN, DamagedJournal, Journal, Step, sha256

Overlaid = tuple[tuple[BaseFile, ...], tuple[Diagnostic, ...]]
"""The files of a base as they are to be read, and what is wrong with its unfinished change."""


def overlaid(found: Journal | DamagedJournal | None, files: Sequence[BaseFile], shown: str) -> Overlaid:
    """Put the files of the journal over those of the disk; `shown` stands before every printed name, "" for nothing.

    A damaged journal changes nothing and is a diagnostic. So is a file that is neither as it was before the change nor
    as the change has it, which only a person can sort out.
    """
    if found is None:
        return tuple(files), ()
    if isinstance(found, DamagedJournal):
        return tuple(files), (_problem(shown, f"{JOURNAL}/{PLAN}", found.message, found.hint),)
    on_disk = {file.name: file for file in files}
    over = {step.name: BaseFile(step.name, under(shown, step.name), step.content) for step in found.steps}
    return tuple((on_disk | over).values()), tuple(_changed_by_hand(found.steps, on_disk, shown))


def _changed_by_hand(steps: Sequence[Step], on_disk: dict[str, BaseFile], shown: str) -> Iterator[Diagnostic]:
    for number, step in enumerate(steps):
        now = on_disk.get(step.name)
        if (sha256(now.raw) if now else None) not in {step.was, sha256(step.content)}:
            message = f"{step.name!r} was changed by hand while an unfinished change of it was waiting, and is not read"
            hint = f"keep your text elsewhere and copy '{JOURNAL}/{number}' over it; the next change finishes that one"
            yield _problem(shown, step.name, message, hint)


def _problem(shown: str, name: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic("unreadable-file", Severity.ERROR, message, Location(under(shown, name)), hint=hint, subject=name)


def under(shown: str, name: str) -> str:
    """The name of a file of the base as it is printed."""
    return name if shown in {"", "."} else f"{shown}/{name}"
