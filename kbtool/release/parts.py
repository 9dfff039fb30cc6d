"""What a release is made of: frozen values that exporters read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kbtool.model.base_config import BaseConfig
    from kbtool.model.claim import ClaimBase
    from kbtool.model.evidence import Evidence
    from kbtool.model.source import Source
    from kbtool.model.vocabulary import Vocabulary
    from kbtool.release.gate import Gate
    from kbtool.review.standing import Standing


@dataclass(frozen=True, slots=True)
class Approver:
    """Who approved a claim, by id and roles; names stay in the base, whose owner can take them out."""

    id: str
    roles: tuple[str, ...]
    """Sorted."""


@dataclass(frozen=True, slots=True)
class ReleasedClaim:
    """A claim that goes out, with its standing."""

    claim: ClaimBase
    standing: Standing
    approvers: tuple[Approver, ...] = ()
    """Whose approval of this content counts, by id."""


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
class LogState:
    """The newest checkpoint of the log of decisions."""

    size: int
    """Number of entries."""
    root: str
    """Root hash of their tree, base64."""


@dataclass(frozen=True, slots=True)
class PreviousRelease:
    """What a release must know of the one before it; all of it stands in that one's manifest."""

    id: str
    ids: frozenset[str]
    """Ids of its claims, of those it held and of those withdrawn."""
    digests: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 of each of its files by path, without the manifest itself."""


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
    """SHA-256 of the canonical JSON of everything else here, in lower-case hexadecimal."""
    checkpoint: LogState | None = None
    """The log that the decisions stand in; None where there is none."""

    @property
    def id(self) -> str:
        """The first 16 digits of the digest."""
        return self.digest[:16]

    @property
    def valid_until(self) -> date | None:
        """The last day on which all its approvals hold; None where none of them ever lapses."""
        lapses = (released.standing.lapses_on for released in self.claims if released.standing.value == "approved")
        first = min((day for day in lapses if day), default=None)
        return first - timedelta(days=1) if first else None
