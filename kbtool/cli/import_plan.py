"""The plan of an import with its files, checked against the base before anything is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from kbtool.cli.base import Unusable
from kbtool.cli.source_base import Opened

if TYPE_CHECKING:
    from kbtool.diagnostics import Diagnostic
    from kbtool.ingest.import_claim import Settings
    from kbtool.ingest.import_plan import Fate, Plan
    from kbtool.ingest.import_row import Found
    from kbtool.ingest.verdict_words import VerdictWords


@dataclass(frozen=True, slots=True)
class Import:
    """What an import was asked for, and what it comes to."""

    file: str
    form: str
    document: str
    """The new document of claims that stand in none of the base's."""
    named: str | None
    """The document of the base that all rows quote, where the user says so."""
    on: date
    fates: tuple[Fate, ...] = ()
    unmapped: Mapping[str, int] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)
    """New files by name."""
    blocked: str | None = None
    """Why nothing at all can be written."""

    @property
    def refused(self) -> int:
        """The number of rows that are not in."""
        return sum(fate.outcome == "refused" for fate in self.fates)


def plan_import(
    opened: Opened, found: Sequence[Found], content: bytes, asked: Import, verdict_words: Path | None
) -> Import:
    """The import with its files; a row whose record would not validate is refused, with the rule's message.

    Where the type that its words have cues for asks too much of a claim (a caveat, say), a plain one is tried first.
    """
    from kbtool.ingest.import_plan import Aim, planned

    settings = _settings(opened, content, asked, verdict_words)
    if asked.named is not None and asked.named not in opened.base.texts:
        raise Unusable(
            f"there is no readable document {asked.named!r} in the base", "'kbtool list' shows what it holds"
        )
    refused: dict[str, str] = {}
    plain: frozenset[str] = frozenset()
    while True:
        plan = planned(found, opened.base, settings, Aim(asked.document, asked.named, refused, plain))
        files, wrong = _files(plan, opened)
        wrong |= _wrong(files, opened, asked.on)
        hit = {fate.place: reason for fate in plan.fates if (reason := _reason(fate, plan, wrong))}
        if not hit:
            blocked = next(iter(wrong.values()), None)
            return replace(asked, fates=plan.fates, unmapped=plan.unmapped, files=files, blocked=blocked)
        refused |= {place: reason for place, reason in hit.items() if place in plain}
        plain |= hit.keys()


def _settings(opened: Opened, content: bytes, asked: Import, verdict_words: Path | None) -> Settings:
    from kbtool.ingest.import_claim import Settings
    from kbtool.quotes.words import lexicon

    base = opened.base
    vocabulary = base.vocabulary.model
    table = _table(opened, verdict_words)
    return Settings(
        file=asked.file,
        digest=sha256(content).hexdigest(),
        on=asked.on,
        form=asked.form,
        vocabulary=vocabulary,
        lexicon=lexicon(vocabulary),
        table=table,
    )


def _table(opened: Opened, named: Path | None) -> VerdictWords:
    """The table of verdict words; raises Unusable where it is missing or wrong."""
    import sys

    from kbtool.ingest.verdict_words import NAME, read_verdict_words, table_problem
    from kbtool.records.layout import BaseFile
    from kbtool.store.files import FileRefused
    from kbtool.store.intake import read_input, schema_file

    folder = opened.base.config.model.schema_.folder
    try:
        raw = read_input(named, sys.stdin.buffer) if named else schema_file(opened.root, folder, NAME)
    except FileRefused as error:
        raise Unusable(error.message, error.hint) from None
    shown = named.as_posix() if named else NAME
    if raw is None:
        raise Unusable(f"there is no {shown!r}", "put one into the schema folder, or name one with --verdict-words")
    table, problems = read_verdict_words(BaseFile(NAME, shown, raw))
    if table is None:
        first = problems[0]
        raise Unusable(f"{shown}:{first.location.line}: {first.message}", "correct the table of verdict words")
    if problem := table_problem(table, opened.base.vocabulary.model):
        raise Unusable(f"{shown}: {problem}", "correct the table of verdict words")
    return table


def _files(plan: Plan, opened: Opened) -> tuple[dict[str, bytes], dict[str, str]]:
    """The files of a plan, and the reasons why some of them cannot be written."""
    from kbtool.schemas.key_order import order_for
    from kbtool.yamlsource.write import WriteError, write

    files, wrong = dict(plan.texts), {}
    for name, data in plan.records.items():
        try:
            files[name] = write(data, order=order_for(name, data), comment=_schema_line(name, opened))
        except WriteError as why:
            wrong[name] = str(why)
    return files, wrong


def _schema_line(name: str, opened: Opened) -> str:
    kind = name.partition("/")[0]
    schema = {"sources": "source", "evidence": "evidence"}.get(kind, "claim")
    return f"yaml-language-server: $schema=../{opened.base.config.model.schema_.folder}/{schema}.schema.json"


def _wrong(files: Mapping[str, bytes], opened: Opened, on: date) -> dict[str, str]:
    """The new files that have an error in the base as it would be, with the first one's message."""
    from kbtool.diagnostics import Severity
    from kbtool.engine.check import check
    from kbtool.records.assemble import assemble
    from kbtool.records.layout import BaseFile
    from kbtool.store.overlay import under

    shown = {under(opened.shown, name): name for name in files}
    new = tuple(BaseFile(name, place, files[name]) for place, name in shown.items())
    after = assemble(replace(opened.files, base=(*opened.files.base, *new)))
    found: dict[str, str] = {}
    for each in check(after, on).diagnostics:
        if each.severity is Severity.ERROR and each.location.file in shown:
            found.setdefault(shown[each.location.file], _said(each))
    return found


def _said(problem: Diagnostic) -> str:
    return f"the record would not validate: {problem.message} [{problem.rule}]"


def _reason(fate: Fate, plan: Plan, wrong: Mapping[str, str]) -> str | None:
    """Why a row that would be written cannot be: its own record is at fault, or evidence that it cites."""
    if fate.outcome not in {"new", "joined"}:
        return None
    name = f"{fate.detail}.yaml"
    cited = (f"evidence/{link['ref']}.yaml" for link in plan.records.get(name, {}).get("evidence", ()))
    return next((wrong[each] for each in (name, *cited) if each in wrong), None)
