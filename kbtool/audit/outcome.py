"""The verdict on a bundle in which everything holds: how far it is authenticated, and what it does not show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kbtool.audit.anchors import Anchors
from kbtool.audit.held import Held, documents_left_out
from kbtool.audit.statement import statement_of
from kbtool.audit.verdict import Kind, Verdict
from kbtool.review import base64text


def verdict_of(held: Held, anchors: Anchors) -> Verdict:
    """The verdict where nothing is wrong."""
    lacking = tuple(_lacking(held))
    kind: Kind = "consistent" if lacking else "authenticated" if anchors.root_keys else "self-authenticated"
    return Verdict(kind, (), tuple(_facts(held)), (*lacking, *_limits(held, anchors)))


def _lacking(held: Held) -> Iterator[str]:
    """Why nothing vouches for the bundle."""
    state = held.state
    if not held.base.config.model.root.keys or state.governance is None or not state.governance.chain:
        yield "no root keys stand behind it: anybody can have written it"
    if state.log is None or state.log.checkpoint is None:
        yield "it has no log with a checkpoint: nothing shows whether a decision was left out"
    counted = (d for review in state.claims.values() for d in review.decisions if d.counts and d.logged is not None)
    if next(counted, None) is None:
        yield "no decision in it counts and is logged"


def _facts(held: Held) -> Iterator[str]:
    state = held.state
    standings = Counter(review.standing.value for review in state.claims.values())
    counted = ", ".join(f"{count} {value}" for value, count in sorted(standings.items()))
    yield f"{len(state.claims)} claims as of {held.as_of.isoformat()}: {counted or 'none'}"
    decisions = [d for review in state.claims.values() for d in review.decisions]
    if decisions:
        yield f"{len(decisions)} decisions, of which {sum(d.counts for d in decisions)} count"
    for key in held.base.config.model.root.keys:
        yield f"root key of '{key.name}': {key.public}"
    if state.log is not None and state.log.checkpoint is not None:
        point = state.log.checkpoint
        yield f"log '{point.origin}' of {point.size} entries under the root {base64text.encode(point.root)}"


def _limits(held: Held, anchors: Anchors) -> Iterator[str]:
    state = held.state
    unapproved = sum(review.standing.value != "approved" for review in state.claims.values())
    if unapproved:
        yield f"{_are(unapproved, 'claim')} not approved: no signature covers what they say now"
    changed = [id_ for id_, r in state.claims.items() if r.standing.value == "needs-review"]
    for id_ in sorted(changed):
        yield f"claim '{id_}' needs review: {state.claims[id_].standing.reason}"
    if unapproved < len(state.claims):
        yield "approvals cover what reviewers decide about, not tags, notes and other editorial fields"
    if state.pending:
        yield f"{_are(len(state.pending), 'file', ' of decisions or governance')} in no checkpoint yet"
    if state.log is not None and state.log.checkpoint is not None and anchors.checkpoint is None:
        yield "a log rewritten by its own key is found only with an older checkpoint"
    for document in documents_left_out(held.base):
        yield f"the text of '{document}' is left out for its rights: its quotes cannot be held against it"
    for policy in statement_of(held)["policies"]:
        if policy["held"] == "not kept":
            by = f"named by {policy['decisions']} decisions" if policy["decisions"] else "agreed on by root keys"
            yield f"policy {policy['digest'][:12]}…, {by}, is not in the bundle"


def _are(count: int, noun: str, more: str = "") -> str:
    """The count with its noun and verb."""
    return f"{count} {noun}{more} is" if count == 1 else f"{count} {noun}s{more} are"
