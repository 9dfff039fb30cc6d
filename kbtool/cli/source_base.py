"""What the commands on sources share: a base with all texts that were ever stored, and what a change does to claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kbtool.cli.base import Outcome, Unusable, read_named, usable

if TYPE_CHECKING:
    from kbtool.diagnostics import Diagnostic
    from kbtool.records.assemble import Files
    from kbtool.records.base import KnowledgeBase
    from kbtool.review.edits import Edit
    from kbtool.review.standing import Standing


@dataclass(frozen=True, slots=True)
class Opened:
    """A base as it was read, with every file of it."""

    root: Path
    shown: str
    base: KnowledgeBase
    files: Files
    problems: tuple[Diagnostic, ...]
    """What reading the files found."""

    def older(self, document: str) -> tuple[str, ...]:
        """The texts of a document that were stored before."""
        from kbtool.ingest.tracked import older_texts

        files = [(file.name, file.raw) for file in self.files.base]
        return older_texts(files, document, self.base.sources[document].model.text.digest)

    def holds(self, name: str) -> bool:
        """Whether the base has a file of this name."""
        return any(file.name == name for file in self.files.base)


@dataclass(frozen=True, slots=True)
class StandingChange:
    """A claim that stands otherwise after a change."""

    claim: str
    before: str
    after: str
    cause: str


def open_base(kb: Path | None, day: date) -> Opened:
    """Read a base; raises Unusable where there is none, and says on standard error how much could not be read."""
    from kbtool.diagnostics import in_order
    from kbtool.records.assemble import assemble

    root, shown, found = read_named(kb)
    loaded = assemble(found.files)
    problems = in_order((*found.diagnostics, *loaded.diagnostics))
    base: KnowledgeBase = usable(Outcome(root, shown, loaded, problems, loaded.checks, day))
    return Opened(root, shown, base, found.files, problems)


def say_unread(opened: Opened) -> None:
    """Say on standard error where records could not be read, since their quotes cannot be followed."""
    if unread := {problem.location.file for problem in opened.problems}:
        what = "1 file has" if len(unread) == 1 else f"{len(unread)} files have"
        click.echo(f"kbtool: {what} problems, and quotes in them may be missing here; run 'kbtool validate'", err=True)


def source_named(base: KnowledgeBase, name: str) -> str:
    """The id of the document that a person means; raises Unusable where there is none."""
    from difflib import get_close_matches

    document = name.removeprefix("sources/").removesuffix(".yaml")
    if document in base.sources:
        return document
    near = get_close_matches(document, list(base.sources), n=1)
    known = ", ".join(sorted(base.sources)[:5])
    hint = f"did you mean {near[0]!r}?" if near else f"there are: {known}" if known else "the base has no sources"
    raise Unusable(f"there is no source {name!r}", hint)


def standing_changes(opened: Opened, edits: Sequence[Edit], day: date) -> tuple[StandingChange, ...]:
    """The claims that stand otherwise with the edits made; nothing is written for it."""
    from kbtool.cli.reading import reading_of
    from kbtool.records.assemble import assemble
    from kbtool.records.layout import BaseFile

    new = {edit.name: edit.content for edit in edits}
    kept = [replace(file, raw=new.pop(file.name, file.raw)) for file in opened.files.base]
    files = (*kept, *(BaseFile(name, name, raw) for name, raw in new.items()))
    after = assemble(replace(opened.files, base=files)).base
    if after is None:
        raise ValueError("edits of a readable base made it unreadable")
    return tuple(_changes(reading_of(opened.base, day).standings, reading_of(after, day).standings))


def _changes(before: Mapping[str, Standing], after: Mapping[str, Standing]) -> Iterator[StandingChange]:
    for claim in sorted(before.keys() & after.keys()):
        was, now = before[claim], after[claim]
        if was.value != now.value:
            yield StandingChange(claim, was.value, now.value, "; ".join(now.causes) or now.reason)


def write(opened: Opened, edits: Iterable[Edit]) -> None:
    """Write all the edits or none; raises Refused with the reason."""
    from kbtool.cli.review_desk import writing
    from kbtool.store.decide import write_edits

    with writing():
        write_edits(opened.root, list(edits))
