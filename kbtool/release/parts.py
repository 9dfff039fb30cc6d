"""What a release is made of: frozen values that exporters read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from kbtool.model.base_config import BaseConfig
    from kbtool.model.claim import ClaimBase
    from kbtool.model.evidence import Evidence
    from kbtool.model.source import Source
    from kbtool.model.vocabulary import Vocabulary
    from kbtool.release.gate import Gate
    from kbtool.review.standing import Standing


@dataclass(frozen=True, slots=True)
class ReleasedClaim:
    """A claim that goes out, with its standing."""

    claim: ClaimBase
    standing: Standing


@dataclass(frozen=True, slots=True)
class ReleasedSource:
    """A document of which claims go out."""

    source: Source
    text: str | None
    """The stored text; None where its rights allow quotes only."""


@dataclass(frozen=True, slots=True)
class Held:
    """A claim that is kept back."""

    id: str
    standing: Standing
    reason: str
    """Why it is kept back, in one sentence."""


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What remains of a withdrawn claim."""

    id: str
    on: date | None
    """The day of the decision to withdraw; None where no decision is kept."""
    reason: str
    successor: str | None
    """Id of the claim that takes its place, where there is one."""


@dataclass(frozen=True, slots=True)
class PreviousRelease:
    """What a release must know of the one before it; all of it stands in that one's manifest."""

    id: str
    ids: frozenset[str]
    """Ids of its claims, of those it held and of those withdrawn."""
    paths: frozenset[str] = frozenset()
    """Paths of its files, without the manifest's own."""


@dataclass(frozen=True, slots=True)
class Release:
    """The frozen set that exporters get: the same release always gives the same bytes."""

    gate: Gate
    as_of: date
    """The UTC day for which standings hold."""
    schema_version: int
    previous: str | None
    """Id of the release before it."""
    config: BaseConfig
    vocabulary: Vocabulary
    sources: tuple[ReleasedSource, ...]
    """The documents of the claims that go out, by id."""
    evidence: tuple[Evidence, ...]
    """The evidence that those claims cite, by id."""
    claims: tuple[ReleasedClaim, ...]
    """By id."""
    held: tuple[Held, ...]
    """By id."""
    tombstones: tuple[Tombstone, ...]
    """By id."""
    digest: str
    """SHA-256 of the canonical JSON of everything above, in lower-case hexadecimal."""

    @property
    def id(self) -> str:
        """The first 16 digits of the digest."""
        return self.digest[:16]
