"""What weighing takes from the claims of a base: worked out from their records, or known of an earlier time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kbtool.model.claim import ClaimBase
from kbtool.model.references import claims_rested_on
from kbtool.records.base import KnowledgeBase
from kbtool.review.needs import Need, need_of

if TYPE_CHECKING:
    from kbtool.review.content import Content


@dataclass(frozen=True, slots=True)
class Own:
    """What weighing needs to know of a claim's record, its content apart."""

    id: str
    """As the record says it."""
    need: Need
    rests_on: frozenset[str]
    """Ids of the claims whose doubt reaches this one."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a base's claims and signatures before anything is weighed."""

    claims: Mapping[str, Own]
    """Every claim that can be read, by the id that its file stands for, in order."""
    contents_of: Callable[[Iterable[str]], dict[str, Content]]
    """Gives the contents of now, by id, of the claims with these ids."""
    verified: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Ids of the keys whose signatures hold, by the name of the decision file, which names its bytes.

    What is not in it is verified. Only a check that others may repeat begins with anything in it: whoever hands over
    what rests on signatures verifies all of them.
    """


def own_of(claim: ClaimBase, base: KnowledgeBase) -> Own:
    """What a claim's record says."""
    return Own(claim.id, need_of(claim, base.policy.model), claims_rested_on(claim, base.vocabulary.model))


def known_of(base: KnowledgeBase) -> Known:
    """What is known of a base of which nothing was worked out before."""
    from kbtool.review.content import contents_of  # noqa: PLC0415 - only where people decide

    claims = {id_: own_of(record.model, base) for id_, record in base.claims.items()}
    return Known(claims, lambda ids: contents_of(ids, base))
