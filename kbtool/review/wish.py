"""What a reviewer wants to decide, and every reason for which that is refused before anything is signed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from kbtool.diagnostics import Diagnostic, Severity
from kbtool.model.base_config import Reviewer
from kbtool.model.decision import NOTE_VERBS, SIGNED_VERBS, Verb
from kbtool.model.references import evidence_named
from kbtool.records.base import KnowledgeBase
from kbtool.review.content import Content, content_of
from kbtool.review.edits import Refusal
from kbtool.review.keys import PublicKey
from kbtool.review.reviewed import ReviewState
from kbtool.review.standing import APPROVING
from kbtool.review.trust import is_delegate, key_book

SETTLED_BY_DECIDING = frozenset({"status-not-as-decided", "status-without-decision"})
"""Rules whose findings a decision mends, since it writes the status."""

_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Wish:
    """One decision that a reviewer wants to make."""

    claim: str
    verb: Verb
    by: str
    """Id of the reviewer."""
    on: date
    note: str | None = None
    seen: str | None = None
    """Digest of the content that was shown; None where nobody says what was shown."""
    answers: tuple[str, ...] = ()
    """Beginnings of the digests of reports that this settles; `all` for every open one."""
    acting_for: str | None = None
    successor: str | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies before the reviewer: the base as it was read, its review as of the day, what a check found."""

    base: KnowledgeBase
    state: ReviewState
    diagnostics: tuple[Diagnostic, ...]

    def content(self, claim: str) -> Content:
        """The content of a claim as it is now."""
        return self.state.claims[claim].content or content_of(self.base.claims[claim].model, self.base)


def refusal_of(wish: Wish, desk: Desk, key: PublicKey | None) -> Refusal | None:
    """Why the wish is refused, the first reason only; None where it may be signed with `key`."""
    if wish.claim not in desk.base.claims:
        near = get_close_matches(wish.claim, list(desk.base.claims), n=1)
        return Refusal(f"there is no claim {wish.claim!r}", f"did you mean {near[0]!r}?" if near else "")
    person = _reviewer(desk, wish.by)
    if isinstance(person, Refusal):
        return person
    found = (check(wish, desk) for check in _CHECKS)
    return next((each for each in found if each), None) or _wrong_key(wish, desk, key)


def _reviewer(desk: Desk, id_: str) -> Reviewer | Refusal:
    known = {reviewer.id: reviewer for reviewer in desk.base.reviewers.model.reviewers}
    if id_ in known:
        return known[id_]
    near = get_close_matches(id_, list(known), n=1)
    hint = f"did you mean {near[0]!r}?" if near else "reviewers stand in reviewers.yaml, signed by the root keys"
    return Refusal(f"there is no reviewer {id_!r}", hint)


def _note(wish: Wish, desk: Desk) -> Refusal | None:
    del desk
    if wish.verb in NOTE_VERBS and not (wish.note or "").strip():
        return Refusal(f"the decision '{wish.verb}' on {wish.claim!r} has no note", "say why with --note")
    try:
        (wish.note or "").encode()
    except UnicodeEncodeError:
        return Refusal("the note holds bytes that are not UTF-8", "write it again in a terminal set to UTF-8")
    return None


def _delegation(wish: Wish, desk: Desk) -> Refusal | None:
    """A delegate decides on days when the other is away and names them, with the delegate's own key and roles."""
    if wish.acting_for is None:
        return None
    absent = _reviewer(desk, wish.acting_for)
    if isinstance(absent, Refusal):
        return absent
    if is_delegate(wish.by, absent.id, wish.on, {absent.id: absent}):
        return None
    message = f"{wish.acting_for!r} has not named {wish.by!r} to decide on {wish.on}"
    return Refusal(
        message, "absences and delegates stand in reviewers.yaml; leave out --acting-for to decide for yourself"
    )


def _successor(wish: Wish, desk: Desk) -> Refusal | None:
    if wish.successor is None:
        return None
    if wish.verb != "withdraw":
        return Refusal("only a withdrawal names a successor", "leave out --successor")
    if wish.successor == wish.claim:
        return Refusal(f"{wish.claim!r} cannot be its own successor", "name another claim, or none")
    if wish.successor not in desk.base.claims:
        return Refusal(f"there is no claim {wish.successor!r} to take its place", "name a claim of this base, or none")
    if desk.state.claims[wish.successor].standing.value == "withdrawn":
        return Refusal(f"the successor {wish.successor!r} is withdrawn itself", "name another claim, or none")
    return None


def _withdrawn(wish: Wish, desk: Desk) -> Refusal | None:
    if wish.verb != "comment" and desk.state.claims[wish.claim].status == "withdrawn":
        hint = "to say it anew, write a new claim under another id; a comment is still possible"
        return Refusal(f"{wish.claim!r} is withdrawn, and that is final", hint)
    return None


def _seen(wish: Wish, desk: Desk) -> Refusal | None:
    """Approving is refused where what was shown is not what is there now."""
    if wish.seen is None:
        missing = wish.verb == "reaffirm"
        hint = f"read 'kbtool review show {wish.claim}' and give the digest it ends with as --seen"
        return Refusal(f"reaffirming {wish.claim!r} takes the digest of what was shown", hint) if missing else None
    if not _DIGEST.fullmatch(wish.seen):
        hint = "give the 64 characters that 'kbtool review show' ends with"
        return Refusal(f"{wish.seen[:80]!r} is not the digest of a content", hint)
    if wish.seen != desk.content(wish.claim).digest:
        hint = f"read it again: 'kbtool review show {wish.claim}'"
        return Refusal(f"what was shown of {wish.claim!r} is not what is there now", hint)
    return None


def _earlier_approval(wish: Wish, desk: Desk) -> Refusal | None:
    decisions = desk.state.claims[wish.claim].decisions
    if wish.verb != "reaffirm" or any(d.counts and d.predicate.decision in APPROVING for d in decisions):
        return None
    return Refusal(f"nobody has approved {wish.claim!r} yet, so nothing can be reaffirmed", "approve it instead")


def _errors(wish: Wish, desk: Desk) -> Refusal | None:
    """Nobody approves a record that has errors, or that cites one that has."""
    if wish.verb not in APPROVING:
        return None
    for diagnostic in desk.diagnostics:
        if diagnostic.severity is Severity.ERROR and _blocks(diagnostic, wish.claim, desk.base):
            where = f"{diagnostic.location.file}:{diagnostic.location.line}"
            message = f"{wish.claim!r} cannot be approved while there are errors: {where}: {diagnostic.message}"
            return Refusal(message, "mend what 'kbtool validate' finds, and show it again")
    return None


def _blocks(diagnostic: Diagnostic, claim: str, base: KnowledgeBase) -> bool:
    """Errors of the record and of the evidence it cites; those of the source only where its text cannot be read."""
    model, document = base.claims[claim].model, base.claims[claim].model.source.document
    files = {base.evidence[slug].file for _, slug in evidence_named(model) if slug in base.evidence}
    files.add(base.claims[claim].file)
    if document not in base.texts and document in base.sources:
        files.add(base.sources[document].file)
    return diagnostic.location.file in files and diagnostic.rule not in SETTLED_BY_DECIDING


def _foundations(wish: Wish, desk: Desk) -> Refusal | None:
    """Nobody approves on a trust root or a log that does not hold."""
    state = desk.state
    if wish.verb not in APPROVING or state.governance is None or state.log is None:
        return None
    for problem in (*state.governance.problems, *state.log.problems):
        return Refusal(f"nothing can be approved while {problem.file!r} does not hold: {problem.message}", problem.hint)
    return None


def _answers(wish: Wish, desk: Desk) -> Refusal | None:
    for asked in wish.answers:
        fits = len(_answered(asked, wish.claim, desk))
        if asked != "all" and fits != 1:
            held = "several reports" if fits else "no report"
            hint = f"'kbtool review log {wish.claim}' shows the digests of its reports"
            return Refusal(f"{held} on {wish.claim!r} without an answer begin with {asked[:80]!r}", hint)
    return None


def reports_answered(wish: Wish, desk: Desk) -> tuple[str, ...]:
    """Digests of the open reports that the wish settles, sorted."""
    return tuple(sorted({digest for asked in wish.answers for digest in _answered(asked, wish.claim, desk)}))


def _answered(asked: str, claim: str, desk: Desk) -> list[str]:
    still_open = [report.digest for report in desk.state.claims[claim].reports if not report.answered]
    return [digest for digest in still_open if asked == "all" or digest.startswith(asked)]


def _wrong_key(wish: Wish, desk: Desk, key: PublicKey | None) -> Refusal | None:
    """The key is held against the reviewers before it signs anything."""
    if key is None:
        hint = "give the reviewer's key with --key; without one you can only comment or request changes"
        message = f"the decision '{wish.verb}' must be signed"
        return Refusal(message, hint) if wish.verb in SIGNED_VERBS else None
    owner = key_book(desk.base.reviewers.model).owners.get(key.key_id())
    if owner is None:
        return Refusal(f"no reviewer has the key '{key.key_id()[:16]}…'", "add its public half to reviewers.yaml first")
    if owner.reviewer.id != wish.by:
        message = f"the key belongs to {owner.reviewer.id!r}, and the decision is to be by {wish.by!r}"
        return Refusal(message, "each person signs their own decisions")
    return None


_CHECKS: tuple[Callable[[Wish, Desk], Refusal | None], ...] = (
    _note,
    _delegation,
    _successor,
    _withdrawn,
    _seen,
    _earlier_approval,
    _errors,
    _foundations,
    _answers,
)
"""Every reason that does not turn on the key, in the order in which people can do something about them."""
