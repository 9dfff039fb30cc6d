"""An older checkpoint that somebody else kept, held against the log of now by a consistency proof."""

from __future__ import annotations

from dataclasses import dataclass

from kbtool.review.checkpoints import forked
from kbtool.review.merkle import Proof, Tree, consistency_proof, verify_consistency
from kbtool.review.note import Checkpoint


@dataclass(frozen=True, slots=True)
class Consistency:
    """Whether a log begins as a kept checkpoint says."""

    fork: str
    """Why it does not; empty where it does."""
    proof: Proof = ()
    """The hashes that show it to whoever has only the two checkpoints (RFC 9162 section 2.1.4)."""


def against(kept: Checkpoint, tree: Tree) -> Consistency:
    """Prove that the log still begins with the entries of the kept checkpoint, or say why not."""
    if kept.size <= tree.size:
        proof = consistency_proof(kept.size, tree)
        if verify_consistency(kept.size, tree.size, kept.root, tree.root, proof):
            return Consistency("", proof)
    return Consistency(forked(kept, tree))
