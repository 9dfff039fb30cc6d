"""Decisions and a log in a scratch copy, right or wrong as a fault wants them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from kbtool.model.decision import REVIEW_TYPE, STATEMENT_TYPE
from kbtool.probe.people import LOG, ORIGIN, TOOL, enveloped, key_of, knowledge
from kbtool.records.base import KnowledgeBase
from kbtool.review import base64text
from kbtool.review.content import canonical, content_of, contents_of, digest_of, rests_on
from kbtool.review.dsse import Envelope, read_envelope
from kbtool.review.edits import Refusal
from kbtool.review.log import CHECKPOINT, ENTRIES, OLDER, Entry, read_log
from kbtool.review.merkle import tree_of
from kbtool.review.note import Checkpoint, checkpoint_text, sign_note
from kbtool.review.sequence import sequence
from kbtool.review.state import review_state

Files = Mapping[str, bytes]


def decide(files: Files, claim: str, by: str, on: date, **given: Any) -> dict[str, bytes]:
    """The copy with one more decision on the content of now: an approval signed by the person named.

    `signers` are the names of the keys that sign instead; every other argument replaces a part of the predicate.
    """
    signers = given.pop("signers", (by,))
    index = knowledge(files)
    content = content_of(index.claims[claim].model, index)
    predicate = _usual(index, files, claim, by, on) | given
    raw = enveloped(_statement(claim, content.digest, predicate), signers)
    return {**files, decision_name(claim, raw): raw, f"reviewed/{content.digest}.json": content.raw}


def decision_name(claim: str, raw: bytes) -> str:
    """The name of the file that holds a decision."""
    return f"decisions/{claim}/{digest_of(raw)}.json"


def _statement(claim: str, digest: str, predicate: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "_type": STATEMENT_TYPE,
        "subject": [{"name": claim, "digest": {"sha256": digest}}],
        "predicateType": REVIEW_TYPE,
        "predicate": dict(predicate),
    }


def _usual(index: KnowledgeBase, files: Files, claim: str, by: str, on: date) -> dict[str, Any]:
    """The predicate of an honest approval."""
    below = {id_: content.digest for id_, content in contents_of(index.claims, index).items()}
    usual: dict[str, Any] = {
        "decision": "approve",
        "by": by,
        "on": on.isoformat(),
        "rests_on": rests_on(index.claims[claim].model, index, below),
        "policy": digest_of(index.policy.raw),
        "saw": sorted(name[-69:-5] for name in files if name.startswith(f"decisions/{claim}/")),
        "tool": TOOL,
    }
    seen = newest(index)
    return usual | ({"checkpoint": {"size": seen.size, "root": base64text.encode(seen.root)}} if seen else {})


def newest(index: KnowledgeBase) -> Checkpoint | None:
    """The newest checkpoint of the copy."""
    return read_log(index.review, index.config.model.log).checkpoint


def entries_of(files: Files) -> tuple[Entry, ...]:
    """The entries of the copy's log, in order."""
    index = knowledge(files)
    return read_log(index.review, index.config.model.log).entries


def checkpointed(files: Files, on: date) -> dict[str, bytes]:
    """The copy with everything that waits taken up by the log, as `kbtool audit checkpoint` does.

    Raises ValueError where that refuses.
    """
    index = knowledge(files)
    done = sequence(index, review_state(index, on), key_of(LOG), on)
    if isinstance(done, Refusal):
        raise ValueError(done.message)  # noqa: TRY004 - the copy is at fault, not a type
    return {**files, **{edit.name: edit.content for edit in done.edits}}


def relogged(files: Files, entries: tuple[Entry, ...], signer: str = LOG) -> dict[str, bytes]:
    """The copy with a log of exactly these entries under a checkpoint signed with the key of this name."""
    tree = tree_of(entry.line() for entry in entries)
    note = sign_note(checkpoint_text(Checkpoint(ORIGIN, tree.size, tree.root)), ORIGIN, key_of(signer))
    return {**files, ENTRIES: lines_of(entries), CHECKPOINT: note, f"{OLDER}{tree.size}": note}


def lines_of(entries: tuple[Entry, ...]) -> bytes:
    """The bytes of the file of entries."""
    return b"".join(entry.line() + b"\n" for entry in entries)


def envelope_of(raw: bytes) -> Envelope:
    """The envelope of a decision file of the copy; raises TypeError for another file."""
    envelope = read_envelope(raw)
    if not isinstance(envelope, Envelope):
        raise TypeError(envelope.message)
    return envelope


def statement_of(raw: bytes) -> Any:
    """The statement that a decision file of the copy holds, free to be changed."""
    return json.loads(envelope_of(raw).payload)


def restated(statement: Mapping[str, Any]) -> bytes:
    """A statement as the bytes that are signed."""
    return canonical(statement)
