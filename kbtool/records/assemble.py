"""All files of a base to one `KnowledgeBase`, with the diagnostics met on the way; one bad file never hides another."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

from kbtool.diagnostics import Diagnostic, Finding, Location, Severity
from kbtool.model.base import SCHEMA_VERSION
from kbtool.model.base_config import BaseConfig, Reviewers
from kbtool.model.claim import ClaimBase
from kbtool.model.decision import Waiver
from kbtool.model.evidence import Evidence
from kbtool.model.policy import Policy
from kbtool.model.source import Source
from kbtool.model.vocabulary import Vocabulary
from kbtool.records.base import KnowledgeBase, Record
from kbtool.records.layout import BaseFile, FileKind, id_within, kind_of, text_name
from kbtool.records.read import CLAIM_SHAPE, SOURCE_LIMIT, Shape, place_of, read_record, shape_of
from kbtool.records.version import CONFIG, stated_version

_SHAPES: Mapping[FileKind, Shape] = {
    FileKind.CLAIM: CLAIM_SHAPE,
    FileKind.EVIDENCE: shape_of(Evidence),
    FileKind.SOURCE: shape_of(Source, SOURCE_LIMIT),
    FileKind.CONFIG: shape_of(BaseConfig),
    FileKind.REVIEWERS: shape_of(Reviewers),
    FileKind.WAIVER: shape_of(Waiver),
}
_WITHOUT_ID = frozenset({FileKind.CONFIG, FileKind.REVIEWERS, FileKind.WAIVER})
VOCABULARY_SHAPE = shape_of(Vocabulary, SOURCE_LIMIT)
POLICY_SHAPE = shape_of(Policy)

CHECKS_PER_RECORD = 3
"""Parsing, characters and schema: what loading itself checks of every record."""


@dataclass(frozen=True, slots=True)
class Files:
    """Everything read of a base: its own files, and the vocabulary and policy of its schema folder."""

    base: tuple[BaseFile, ...]
    vocabulary: BaseFile | None
    policy: BaseFile | None


@dataclass(frozen=True, slots=True)
class Loaded:
    """A base as far as it could be read; `base` is None where its configuration, vocabulary or policy could not."""

    base: KnowledgeBase | None
    diagnostics: tuple[Diagnostic, ...]
    files: int
    records: int
    checks: int
    subjects: tuple[tuple[str, str], ...]
    """Id and file of every record, read or not, in order."""


class ReadFile(NamedTuple):
    """One file of a base that should hold a record, as far as it could be read."""

    kind: FileKind
    """What its name says that it holds; STRAY where the name belongs nowhere."""
    id: str
    """The id that its name stands for."""
    file: BaseFile
    record: Record[Any] | None
    """None where there is none to be had; then the diagnostics say why."""
    diagnostics: tuple[Diagnostic, ...]


def read_file(file: BaseFile) -> ReadFile | None:
    """What one file of a base says; None for the files that hold no record (texts, decisions, prose).

    A function of the file's name, printed name and bytes and of nothing else, so that it can run in any process, in
    any order, and its result be kept under those three. Never raises.
    """
    kind = kind_of(file.name)
    if kind is FileKind.STRAY:
        return ReadFile(kind, file.name, file, None, (_stray(file),))
    if (shape := _SHAPES.get(kind)) is None:
        return None
    subject = id_within(kind, file.name)
    return ReadFile(kind, subject, file, *read_record(file, shape, subject))


def read_files(files: Iterable[BaseFile]) -> list[ReadFile]:
    """What the files of a base say, in order of their names, those that hold no record left out."""
    return [read for file in sorted(files, key=lambda f: f.name) if (read := read_file(file))]


def assemble(files: Files, version: int = SCHEMA_VERSION) -> Loaded:
    """Read every file, index the records by id and hold the stored texts against their digests."""
    return assembled(files, read_files(files.base), version)


def assembled(files: Files, every: Iterable[ReadFile], version: int = SCHEMA_VERSION) -> Loaded:
    """Index what `read_files` gave for the same files, wherever it was read, and hold texts against their digests.

    Of a base in another version of the record format than `version` no more is said than that: its records may mean
    something else than the models take them for.
    """
    if other := _other_version(files.base, version):
        return Loaded(None, (other,), _count(files), 1, 1, ((other.subject, other.location.file),))
    diagnostics: list[Diagnostic] = []
    read = []
    for each in every:
        diagnostics += each.diagnostics
        if each.kind is not FileKind.STRAY:
            read.append(each)
    vocabulary = _schema_file(files.vocabulary, VOCABULARY_SHAPE, diagnostics)
    policy = _schema_file(files.policy, POLICY_SHAPE, diagnostics)
    by_kind: dict[FileKind, dict[str, Record[Any]]] = {kind: {} for kind in _SHAPES}
    for each in read:
        if each.record:
            by_kind[each.kind][each.id] = each.record
    config = by_kind[FileKind.CONFIG].get("kb")
    sources = cast("dict[str, Record[Source]]", by_kind[FileKind.SOURCE])
    texts = _texts(sources, {f.name: f for f in files.base}, diagnostics)
    diagnostics += _identity(read)
    base = None
    if config and vocabulary and policy:
        base = KnowledgeBase(
            config=config,
            vocabulary=vocabulary,
            policy=policy,
            reviewers=by_kind[FileKind.REVIEWERS].get("reviewers") or Record("reviewers.yaml", b"", Reviewers()),
            sources=sources,
            texts=texts,
            evidence=cast("dict[str, Record[Evidence]]", by_kind[FileKind.EVIDENCE]),
            claims=cast("dict[str, Record[ClaimBase]]", by_kind[FileKind.CLAIM]),
            waivers=cast("dict[str, Record[Waiver]]", by_kind[FileKind.WAIVER]),
            review=_review(files.base, {each.file.name for each in read}),
        )
    counted = len(read) + (files.vocabulary is not None) + (files.policy is not None)
    return Loaded(
        base=base,
        diagnostics=tuple(diagnostics),
        files=_count(files),
        records=counted,
        checks=counted * CHECKS_PER_RECORD + len(texts),
        subjects=tuple((r.id, r.file.shown) for r in read),
    )


def _review(files: Iterable[BaseFile], records: Container[str]) -> dict[str, BaseFile]:
    """The files of decisions and what belongs to them; `records` are names of files known to be something else."""
    return {f.name: f for f in files if f.name not in records and kind_of(f.name) is FileKind.REVIEW}


def _count(files: Files) -> int:
    return len(files.base) + (files.vocabulary is not None) + (files.policy is not None)


def _schema_file(file: BaseFile | None, shape: Shape, diagnostics: list[Diagnostic]) -> Record[Any] | None:
    if file is None:
        return None
    record, problems = read_record(file, shape, file.name)
    diagnostics += problems
    return record


def _stray(file: BaseFile) -> Diagnostic:
    hint = (
        "claims are '<document>/<slug>.yaml', evidence is 'evidence/<slug>.yaml', "
        "a source is 'sources/<document>.yaml'; slugs are lower-case words and digits joined by hyphens"
    )
    message = f"file {file.name!r} belongs nowhere in a base, so nothing checks it"
    return Diagnostic("stray-file", Severity.ERROR, message, Location(file.shown), hint=hint, subject=file.name)


def _identity(read: Iterable[ReadFile]) -> Iterator[Diagnostic]:
    """A record whose id is not the one its path stands for."""
    for item in read:
        if item.record is None or item.kind in _WITHOUT_ID:
            continue
        key = "document" if item.kind is FileKind.SOURCE else "id"
        found = getattr(item.record.model, key)
        if found != item.id:
            message = f"{key} {found!r} does not fit the file, which stands for {item.id!r}"
            hint = f"write '{key}: {item.id}', or move the file"
            yield _at(item.record, "id-not-path", Finding((key,), message, hint), item.id)


def _other_version(files: Iterable[BaseFile], version: int) -> Diagnostic | None:
    """That the base says it is in another version; None where it is in this one, or says none that can be read."""
    config = next((file for file in files if file.name == CONFIG), None)
    stated = stated_version(config) if config else None
    if config is None or stated is None or stated.number == version:
        return None
    older = "run 'kbtool migrate --dry-run' to see what brings it to this version, then 'kbtool migrate'"
    message = f"the base is in schema version '{stated.number}', and this kbtool reads version '{version}'"
    where = Location(config.shown, stated.line, stated.column)
    hint = older if stated.number < version else "upgrade kbtool"
    return Diagnostic("schema-version", Severity.ERROR, message, where, ("schema", "version"), hint, subject="kb")


def _texts(
    sources: Mapping[str, Record[Source]], files: Mapping[str, BaseFile], diagnostics: list[Diagnostic]
) -> dict[str, str]:
    """The stored texts that are there, are the ones recorded and are UTF-8; a diagnostic for every other."""
    texts: dict[str, str] = {}
    for document, record in sources.items():
        found = files.get(text_name(document, record.model.text.digest))
        text = _checked_text(record, document, found, diagnostics)
        if text is not None:
            texts[document] = text
    current = {text_name(document, record.model.text.digest) for document, record in sources.items()}
    diagnostics += _older_texts(files[name] for name in sorted(files.keys() - current))
    return texts


def _checked_text(
    record: Record[Source], document: str, file: BaseFile | None, diagnostics: list[Diagnostic]
) -> str | None:
    stored = record.model.text
    if file is None:
        message = f"the stored text '{text_name(document, stored.digest)}' is missing"
        hint = "put the file back from the repository's history; the digest names its exact bytes"
        diagnostics.append(_at(record, "source-text-missing", Finding(("text", "digest"), message, hint), document))
        return None
    if (digest := hashlib.sha256(file.raw).hexdigest()) != stored.digest:
        message = f"the stored text has changed: its bytes have digest '{digest[:12]}…', not '{stored.digest[:12]}…'"
        hint = "restore the file; a new revision of the document is stored beside the old one under its own digest"
        diagnostics.append(_at(record, "source-text-changed", Finding(("text", "digest"), message, hint), document))
        return None
    try:
        text = file.raw.decode()
    except UnicodeDecodeError as error:
        message = f"the stored text is not UTF-8 (byte {error.start})"
        hint = "store the text as UTF-8 under the digest of those bytes"
        diagnostics.append(_at(record, "source-text-not-utf8", Finding(("text", "digest"), message, hint), document))
        return None
    for name, said, is_ in (("bytes", stored.bytes, len(file.raw)), ("characters", stored.characters, len(text))):
        if said != is_:
            message = f"the stored text has {is_} {name}, and the record says '{said}'"
            diagnostics.append(
                _at(record, "source-text-counts", Finding(("text", name), message, f"write '{name}: {is_}'"), document)
            )
    return text


def _older_texts(files: Iterable[BaseFile]) -> Iterator[Diagnostic]:
    """Stored texts of earlier revisions whose bytes are not the ones their name promises."""
    for file in files:
        if kind_of(file.name) is FileKind.TEXT and hashlib.sha256(file.raw).hexdigest() != file.name[-68:-4]:
            message = "the bytes of this stored text are not the ones that its name promises"
            hint = "restore the file from the repository's history; stored texts never change"
            yield Diagnostic(
                "source-text-changed", Severity.ERROR, message, Location(file.shown), hint=hint, subject=file.name
            )


def _at(record: Record[Any], rule: str, found: Finding, subject: str) -> Diagnostic:
    place = place_of(record, found.path)
    return Diagnostic(rule, Severity.ERROR, found.message, place, found.path, found.hint, subject=subject)
