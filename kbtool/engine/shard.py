"""Part of a base, checked: files to plain rows. The same function wherever it runs, on whichever files it is given.

What goes in is names; what comes out is rows of columns, findings and counts: never a model.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kbtool.engine.check import terms_of
from kbtool.engine.decided import WEIGHED, Scales, people_decide
from kbtool.engine.encoded import Encoded, Printed
from kbtool.engine.facts import claim_row, evidence_row, source_row
from kbtool.engine.findings import Raised, placed, quote_sought, run_on_record, severities_of
from kbtool.engine.library import Counts, Library, lazy_base
from kbtool.records.assemble import Files, ReadFile, assembled
from kbtool.records.base import KnowledgeBase, Record
from kbtool.records.layout import BaseFile, FileKind, id_of, kind_of
from kbtool.rules import RULES, Rules
from kbtool.rules.accounts import account_of
from kbtool.rules.columns import claim_rows, days_of, evidence_rows, source_rows
from kbtool.rules.context import Cited, SourceView, Terms, cited_by

Bodies = Callable[[], Callable[[str], bytes | None]]
"""Opens the kept bodies of records, once in each process."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What every shard of a run shares."""

    root: Path
    printed: Printed
    front: KnowledgeBase
    """The base without claims, evidence and sources."""
    present: Mapping[str, object]
    """Names of all files of the base."""
    bodies: Bodies
    keeps: bool
    """Whether the bodies of records are wanted."""
    rules: Rules | None = None
    """Other rules than all; only where nothing is handed to a fresh interpreter."""


@dataclass(frozen=True, slots=True)
class Shard:
    """What to do: names of files, in order."""

    read: tuple[str, ...]
    """Records to read afresh; of a source, or a text alone, all that belongs to the document."""
    check: tuple[str, ...]
    """Records to run the rules on."""
    accounts: Mapping[str, tuple[str, ...]]
    """Documents whose account is to be drawn up, with the names of the claims in their folders."""


@dataclass(slots=True)
class Outcome:
    """What became of a shard, as plain values."""

    digests: dict[str, str] = field(default_factory=dict)
    """Of the files read, by name."""
    bodies: dict[str, bytes | None] = field(default_factory=dict)
    """What each record read says, as JSON; None where it could not be read."""
    rows: list[tuple[str, str, str, Any]] = field(default_factory=list)
    """Group, file name, key and row."""
    reading: dict[str, list[Encoded]] = field(default_factory=dict)
    """What reading found, by the file it is filed under; every file read is there."""
    finding: dict[str, list[Encoded]] = field(default_factory=dict)
    """What rules found, by file; every record checked is there."""
    counts: Counts = field(default_factory=Counts)


def prepare(setting: Setting) -> Callable[[Shard], Outcome]:
    """What checks shards in this process."""
    bench = Bench(setting)
    return bench.work


class Bench:
    """A library with everything that shards are checked with."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.rules = setting.rules or RULES
        self.library = Library(
            setting.root, setting.printed.lead, setting.present, setting.bodies(), setting.keeps, Counts()
        )
        self.terms: Terms = terms_of(setting.front)
        self.base = lazy_base(setting.front, self.library, lambda _: [])
        self.severities = severities_of(setting.front.policy.model, self.rules)
        self.scales = Scales.of(self.base) if people_decide(setting.front) else None

    def work(self, shard: Shard) -> Outcome:
        """Check a shard; raises OSError where a file cannot be read."""
        outcome = Outcome(counts=Counts())
        self.library.counts = outcome.counts
        self._read(shard.read, outcome)
        for name in shard.check:
            self._check(name, outcome)
        for document, claims in shard.accounts.items():
            self._account(document, claims, outcome)
        return outcome

    def _read(self, names: tuple[str, ...], outcome: Outcome) -> None:
        files, reads = [], []
        for name in names:
            kind = kind_of(name)
            if kind is FileKind.TEXT:
                files.append(BaseFile(name, self.setting.printed.show(name), self.library.raw(name)))
                continue
            found = self.library.read(name)
            if self.setting.keeps:
                outcome.digests[name] = found.digest
                outcome.bodies[name] = found.body
            files.append(found.file.file)
            reads.append(found.file)
            outcome.rows += self._rows(name, found.file)
        outcome.counts.digests += len(reads)
        outcome.reading |= {_filed(name): [] for name in names}
        for diagnostic in assembled(Files(tuple(files), None, None), reads).diagnostics:
            kept = self.setting.printed.encode(diagnostic)
            outcome.reading[_filed(kept[3])].append(kept)

    def _rows(self, name: str, read: ReadFile) -> Iterator[tuple[str, str, str, Any]]:
        if read.record is None:
            return
        model = read.record.model
        make = _ROWS[read.kind]
        for group, row in make(model).items():
            yield group, name, read.id, row
        yield "days", name, name, (days_of(model).rows,)
        if read.kind is not FileKind.CLAIM:
            return
        if model.source.document != read.id.partition("/")[0]:
            yield "astray", name, read.id, model.source.document
        if below := sorted({c.basis.claim for c in model.caveats if c.basis and c.basis.claim}):
            yield "below", name, read.id, below

    def _check(self, name: str, outcome: Outcome) -> None:
        outcome.finding[name] = []
        record = self.library.record(name)
        if record is None:
            return
        outcome.counts.checked += 1
        kind = kind_of(name)
        found = self._findings(kind, name, record)
        if kind is FileKind.CLAIM:
            outcome.rows.append(("shown", name, id_of(name), tuple(claim_row(record.model, self.terms.policy))))
            weighed = tuple(self.scales.row(id_of(name), record.model)) if self.scales else None
            outcome.rows.append((WEIGHED, name, id_of(name), weighed))
        if found:
            outcome.finding[name] = list(self._encoded(found, self.library.located(record)))

    def _findings(self, kind: FileKind, name: str, record: Record[Any]) -> list[Raised]:
        if kind is FileKind.CLAIM:
            return list(run_on_record(self.rules.claim, record, self._cited(record.model)))
        if kind is FileKind.EVIDENCE:
            return list(run_on_record(self.rules.evidence, record, self.terms))
        document = self.library.document(id_of(name))
        view = SourceView(self.terms, document.text if document else None)
        return list(run_on_record(self.rules.source, record, view))

    def _cited(self, claim: Any) -> Cited:
        document = self.library.document(claim.source.document)
        return cited_by(claim, self.base, self.terms, {claim.source.document: document} if document else {})

    def _encoded(self, found: list[Raised], record: Record[Any]) -> Iterator[Encoded]:
        """The findings as kept, with the words sought behind those on a missing quote."""
        raised = (replace(item, record=record) for item in found)
        for diagnostic in placed(raised, lambda _: record, self.severities):
            kept = self.setting.printed.encode(diagnostic)
            if quote := quote_sought(diagnostic, record):
                kept += [quote, record.model.source.document]
            yield kept

    def _account(self, document: str, names: tuple[str, ...], outcome: Outcome) -> None:
        name = f"sources/{document}.yaml"
        found = self.library.document(document)
        if found is None or found.text is None:
            outcome.rows.append(("accounts", name, document, None))
            return
        outcome.counts.accounts += 1
        records = (self.library.record(each) for each in names)
        quoting = [record.model for record in records if record and record.model.source.document == document]
        outcome.rows.append(("accounts", name, document, tuple(account_of(found.source, found.text, quoting))))


_ROWS: Mapping[FileKind, Callable[[Any], dict[str, Any]]] = {
    FileKind.CLAIM: claim_rows,
    FileKind.EVIDENCE: lambda model: {**evidence_rows(model), "seen": evidence_row(model)},
    FileKind.SOURCE: lambda model: {**source_rows(model), "titles": tuple(source_row(model))},
}


def _filed(name: str) -> str:
    """The file under which what reading found is kept: a text's under its source."""
    return f"sources/{name.split('/')[1]}.yaml" if kind_of(name) is FileKind.TEXT else name
