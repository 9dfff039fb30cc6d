"""What was signed, taken apart into plain files, so that openssl can check it: bytes, signatures, keys, proofs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kbtool.audit.layout import KEY_LIST, KEYS, PROOFS, SIGNED
from kbtool.model.base_config import LogKey, Root
from kbtool.records.base import KnowledgeBase
from kbtool.review import base64text
from kbtool.review.dsse import Envelope, pae
from kbtool.review.keys import KeyProblem, PublicKey
from kbtool.review.log import CHECKPOINT, Log
from kbtool.review.merkle import inclusion_proof
from kbtool.review.statements import read_decisions, read_governance

_PROOF = "c2sp.org/tlog-proof@v1"


@dataclass(frozen=True, slots=True)
class _Use:
    """One use of a public key."""

    key: PublicKey
    use: str
    """`root`, `reviewer` or `log`."""
    owner: str


def signed_files(base: KnowledgeBase) -> dict[str, bytes]:
    """For each decision and governance file: the payload, the bytes that were signed, each signature raw."""
    decisions, governance = read_decisions(base.review)[0], read_governance(base.review)[0]
    files: dict[str, bytes] = {}
    for decision in decisions:
        files |= _taken_apart(decision.digest, decision.envelope)
    for agreed in governance:
        files |= _taken_apart(agreed.digest, agreed.envelope)
    return files


def _taken_apart(digest: str, envelope: Envelope) -> dict[str, bytes]:
    folder = f"{SIGNED}{digest}/"
    whole = {
        f"{folder}payload.json": envelope.payload,
        f"{folder}pae": pae(envelope.payload_type, envelope.payload),
    }
    hexadecimal = frozenset("0123456789abcdef")
    named = (one for one in envelope.signatures if len(one.keyid) == 64 and hexadecimal.issuperset(one.keyid))
    return whole | {f"{folder}{one.keyid}.sig": one.sig for one in named}


def key_files(base: KnowledgeBase) -> dict[str, bytes]:
    """Every public key that the base names or ever named in its governance, in PEM, with a list of whose they are."""
    uses = sorted(_uses(base), key=lambda use: (use.key.key_id(), use.use, use.owner))
    files = {f"{KEYS}{use.key.key_id()}.pem": use.key.to_pem() for use in uses}
    rows = [("key id", "use", "owner", "public key")]
    rows += dict.fromkeys((use.key.key_id(), use.use, use.owner, use.key.to_text()) for use in uses)
    return files | {KEY_LIST: "".join("\t".join(row) + "\n" for row in rows).encode()}


def _uses(base: KnowledgeBase) -> Iterator[_Use]:
    config = base.config.model
    agreed = [signed.statement.predicate for signed in read_governance(base.review)[0]]
    for root in (config.root, *(predicate.root for predicate in agreed)):
        yield from _of_root(root)
    for log in (config.log, *(predicate.log for predicate in agreed)):
        yield from _of_log(log)
    for reviewer in base.reviewers.model.reviewers:
        for key in reviewer.keys:
            if not isinstance(public := PublicKey.from_text(key.public), KeyProblem):
                yield _Use(public, "reviewer", reviewer.id)


def _of_root(root: Root) -> Iterator[_Use]:
    for key in root.keys:
        if not isinstance(public := PublicKey.from_text(key.public), KeyProblem):
            yield _Use(public, "root", key.name)


def _of_log(log: LogKey | None) -> Iterator[_Use]:
    if log and not isinstance(public := PublicKey.from_text(log.public), KeyProblem):
        yield _Use(public, "log", log.origin)


def proof_files(base: KnowledgeBase, log: Log | None) -> dict[str, bytes]:
    """For each logged file a proof, as C2SP has it, that the checkpoint holds it; none where the log is broken."""
    if log is None or log.problems or log.checkpoint is None:
        return {}
    note = base.review[CHECKPOINT].raw
    return {f"{PROOFS}{entry.digest}.tlog-proof": _proof(number, log, note) for number, entry in enumerate(log.entries)}


def _proof(number: int, log: Log, note: bytes) -> bytes:
    hashes = (base64text.encode(digest) for digest in inclusion_proof(number, log.tree))
    head = "".join(f"{line}\n" for line in (_PROOF, f"index {number}", *hashes, ""))
    return head.encode() + note


def parts_of(base: KnowledgeBase, log: Log | None) -> Mapping[str, bytes]:
    """All the files that this module makes, by name in the bag."""
    return {**signed_files(base), **key_files(base), **proof_files(base, log)}
