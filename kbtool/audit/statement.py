"""What a bundle states, as one JSON value: how each claim stands, what was decided, what is left out.

Everything in it can be computed again from the other files, and `kbtool audit verify` does so.
"""

from __future__ import annotations

from typing import Any

from kbtool.audit.held import Held, documents_left_out, policies_kept, policies_named
from kbtool.audit.layout import FORMAT
from kbtool.review import base64text
from kbtool.review.content import digest_of
from kbtool.review.log import Log
from kbtool.review.reviewed import ClaimReview
from kbtool.review.weighed import Decision

Json = Any


def statement_of(held: Held) -> dict[str, Json]:
    """The statement; keys in the order of the code, sorted when written."""
    state = held.state
    chain = state.governance.chain if state.governance else ()
    return {
        "format": FORMAT,
        "tool": held.tool,
        "title": held.base.config.model.title,
        "as_of": held.as_of.isoformat(),
        "claims": {id_: _claim(review) for id_, review in sorted(state.claims.items())},
        "governance": [signed.file for signed in chain],
        "log": _log(state.log),
        "pending": list(state.pending),
        "problems": [{"file": p.file, "message": p.message, "rule": p.rule} for p in state.problems],
        "policies": _policies(held),
        "texts_left_out": list(documents_left_out(held.base)),
    }


def _claim(review: ClaimReview) -> dict[str, Json]:
    standing = review.standing
    return {
        "standing": standing.value,
        "reason": standing.reason,
        "causes": list(standing.causes),
        "content": review.content.digest if review.content else None,
        "approved_content": standing.approved_content,
        "approvers": list(standing.approvers),
        "approved_on": standing.approved_on.isoformat() if standing.approved_on else None,
        "lapses_on": standing.lapses_on.isoformat() if standing.lapses_on else None,
        "decisions": [_decision(decision) for decision in review.decisions],
    }


def _decision(decision: Decision) -> dict[str, Json]:
    return {
        "file": decision.file,
        "decision": decision.predicate.decision,
        "by": decision.predicate.by,
        "on": decision.predicate.on.isoformat(),
        "content": decision.content,
        "logged": decision.logged,
        "why_not_counted": decision.flaw,
    }


def _log(log: Log | None) -> dict[str, Json] | None:
    if log is None or log.checkpoint is None:
        return None
    point = log.checkpoint
    return {"origin": point.origin, "size": point.size, "root": base64text.encode(point.root)}


def _policies(held: Held) -> list[dict[str, Json]]:
    """Every policy that decisions or governance name, with how the bundle holds it."""
    where = dict.fromkeys(held.policies, "given") | dict.fromkeys(policies_kept(held.base), "kept")
    where[digest_of(held.base.policy.raw)] = "present"
    return [
        {"digest": digest, "decisions": count, "held": where.get(digest, "not kept")}
        for digest, count in policies_named(held.base).items()
    ]
