"""From what a reviewer wants to the files that say so: statement, signature, kept content and policy, status.

Nothing is promised that the check would not accept: the base is weighed again with the new files in it, and a decision
that would not count is refused in the words that the check has for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kbtool.model.decision import (
    REVIEW_TYPE,
    STATEMENT_TYPE,
    CheckpointRef,
    ReviewPredicate,
    ReviewStatement,
    Sha256,
    Subject,
    Verb,
)
from kbtool.model.references import claims_rested_on
from kbtool.records.base import KnowledgeBase
from kbtool.records.layout import BaseFile
from kbtool.review import base64text
from kbtool.review.content import Content, canonical, digest_of, rests_on
from kbtool.review.dsse import IN_TOTO, Envelope, sign, write_envelope
from kbtool.review.edits import Edit, Refusal, StatusChange, status_change
from kbtool.review.kept_policies import kept_policy
from kbtool.review.keys import PrivateKey
from kbtool.review.reviewed import ReviewState
from kbtool.review.standing import Standing, StandingValue
from kbtool.review.state import review_state
from kbtool.review.wish import Desk, Wish, refusal_of, reports_answered


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision that was made."""

    claim: str
    verb: Verb
    file: str
    """Name of the decision's file inside the base."""
    before: StandingValue
    """The status that the record said."""
    status: StandingValue
    """The status that it says from here on."""
    standing: Standing
    """How the claim stands on the day of the decision."""
    waits: str
    """Why it does not count yet, where policy makes it wait; else empty."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """Decisions that stand or fall together, and the files that make them so."""

    decided: tuple[Decided, ...]
    edits: tuple[Edit, ...]


def decide(wishes: Sequence[Wish], desk: Desk, key: PrivateKey | None, tool: str) -> Decisions | Refusal:
    """The decisions wished for, all of them or none; unsigned where there is no key. `tool` names the program.

    At most one wish about each claim.
    """
    if len({wish.claim for wish in wishes}) < len(wishes):
        return Refusal("a claim is named twice", "name each claim once")
    public = key.public() if key else None
    refused = (refusal_of(wish, desk, public) for wish in wishes)
    if first := next((each for each in refused if each), None):
        return first
    files = {wish.claim: _decision_file(wish, desk, key, tool) for wish in wishes}
    kept = [_kept(desk.content(wish.claim)) for wish in wishes]
    policy = kept_policy(desk.base.policy.raw, desk.base.review)
    new = (*(edit for edit in kept if edit.name not in desk.base.review), *policy, *files.values())
    return _weighed(wishes, desk, files, new)


def _weighed(
    wishes: Sequence[Wish], desk: Desk, files: Mapping[str, Edit], new: tuple[Edit, ...]
) -> Decisions | Refusal:
    """Weigh the base as it will be, and take from that what the records must say."""
    after = review_state(_with_files(desk.base, new), max(wish.on for wish in wishes))
    found = [_outcome(wish, files[wish.claim], after, desk) for wish in wishes]
    made: list[Decided] = []
    edits = list(new)
    for outcome in found:
        if isinstance(outcome, Refusal):
            return outcome
        made.append(outcome[0])
        edits += [outcome[1].edit] if outcome[1] else []
    return Decisions(tuple(made), tuple(edits))


def _outcome(wish: Wish, file: Edit, after: ReviewState, desk: Desk) -> tuple[Decided, StatusChange | None] | Refusal:
    for problem in after.problems:
        if problem.file == file.name:
            return Refusal(f"the decision on {wish.claim!r} would not count: {problem.message}", problem.hint)
    review = after.claims[wish.claim]
    decision = next(decision for decision in review.decisions if decision.file == file.name)
    change = status_change(desk.base, wish.claim, review.status)
    if isinstance(change, Refusal):
        return change
    before = desk.base.claims[wish.claim].model.review.status
    return Decided(wish.claim, wish.verb, file.name, before, review.status, review.standing, decision.flaw), change


def _with_files(base: KnowledgeBase, edits: Sequence[Edit]) -> KnowledgeBase:
    folder = base.config.file.removesuffix("kb.yaml")
    files = {edit.name: BaseFile(edit.name, folder + edit.name, edit.content) for edit in edits}
    return replace(base, review={**base.review, **files})


def _kept(content: Content) -> Edit:
    return Edit(f"reviewed/{content.digest}.json", content.raw, None)


def _decision_file(wish: Wish, desk: Desk, key: PrivateKey | None, tool: str) -> Edit:
    payload = canonical(_statement(wish, desk, tool).model_dump(mode="json", by_alias=True, exclude_none=True))
    raw = write_envelope(sign(IN_TOTO, payload, key) if key else Envelope(payload, IN_TOTO))
    return Edit(f"decisions/{wish.claim}/{digest_of(raw)}.json", raw, None)


def _statement(wish: Wish, desk: Desk, tool: str) -> ReviewStatement:
    subject = Subject(name=wish.claim, digest=Sha256(sha256=desk.content(wish.claim).digest))
    return ReviewStatement(
        _type=STATEMENT_TYPE, subject=(subject,), predicateType=REVIEW_TYPE, predicate=_predicate(wish, desk, tool)
    )


def _predicate(wish: Wish, desk: Desk, tool: str) -> ReviewPredicate:
    base = desk.base
    claim = base.claims[wish.claim].model
    below = claims_rested_on(claim, base.vocabulary.model) & base.claims.keys()
    return ReviewPredicate(
        decision=wish.verb,
        by=wish.by,
        on=wish.on,
        note=(wish.note or "").strip() or None,
        rests_on=rests_on(claim, base, {id_: desk.content(id_).digest for id_ in below}),
        policy=digest_of(base.policy.raw),
        saw=tuple(sorted(decision.digest for decision in desk.state.claims[wish.claim].decisions)),
        answers=reports_answered(wish, desk),
        checkpoint=_checkpoint(desk.state),
        acting_for=wish.acting_for,
        successor=wish.successor,
        tool=tool,
    )


def _checkpoint(state: ReviewState) -> CheckpointRef | None:
    """The newest checkpoint; none where the log does not hold, since nobody can have relied on it."""
    if state.log is None or state.log.problems or state.log.checkpoint is None:
        return None
    return CheckpointRef(size=state.log.checkpoint.size, root=base64text.encode(state.log.checkpoint.root))
