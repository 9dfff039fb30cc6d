"""What a release is made of: frozen values that exporters read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kbtool.model.base_config import BaseConfig
    from kbtool.model.claim import ClaimBase
    from kbtool.model.decision import Verb
    from kbtool.model.evidence import Evidence
    from kbtool.model.source import Source
    from kbtool.model.vocabulary import Vocabulary
    from kbtool.release.changed import Changes
    from kbtool.release.gate import Gate
    from kbtool.release.jsontext import JsonObject
    from kbtool.review.standing import Standing


@dataclass(frozen=True, slots=True)
class Approver:
    """Who approved a claim, by id and roles; names stay in the base, whose owner can take them out."""

    id: str
    roles: tuple[str, ...]
    """Sorted."""


@dataclass(frozen=True, slots=True)
class ReleasedDecision:
    """A decision on a claim, without its note: notes are for those who work on the base."""

    kind: Verb
    """What was decided."""
    reviewer: str
    """Id of the reviewer."""
    roles: tuple[str, ...]
    """The reviewer's roles, sorted; none where the base does not know the reviewer."""
    on: date
    """The day, as the reviewer states it."""
    content: str
    """SHA-256 of the exact content decided about."""
    file: str
    """SHA-256 of the signed file."""
    counts: bool
    """Whether anything rests on it."""


@dataclass(frozen=True, slots=True)
class ReleasedClaim:
    """A claim that goes out, with its standing."""

    claim: ClaimBase
    standing: Standing
    approvers: tuple[Approver, ...] = ()
    """Whose approval of this content counts, by id."""
    decisions: tuple[ReleasedDecision, ...] = ()
    """Every decision made by the day of the release, in the order in which they hold."""


@dataclass(frozen=True, slots=True)
class SourceCoverage:
    """The account of a text, in letters, digits and signs; every one of them is in one of the four parts."""

    letters: int
    """How many there are."""
    quoted: int
    """Those in a quote of a claim of the base, whatever became of the claim."""
    skipped: int
    """Those in a skipped passage and in no quote."""
    connectives: int
    """Those in a listed connective and in neither."""
    unaccounted: int
    """The rest."""


@dataclass(frozen=True, slots=True)
class ReleasedSource:
    """A document of which claims go out."""

    source: Source
    text: str | None
    """The stored text; None where its rights allow quotes only."""
    coverage: SourceCoverage
    """How much of it is accounted for."""


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
    decision: ReleasedDecision | None = None
    """The decision to withdraw; None where none is kept."""


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
    as_of: date | None = None
    """The UTC day for which its standings held."""
    valid_until: date | None = None
    """The last day on which all its approvals hold; None where none of them ever lapses."""


@dataclass(frozen=True, slots=True)
class EarlierNanopubs:
    """The nanopublications that the release before made of a claim."""

    said: tuple[str, ...]
    """Addresses of those that say it, sorted; a retraction of the claim withdraws them."""
    retraction: str | None = None
    """Address of the one that retracts them, where the claim was withdrawn already."""


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
    """SHA-256 of the canonical JSON of everything above and the checkpoint, in lower-case hexadecimal."""
    policy: str
    """SHA-256 of the policy's file."""
    checkpoint: LogState | None = None
    """The log that the decisions stand in; None where there is none."""
    changes: Changes | None = None
    """What it changed since an earlier release; None where it was compared with none. Not part of the digest."""
    nanopubs: Mapping[str, EarlierNanopubs] = field(default_factory=dict)
    """Nanopublications of the release before, by claim id; empty where it made none. Not part of the digest."""
    views: tuple[JsonObject, ...] | None = None
    """Each claim as `kbtool.release.view.claim_views` gives it, made once for several exporters, none of which changes
    them; None where each of them makes its own. Not part of the digest."""

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
