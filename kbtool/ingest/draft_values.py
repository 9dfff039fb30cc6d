"""Drafts as values: a claim that a program made of a sentence, a passage set aside, and all of a document."""

from __future__ import annotations

from dataclasses import dataclass, field

from kbtool.ingest.causal import Causal
from kbtool.ingest.central import Centrality
from kbtool.ingest.passages import Passage
from kbtool.ingest.said_caveats import SaidCaveat
from kbtool.ingest.study_mentions import Mention
from kbtool.ingest.typed_fields import Fields
from kbtool.quotes.resolve import Span

METHOD = "kbtool-draft/1"
"""Name and version of these rules, as drafts carry it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft claim: where it stands, what it says, what it was taken for and why."""

    quotes: tuple[Span, ...]
    statement: str
    type: str
    fields: Fields
    polarity: str
    hedges: tuple[str, ...]
    caveats: tuple[SaidCaveat, ...]
    mention: Mention | None
    causal: Causal
    central: Centrality
    confidence: float
    """From 0 to 1: how likely an editor keeps it as it is, by the rules' own reckoning."""
    trail: tuple[str, ...]
    why: tuple[str, ...]
    """Which cue led to what, a sentence each."""
    remarks: tuple[str, ...] = ()
    """What an editor must see to."""
    drafter: str = "kbtool"
    """Which program drafted it."""
    method: str = METHOD


@dataclass(frozen=True, slots=True)
class Skipped:
    """A passage that makes no claim, with the reason and the cue."""

    span: Span
    reason: str
    cue: str


@dataclass(frozen=True, slots=True)
class Drafts:
    """Everything that a document's sentences came to, each list in the order of the text."""

    sentences: tuple[Span, ...]
    """Every sentence of the text, for the source record."""
    drafts: tuple[Draft, ...]
    skipped: tuple[Skipped, ...]
    connectives: tuple[Span, ...] = ()
    units: tuple[Passage, ...] = field(default=(), repr=False)
    """The passages that drafts and skips were made of."""
