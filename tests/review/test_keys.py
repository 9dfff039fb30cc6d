"""Ed25519 keys: the published vectors, `openssl` as the other side, and keys that must be refused."""

from __future__ import annotations

import base64
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool.review.keys import KeyProblem, PrivateKey, PublicKey, new_key, read_private
from tests.review.known_keys import KEY_A, KEY_B

RFC_8032: list[tuple[PrivateKey, str, bytes, str]] = [
    (
        KEY_A,
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        b"",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
            "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        KEY_B,
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        b"\x72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
]
"""RFC 8032 section 7.1, tests 1 and 2: key, public key, message, signature."""

PRIME = 2**255 - 19
PUBLIC = KEY_A.public()
PLAIN = KEY_A.to_pem(None)
LOCKED = KEY_A.to_pem(b"open sesame")

needs_openssl = pytest.mark.skipif(shutil.which("openssl") is None, reason="NOT RUN: there is no openssl")


def openssl(*arguments: str | Path, stdin: bytes = b"") -> bytes:
    return subprocess.run(["openssl", *map(str, arguments)], input=stdin, capture_output=True, check=True).stdout


@pytest.mark.parametrize(("key", "public", "message", "signature"), RFC_8032)
def test_published_vectors(key: PrivateKey, public: str, message: bytes, signature: str) -> None:
    assert key.public().raw.hex() == public
    assert key.sign(message).hex() == signature
    assert key.public().verify(bytes.fromhex(signature), message)


def test_key_id_is_the_digest_of_the_raw_key() -> None:
    assert PUBLIC.key_id() == "21fe31dfa154a261626bf854046fd2271b7bed4b6abe45aa58877ef47f9721b9"


@settings(max_examples=30)
@given(message=st.binary(max_size=60), bit=st.integers(0, 511))
def test_a_changed_signature_or_message_does_not_hold(message: bytes, bit: int) -> None:
    """Whether the signature holds for exactly this message."""
    signature = KEY_A.sign(message)
    changed = bytearray(signature)
    changed[bit // 8] ^= 1 << bit % 8
    assert PUBLIC.verify(signature, message)
    assert not PUBLIC.verify(bytes(changed), message)
    assert not PUBLIC.verify(signature, message + b"\0")
    assert not KEY_B.public().verify(signature, message)


@pytest.mark.parametrize("signature", [b"", b"\0" * 63, b"\0" * 64, b"\0" * 65])
def test_a_signature_of_no_signature_does_not_hold(signature: bytes) -> None:
    assert not PUBLIC.verify(signature, b"")


def test_new_keys_differ_and_sign() -> None:
    first, second = new_key(), new_key()
    assert first.public() != second.public()
    assert first.public().verify(first.sign(b"text"), b"text")


def test_a_private_key_never_shows_itself() -> None:
    assert repr(KEY_A) == str(KEY_A) == "PrivateKey()"


def test_public_key_as_text() -> None:
    text = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
    assert PUBLIC.to_text() == text
    assert PublicKey.from_text(text) == PUBLIC


def point(y: int, sign: int = 0) -> str:
    return base64.b64encode((y | sign << 255).to_bytes(32, "little")).decode()


ORDER_8 = int.from_bytes(bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), "little")
SMALL = [0, 1, PRIME - 1, ORDER_8, PRIME - ORDER_8]

BAD_PUBLIC_KEYS: list[tuple[str, str]] = [
    ("", "has 0 bytes where an Ed25519 key has 32"),
    ("AAAA", "has 3 bytes where an Ed25519 key has 32"),
    (base64.b64encode(b"\x05" * 33).decode(), "has 33 bytes"),
    ("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo=", "is not base64 in the standard alphabet"),
    ("11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo", "is not base64 in the standard alphabet"),
    ("11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURp=", "is not base64 in the standard alphabet"),
    *[(point(y, sign), "anyone could sign under it") for y in SMALL for sign in (0, 1)],
    *[(point(y, sign), "is not written in its one canonical form") for y in (PRIME, 2**255 - 1) for sign in (0, 1)],
    (point(2), "is no point of the curve"),
]


@pytest.mark.parametrize(("text", "message"), BAD_PUBLIC_KEYS)
def test_bad_public_keys(text: str, message: str) -> None:
    """A public key is refused unless it is the one spelling of a point, outside the subgroup of small order."""
    problem = PublicKey.from_text(text)
    assert isinstance(problem, KeyProblem)
    assert message in problem.message
    assert problem.hint


def test_the_points_refused_as_weak_are_those_of_small_order() -> None:
    """Doubling a point three times gives the neutral one, whose y is 1, just when its order divides 8."""
    assert [doubled(doubled(doubled(y))) for y in SMALL] == [1] * 5
    assert doubled(doubled(doubled(int.from_bytes(PUBLIC.raw, "little") % 2**255))) != 1


def doubled(y: int) -> int:
    d = -121665 * pow(121666, -1, PRIME)
    x_squared = (y * y - 1) * pow(d * y * y + 1, -1, PRIME)
    return (y * y + x_squared) * pow(1 - d * x_squared * y * y, -1, PRIME) % PRIME


def test_why_weak_keys_are_refused() -> None:
    """Under a key of small order anyone can make a signature that holds for whatever text they like."""
    neutral = (1).to_bytes(32, "little")
    Ed25519PublicKey.from_public_bytes(neutral).verify(neutral + bytes(32), b"whatever text")
    with pytest.raises(ValueError, match="the key is a weak one"):
        PublicKey(neutral)


@settings(max_examples=50)
@given(st.binary(min_size=32, max_size=32))
def test_every_key_pair_is_accepted(seed: bytes) -> None:
    public = PrivateKey(Ed25519PrivateKey.from_private_bytes(seed)).public()
    assert PublicKey.from_text(public.to_text()) == public


@pytest.mark.parametrize("passphrase", [None, b"open sesame", "päss wörd".encode(), b"x" * 1023])
def test_private_keys_are_read_back(passphrase: bytes | None) -> None:
    key = read_private(KEY_A.to_pem(passphrase), passphrase)
    assert isinstance(key, PrivateKey)
    assert key.public() == PUBLIC


@pytest.mark.parametrize("passphrase", [b"", b"x" * 1024])
def test_a_passphrase_that_locks_nothing_is_refused(passphrase: bytes) -> None:
    with pytest.raises(ValueError, match="1 to 1023 bytes"):
        KEY_A.to_pem(passphrase)


def pem_of(label: bytes, body: bytes) -> bytes:
    return b"-----BEGIN %b-----\n%b\n-----END %b-----\n" % (label, body, label)


X25519 = X25519PrivateKey.generate().private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
)
OPENSSH = KEY_A.key.private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.OpenSSH, serialization.NoEncryption()
)
UNKNOWN_ALGORITHM = pem_of(b"PRIVATE KEY", b"MBMCAQAwBgYEKgMEBQQGAAAAAAAA")

BAD_PRIVATE_KEYS: list[tuple[bytes, bytes | None, str]] = [
    (LOCKED, None, "the key is locked with a passphrase and none was given"),
    (LOCKED, b"", "the key is locked with a passphrase and none was given"),
    (LOCKED, b"open sesamf", "the passphrase does not open the key, or the file is damaged"),
    (LOCKED, b"x" * 1024, "the passphrase does not open the key, or the file is damaged"),
    (LOCKED[:120] + LOCKED[121:], b"open sesame", "the passphrase does not open the key, or the file is damaged"),
    (PLAIN, b"open sesame", "a passphrase was given but the key has none"),
    (PLAIN, b"", "a passphrase was given but the key has none"),
    (PLAIN[:60], None, "the key is damaged"),
    (PLAIN[:40] + PLAIN[41:], None, "the key is damaged"),
    (PLAIN.replace(b"PRIVATE", b"ENCRYPTED PRIVATE"), b"x", "the passphrase does not open the key"),
    (X25519, None, "the key is of another kind than Ed25519"),
    (UNKNOWN_ALGORITHM, None, "the key or its encryption is of a kind that is not supported"),
    (OPENSSH, None, "the file holds 'OPENSSH PRIVATE KEY', not a private key in PKCS#8"),
    (PUBLIC.to_pem(), None, "the file holds 'PUBLIC KEY', not a private key in PKCS#8"),
    (b"", None, "the file holds 0 PEM blocks where it should hold one private key"),
    (b"\xff\x00 no key", None, "the file holds 0 PEM blocks"),
    (PLAIN + PLAIN, None, "the file holds 2 PEM blocks"),
    (PLAIN + b" " * 20_000, None, "bytes, more than the 16384 of any key file"),
]


@pytest.mark.parametrize(("pem", "passphrase", "message"), BAD_PRIVATE_KEYS)
def test_bad_private_keys(pem: bytes, passphrase: bytes | None, message: str) -> None:
    problem = read_private(pem, passphrase)
    assert isinstance(problem, KeyProblem)
    assert message in problem.message
    assert problem.hint


@settings(max_examples=150)
@given(at=st.integers(0, len(LOCKED) - 1), byte=st.integers(0, 255), pem=st.sampled_from([PLAIN, LOCKED]))
def test_a_damaged_file_gives_a_problem_or_some_key(at: int, byte: int, pem: bytes) -> None:
    """Never a traceback for bad input."""
    damaged = pem[:at] + bytes([byte]) + pem[at + 1 :]
    key = read_private(damaged, b"open sesame" if pem is LOCKED else None)
    assert isinstance(key, KeyProblem | PrivateKey)
    assert damaged != pem or (isinstance(key, PrivateKey) and key.public() == PUBLIC)


@needs_openssl
def test_openssl_reads_our_keys(tmp_path: Path) -> None:
    (tmp_path / "locked.pem").write_bytes(LOCKED)
    assert openssl("pkey", "-pubout", stdin=PLAIN) == PUBLIC.to_pem()
    assert openssl("pkey", "-in", tmp_path / "locked.pem", "-passin", "pass:open sesame", "-pubout") == PUBLIC.to_pem()


@needs_openssl
@pytest.mark.parametrize("options", [[], ["-scrypt"], ["-iter", "600000"]])
def test_we_read_the_keys_of_openssl(options: list[str]) -> None:
    made = openssl("genpkey", "-algorithm", "ed25519")
    locked = openssl("pkcs8", "-topk8", "-passout", "pass:open sesame", *options, stdin=made)
    plain, opened = read_private(made, None), read_private(locked, b"open sesame")
    assert isinstance(plain, PrivateKey)
    assert isinstance(opened, PrivateKey)
    assert plain.public().to_pem() == opened.public().to_pem() == openssl("pkey", "-pubout", stdin=made)
