"""Deciding in memory: a base on a reviewer's desk, and the base that the edits of a decision lead to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from kbtool.model.decision import Verb
from kbtool.review.decide import Decisions, decide
from kbtool.review.edits import Edit, Refusal
from kbtool.review.state import review_state
from kbtool.review.wish import Desk, Wish
from tests.review.scratch import DAY, key_of, knowledge
from tests.rules.bases import Base, diagnose

TOOL = "kbtool tests"


def desk_of(base: Base, on: date = DAY) -> Desk:
    """The base on the desk, checked."""
    index = knowledge(base)
    return Desk(index, review_state(index, on), diagnose(base, on))


def wish_of(claim: str, verb: Verb, by: str, *, on: date = DAY, **more: Any) -> Wish:
    """What somebody wants to decide."""
    return Wish(claim=claim, verb=verb, by=by, on=on, **more)


def made(base: Base, *wishes: Wish, key: str | None = "") -> Decisions | Refusal:
    """What comes of the wishes; signed by the key of the name, of the first wisher for "", of nobody for None."""
    signer = wishes[0].by if key == "" else key
    return decide(wishes, desk_of(base, wishes[0].on), key_of(signer) if signer else None, TOOL)


def with_edits(base: Base, edits: Iterable[Edit]) -> dict[str, bytes]:
    """The base as the edits leave it; each finds the bytes that it expects."""
    after = dict(base)
    for edit in edits:
        assert after.get(edit.name) == edit.expects, edit.name
        after[edit.name] = edit.content
    return after


def decided(base: Base, *wishes: Wish, key: str | None = "") -> dict[str, bytes]:
    """The base after the wishes, which must not be refused."""
    done = made(base, *wishes, key=key)
    assert isinstance(done, Decisions), done.message
    return with_edits(base, done.edits)


def refused(base: Base, *wishes: Wish, key: str | None = "") -> str:
    """Why the wishes are refused; they must be."""
    done = made(base, *wishes, key=key)
    assert isinstance(done, Refusal), done.decided
    return done.message


def both_approve(base: Base, claim: str, *, on: date = DAY) -> dict[str, bytes]:
    """The base with the claim approved by both who must."""
    first = decided(base, wish_of(claim, "approve", "example-editor", on=on))
    return decided(first, wish_of(claim, "approve", "example-clinician", on=on))


def digest_now(base: Base, claim: str) -> str:
    """Digest of the content of now."""
    return desk_of(base).content(claim).digest
