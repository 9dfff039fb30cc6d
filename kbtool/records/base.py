"""The immutable index of a base: records with the file and bytes they came from, and the texts under check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from kbtool.model.base_config import BaseConfig, Reviewers
from kbtool.model.claim import ClaimBase
from kbtool.model.decision import Waiver
from kbtool.model.evidence import Evidence
from kbtool.model.policy import Policy
from kbtool.model.source import Source
from kbtool.model.vocabulary import Vocabulary
from kbtool.records.layout import BaseFile

M_co = TypeVar("M_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Record(Generic[M_co]):
    """One file of a base as a typed value."""

    file: str
    """Path as printed, with forward slashes."""
    raw: bytes
    """The file's bytes."""
    model: M_co
    """What they say."""


@dataclass(frozen=True, slots=True)
class KnowledgeBase:
    """Everything a base holds, by id; a record that could not be read is absent and has its diagnostics."""

    config: Record[BaseConfig]
    vocabulary: Record[Vocabulary]
    policy: Record[Policy]
    reviewers: Record[Reviewers]
    sources: Mapping[str, Record[Source]]
    """By document id."""
    texts: Mapping[str, str]
    """Stored text under check, by document id; absent where the text is missing or not the one recorded."""
    evidence: Mapping[str, Record[Evidence]]
    """By slug."""
    claims: Mapping[str, Record[ClaimBase]]
    """By id."""
    waivers: Mapping[str, Record[Waiver]] = field(default_factory=dict)
    """By name."""
    review: Mapping[str, BaseFile] = field(default_factory=dict)
    """Files of decisions, kept contents, governance, reports and the log, by name inside the base."""
