"""The Merkle tree: published vectors, the definitions of RFC 9162 as an oracle, and proofs that must fail."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool.review.merkle import (
    EMPTY_ROOT,
    Tree,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root,
    root_at,
    tree_of,
    verify_consistency,
    verify_inclusion,
)

# Leaves, roots and proofs from proof/verify_test.go of the repository transparency-dev/merkle, as data; they come from
# the tests of Certificate Transparency. Indices there count from 1.
LEAVES = [
    bytes.fromhex(leaf)
    for leaf in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSION: list[tuple[int, int, list[str]]] = [
    (1, 1, []),
    (
        1,
        8,
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        6,
        8,
        [
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (3, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    (
        2,
        5,
        [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
]
CONSISTENCY: list[tuple[int, int, list[str]]] = [
    (1, 1, []),
    (
        1,
        8,
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        6,
        8,
        [
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (
        2,
        5,
        [
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
    (
        6,
        7,
        [
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
]


def test_published_roots() -> None:
    assert [root(LEAVES[:size]).hex() for size in range(1, 9)] == ROOTS
    assert root([]) == EMPTY_ROOT == hashlib.sha256().digest()


@pytest.mark.parametrize(("number", "size", "proof"), INCLUSION)
def test_published_inclusion_proofs(number: int, size: int, proof: list[str]) -> None:
    assert [digest.hex() for digest in inclusion_proof(number - 1, tree_of(LEAVES[:size]))] == proof
    top = bytes.fromhex(ROOTS[size - 1])
    assert verify_inclusion(LEAVES[number - 1], number - 1, size, [bytes.fromhex(one) for one in proof], top)


@pytest.mark.parametrize(("old", "new", "proof"), CONSISTENCY)
def test_published_consistency_proofs(old: int, new: int, proof: list[str]) -> None:
    assert [digest.hex() for digest in consistency_proof(old, tree_of(LEAVES[:new]))] == proof
    old_root, new_root = bytes.fromhex(ROOTS[old - 1]), bytes.fromhex(ROOTS[new - 1])
    assert verify_consistency(old, new, old_root, new_root, [bytes.fromhex(one) for one in proof])


MANY = [b"leaf %d" % number for number in range(200)]
TREES = [tree_of(MANY[:size]) for size in range(201)]
SIZES = st.integers(0, 200)


class Rfc:
    """The definitions of RFC 9162 sections 2.1.1, 2.1.3.1 and 2.1.4.1, word for word; digests are kept by range."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        self.leaves = leaves
        self.kept: dict[tuple[int, int], bytes] = {}

    def mth(self, start: int, end: int) -> bytes:
        if (start, end) not in self.kept:
            self.kept[start, end] = self.fresh(start, end)
        return self.kept[start, end]

    def fresh(self, start: int, end: int) -> bytes:
        if end - start == 1:
            return leaf_hash(self.leaves[start])
        k = split(end - start)
        return node_hash(self.mth(start, start + k), self.mth(start + k, end))

    def path(self, m: int, start: int, end: int) -> list[bytes]:
        if end - start == 1:
            return []
        k = split(end - start)
        if m < k:
            return [*self.path(m, start, start + k), self.mth(start + k, end)]
        return [*self.path(m - k, start + k, end), self.mth(start, start + k)]

    def proof(self, m: int, start: int, end: int, *, is_whole: bool = True) -> list[bytes]:
        if m == end - start:
            return [] if is_whole else [self.mth(start, end)]
        k = split(end - start)
        if m <= k:
            return [*self.proof(m, start, start + k, is_whole=is_whole), self.mth(start + k, end)]
        return [*self.proof(m - k, start + k, end, is_whole=False), self.mth(start, start + k)]


def split(n: int) -> int:
    """The largest power of two below n."""
    return 1 << (n - 1).bit_length() - 1


RFC = Rfc(MANY)


@pytest.mark.parametrize("size", range(1, 201))
def test_every_tree_up_to_200_is_that_of_the_rfc(size: int) -> None:
    """The Merkle tree of RFC 9162 section 2.1."""
    tree = TREES[size]
    assert tree.size == size
    assert tree.root == RFC.mth(0, size) == root_at(size, TREES[200])
    for index in range(size):
        proof = inclusion_proof(index, tree)
        assert list(proof) == RFC.path(index, 0, size)
        assert verify_inclusion(MANY[index], index, size, proof, tree.root)
    for old in range(1, size + 1):
        proof = consistency_proof(old, tree)
        assert list(proof) == RFC.proof(old, 0, size)
        assert verify_consistency(old, size, TREES[old].root, tree.root, proof)


@given(st.integers(1, 200), st.data())
def test_a_changed_inclusion_proof_fails(size: int, data: st.DataObject) -> None:
    index, other = data.draw(st.integers(0, size - 1)), data.draw(st.integers(-1, size))
    top, leaf, proof = TREES[size].root, MANY[index], inclusion_proof(index, TREES[size])
    assert not verify_inclusion(leaf + b"\0", index, size, proof, top)
    assert not verify_inclusion(leaf, index, size, proof, flipped(top, data))
    assert not verify_inclusion(leaf, index, size, (*proof, top), top)
    assert not verify_inclusion(leaf, index, size, (top, *proof), top)
    assert other == index or not verify_inclusion(leaf, other, size, proof, top)
    assert not any(verify_inclusion(leaf, index, size, one, top) for one in changed(proof, data))


@given(st.integers(2, 200), st.data())
def test_a_changed_consistency_proof_fails(size: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, size - 1))
    before, after, proof = TREES[old].root, TREES[size].root, consistency_proof(old, TREES[size])
    assert not verify_consistency(old, size, flipped(before, data), after, proof)
    assert not verify_consistency(old, size, before, flipped(after, data), proof)
    assert not verify_consistency(old, size, after, before, proof)
    assert not verify_consistency(old, size, before, after, (*proof, after))
    assert not verify_consistency(old, size, before, after, (before, *proof))
    assert not verify_consistency(size, old, after, before, proof)
    assert not any(verify_consistency(old, size, before, after, one) for one in changed(proof, data))


def flipped(digest: bytes, data: st.DataObject) -> bytes:
    bit = data.draw(st.integers(0, 255))
    return (int.from_bytes(digest) ^ 1 << bit).to_bytes(32)


def changed(proof: tuple[bytes, ...], data: st.DataObject) -> list[tuple[bytes, ...]]:
    """The proof with each digest in turn changed by a bit, cut, stretched and left out."""
    found: list[tuple[bytes, ...]] = []
    for at, digest in enumerate(proof):
        found += [(*proof[:at], one, *proof[at + 1 :]) for one in (flipped(digest, data), digest[:-1], digest + b"\0")]
        found.append((*proof[:at], *proof[at + 1 :]))
    return found


def turns(index: int, size: int) -> list[bool]:
    """For each step up from the leaf, whether the proof's digest goes to the left; by the definition of PATH."""
    if size == 1:
        return []
    k = split(size)
    return [*turns(index, k), False] if index < k else [*turns(index - k, size - k), True]


@given(st.integers(1, 200), st.integers(-1, 400), st.data())
def test_a_wrong_size_fails_unless_the_way_up_is_the_same(size: int, claimed: int, data: st.DataObject) -> None:
    """The proof alone does not tell neighbouring sizes apart."""
    index = data.draw(st.integers(0, size - 1))
    same_way = index < claimed and turns(index, claimed) == turns(index, size)
    proof = inclusion_proof(index, TREES[size])
    assert verify_inclusion(MANY[index], index, claimed, proof, TREES[size].root) == same_way


@given(SIZES, SIZES)
def test_a_rewritten_list_is_not_consistent(old: int, new: int) -> None:
    """Whether the proof shows the old list to be the beginning of the new one."""
    old, new = sorted((old, new))
    rewritten = tree_of([b"other", *MANY[1:new]])
    if old > 0 and new > 0:
        proof = consistency_proof(old, rewritten)
        assert not verify_consistency(old, rewritten.size, TREES[old].root, rewritten.root, proof)


NONE: tuple[bytes, ...] = ()
ONE, TWO = TREES[1].root, TREES[2].root
EDGES: list[tuple[int, int, bytes, bytes, tuple[bytes, ...], bool]] = [
    (0, 0, EMPTY_ROOT, EMPTY_ROOT, NONE, True),
    (0, 2, EMPTY_ROOT, TWO, NONE, True),
    (0, 2, ONE, TWO, NONE, False),
    (0, 2, EMPTY_ROOT, TWO, (ONE,), False),
    (2, 2, TWO, TWO, NONE, True),
    (2, 2, TWO, ONE, NONE, False),
    (2, 2, TWO, TWO, (ONE,), False),
    (1, 2, ONE, TWO, NONE, False),
    (3, 5, TREES[3].root, TREES[5].root, NONE, False),
    (2, 1, TWO, ONE, NONE, False),
    (-1, 1, ONE, ONE, NONE, False),
]


@pytest.mark.parametrize(("old", "new", "old_root", "new_root", "proof", "holds"), EDGES)
def test_edges_of_consistency(
    old: int, new: int, old_root: bytes, new_root: bytes, proof: tuple[bytes, ...], holds: bool
) -> None:
    assert verify_consistency(old, new, old_root, new_root, proof) == holds


def test_no_node_passes_for_a_leaf() -> None:
    """No node can pass for a leaf."""
    left, right = (leaf_hash(leaf) for leaf in MANY[:2])
    assert not verify_inclusion(left + right, 0, 1, NONE, TWO)
    assert not verify_inclusion(b"", 0, 0, NONE, EMPTY_ROOT)


def test_places_that_a_tree_does_not_have() -> None:
    for size, index in ((0, 0), (3, 3), (3, -1)):
        with pytest.raises(ValueError, match="is not from 0 to"):
            inclusion_proof(index, TREES[size])
    for size in (-1, 4):
        with pytest.raises(ValueError, match="is not from 0 to 3"):
            consistency_proof(size, TREES[3])
        with pytest.raises(ValueError, match="is not from 0 to 3"):
            root_at(size, TREES[3])


@given(SIZES, SIZES)
def test_old_roots_stay_known(old: int, new: int) -> None:
    """The root that the tree had when it had `size` leaves."""
    old, new = sorted((old, new))
    assert root_at(old, TREES[new]) == TREES[old].root


@settings(max_examples=20)
@given(st.lists(st.binary(max_size=3), max_size=20))
def test_leaves_need_not_differ(leaves: list[bytes]) -> None:
    tree: Tree = tree_of(leaves)
    for index, leaf in enumerate(leaves):
        assert verify_inclusion(leaf, index, tree.size, inclusion_proof(index, tree), tree.root)


def test_a_hundred_thousand_leaves() -> None:
    """All proofs of a long log cost little."""
    start = time.perf_counter()
    tree = tree_of(b"%d" % number for number in range(100_000))
    proofs = [inclusion_proof(index, tree) for index in range(0, 100_000, 10)]
    assert max(map(len, proofs)) == 17
    assert verify_consistency(65_537, 100_000, root_at(65_537, tree), tree.root, consistency_proof(65_537, tree))
    assert time.perf_counter() - start < 5
