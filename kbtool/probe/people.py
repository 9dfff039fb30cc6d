"""The made-up people of a scratch copy: keys, reviewers, root keys, and the governance that they sign."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any

from kbtool.diagnostics import Path
from kbtool.model.decision import GOVERNANCE_TYPE, STATEMENT_TYPE
from kbtool.probe.edits import changed
from kbtool.probe.gates import loaded
from kbtool.records.base import KnowledgeBase
from kbtool.review.content import canonical, digest_of
from kbtool.review.dsse import IN_TOTO, Envelope, with_signature, write_envelope
from kbtool.review.governance import governed_digests
from kbtool.review.keys import PrivateKey, read_private

TOOL = "kbtool probe"
ROOTS = ("scratch-root-1", "scratch-root-2")
"""Names of the root keys; both must sign."""
LOG, STRANGER, DRAFTER = "scratch-log", "scratch-stranger", "scratch-drafter"
ORIGIN = "scratch.example.org/log"

_PKCS8 = bytes.fromhex("302e020100300506032b657004220420")
"""What stands before the 32 bytes of an Ed25519 private key in PKCS#8."""


def key_of(name: str) -> PrivateKey:
    """The private key of a name, always the same: it is no secret and protects nothing."""
    der = _PKCS8 + hashlib.sha256(f"kbtool probe: {name}".encode()).digest()
    pem = b"-----BEGIN PRIVATE KEY-----\n" + base64.encodebytes(der) + b"-----END PRIVATE KEY-----\n"
    key = read_private(pem, None)
    if not isinstance(key, PrivateKey):
        raise TypeError(key.message)
    return key


def public_of(name: str) -> str:
    """The public key of a name, as records hold it."""
    return key_of(name).public().to_text()


def knowledge(files: Mapping[str, bytes]) -> KnowledgeBase:
    """The index of a copy that can be read; raises ValueError for another."""
    base = loaded(files).base
    if base is None:
        raise ValueError("the scratch copy cannot be read")
    return base


def enveloped(statement: Mapping[str, Any], signers: tuple[str, ...]) -> bytes:
    """The bytes of an envelope over a statement, signed with the keys of these names."""
    envelope = Envelope(canonical(statement), IN_TOTO)
    for name in signers:
        envelope = with_signature(envelope, key_of(name))
    return write_envelope(envelope)


def reviewer(id_: str, name: str, roles: tuple[str, ...], since: date) -> dict[str, Any]:
    """A made-up reviewer with a key and a statement of interests, as data of `reviewers.yaml`."""
    day = since.isoformat()
    return {
        "id": id_,
        "name": name,
        "roles": list(roles),
        "keys": [{"public": public_of(id_), "since": day}],
        "interests": [{"on": day, "statement": "None; this person is made up."}],
    }


def with_people(files: Mapping[str, bytes], people: list[dict[str, Any]]) -> dict[str, bytes]:
    """The copy with these reviewers, two root keys of which both must sign, and a log key."""
    keys = [{"name": name, "public": public_of(name)} for name in ROOTS]
    trust: dict[Path, Any] = {
        ("root",): {"threshold": "2", "keys": keys},
        ("log",): {"origin": ORIGIN, "public": public_of(LOG)},
    }
    return changed(changed(files, "reviewers.yaml", {("reviewers",): people}), "kb.yaml", trust)


def governed(
    files: Mapping[str, bytes], on: date, signers: tuple[str, ...] = ROOTS, **predicate: object
) -> dict[str, bytes]:
    """The copy with its reviewers, policy and root as they stand agreed by one more governance file."""
    index = knowledge(files)
    chain = sorted(name for name in files if name.startswith("governance/"))
    config = index.config.model
    given: dict[str, Any] = {
        "on": on.isoformat(),
        "note": "Made up by the probe.",
        "number": len(chain) + 1,
        "root": config.root.model_dump(mode="json"),
        "tool": TOOL,
    }
    if config.log:
        given["log"] = config.log.model_dump(mode="json")
    if chain:
        given["previous"] = digest_of(files[chain[-1]])
    given |= predicate
    statement = {
        "_type": STATEMENT_TYPE,
        "subject": [{"name": name, "digest": {"sha256": d}} for name, d in governed_digests(index).items()],
        "predicateType": GOVERNANCE_TYPE,
        "predicate": given,
    }
    raw = enveloped(statement, signers)
    return {**files, f"governance/{given['number']:04}-{digest_of(raw)}.json": raw}
