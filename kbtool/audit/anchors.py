"""What an auditor brings along: root keys and an older checkpoint, held against the chain and the log of a bundle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kbtool.records.base import KnowledgeBase
from kbtool.review.checkpoints import Chain, checkpoint_of, forked, log_keys
from kbtool.review.dsse import verify
from kbtool.review.keys import PublicKey
from kbtool.review.reviewed import ReviewState


@dataclass(frozen=True, slots=True)
class Anchors:
    """What the auditor knows from elsewhere."""

    root_keys: tuple[PublicKey, ...] = ()
    threshold: int = 0
    """How many of these keys must have signed one state of the governance; 0 for all of them."""
    checkpoint: bytes | None = None
    """An older checkpoint of the log, as the auditor kept it."""


def root_problems(anchors: Anchors, state: ReviewState) -> Iterator[str]:
    """Why the root keys given do not stand behind the governance, in a sentence.

    From a state that enough of them signed, every later one follows by the chain's own rule.
    """
    keys = {key.key_id(): key for key in anchors.root_keys}
    wanted = anchors.threshold or len(keys)
    most = max((len(set(verify(signed.envelope, keys).holds)) for signed in _chain(state)), default=0)
    if keys and most < wanted:
        yield f"no governance of the bundle is signed by {wanted} of the {len(keys)} root keys given; at most by {most}"


def checkpoint_problems(anchors: Anchors, base: KnowledgeBase, state: ReviewState) -> Iterator[str]:
    """Why the log does not continue the auditor's older checkpoint, in a sentence."""
    if anchors.checkpoint is None:
        return
    if state.log is None or state.log.checkpoint is None:
        yield "the bundle has no log that could continue the checkpoint given"
        return
    keys = log_keys([entry.name for entry in state.log.entries], base.config.model.log, _chain(state))
    older = checkpoint_of(anchors.checkpoint, keys)
    if isinstance(older, str):
        yield f"the checkpoint given is none of this log: {older}"
    elif fork := forked(older, state.log.tree):
        yield f"the log does not continue the checkpoint given: {fork}"


def _chain(state: ReviewState) -> Chain:
    return state.governance.chain if state.governance else ()
