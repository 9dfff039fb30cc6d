"""Decisions written out by hand, without files and keys, for tables of how claims stand."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any

from kbtool.model.decision import ReviewPredicate
from kbtool.review.needs import Need
from kbtool.review.standing import Case
from kbtool.review.weighed import Decision, Person, in_order

NOW, OLD = "now", "old"
"""Names of contents; they stand for digests."""

PEOPLE = {
    "ann": Person("ann", frozenset({"clinician"})),
    "ben": Person("ben", frozenset({"medical-editor"})),
    "cay": Person("cay", frozenset({"medical-editor"})),
    "dee": Person("dee", frozenset({"clinician", "medical-editor"})),
}

ONE = Need("low", 1, (), None)
TWO = Need("high", 2, ("clinician",), 24)


def hand(verb: str, by: str, day: int = 1, content: str = NOW, **more: Any) -> Decision:
    """A decision of a day of January 2026 that counts; `more` are parts of `Decision` and of its predicate."""
    own = {name: more.pop(name) for name in ("logged", "flaw", "signed") if name in more}
    predicate = ReviewPredicate.model_validate(
        {"decision": verb, "by": by, "on": date(2026, 1, day), "note": "so", "policy": "0" * 64, "tool": "t"} | more
    )
    digest = hashlib.sha256(repr((predicate, content)).encode()).hexdigest()
    return Decision(f"{digest}.json", digest, "a/claim", content, predicate, **own)


def case(decisions: Sequence[Decision], need: Need = ONE, *, content: str = NOW, open_reports: int = 0) -> Case:
    """What standing is a function of."""
    return Case(content, in_order(decisions), need, PEOPLE, open_reports)
