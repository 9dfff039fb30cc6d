"""Where things stand in a base: which file names mean what. Names only; nothing is read here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"

RESERVED = frozenset(
    {"sources", "evidence", "decisions", "reviewed", "reviewers", "governance", "reports", "waivers", "releases", "log"}
)
"""Folder names that no document may take as its id."""


class FileKind(StrEnum):
    """What a file of a base is."""

    __hash__ = str.__hash__
    """That of the text, which is kept; an enum's own is worked out by Python code each time."""

    CONFIG = "config"
    REVIEWERS = "reviewers"
    SOURCE = "source"
    TEXT = "text"
    EVIDENCE = "evidence"
    CLAIM = "claim"
    REVIEW = "review"
    """Decisions, reviewed contents and policies, governance, readers' reports, releases and the log."""
    WAIVER = "waiver"
    PROSE = "prose"
    """A README or licence for people."""
    STRAY = "stray"


RECORD_KINDS = frozenset(
    {FileKind.CONFIG, FileKind.REVIEWERS, FileKind.SOURCE, FileKind.EVIDENCE, FileKind.CLAIM, FileKind.WAIVER}
)
"""Kinds of files that hold one record."""

_FORMS: tuple[tuple[str, FileKind], ...] = (
    (r"kb\.yaml", FileKind.CONFIG),
    (r"reviewers\.yaml", FileKind.REVIEWERS),
    (rf"sources/{SLUG}\.yaml", FileKind.SOURCE),
    (rf"sources/{SLUG}/[0-9a-f]{{64}}\.txt", FileKind.TEXT),
    (rf"evidence/{SLUG}\.yaml", FileKind.EVIDENCE),
    (rf"(?:decisions|reports)/{SLUG}/{SLUG}/[0-9a-f]{{64}}\.json", FileKind.REVIEW),
    (r"reviewed/[0-9a-f]{64}\.(?:json|yaml)|governance/\d{4}-[0-9a-f]{64}\.json", FileKind.REVIEW),
    (r"log/(?:entries\.ndjson|checkpoint|checkpoints/\d+)", FileKind.REVIEW),
    (rf"waivers/{SLUG}\.yaml", FileKind.WAIVER),
    (r"releases/[^/]+\.json", FileKind.REVIEW),
    (rf"(?!(?:{'|'.join(sorted(RESERVED))})/){SLUG}/{SLUG}\.yaml", FileKind.CLAIM),
    (r"(?:[^/]+/)*(?:README|LICENSE|LICENCE|NOTICE|CHANGELOG)(?:\.(?:md|txt))?", FileKind.PROSE),
)
_FORM = re.compile("|".join(f"({form})" for form, _ in _FORMS))
"""All forms in one pattern, each in a group of its own: a name is looked at once."""


@dataclass(frozen=True, slots=True)
class BaseFile:
    """One file as read: its name inside the base, its name as printed, its bytes."""

    name: str
    shown: str
    raw: bytes


@lru_cache(maxsize=4096)
def kind_of(name: str) -> FileKind:
    """What the file called `name` (relative to the base, forward slashes) is; STRAY where it belongs nowhere."""
    match = _FORM.fullmatch(name)
    return _FORMS[match.lastindex - 1][1] if match and match.lastindex else FileKind.STRAY


def id_of(name: str) -> str:
    """The id that a record's file name stands for: "document/slug" of a claim, the slug of anything else."""
    return id_within(kind_of(name), name)


def id_within(kind: FileKind, name: str) -> str:
    """The same, where it is known what the file is."""
    stem = name.removesuffix(".yaml")
    return stem if kind is FileKind.CLAIM else stem.rpartition("/")[2]


def text_name(document: str, digest: str) -> str:
    """Name of the file that holds a stored text."""
    return f"sources/{document}/{digest}.txt"
