"""Signed notes and checkpoints of a log, as C2SP's signed-note and tlog-checkpoint describe them.

A note is text that people can read and `sed` can cut, with a line for each signature; other logs, monitors and
witnesses speak the same form. Only Ed25519 (type 1) is made and checked; signatures of other kinds are by unknown
keys. A name has one key here: after a change of keys, ask once with the old and once with the new.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from kbtool.review import base64text
from kbtool.review.keys import KeyProblem, PrivateKey, PublicKey

KeyName: TypeAlias = str
"""The name of a key in notes: not empty, no space, no plus; for a log best its origin."""

MAX_BYTES = 1_000_000
"""Bytes of a note."""
MAX_SIGNATURES = 100
"""Signatures of a note; C2SP asks for at least 16."""
MAX_SIZE = 2**63 - 1
"""Leaves of a log."""

_ED25519 = b"\x01"
_ID_SIZE = 4
_ROOT_SIZE = 32
_DASH = "\u2014 "
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_NAME = re.compile(r"[^\s+\x00-\x1f\ud800-\udfff]+")
_VERIFIER = re.compile(rf"({_NAME.pattern})\+([0-9a-f]{{8}})\+(.+)", re.DOTALL)
_DECIMAL = re.compile(r"0|[1-9][0-9]{0,18}")


@dataclass(frozen=True, slots=True)
class NoteProblem:
    """Why bytes are not a note, or a note does not hold: one sentence and what to do next."""

    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class NoteSignature:
    """One signature line: the key's name, its id of four bytes, the signature."""

    name: KeyName
    key_id: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Note:
    """A text with its final newline, and its signatures; nothing in it is to be believed before `verify_note`."""

    text: str
    signatures: tuple[NoteSignature, ...]


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log says of itself: who it is, how many leaves it has, the root of their tree (32 bytes).

    `extensions` are further lines, kept but without meaning here.
    """

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()


def note_key_id(name: KeyName, key: PublicKey) -> bytes:
    """The four bytes that stand for a key of that name in signature lines."""
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + key.raw).digest()[:_ID_SIZE]


def verifier_key(name: KeyName, key: PublicKey) -> str:
    """The key as others configure it: `name+id+base64`; raises ValueError for a name that notes cannot carry."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is not a key name")
    return f"{name}+{note_key_id(name, key).hex()}+{base64text.encode(_ED25519 + key.raw)}"


def read_verifier_key(text: str) -> tuple[KeyName, PublicKey] | NoteProblem:
    """Name and key of a text that `verifier_key` could have written, or what is wrong with it."""
    parts = _VERIFIER.fullmatch(text)
    raw = base64text.decode(parts[3]) if parts else None
    if parts is None or raw is None:
        return NoteProblem(f"the verifier key {text[:80]!r} does not have the form 'name+id+base64'", _ASK_AGAIN)
    if not raw.startswith(_ED25519):
        return NoteProblem(f"the verifier key of '{parts[1]}' is of another kind than Ed25519", _ASK_AGAIN)
    key = PublicKey.from_raw(raw.removeprefix(_ED25519))
    if isinstance(key, KeyProblem):
        return NoteProblem(f"in the verifier key of '{parts[1]}' {key.message}", key.hint)
    if note_key_id(parts[1], key).hex() != parts[2]:
        return NoteProblem(f"the id '{parts[2]}' does not belong to the verifier key of '{parts[1]}'", _ASK_AGAIN)
    return parts[1], key


def sign_note(text: str, name: KeyName, key: PrivateKey) -> bytes:
    """The note with one signature; further signers append their `signature_line`.

    Raises ValueError for a text or name that a note cannot carry.
    """
    return f"{text}\n{signature_line(text, name, key)}".encode()


def signature_line(text: str, name: KeyName, key: PrivateKey) -> str:
    """The line, with its newline, that signs the text; raises ValueError for a text or name that notes cannot carry."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is not a key name")
    if not text.endswith("\n") or _CONTROL.search(text):
        raise ValueError("the text of a note ends in a newline and holds no other control character")
    return f"{_DASH}{name} {base64text.encode(note_key_id(name, key.public()) + key.sign(text.encode()))}\n"


def read_note(raw: bytes) -> Note | NoteProblem:
    """The note of a file's bytes, not yet verified, or the first thing wrong with them; nothing is raised."""
    if len(raw) > MAX_BYTES:
        return _malformed(f"has {len(raw)} bytes, more than {MAX_BYTES}")
    try:
        decoded = raw.decode()
    except UnicodeDecodeError as error:
        return _malformed(f"is not UTF-8 at byte {error.start}")
    if control := _CONTROL.search(decoded):
        return _malformed(f"holds the control character {control[0]!r}")
    text, blank, lines = decoded.rpartition("\n\n")
    if not blank or not lines.endswith("\n"):
        return _malformed("does not end in a blank line and whole signature lines")
    return _signed(f"{text}\n", lines.split("\n")[:-1])


def _signed(text: str, lines: list[str]) -> Note | NoteProblem:
    if len(lines) > MAX_SIGNATURES:
        return _malformed(f"has {len(lines)} signatures, more than {MAX_SIGNATURES}")
    signatures: list[NoteSignature] = []
    for number, line in enumerate(lines, 1):
        signature = _signature(line)
        if signature is None:
            return _malformed(f"has no signature in line {number} after its blank line")
        signatures.append(signature)
    return Note(text, tuple(signatures))


def _signature(line: str) -> NoteSignature | None:
    name, space, encoded = line.removeprefix(_DASH).partition(" ")
    raw = base64text.decode(encoded)
    if not line.startswith(_DASH) or not space or not _NAME.fullmatch(name) or raw is None or len(raw) <= _ID_SIZE:
        return None
    return NoteSignature(name, raw[:_ID_SIZE], raw[_ID_SIZE:])


def verify_note(note: Note, keys: Mapping[KeyName, PublicKey]) -> tuple[KeyName, ...] | NoteProblem:
    """The names of the known keys whose signatures hold, at least one; or why the note must not be believed.

    A signature counts as by a known key where name and id both fit; others are ignored. One known key that does not
    hold rejects the note.
    """
    holds: dict[KeyName, None] = {}
    for one in note.signatures:
        key = keys.get(one.name)
        if key is None or note_key_id(one.name, key) != one.key_id:
            continue
        if not key.verify(one.signature, note.text.encode()):
            return NoteProblem(f"the signature of '{one.name}' does not hold: the note was changed or forged", _RESTORE)
        holds[one.name] = None
    return tuple(holds) or NoteProblem("the note has no signature by a known key", "check which key signs the log")


def checkpoint_text(checkpoint: Checkpoint) -> str:
    """The checkpoint as the text of a note; raises ValueError for one that would not be read back as it is."""
    lines = (checkpoint.origin, str(checkpoint.size), base64text.encode(checkpoint.root), *checkpoint.extensions)
    text = "".join(f"{line}\n" for line in lines)
    if read_checkpoint(text) != checkpoint:
        raise ValueError(f"{checkpoint!r} cannot be written as a checkpoint")
    return text


def read_checkpoint(text: str) -> Checkpoint | NoteProblem:
    """The checkpoint in the text of a note, or what is wrong with it."""
    *lines, end = text.split("\n")
    if end or len(lines) < 3 or not all(lines):
        return NoteProblem("the checkpoint does not have three or more lines, none of them empty", _RESTORE)
    origin, size, encoded, *extensions = lines
    if not _DECIMAL.fullmatch(size) or int(size) > MAX_SIZE:
        return NoteProblem(f"the tree size {size[:40]!r} is not a decimal number without leading zeros", _RESTORE)
    root = base64text.decode(encoded)
    if root is None or len(root) != _ROOT_SIZE:
        return NoteProblem(f"the root {encoded[:60]!r} is not the base64 of {_ROOT_SIZE} bytes", _RESTORE)
    return Checkpoint(origin, int(size), root, tuple(extensions))


def _malformed(what: str) -> NoteProblem:
    return NoteProblem(f"the note {what}", _RESTORE)


_ASK_AGAIN = "copy the verifier key again from the log's owner"
_RESTORE = "restore the file as it was signed; a note is never edited by hand"
