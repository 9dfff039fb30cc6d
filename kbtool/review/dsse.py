"""DSSE envelopes: a payload, its type and the signatures over both.

What is signed is `pae`: type and payload with their lengths before them. So no canonical JSON is needed, the payload
cannot be taken for one of another type, and `openssl` can check a signature over plain bytes.

Reading is narrower than the specification, so that one envelope has one meaning in every reader: closed and unique
keys, base64 in the standard alphabet only, a `keyid` in every signature and no `keyid` twice.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from kbtool.review import base64text

if TYPE_CHECKING:
    from kbtool.review.keys import PrivateKey, PublicKey

IN_TOTO = "application/vnd.in-toto+json"
"""The payload type of in-toto statements."""
MAX_BYTES = 1_048_576
"""Bytes of an envelope."""
MAX_SIGNATURES = 16
"""Signatures of an envelope."""
MAX_SIGNATURE_BYTES = 8_192
"""Bytes of a signature of any algorithm."""
MAX_NAME = 255
"""Characters of a payload type or key id."""

_MAX_BRACKETS = 64
"""Opening brackets: 18 in the fullest envelope, a few more in names. Keeps the parser from deep nesting."""


_WRITTEN = re.compile(
    rb'\{\n  "payload": "([A-Za-z0-9+/=]*)",\n  "payloadType": "'
    + re.escape(IN_TOTO.encode())
    + rb'",\n  "signatures": \[\n'
    rb'    \{\n      "keyid": "([0-9a-f]{64})",\n      "sig": "([A-Za-z0-9+/=]+)"\n    \}\n  \]\n\}\n'
)
"""An envelope with one signature as `write_envelope` writes it."""


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature and the id of the key that is said to have made it."""

    keyid: str
    sig: bytes


@dataclass(frozen=True, slots=True)
class Envelope:
    """A payload with its type and signatures; there may be none."""

    payload: bytes
    payload_type: str
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True, slots=True)
class EnvelopeProblem:
    """Why bytes are not an envelope: one sentence and what to do next."""

    message: str
    hint: str = "restore the file as it was signed; an envelope is never edited by hand"


class Verification(NamedTuple):
    """What became of each signature, as key ids in the order of the envelope."""

    holds: tuple[str, ...]
    """Made by the known key of that id over this payload and type."""
    unknown: tuple[str, ...]
    """Not checked: no key of that id is known."""
    bad: tuple[str, ...]
    """Not made by the known key of that id, or made over something else."""


def pae(payload_type: str, payload: bytes) -> bytes:
    """The bytes that are signed: 'DSSEv1', then type and payload, each after its length in bytes."""
    kind = payload_type.encode()
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)


def sign(payload_type: str, payload: bytes, key: PrivateKey) -> Envelope:
    """An envelope with one signature."""
    return with_signature(Envelope(payload, payload_type), key)


def with_signature(envelope: Envelope, key: PrivateKey) -> Envelope:
    """The envelope with the key's signature at the end, in place of an earlier one by the same key."""
    keyid = key.public().key_id()
    others = tuple(signature for signature in envelope.signatures if signature.keyid != keyid)
    made = Signature(keyid, key.sign(pae(envelope.payload_type, envelope.payload)))
    return replace(envelope, signatures=(*others, made))


def verify(envelope: Envelope, keys: Mapping[str, PublicKey]) -> Verification:
    """Check each signature against the key of its id; `keys` goes from `PublicKey.key_id()` to the key."""
    message = pae(envelope.payload_type, envelope.payload)
    found: dict[str, list[str]] = {"holds": [], "unknown": [], "bad": []}
    for signature in envelope.signatures:
        key = keys.get(signature.keyid)
        outcome = "unknown" if key is None else "holds" if key.verify(signature.sig, message) else "bad"
        found[outcome].append(signature.keyid)
    return Verification(tuple(found["holds"]), tuple(found["unknown"]), tuple(found["bad"]))


def write_envelope(envelope: Envelope) -> bytes:
    """The envelope as JSON, always the same bytes; one key a line, so that `sed` and `base64 -d` can take it apart."""
    signatures = [{"keyid": one.keyid, "sig": base64text.encode(one.sig)} for one in envelope.signatures]
    value = {
        "payload": base64text.encode(envelope.payload),
        "payloadType": envelope.payload_type,
        "signatures": signatures,
    }
    return f"{json.dumps(value, ensure_ascii=False, indent=2)}\n".encode()


def read_written(raw: bytes) -> Envelope | None:
    """The envelope of bytes that `write_envelope` made of a statement with one signature; None for all others.

    Nearly all decisions are of this form, and it is read without a JSON parser: the pattern leaves no other way to
    read the bytes, and base64 has one spelling.
    """
    found = _WRITTEN.fullmatch(raw) if len(raw) <= MAX_BYTES else None
    if found is None:
        return None
    payload, sig = (base64text.decode(found[part].decode()) for part in (1, 3))
    if payload is None or not sig or len(sig) > MAX_SIGNATURE_BYTES:
        return None
    return Envelope(payload, IN_TOTO, (Signature(found[2].decode(), sig),))


def read_envelope(raw: bytes) -> Envelope | EnvelopeProblem:
    """The envelope of a file's bytes, or the first thing wrong with them; whatever the bytes, nothing is raised."""
    try:
        return _envelope(_json(raw))
    except _RefusedError as refused:
        return EnvelopeProblem(f"the envelope {refused}")


class _RefusedError(ValueError):
    """Says what is wrong, as the end of a sentence that begins with 'the envelope'; never leaves this module."""


def _json(raw: bytes) -> Any:
    if len(raw) > MAX_BYTES:
        raise _RefusedError(f"has {len(raw)} bytes, more than {MAX_BYTES}")
    if raw.count(b"{") + raw.count(b"[") > _MAX_BRACKETS:
        raise _RefusedError(f"has more than {_MAX_BRACKETS} opening brackets")
    try:
        text = raw.decode()
        return json.loads(
            text, object_pairs_hook=_object, parse_float=_number, parse_int=_number, parse_constant=_number
        )
    except UnicodeDecodeError as error:
        raise _RefusedError(f"is not UTF-8 at byte {error.start}") from None
    except json.JSONDecodeError as error:
        raise _RefusedError(f"is not JSON at line {error.lineno}, column {error.colno}") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise _RefusedError("has a key twice in one object")
    return value


def _number(text: str) -> NoReturn:
    raise _RefusedError(f"has the number '{text[:20]}' where no number belongs")


def _envelope(value: Any) -> Envelope:
    found = _closed(value, {"payload", "payloadType", "signatures"}, "it")
    signatures = found["signatures"]
    if not isinstance(signatures, list) or len(signatures) > MAX_SIGNATURES:
        raise _RefusedError(f"has 'signatures' that are not a list of at most {MAX_SIGNATURES}")
    read = tuple(_signature(one) for one in signatures)
    if len({one.keyid for one in read}) != len(read):
        raise _RefusedError("has two signatures with the same 'keyid'")
    return Envelope(_bytes(found, "payload"), _name(found, "payloadType"), read)


def _signature(value: Any) -> Signature:
    found = _closed(value, {"keyid", "sig"}, "a signature")
    sig = _bytes(found, "sig")
    if not 0 < len(sig) <= MAX_SIGNATURE_BYTES:
        raise _RefusedError(f"has a 'sig' of {len(sig)} bytes, not 1 to {MAX_SIGNATURE_BYTES}")
    return Signature(_name(found, "keyid"), sig)


def _closed(value: Any, keys: set[str], what: str) -> dict[str, Any]:
    if not isinstance(value, dict) or value.keys() != keys:
        wanted = ", ".join(f"'{key}'" for key in sorted(keys))
        raise _RefusedError(f"is wrong in shape: {what} has to be an object with exactly the keys {wanted}")
    return value


def _bytes(found: dict[str, Any], key: str) -> bytes:
    text = found[key]
    raw = base64text.decode(text) if isinstance(text, str) else None
    if raw is None:
        raise _RefusedError(f"has a '{key}' that is not padded base64 in the standard alphabet")
    return raw


def _name(found: dict[str, Any], key: str) -> str:
    text = found[key]
    if not isinstance(text, str) or not 0 < len(text) <= MAX_NAME or not text.isprintable():
        raise _RefusedError(f"has a '{key}' that is not text of 1 to {MAX_NAME} printable characters")
    return text
