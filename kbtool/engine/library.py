"""Records of a base as they are asked for: from the disk, or from what was kept of a reading of the same bytes."""

from __future__ import annotations

import json
import os
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from kbtool.model.evidence import Evidence
from kbtool.model.source import Source
from kbtool.records.assemble import ReadFile, read_file
from kbtool.records.base import KnowledgeBase, Record
from kbtool.records.characters import odd_characters
from kbtool.records.layout import BaseFile, FileKind, id_of, kind_of, text_name
from kbtool.records.read import CLAIM_SHAPE, SOURCE_LIMIT, Shape, shape_of
from kbtool.rules.context import Document, documents_of
from kbtool.yamlsource.parse import parse

_SHAPES: Mapping[FileKind, Shape] = {
    FileKind.CLAIM: CLAIM_SHAPE,
    FileKind.EVIDENCE: shape_of(Evidence),
    FileKind.SOURCE: shape_of(Source, SOURCE_LIMIT),
}
_MOST_HELD = 6_000
"""Records that are held at once, usually; the ones not asked for longest are made again where they are needed again."""
ALL_HELD = 2**62
"""For those who go over all records more than once."""
_MOST_TEXTS = 64
_TO_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0)
_AT_ONCE = 1 << 16
"""Bytes asked for in one step: more than any record but a long source's has."""

M = TypeVar("M")


@dataclass(slots=True)
class Counts:
    """What was done, for tests and for the curious: never a matter of time."""

    digests: int = 0
    """Files whose bytes were read and digested."""
    parses: int = 0
    """Records that were parsed from YAML."""
    restored: int = 0
    """Records that were made from kept JSON."""
    checked: int = 0
    """Records that the rules on single records ran on."""
    accounts: int = 0
    """Texts whose account was drawn up."""
    base_rules: int = 0
    """Rules on the whole base that ran."""

    def add(self, other: Counts) -> None:
        """Add what another process did."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass(slots=True)
class Read:
    """A file as it was read just now."""

    digest: str
    """Empty where nothing is kept."""
    file: ReadFile
    body: bytes | None
    """What the record says, as JSON, where it could be read and its bytes hold nothing odd."""


@dataclass(slots=True)
class Library:
    """The records of one base, each read when it is first asked for; several may be let go again meanwhile."""

    root: Path
    shown: str
    """What stands before a name of the base where it is printed."""
    present: Mapping[str, object]
    """Names of all files of the base; what is not among them is not there, whatever the disk says."""
    body: Callable[[str], bytes | None]
    """Gives the kept body of a record whose bytes have not changed since, None for any other."""
    keeps: bool
    """Whether bodies are wanted, to be kept."""
    counts: Counts = field(default_factory=Counts)
    most: int = _MOST_HELD
    """Records that are held at once."""
    _held: OrderedDict[str, Record[Any] | None] = field(default_factory=OrderedDict)
    _documents: OrderedDict[str, Document] = field(default_factory=OrderedDict)

    def read(self, name: str) -> Read:
        """Read a file and hold its record; raises OSError."""
        file = BaseFile(name, self.shown + name, self.raw(name))
        found, body = self._parsed(file)
        self._hold(name, found.record)
        return Read(sha256(file.raw).hexdigest() if self.keeps else "", found, body)

    def raw(self, name: str) -> bytes:
        """The bytes of a file; raises OSError."""
        return bytes_of(f"{self.root}{os.sep}{name}")

    def record(self, name: str) -> Record[Any] | None:
        """The record in a file; None where there is none that can be read."""
        if name in self._held:
            self._held.move_to_end(name)
            return self._held[name]
        if name not in self.present:
            return None
        return self._made(name)

    def _made(self, name: str) -> Record[Any] | None:
        """The record of a file that is there and not held: from what was kept of it, else read."""
        body = self.body(name)
        if body is None:
            return self.read(name).file.record
        self.counts.restored += 1
        kind = kind_of(name)
        record = Record(self.shown + name, b"", _SHAPES[kind].validate(json.loads(body)))
        self._hold(name, record)
        return record

    def document(self, id_: str) -> Document | None:
        """A document with its text; None where its source record cannot be read."""
        if id_ in self._documents:
            self._documents.move_to_end(id_)
            return self._documents[id_]
        record = self.record(f"sources/{id_}.yaml")
        if record is None:
            return None
        text = self._text(id_, record.model)
        found = documents_of(_Shelf({id_: record}, {} if text is None else {id_: text}))[id_]  # type: ignore[arg-type]
        self._documents[id_] = found
        while len(self._documents) > _MOST_TEXTS:
            self._documents.popitem(last=False)
        return found

    def located(self, record: Record[Any]) -> Record[Any]:
        """The record with its bytes, which one made from a kept body lacks."""
        if record.raw:
            return record
        return replace(record, raw=self.raw(record.file.removeprefix(self.shown)))

    def _parsed(self, file: BaseFile) -> tuple[ReadFile, bytes | None]:
        self.counts.parses += 1
        if self.keeps:
            kind = kind_of(file.name)
            shape = _SHAPES[kind]
            data = parse(file.raw, limit=shape.limit).data
            if data is not None and (file.raw.isascii() or not any(odd_characters(file.raw.decode()))):
                try:
                    record = Record(file.shown, file.raw, shape.validate(data))
                except ValidationError:
                    return _read_in_full(file), None
                return ReadFile(kind, id_of(file.name), file, record, ()), _body(data)
        return _read_in_full(file), None

    def _hold(self, name: str, record: Record[Any] | None) -> None:
        self._held[name] = record
        while len(self._held) > self.most:
            self._held.popitem(last=False)

    def _text(self, document: str, source: Source) -> str | None:
        """The stored text that the source names, where it is there and is the one."""
        name = text_name(document, source.text.digest)
        if name not in self.present:
            return None
        raw = self.raw(name)
        if sha256(raw).hexdigest() != source.text.digest:
            return None
        try:
            return raw.decode()
        except UnicodeDecodeError:
            return None


def bytes_of(path: str) -> bytes:
    """The bytes of a file in as few steps as can be: half of a run's files are read in the time that pathlib takes."""
    number = os.open(path, _TO_READ)
    try:
        raw = os.read(number, _AT_ONCE)
        while more := os.read(number, _AT_ONCE):
            raw += more
        return raw
    finally:
        os.close(number)


def _read_in_full(file: BaseFile) -> ReadFile:
    found = read_file(file)
    if found is None:
        raise ValueError(f"{file.name} holds no record")
    return found


def _body(data: object) -> bytes:
    return json.dumps(data, separators=(",", ":")).encode("ascii")


@dataclass(frozen=True, slots=True)
class _Shelf:
    """As much of a base as is needed to look at one document."""

    sources: Mapping[str, Record[Source]]
    texts: Mapping[str, str]


class Records(Mapping[str, Record[M]]):
    """The records of one kind, each read when it is asked for; in the place of a mapping that is held in full."""

    def __init__(self, library: Library, folder: str, ids: Callable[[], list[str]]) -> None:
        """`folder` stands before an id in a file's name; `ids` gives those of all that can be read, in order."""
        self._library, self._folder, self._ids = library, folder, ids

    def __getitem__(self, id_: str) -> Record[M]:
        record = self._library.record(f"{self._folder}{id_}.yaml")
        if record is None:
            raise KeyError(id_)
        return record

    def __contains__(self, id_: object) -> bool:
        return isinstance(id_, str) and self._library.record(f"{self._folder}{id_}.yaml") is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids())

    def __len__(self) -> int:
        return len(self._ids())


def lazy_base(front: KnowledgeBase, library: Library, ids: Callable[[str], list[str]]) -> KnowledgeBase:
    """The base whose records are read when they are asked for; `ids` gives the ids of a kind that can be read."""
    return replace(
        front,
        claims=Records(library, "", lambda: ids("claims")),
        evidence=Records(library, "evidence/", lambda: ids("evidence")),
        sources=Records(library, "sources/", lambda: ids("sources")),
        texts=Texts(library, lambda: ids("texts")),
    )


class Texts(Mapping[str, str]):
    """The stored texts of a base, each read when it is asked for."""

    def __init__(self, library: Library, ids: Callable[[], list[str]]) -> None:
        """`ids` gives the documents that have a text."""
        self._library, self._ids = library, ids

    def __getitem__(self, document: str) -> str:
        found = self._library.document(document)
        if found is None or found.text is None:
            raise KeyError(document)
        return found.text

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids())

    def __len__(self) -> int:
        return len(self._ids())
