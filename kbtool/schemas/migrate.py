"""Bringing a base to another version of the record format: all its files in memory, or the reasons why not.

Nothing is read or written here. A migration that breaks the rules it must keep (a result outside the strict subset of
YAML, a comment lost, another result when it is applied twice) is a bug, and raises `MigrationFault`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from kbtool.diagnostics import Diagnostic, Location, Severity
from kbtool.records.assemble import Files, Loaded, assemble
from kbtool.records.layout import BaseFile, FileKind, kind_of
from kbtool.records.version import CONFIG, stated_version
from kbtool.schemas.migration import Change, Document, Migration, RecordFormat, RecordKind, Stuck
from kbtool.yamlsource.format import lost_comment
from kbtool.yamlsource.parse import parse
from kbtool.yamlsource.places import locate
from kbtool.yamlsource.splice import splice

RULE = "schema-version"
"""The rule under which everything is reported that keeps a base in its old version."""

_KINDS: Mapping[FileKind, RecordKind] = {
    FileKind.CLAIM: "claim",
    FileKind.EVIDENCE: "evidence",
    FileKind.SOURCE: "source",
    FileKind.CONFIG: "kb",
    FileKind.REVIEWERS: "reviewers",
    FileKind.WAIVER: "waiver",
}


class MigrationFault(Exception):  # noqa: N818 - it says what there is: a fault in a migration, not in the base
    """A migration did what no migration may; a bug, not the base's fault."""


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A file that the migration changes."""

    file: BaseFile
    """As it is now."""
    content: bytes
    """Its bytes afterwards."""
    in_schema_folder: bool = False


@dataclass(frozen=True, slots=True)
class Migrated:
    """A base in its new version, in memory."""

    before: int
    after: int
    steps: tuple[Migration, ...]
    rewritten: tuple[Rewritten, ...]
    """The files that change, by name."""
    loaded: Loaded | None
    """The base as the models read it afterwards; None where they read another version than that."""


@dataclass(frozen=True, slots=True)
class NotMigrated:
    """Why a base stays in its version: a sentence, what to do, and the places where a person must look first."""

    message: str
    hint: str
    problems: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class _State:
    """The files on their way, with everything that stops them."""

    files: Mapping[str, BaseFile]
    """By printed name: two files never have the same one."""
    kinds: Mapping[str, RecordKind]


def migrate(files: Files, known: RecordFormat, to: int) -> Migrated | NotMigrated:
    """The files of a base in version `to` of the record format, or why they cannot be had."""
    start = _start(files)
    if isinstance(start, NotMigrated):
        return start
    way = _way(start, known, to)
    if isinstance(way, NotMigrated):
        return way
    if not way:
        return Migrated(start, to, (), (), None)
    kinds = dict(_kinds(files))
    before = {file.shown: file for file in _all(files) if file.shown in kinds}
    after = before
    for step in way:
        found = _stepped(_State(after, kinds), step)
        if isinstance(found, NotMigrated):
            return found
        after = found
    done = _in_version(files, after, to)
    return _checked(done, known, Migrated(start, to, way, tuple(_rewritten(files, done)), None))


def _start(files: Files) -> int | NotMigrated:
    config = next((file for file in files.base if file.name == CONFIG), None)
    stated = stated_version(config) if config else None
    if stated is None:
        hint = "write 'version:' with a whole number below 'schema:' in kb.yaml; 'kbtool validate' says what is wrong"
        return NotMigrated("kb.yaml does not say which version of the record format the base is in", hint)
    return stated.number


def _way(start: int, known: RecordFormat, to: int) -> tuple[Migration, ...] | NotMigrated:
    if start > known.version:
        message = (
            f"the base is in version {start} of the record format, and this kbtool knows versions to {known.version}"
        )
        return NotMigrated(message, "upgrade kbtool")
    if to > known.version:
        return NotMigrated(f"there is no version {to} of the record format yet", f"the newest is {known.version}")
    if to < start:
        hint = "migrations go forward only; an older state of the base is in its repository's history"
        return NotMigrated(f"the base is in version {start} already, and {to} is older", hint)
    way = known.way(start, to)
    if way is None:
        hint = "'schema.version' in kb.yaml may be wrong; 'kbtool doctor' prints the version that this kbtool reads"
        return NotMigrated(f"no migration leads from version {start} to version {to}", hint)
    return way


def _all(files: Files) -> Iterator[BaseFile]:
    yield from files.base
    yield from filter(None, (files.vocabulary, files.policy))


def _kinds(files: Files) -> Iterator[tuple[str, RecordKind]]:
    """The kind of every file that can be migrated, by printed name."""
    for file in files.base:
        if kind := _KINDS.get(kind_of(file.name)):
            yield file.shown, kind
    if files.vocabulary:
        yield files.vocabulary.shown, "vocabulary"
    if files.policy:
        yield files.policy.shown, "policy"


def _stepped(state: _State, step: Migration) -> dict[str, BaseFile] | NotMigrated:
    """All files one version further, or everything that a person must look at first."""
    found: dict[str, BaseFile] = {}
    problems: list[Diagnostic] = []
    for shown, file in state.files.items():
        change = step.changes.get(state.kinds[shown])
        made = _changed(file, change) if change else file
        if isinstance(made, Diagnostic):
            problems.append(made)
        else:
            found[shown] = made
    if not problems:
        return found
    files = f"{len(problems)} file{'s' * (len(problems) != 1)}"
    message = f"{files} cannot go from version {step.before} to {step.after} without a person"
    return NotMigrated(message, "nothing was changed; mend what is named, and run it again", tuple(problems))


def _changed(file: BaseFile, change: Change) -> BaseFile | Diagnostic:
    parsed = parse(file.raw, limit=len(file.raw))
    if not isinstance(parsed.data, dict):
        first = parsed.problems[0]
        place = Location(file.shown, first.line, first.column)
        return Diagnostic(first.rule, Severity.ERROR, first.message, place, hint=first.hint, subject=file.name)
    made = change(Document(file.name, file.raw.decode(), parsed.data))
    if isinstance(made, Stuck):
        return _stuck(file, made)
    changed = made.encode()
    _prove(file, changed, change)
    return replace(file, raw=changed)


def _stuck(file: BaseFile, stuck: Stuck) -> Diagnostic:
    place = locate(file.raw).nearest(stuck.path)
    where = Location(file.shown, place.line, place.column)
    return Diagnostic(RULE, Severity.ERROR, stuck.message, where, stuck.path, stuck.hint, subject=file.name)


def _prove(file: BaseFile, changed: bytes, change: Change) -> None:
    """What every migration owes: a record that can be read, all comments, the same when it is applied again."""
    data = parse(changed, limit=len(changed)).data
    if not isinstance(data, dict):
        raise MigrationFault(f"the migration of {file.shown!r} gives what cannot be read")
    if lost := lost_comment(file.raw, changed):
        raise MigrationFault(f"the migration of {file.shown!r} loses a comment: line {lost.line}")
    if change(Document(file.name, changed.decode(), data)) != changed.decode():
        raise MigrationFault(f"the migration of {file.shown!r} gives something else when it is applied again")


def _in_version(files: Files, after: Mapping[str, BaseFile], to: int) -> Files:
    """The files as migrated, `kb.yaml` saying the version that they are in."""

    def new(file: BaseFile) -> BaseFile:
        made = after.get(file.shown, file)
        return replace(made, raw=splice(made.raw, ("schema", "version"), str(to))) if file.name == CONFIG else made

    schema = (after[file.shown] if file else None for file in (files.vocabulary, files.policy))
    return Files(tuple(map(new, files.base)), *schema)


def _rewritten(files: Files, done: Files) -> Iterator[Rewritten]:
    own = {file.shown for file in files.base}
    for old, new in zip(_all(files), _all(done), strict=True):
        if old.raw != new.raw:
            yield Rewritten(old, new.raw, in_schema_folder=old.shown not in own)


def _checked(done: Files, known: RecordFormat, made: Migrated) -> Migrated | NotMigrated:
    """The migrated base, if the models can read every record of it that is theirs to read."""
    if made.after != known.version:
        return made
    loaded = assemble(done, known.version)
    if problems := tuple(filter(_keeps_from_reading, loaded.diagnostics)):
        where = f"{len(problems)} problem{'s' * (len(problems) != 1)}"
        hint = "nothing was changed; the records must be good in their own version first: mend them there"
        return NotMigrated(f"version {made.after} of the record format cannot read the base: {where}", hint, problems)
    return replace(made, loaded=loaded)


def _keeps_from_reading(found: Diagnostic) -> bool:
    """Whether a record is absent because of it; other findings are as good or bad as they were before."""
    return found.rule.startswith(("schema-", "yaml-")) or found.rule == "unknown-term"
