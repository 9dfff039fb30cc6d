"""All files of a base to one `KnowledgeBase`, with the diagnostics met on the way; one bad file never hides another."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

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
from kbtool.records.layout import BaseFile, FileKind, id_of, kind_of, text_name
from kbtool.records.read import CLAIM_SHAPE, SOURCE_LIMIT, Shape, place_of, read_record, shape_of

_SHAPES: Mapping[FileKind, Shape] = {
    FileKind.CLAIM: CLAIM_SHAPE,
    FileKind.EVIDENCE: shape_of(Evidence),
    FileKind.SOURCE: shape_of(Source, SOURCE_LIMIT),
    FileKind.CONFIG: shape_of(BaseConfig),
    FileKind.REVIEWERS: shape_of(Reviewers),
    FileKind.WAIVER: shape_of(Waiver),
}
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


@dataclass(frozen=True, slots=True)
class _Read:
    kind: FileKind
    id: str
    file: BaseFile
    record: Record[Any] | None


def assemble(files: Files) -> Loaded:
    """Read every file, index the records by id and hold the stored texts against their digests."""
    diagnostics: list[Diagnostic] = []
    read = list(_read_all(files.base, diagnostics))
    vocabulary = _schema_file(files.vocabulary, VOCABULARY_SHAPE, diagnostics)
    policy = _schema_file(files.policy, POLICY_SHAPE, diagnostics)
    by_kind = {kind: {r.id: r.record for r in read if r.kind is kind and r.record} for kind in _SHAPES}
    config = by_kind[FileKind.CONFIG].get("kb")
    sources = cast("dict[str, Record[Source]]", by_kind[FileKind.SOURCE])
    texts = _texts(sources, {f.name: f for f in files.base}, diagnostics)
    diagnostics += _identity(read)
    diagnostics += _version(config)
    base = None
    if config and vocabulary and policy and not any(_version(config)):
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
            review={f.name: f for f in files.base if kind_of(f.name) is FileKind.REVIEW},
        )
    counted = len(read) + (files.vocabulary is not None) + (files.policy is not None)
    return Loaded(
        base=base,
        diagnostics=tuple(diagnostics),
        files=len(files.base) + (files.vocabulary is not None) + (files.policy is not None),
        records=counted,
        checks=counted * CHECKS_PER_RECORD + len(texts),
        subjects=tuple((r.id, r.file.shown) for r in read),
    )


def _read_all(files: Iterable[BaseFile], diagnostics: list[Diagnostic]) -> Iterator[_Read]:
    for file in sorted(files, key=lambda f: f.name):
        kind = kind_of(file.name)
        if kind is FileKind.STRAY:
            diagnostics.append(_stray(file))
        if shape := _SHAPES.get(kind):
            subject = id_of(file.name)
            record, problems = read_record(file, shape, subject)
            diagnostics += problems
            yield _Read(kind, subject, file, record)


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


def _identity(read: Iterable[_Read]) -> Iterator[Diagnostic]:
    """A record whose id is not the one its path stands for."""
    for item in read:
        if item.record is None or item.kind in {FileKind.CONFIG, FileKind.REVIEWERS, FileKind.WAIVER}:
            continue
        key = "document" if item.kind is FileKind.SOURCE else "id"
        found = getattr(item.record.model, key)
        if found != item.id:
            message = f"{key} {found!r} does not fit the file, which stands for {item.id!r}"
            hint = f"write '{key}: {item.id}', or move the file"
            yield _at(item.record, "id-not-path", Finding((key,), message, hint), item.id)


def _version(config: Record[BaseConfig] | None) -> Iterator[Diagnostic]:
    if config is not None and (version := config.model.schema_.version) != SCHEMA_VERSION:
        newer = version > SCHEMA_VERSION
        hint = "upgrade kbtool" if newer else "see docs/schema-versions.md for the way from that version to this one"
        message = f"the base is in schema version '{version}', and this kbtool reads version '{SCHEMA_VERSION}'"
        yield _at(config, "schema-version", Finding(("schema", "version"), message, hint), "kb")


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
