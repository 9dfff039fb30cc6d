"""The Merkle tree of RFC 9162 section 2.1 (the same as in RFC 6962): one digest that fixes a list and its order.

A leaf is hashed after a zero byte and a node after a one, so that no node can pass for a leaf. Each level of a `Tree`
is computed once; a proof then only picks digests, so that all proofs of a long log cost little.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

HASH_SIZE = 32
"""Bytes of every digest here."""
EMPTY_ROOT = hashlib.sha256(b"").digest()
"""The root of the tree without leaves."""

Proof = tuple[bytes, ...]
"""Digests of 32 bytes, nearest the leaves first."""


@dataclass(frozen=True, slots=True)
class Tree:
    """The digests of every level: of the leaves first, of the root last.

    Where a level has an odd number, its last digest stands in the next level too; so every entry is the digest of the
    leaves below it, also at the ragged right edge.
    """

    levels: tuple[tuple[bytes, ...], ...]

    @property
    def size(self) -> int:
        """The number of leaves."""
        return len(self.levels[0])

    @property
    def root(self) -> bytes:
        """The digest of the whole list."""
        return self.levels[-1][0] if self.size else EMPTY_ROOT


def leaf_hash(leaf: bytes) -> bytes:
    """The digest of one leaf."""
    return hashlib.sha256(b"\0" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The digest of two neighbours."""
    return hashlib.sha256(b"\1" + left + right).digest()


def tree_of(leaves: Iterable[bytes]) -> Tree:
    """The tree over the leaves, in their order."""
    level = tuple(leaf_hash(leaf) for leaf in leaves)
    levels = [level]
    while len(level) > 1:
        level = _level_above(level)
        levels.append(level)
    return Tree(tuple(levels))


def _level_above(level: tuple[bytes, ...]) -> tuple[bytes, ...]:
    pairs = tuple(node_hash(left, right) for left, right in zip(level[::2], level[1::2], strict=False))
    return pairs if len(level) % 2 == 0 else (*pairs, level[-1])


def root(leaves: Iterable[bytes]) -> bytes:
    """The root of the tree over the leaves."""
    return tree_of(leaves).root


def root_at(size: int, tree: Tree) -> bytes:
    """The root that the tree had when it had `size` leaves; raises ValueError for a size that it never had."""
    _in_range(size, 0, tree.size)
    digest, end = None, size
    for level, digests in enumerate(tree.levels):
        if size >> level & 1:
            left = digests[(end >> level) - 1]
            digest = left if digest is None else node_hash(left, digest)
            end -= 1 << level
    return EMPTY_ROOT if digest is None else digest


def inclusion_proof(index: int, tree: Tree) -> Proof:
    """The proof that the leaf at `index` (from 0) is in the tree; raises ValueError for an index without a leaf."""
    _in_range(index, 0, tree.size - 1)
    return tuple(_siblings(tree, 0, index))


def consistency_proof(old_size: int, tree: Tree) -> Proof:
    """The proof that the first `old_size` leaves are still there, unchanged and in front.

    Raises ValueError for a size that the tree never had.
    """
    _in_range(old_size, 0, tree.size)
    if old_size in {0, tree.size}:
        return ()
    level = (old_size & -old_size).bit_length() - 1
    index = (old_size >> level) - 1
    # Without a bit to the left, that node is the old root itself, which the verifier has.
    own = (tree.levels[level][index],) if index else ()
    return (*own, *_siblings(tree, level, index))


def _siblings(tree: Tree, level: int, index: int) -> Iterable[bytes]:
    for digests in tree.levels[level:-1]:
        if index ^ 1 < len(digests):
            yield digests[index ^ 1]
        index >>= 1


def _in_range(value: int, low: int, high: int) -> None:
    if not low <= value <= high:
        raise ValueError(f"{value} is not from {low} to {high}")


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the proof leads from the leaf at `index` to the root (RFC 9162 section 2.1.3.2).

    `size` and `root` must come from one signed checkpoint: the proof alone does not tell neighbouring sizes apart.
    """
    if not 0 <= index < size or not _are_hashes(proof):
        return False
    digest, node, last = leaf_hash(leaf), index, size - 1
    for sibling in proof:
        if last == 0:
            return False
        if node & 1 or node == last:
            digest = node_hash(sibling, digest)
            node, last = _above_right_edge(node, last)
        else:
            digest = node_hash(digest, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and digest == root


def verify_consistency(old_size: int, new_size: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the proof shows the old list to be the beginning of the new one (RFC 9162 section 2.1.4.2).

    Each size with its root must come from one signed checkpoint. The empty list begins every list.
    """
    if not 0 <= old_size <= new_size or not _are_hashes(proof):
        return False
    if old_size == new_size:
        return not proof and old_root == new_root
    if old_size == 0:
        return not proof and old_root == EMPTY_ROOT
    is_power = old_size & (old_size - 1) == 0
    path = (old_root, *proof) if is_power else tuple(proof)
    return bool(path) and _leads_to_both(path, old_size, new_size, old_root, new_root)


def _leads_to_both(path: tuple[bytes, ...], old_size: int, new_size: int, old_root: bytes, new_root: bytes) -> bool:
    node, last = _while_odd(old_size - 1, new_size - 1)
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            node, last = _above_right_edge(node, last)
        else:
            new = node_hash(new, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and old == old_root and new == new_root


def _while_odd(node: int, last: int) -> tuple[int, int]:
    while node & 1:
        node, last = node >> 1, last >> 1
    return node, last


def _above_right_edge(node: int, last: int) -> tuple[int, int]:
    """Skip the levels on which the last node has no neighbour, up to one where it is a right child or the top."""
    while node and not node & 1:
        node, last = node >> 1, last >> 1
    return node, last


def _are_hashes(proof: Sequence[bytes]) -> bool:
    return all(len(digest) == HASH_SIZE for digest in proof)
