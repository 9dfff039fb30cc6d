"""Where things stand in a base: which file names mean what. Names only; nothing is read here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"

RESERVED = frozenset(
    {"sources", "evidence", "decisions", "reviewed", "governance", "reports", "waivers", "releases", "log"}
)
"""Folder names that no document may take as its id."""


class FileKind(StrEnum):
    """What a file of a base is."""

    CONFIG = "config"
    REVIEWERS = "reviewers"
    SOURCE = "source"
    TEXT = "text"
    EVIDENCE = "evidence"
    CLAIM = "claim"
    REVIEW = "review"
    """Decisions, reviewed content, governance, readers' reports, releases and the log."""
    WAIVER = "waiver"
    PROSE = "prose"
    """A README or licence for people."""
    STRAY = "stray"


_KINDS: tuple[tuple[re.Pattern[str], FileKind], ...] = (
    (re.compile(r"kb\.yaml"), FileKind.CONFIG),
    (re.compile(r"reviewers\.yaml"), FileKind.REVIEWERS),
    (re.compile(rf"sources/{SLUG}\.yaml"), FileKind.SOURCE),
    (re.compile(rf"sources/{SLUG}/[0-9a-f]{{64}}\.txt"), FileKind.TEXT),
    (re.compile(rf"evidence/{SLUG}\.yaml"), FileKind.EVIDENCE),
    (re.compile(rf"(?:decisions|reports)/{SLUG}/{SLUG}/[0-9a-f]{{64}}\.json"), FileKind.REVIEW),
    (re.compile(r"reviewed/[0-9a-f]{64}\.json|governance/\d{4}-[0-9a-f]{64}\.json"), FileKind.REVIEW),
    (re.compile(r"log/(?:entries\.ndjson|checkpoint|checkpoints/\d+)"), FileKind.REVIEW),
    (re.compile(rf"waivers/{SLUG}\.yaml"), FileKind.WAIVER),
    (re.compile(r"releases/[^/]+\.json"), FileKind.REVIEW),
    (re.compile(rf"(?!(?:{'|'.join(sorted(RESERVED))})/){SLUG}/{SLUG}\.yaml"), FileKind.CLAIM),
    (re.compile(r"(?:[^/]+/)*(?:README|LICENSE|LICENCE|NOTICE|CHANGELOG)(?:\.(?:md|txt))?"), FileKind.PROSE),
)


@dataclass(frozen=True, slots=True)
class BaseFile:
    """One file as read: its name inside the base, its name as printed, its bytes."""

    name: str
    shown: str
    raw: bytes


def kind_of(name: str) -> FileKind:
    """What the file called `name` (relative to the base, forward slashes) is; STRAY where it belongs nowhere."""
    return next((kind for pattern, kind in _KINDS if pattern.fullmatch(name)), FileKind.STRAY)


def id_of(name: str) -> str:
    """The id that a record's file name stands for: "document/slug" of a claim, the slug of anything else."""
    stem = name.removesuffix(".yaml")
    return stem if kind_of(name) is FileKind.CLAIM else stem.rpartition("/")[2]


def text_name(document: str, digest: str) -> str:
    """Name of the file that holds a stored text."""
    return f"sources/{document}/{digest}.txt"
