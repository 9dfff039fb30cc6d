"""A scratch base in which people can decide: the tiny base with reviewers, root keys and a log, all plainly made up.

In memory a base is bytes by name (`tests.rules.bases`), and every function here gives a new one; `scratch` puts one on
disk. The keys are made from their names, so they are no secret and protect nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kbtool.model.decision import GOVERNANCE_TYPE, REVIEW_TYPE, STATEMENT_TYPE
from kbtool.records.base import KnowledgeBase
from kbtool.review.content import Content, canonical, content_of, digest_of, rests_on
from kbtool.review.dsse import IN_TOTO, Envelope, with_signature, write_envelope
from kbtool.review.governance import governed_digests
from kbtool.review.keys import PrivateKey
from kbtool.review.log import CHECKPOINT, ENTRIES, OLDER, Entry, read_log
from kbtool.review.merkle import tree_of
from kbtool.review.note import Checkpoint, checkpoint_text, sign_note
from kbtool.review.reviewed import ReviewState
from kbtool.review.state import review_state
from kbtool.yamlsource.splice import splice
from tests.rules.bases import Base, loaded, read_tree, tiny_base

CLINICIAN, EDITOR, DRAFTER = "example-clinician", "example-editor", "editorial"
"""Ids of the reviewers; the drafter is the one whom the tiny base's claims name as drafted by."""

ROOTS = ("root-one", "root-two")
"""Names of the root keys; both must sign."""

LOG, STRANGER = "log", "stranger"
"""The log's key, and a key that nobody has."""

ORIGIN = "kb.example.org/log"
FIRST_DAY = date(2026, 1, 16)
"""The day from which keys count, of the statements of interests and of the first governance."""
DAY = date(2026, 1, 20)
"""The day of a decision where none is named."""
AS_OF = date(2026, 2, 1)

DENIAL, RESTATED, TRIAL = (
    f"plumberry-tea/{slug}" for slug in ("may-not-relieve", "restated-at-the-end", "trial-of-two-doses")
)
"""Ids of the claims; a caveat of the trial rests on the denial. All have a high risk: two people, one a clinician."""

REVIEWERS = ((CLINICIAN, "One", "clinician"), (EDITOR, "Two", "medical-editor"), (DRAFTER, "Three", "drafter"))


def key_of(name: str) -> PrivateKey:
    """The private key of a name; always the same."""
    return PrivateKey(Ed25519PrivateKey.from_private_bytes(hashlib.sha256(name.encode()).digest()))


def public_of(name: str) -> str:
    """The public key of a name, as records hold it."""
    return key_of(name).public().to_text()


def reviewed_base() -> dict[str, bytes]:
    """The tiny base with three reviewers, two root keys, a log key and the first governance; nothing is decided yet."""
    base = tiny_base()
    base |= {"reviewers.yaml": _reviewers().encode(), "kb.yaml": base["kb.yaml"] + _trust().encode()}
    return governed(base)


def _reviewers() -> str:
    return "reviewers:\n" + "".join(
        f"""  - id: {id_}
    name: Example Reviewer {number}
    roles: [{role}]
    keys:
      - public: {public_of(id_)}
        since: {FIRST_DAY}
    interests:
      - on: {FIRST_DAY}
        statement: None; this person is made up.
"""
        for id_, number, role in REVIEWERS
    )


def _trust() -> str:
    keys = "".join(f"    - name: {name}\n      public: {public_of(name)}\n" for name in ROOTS)
    return f"root:\n  threshold: 2\n  keys:\n{keys}log:\n  origin: {ORIGIN}\n  public: {public_of(LOG)}\n"


def knowledge(base: Base) -> KnowledgeBase:
    """The base as an index; it must be readable."""
    found = loaded(base).base
    assert found is not None
    return found


def state(base: Base, as_of: date = AS_OF) -> ReviewState:
    """The review of the base on a day."""
    return review_state(knowledge(base), as_of)


def standing(base: Base, claim: str, as_of: date = AS_OF) -> str:
    """How one claim stands on a day."""
    return state(base, as_of).claims[claim].standing.value


def faults(base: Base, as_of: date = AS_OF) -> set[tuple[str, str]]:
    """Rule and file of everything about the review that does not hold."""
    return {(problem.rule, problem.file) for problem in state(base, as_of).problems}


def enveloped(statement: Mapping[str, Any], signers: tuple[str, ...]) -> bytes:
    """The bytes of an envelope over a statement, signed by the keys of these names."""
    envelope = Envelope(canonical(statement), IN_TOTO)
    for name in signers:
        envelope = with_signature(envelope, key_of(name))
    return write_envelope(envelope)


@dataclass(frozen=True, slots=True)
class Made:
    """A base with a file that was just put into it."""

    base: dict[str, bytes]
    file: str
    """Name of the file inside the base."""


def decide(
    base: Base,
    claim: str,
    verb: str,
    by: str,
    *,
    on: date = DAY,
    note: str | None = None,
    signers: tuple[str, ...] | None = None,
    content: Content | None = None,
    **predicate: Any,
) -> Made:
    """The base with one more decision, and its file: signed by the person named, about the content of now.

    `signers` are the names of the keys that sign instead (none: unsigned), `content` what is decided about instead;
    further arguments replace parts of the predicate.
    """
    index = knowledge(base)
    about = content or content_of(index.claims[claim].model, index)
    statement = review_statement(index, claim, about.digest, _given(decision=verb, by=by, on=on, note=note) | predicate)
    raw = enveloped(statement, (by,) if signers is None else signers)
    file = f"decisions/{claim}/{digest_of(raw)}.json"
    return Made(dict(base) | {file: raw, f"reviewed/{about.digest}.json": about.raw}, file)


def decided(base: Base, claim: str, verb: str, by: str, **more: Any) -> dict[str, bytes]:
    """As `decide`, without the name of the file."""
    return decide(base, claim, verb, by, **more).base


def approved(base: Base, claim: str, *, on: date = DAY) -> dict[str, bytes]:
    """The base with the claim approved by both who must."""
    return decided(decided(base, claim, "approve", EDITOR, on=on), claim, "approve", CLINICIAN, on=on)


def _given(**fields: Any) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in fields.items() if value}


def review_statement(index: KnowledgeBase, claim: str, digest: str, predicate: Mapping[str, Any]) -> dict[str, Any]:
    """The in-toto statement of a decision; what the predicate leaves out is taken from the base as it stands."""
    below = {id_: content_of(record.model, index).digest for id_, record in index.claims.items()}
    checkpoint = newest_checkpoint(index)
    usual: dict[str, Any] = {
        "rests_on": rests_on(index.claims[claim].model, index, below),
        "policy": digest_of(index.policy.raw),
        "saw": sorted(name[-69:-5] for name in index.review if name.startswith(f"decisions/{claim}/")),
        "tool": "kbtool tests",
    }
    if checkpoint:
        usual["checkpoint"] = checkpoint
    return {
        "_type": STATEMENT_TYPE,
        "subject": [{"name": claim, "digest": {"sha256": digest}}],
        "predicateType": REVIEW_TYPE,
        "predicate": usual | dict(predicate),
    }


def newest_checkpoint(index: KnowledgeBase) -> dict[str, Any] | None:
    """Size and root of the newest checkpoint, as decisions name it."""
    if CHECKPOINT not in index.review:
        return None
    _, size, root = index.review[CHECKPOINT].raw.decode().split("\n")[:3]
    return {"size": int(size), "root": root}


def governed(
    base: Base, *, signers: tuple[str, ...] = ROOTS, on: date = FIRST_DAY, **predicate: Any
) -> dict[str, bytes]:
    """The base with its reviewers, policy and root as they stand agreed by one more governance file."""
    index = knowledge(base)
    chain = sorted(name for name in base if name.startswith("governance/"))
    config = index.config.model
    given: dict[str, Any] = {
        "on": on.isoformat(),
        "note": "Made up for tests.",
        "number": len(chain) + 1,
        "root": config.root.model_dump(mode="json"),
        "tool": "kbtool tests",
    }
    if config.log:
        given["log"] = config.log.model_dump(mode="json")
    if chain:
        given["previous"] = digest_of(base[chain[-1]])
    given |= predicate
    statement = {
        "_type": STATEMENT_TYPE,
        "subject": [{"name": n, "digest": {"sha256": d}} for n, d in governed_digests(index).items()],
        "predicateType": GOVERNANCE_TYPE,
        "predicate": given,
    }
    raw = enveloped(statement, signers)
    return dict(base) | {f"governance/{given['number']:04}-{digest_of(raw)}.json": raw}


def checkpointed(base: Base, on: date = DAY, *, signer: str = LOG) -> dict[str, bytes]:
    """The base with everything that waits taken up by the log, governance first, under a new checkpoint."""
    index = knowledge(base)
    entries = list(read_log(index.review, index.config.model.log).entries)
    known = {entry.name for entry in entries}
    waiting = [name for name in base if name.startswith(("governance/", "decisions/")) and name not in known]
    entries += [Entry(name, digest_of(base[name]), on) for name in sorted(waiting, key=lambda name: _place(base[name]))]
    return relogged(base, tuple(entries), signer=signer)


def _place(raw: bytes) -> tuple[int, int, str, str]:
    """Governance by number, then decisions: who saw more comes later, since each names all that it saw."""
    import base64

    predicate = json.loads(base64.b64decode(json.loads(raw)["payload"]))["predicate"]
    if "number" in predicate:
        return (0, predicate["number"], "", "")
    return (1, len(predicate.get("saw", ())), predicate["on"], digest_of(raw))


def relogged(base: Base, entries: tuple[Entry, ...], *, signer: str = LOG) -> dict[str, bytes]:
    """The base with a log of exactly these entries under a checkpoint signed by the key of this name."""
    tree = tree_of(entry.line() for entry in entries)
    note = sign_note(checkpoint_text(Checkpoint(ORIGIN, tree.size, tree.root)), ORIGIN, key_of(signer))
    lines = b"".join(entry.line() + b"\n" for entry in entries)
    return dict(base) | {ENTRIES: lines, CHECKPOINT: note, f"{OLDER}{tree.size}": note}


def synced(base: Base, as_of: date = AS_OF) -> dict[str, bytes]:
    """The base with every record's status as its decisions have it."""
    changed = dict(base)
    for id_, review in state(base, as_of).claims.items():
        changed[f"{id_}.yaml"] = splice(changed[f"{id_}.yaml"], ("review", "status"), review.status)
    return changed


@dataclass(frozen=True, slots=True)
class Scratch:
    """A scratch base on disk: its folder, and files with the private keys beside it (PKCS#8, without a passphrase)."""

    root: Path
    """The folder that holds `claims/`, `schema/` and `keys/`."""

    @property
    def folder(self) -> Path:
        """The folder of the base."""
        return self.root / "claims"

    def key_file(self, name: str) -> Path:
        """The file of a person's, root's or log's private key."""
        return self.root / "keys" / f"{name}.pem"

    def read(self) -> dict[str, bytes]:
        """The base as it is on disk now, for the functions above."""
        schema = read_tree(self.root / "schema")
        return read_tree(self.folder) | {f"schema/{name}": raw for name, raw in schema.items()}

    def write(self, base: Base) -> None:
        """Make the base on disk this one; files that it does not have go."""
        for name in self.read().keys() - base.keys():
            self.path_of(name).unlink()
        for name, raw in base.items():
            self.path_of(name).parent.mkdir(parents=True, exist_ok=True)
            self.path_of(name).write_bytes(raw)

    def path_of(self, name: str) -> Path:
        """Where the file of a name in memory stands on disk."""
        return self.root / name if name.startswith("schema/") else self.folder / name


def scratch(tmp_path: Path) -> Scratch:
    """A fresh `reviewed_base` below the folder, with key files; nothing is decided yet."""
    made = Scratch(tmp_path / "scratch")
    for name in (*(id_ for id_, _, _ in REVIEWERS), *ROOTS, LOG, STRANGER):
        path = made.key_file(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(key_of(name).to_pem(None))
        path.chmod(0o600)
    made.folder.mkdir()
    made.write(reviewed_base())
    return made
