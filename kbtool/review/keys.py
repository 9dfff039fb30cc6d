"""Ed25519 keys: make, read, write, sign, verify. The home of the `cryptography` library; import it only where needed.

Ed25519 (RFC 8032) because its signatures are deterministic, small and checked by `openssl` 3 without options to get
wrong. A public key is refused unless it is the one spelling of a point of the curve, outside the subgroup of small
order: under a key of small order anyone can make a signature that holds for whatever text they like.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Self

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kbtool.review import base64text

RAW_SIZE = 32
"""Bytes of a raw public key."""
SIGNATURE_SIZE = 64
"""Bytes of a signature."""
MAX_PEM = 16_384
"""Bytes of a private key file; a real one has some hundreds."""
MAX_PASSPHRASE = 1_023
"""Bytes of a passphrase, the limit of OpenSSL."""

_PRIME = 2**255 - 19
_SIGN_BIT = 1 << 255
_D = -121665 * pow(121666, -1, _PRIME) % _PRIME
_ORDER_8 = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
_SMALL_ORDER = frozenset({0, 1, _PRIME - 1, _ORDER_8, _PRIME - _ORDER_8})
"""The y coordinates of the eight points whose order divides 8."""

_PEM_LABEL = re.compile(rb"-----BEGIN ([A-Z0-9 ]{1,40})-----")


@dataclass(frozen=True, slots=True)
class KeyProblem:
    """Why a text is not a key that can be used: one sentence and what to do next."""

    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """An Ed25519 public key as its 32 raw bytes.

    Raises ValueError for bytes that are no such key; data from outside comes in through `from_text` or `from_raw`.
    """

    raw: bytes

    def __post_init__(self) -> None:
        if fault := _fault(self.raw):
            raise ValueError(f"the key {fault}")

    @classmethod
    def from_raw(cls, raw: bytes) -> Self | KeyProblem:
        """The key of 32 raw bytes, or why they are none."""
        if fault := _fault(raw):
            return KeyProblem(f"the public key '{base64text.encode(raw[:RAW_SIZE])}' {fault}", _ASK_AGAIN)
        return cls(raw)

    @classmethod
    def from_text(cls, text: str) -> Self | KeyProblem:
        """The key of a text that `to_text` wrote, or why it is none."""
        raw = base64text.decode(text)
        if raw is None:
            return KeyProblem(f"the public key {text[:60]!r} is not base64 in the standard alphabet", _ASK_AGAIN)
        return cls.from_raw(raw)

    def to_text(self) -> str:
        """The raw bytes in base64, 44 characters."""
        return base64text.encode(self.raw)

    def to_pem(self) -> bytes:
        """The key as SubjectPublicKeyInfo in PEM, as `openssl` reads it."""
        form = serialization.PublicFormat.SubjectPublicKeyInfo
        return self._key().public_bytes(serialization.Encoding.PEM, form)

    def key_id(self) -> str:
        """What signatures call this key: the SHA-256 of its raw bytes in lower-case hexadecimal."""
        return hashlib.sha256(self.raw).hexdigest()

    def verify(self, signature: bytes, message: bytes) -> bool:
        """Whether the signature holds for exactly this message."""
        try:
            self._key().verify(signature, message)
        except InvalidSignature:
            return False
        return True

    def _key(self) -> Ed25519PublicKey:
        return _ed25519(self.raw)


@dataclass(frozen=True, slots=True, eq=False)
class PrivateKey:
    """An Ed25519 private key; it never shows itself in a message or a trace."""

    key: Ed25519PrivateKey = field(repr=False)

    def public(self) -> PublicKey:
        """The public key that verifies what this key signs."""
        return PublicKey(self.key.public_key().public_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        """The signature of the message, 64 bytes; the same key and message always give the same."""
        return self.key.sign(message)

    def to_pem(self, passphrase: bytes | None) -> bytes:
        """The key as PKCS#8 in PEM, as `openssl` reads it; under AES-256 where there is a passphrase.

        The library stretches a passphrase only lightly, so it has to be a long one. `openssl pkcs8 -topk8 -scrypt`
        makes a file that resists guessing better, and `read_private` reads it.
        Raises ValueError for a passphrase that is empty or longer than 1,023 bytes.
        """
        if passphrase is not None and not 0 < len(passphrase) <= MAX_PASSPHRASE:
            raise ValueError(f"a passphrase has 1 to {MAX_PASSPHRASE} bytes")
        lock = serialization.BestAvailableEncryption(passphrase) if passphrase else serialization.NoEncryption()
        return self.key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, lock)


def new_key() -> PrivateKey:
    """A fresh key from the system's source of randomness."""
    return PrivateKey(Ed25519PrivateKey.generate())


def read_private(pem: bytes, passphrase: bytes | None) -> PrivateKey | KeyProblem:
    """The private key of a PEM file, or why there is none; the passphrase is None where none is known.

    PKCS#8 carries no digest: a damaged file may give another key, so hold `public()` against the key you expect.
    """
    if problem := _wrapping_problem(pem, passphrase):
        return problem
    try:
        key = serialization.load_pem_private_key(pem, passphrase)
    except UnsupportedAlgorithm:
        return KeyProblem("the key or its encryption is of a kind that is not supported", _MAKE_KEY)
    except ValueError:
        return _LOCKED if passphrase is not None else KeyProblem("the key is damaged", _FROM_BACKUP)
    if not isinstance(key, Ed25519PrivateKey):
        return KeyProblem("the key is of another kind than Ed25519", _MAKE_KEY)
    return PrivateKey(key)


def _wrapping_problem(pem: bytes, passphrase: bytes | None) -> KeyProblem | None:
    if len(pem) > MAX_PEM:
        return KeyProblem(f"the file has {len(pem)} bytes, more than the {MAX_PEM} of any key file", _OTHER_FILE)
    labels = [label.decode("ascii") for label in _PEM_LABEL.findall(pem)]
    if len(labels) != 1:
        return KeyProblem(f"the file holds {len(labels)} PEM blocks where it should hold one private key", _OTHER_FILE)
    if labels[0] not in {"PRIVATE KEY", "ENCRYPTED PRIVATE KEY"}:
        return KeyProblem(f"the file holds '{labels[0]}', not a private key in PKCS#8", _OTHER_FILE)
    return _passphrase_problem(passphrase, locked=labels[0] == "ENCRYPTED PRIVATE KEY")


def _passphrase_problem(passphrase: bytes | None, *, locked: bool) -> KeyProblem | None:
    if locked and not passphrase:
        return KeyProblem("the key is locked with a passphrase and none was given", "give the passphrase")
    if not locked and passphrase is not None:
        # To go on would let its owner believe that the file is protected.
        return KeyProblem("a passphrase was given but the key has none", "leave it out, or lock the key with it")
    return None


@lru_cache(maxsize=256)
def _ed25519(raw: bytes) -> Ed25519PublicKey:
    """The library's key of raw bytes; a few people sign everything."""
    return Ed25519PublicKey.from_public_bytes(raw)


def _fault(raw: bytes) -> str:
    """What is wrong with the bytes of a public key, as the end of a sentence; empty for a good key."""
    if len(raw) != RAW_SIZE:
        return f"has {len(raw)} bytes where an Ed25519 key has {RAW_SIZE}"
    y = int.from_bytes(raw, "little") % _SIGN_BIT
    if y >= _PRIME:
        return "is not written in its one canonical form"
    if y in _SMALL_ORDER:
        return "is a weak one: anyone could sign under it"
    return "" if _is_on_curve(y) else "is no point of the curve; a character may be mistyped"


def _is_on_curve(y: int) -> bool:
    """Whether some x gives -x² + y² = 1 + d·x²·y²: whether (y² - 1)·(d·y² + 1) is a square."""
    product = (y * y - 1) * (_D * y * y + 1) % _PRIME
    return pow(product, (_PRIME - 1) // 2, _PRIME) == 1


_ASK_AGAIN = "copy the key again from its owner"
_OTHER_FILE = "give the file that 'kbtool key new' wrote"
_MAKE_KEY = "make a key with 'kbtool key new'"
_FROM_BACKUP = "take the file from a backup"
_LOCKED = KeyProblem("the passphrase does not open the key, or the file is damaged", "try the passphrase again")
