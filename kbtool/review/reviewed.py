"""What is known of a base's review on a day, as frozen values: of each claim, and of the whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kbtool.model.decision import ErrorReport
from kbtool.review.needs import Need
from kbtool.review.problem import ReviewProblem
from kbtool.review.standing import Standing, StandingValue
from kbtool.review.weighed import Decision

if TYPE_CHECKING:
    from kbtool.review.content import Content
    from kbtool.review.governance import Governance
    from kbtool.review.log import Log


@dataclass(frozen=True, slots=True)
class Report:
    """A reader's report on a claim."""

    digest: str
    report: ErrorReport
    answered: bool


@dataclass(frozen=True, slots=True)
class ClaimReview:
    """All that is known of one claim's review."""

    content: Content | None
    """The content of now; None where nobody ever decided about the claim or anything resting on it."""
    decisions: tuple[Decision, ...]
    need: Need
    status: StandingValue
    """What the decisions alone amount to: what must stand in the record."""
    standing: Standing
    reports: tuple[Report, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewState:
    """The review of a whole base on a day."""

    claims: Mapping[str, ClaimReview]
    governance: Governance | None
    """None where nothing was ever decided."""
    log: Log | None
    """None where nothing was ever decided."""
    kept: Mapping[str, Content]
    """Kept contents by digest."""
    problems: tuple[ReviewProblem, ...]
    pending: tuple[str, ...]
    """Names of decision and governance files that no checkpoint holds yet, sorted."""
    remarks: tuple[ReviewProblem, ...] = ()
    """What is worth knowing and keeps nothing from counting: policies that are named and not kept, or the reverse."""
    verified: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Ids of the keys whose signatures hold, by the name of the decision file."""
