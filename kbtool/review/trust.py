"""Whose key signed, and may that person's decision count: keys, names, interests, self-approval, revocation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from kbtool.model.base_config import Reviewer, ReviewerKey, Reviewers
from kbtool.model.decision import NOTE_VERBS, SIGNED_VERBS, ReviewPredicate, ReviewStatement
from kbtool.review.dsse import Envelope, verify
from kbtool.review.keys import KeyProblem, PublicKey
from kbtool.review.needs import months_after
from kbtool.review.problem import ReviewProblem
from kbtool.review.statements import Signed


@dataclass(frozen=True, slots=True)
class KeyOwner:
    """A reviewer's key with its owner."""

    reviewer: Reviewer
    key: ReviewerKey
    public: PublicKey


@dataclass(frozen=True, slots=True)
class KeyBook:
    """Every key of every reviewer, by key id; reviewers by id."""

    owners: Mapping[str, KeyOwner]
    reviewers: Mapping[str, Reviewer]
    problems: tuple[ReviewProblem, ...]

    def public(self, envelope: Envelope) -> dict[str, PublicKey]:
        """The public keys, by id, that an envelope names and that are in the book."""
        named = (signature.keyid for signature in envelope.signatures)
        return {key_id: self.owners[key_id].public for key_id in named if key_id in self.owners}


@dataclass(frozen=True, slots=True)
class Setting:
    """What a decision is judged against, the claim's own content apart."""

    book: KeyBook
    interests_months: int
    rooted: bool
    """Whether the base pins root keys; without them nobody can be trusted to approve."""
    pending_counts: bool
    logged: Mapping[str, int]
    """Number in the log of each logged file, by name."""
    revoked_at: Mapping[str, int | None]
    """For each revoked key id the number in the log of the governance that revokes it; None where it is not logged."""
    verified: Mapping[str, tuple[str, ...]]
    """For each decision file the ids of the keys in the book whose signatures hold."""
    logged_on: Mapping[str, date] = field(default_factory=dict)
    """The day on which the log took up each logged file, by name."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """Why a decision does not count; `rule` is empty where that is no fault of anybody's."""

    rule: str
    message: str
    hint: str = ""


def key_book(reviewers: Reviewers) -> KeyBook:
    """The keys of the reviewers; a key that is none, or that two people have, is a problem and in no book."""
    owners: dict[str, KeyOwner] = {}
    problems = []
    for reviewer in reviewers.reviewers:
        for key in reviewer.keys:
            public = PublicKey.from_text(key.public)
            if isinstance(public, KeyProblem):
                problems.append(
                    ReviewProblem(
                        "malformed-key", "reviewers.yaml", f"reviewer {reviewer.id!r}: {public.message}", public.hint
                    )
                )
            elif public.key_id() in owners:
                other = owners[public.key_id()].reviewer.id
                message = f"reviewers {other!r} and {reviewer.id!r} have the same key"
                problems.append(
                    ReviewProblem(
                        "malformed-key", "reviewers.yaml", message, "each person signs with a key of their own"
                    )
                )
            else:
                owners[public.key_id()] = KeyOwner(reviewer, key, public)
    return KeyBook(owners, {r.id: r for r in reviewers.reviewers}, tuple(problems))


def flaw_of(signed: Signed[ReviewStatement], setting: Setting, drafted_by: str | None) -> Flaw | None:
    """Why the decision does not count, or None; `drafted_by` is who drafted the kept content, None if none is kept."""
    predicate = signed.statement.predicate
    if predicate.decision in NOTE_VERBS and not predicate.note:
        return Flaw("decision-without-note", f"the decision '{predicate.decision}' has no note")
    if not signed.envelope.signatures:
        return _unsigned(predicate) or _delegation(predicate, setting.book) or _pending(signed, setting)
    owner = _signer(signed, setting)
    if isinstance(owner, Flaw):
        return owner
    return (
        _person(predicate, owner)
        or _time(signed, predicate, owner, setting)
        or _delegation(predicate, setting.book)
        or _role(predicate, owner, setting, drafted_by)
        or _pending(signed, setting)
    )


def _unsigned(predicate: ReviewPredicate) -> Flaw | None:
    if predicate.decision in SIGNED_VERBS:
        hint = "sign it with the reviewer's key; an unsigned file can only comment or request changes"
        return Flaw("unsigned-decision", f"the decision '{predicate.decision}' is not signed", hint)
    return None


def keys_that_hold(envelope: Envelope, book: KeyBook, before: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Ids of the keys of the book whose signatures hold, in the order of the envelope.

    `before` are ids of keys whose signatures on this very envelope are known to hold; where that is all of them, and
    their keys are in the book, nothing is left to verify.
    """
    named = tuple(signature.keyid for signature in envelope.signatures)
    if named == before and book.owners.keys() >= set(named):
        return named
    return verify(envelope, book.public(envelope)).holds


def _signer(signed: Signed[ReviewStatement], setting: Setting) -> KeyOwner | Flaw:
    holds = setting.verified[signed.file]
    if len(holds) == len(signed.envelope.signatures):
        return setting.book.owners[holds[0]]
    found = verify(signed.envelope, setting.book.public(signed.envelope))
    if found.bad:
        hint = "the content was changed after signing, or another key signed; restore the file"
        return Flaw("bad-signature", f"the signature by key '{found.bad[0][:16]}…' does not hold", hint)
    hint = "the key must stand in reviewers.yaml, agreed by the root keys"
    return Flaw("unknown-key", f"no reviewer has the key '{found.unknown[0][:16]}…'", hint)


def _person(predicate: ReviewPredicate, owner: KeyOwner) -> Flaw | None:
    if predicate.by != owner.reviewer.id:
        message = f"the decision says it is by {predicate.by!r}, and the key is {owner.reviewer.id!r}'s"
        return Flaw("signed-by-another", message, "each person signs their own decisions")
    return None


def _delegation(predicate: ReviewPredicate, book: KeyBook) -> Flaw | None:
    """Whoever is named as absent must have named the author, for that very day."""
    if predicate.acting_for is None or is_delegate(predicate.by, predicate.acting_for, predicate.on, book.reviewers):
        return None
    message = f"it is made for {predicate.acting_for!r}, who has not named {predicate.by!r} to decide on {predicate.on}"
    hint = "absences and delegates stand in reviewers.yaml, and stay there; decide again without --acting-for"
    return Flaw("acting-without-delegation", message, hint)


def is_delegate(by: str, absent: str, on: date, reviewers: Mapping[str, Reviewer]) -> bool:
    """Whether somebody may decide for another on a day: that other is away then and has named them."""
    person = reviewers.get(absent)
    return person is not None and any(a.first <= on <= a.last and a.delegate == by for a in person.absences)


def _time(
    signed: Signed[ReviewStatement], predicate: ReviewPredicate, owner: KeyOwner, setting: Setting
) -> Flaw | None:
    if predicate.on < owner.key.since:
        message = f"the decision is of {predicate.on}, and the key of {predicate.by!r} counts from {owner.key.since}"
        return Flaw("key-not-valid-then", message)
    is_revoked = owner.key.revoked is not None or owner.public.key_id() in setting.revoked_at
    if is_revoked and not _logged_before_revocation(signed.file, owner, setting):
        when = f" on {owner.key.revoked}" if owner.key.revoked else ""
        message = f"the key of {predicate.by!r} was revoked{when}, and the log does not hold the decision from before"
        hint = "a revoked key's decision counts only if it was logged before the revocation"
        return Flaw("key-not-valid-then", message, hint)
    return None


def _logged_before_revocation(file: str, owner: KeyOwner, setting: Setting) -> bool:
    """Whether the log had the file by the day of the revocation, and before the governance that revokes the key.

    A governance that still waits for the log comes after all that is in it. A key that no governance revokes was
    revoked by nobody who may, so nothing is known to have come before.
    """
    key_id, number = owner.public.key_id(), setting.logged.get(file)
    if number is None or key_id not in setting.revoked_at:
        return False
    at, day = setting.revoked_at[key_id], setting.logged_on.get(file)
    in_time = owner.key.revoked is None or day is None or day <= owner.key.revoked
    return in_time and (at is None or number < at)


def _pending(signed: Signed[ReviewStatement], setting: Setting) -> Flaw | None:
    if signed.file not in setting.logged and not setting.pending_counts:
        return Flaw("", "it waits for the next checkpoint")
    return None


def _role(predicate: ReviewPredicate, owner: KeyOwner, setting: Setting, drafted_by: str | None) -> Flaw | None:
    if predicate.decision not in {"approve", "reaffirm"}:
        return None
    if not setting.rooted:
        hint = "pin root keys in kb.yaml and let their holders sign the reviewers and the policy"
        return Flaw("no-trust-root", "the base pins no root keys, so nobody is trusted to approve", hint)
    if drafted_by is None:
        return Flaw("", "the content that was approved is not kept, or is another claim's")
    if drafted_by.casefold() in {owner.reviewer.id.casefold(), owner.reviewer.name.casefold()}:
        return Flaw("self-approval", f"{predicate.by!r} approves what they drafted", "another person must approve it")
    if not _interests_current(owner.reviewer, predicate.on, setting.interests_months):
        since = f"the {setting.interests_months} months before {predicate.on}"
        message = f"{predicate.by!r} has no statement of interests from {since}"
        return Flaw("interests-out-of-date", message, "add a dated statement to reviewers.yaml and decide again")
    return None


def _interests_current(reviewer: Reviewer, on: date, months: int) -> bool:
    return any(said.on <= on <= months_after(said.on, months) for said in reviewer.interests)
