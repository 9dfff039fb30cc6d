"""DSSE envelopes: published vectors, two other implementations as oracles, and every way to be refused."""

from __future__ import annotations

import json
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st
from securesystemslib.dsse import Envelope as OtherEnvelope
from securesystemslib.exceptions import VerificationError
from securesystemslib.signer._crypto_signer import CryptoSigner
from securesystemslib.signer._key import Key, SSlibKey

from kbtool.review.dsse import (
    IN_TOTO,
    MAX_BYTES,
    MAX_SIGNATURE_BYTES,
    Envelope,
    EnvelopeProblem,
    Signature,
    Verification,
    pae,
    read_envelope,
    read_written,
    sign,
    verify,
    with_signature,
    write_envelope,
)
from kbtool.review.keys import PrivateKey, PublicKey
from tests.review.known_keys import KEY_A, KEY_B
from tests.review.test_keys import needs_openssl

ID_A, ID_B = KEY_A.public().key_id(), KEY_B.public().key_id()
KEYS = {ID_A: KEY_A.public(), ID_B: KEY_B.public()}
STATEMENT = b'{"_type":"https://in-toto.io/Statement/v1"}'
SIGNED = sign(IN_TOTO, STATEMENT, KEY_A)

# From testvectors/vectors.json of the repository secure-systems-lab/dsse, as data; its keys "A" and "B" are ours.
PAYLOAD = "eyJfdHlwZSI6Imh0dHBzOi8vaW4tdG90by5pby9TdGF0ZW1lbnQvdjEifQ=="
SIG_A = "2WAfaHm5jluo0w+0rk8uVkluELJYWjSmU9x7EUzx+AyteDGJ4/nqyJXfmAUVFIAoQafWm7AxBZNw5M9ixNHiCA=="
SIG_B = "c1+67/aT0yqEpwx8PsVY3MLHsj9D0CZ014/Fv/QlG59P+9CobUZ7xECJ/V3USG0Ob9CiE5LjReEZUzNF2l7eBw=="
SIG_UMLAUT = "xmSk/ug66ysT7ayhkCIjhAq42zgZXSsEWuzUaNL7w2eGAdF/NU6/fRXPtmfN+5DNSAs5/i2lUnHjbbjPsu0tAw=="
SIG_EMPTY = "gSggCAaTLTYyRH6FIDBem6meyIynsYy8RTHVzwx9tnTb7Bg/1jMWnuVgI/gffqmbsC2VX5/jHfkkDqsj7CDbDg=="
SIG_NO_TYPE = "iC3q/+3Rm0+lpAJRueDmDh15PnwCfxKmS0NAfKsbv+zgulXQC/WM9trc+j1XEqlwDIg/vf/uNfebeD6sxInrDg=="
SIG_URL = "P-_KHICeR7tI6S_YyejJTRtrXhcQyQ2LYPaL8h90KjC9qN8HU_svOQ6TuDOT1HIrsGW886DbWNWcCmX5twLrAw=="

VECTORS: dict[str, tuple[str, str, list[dict[str, str]], Verification | str]] = {
    "single-signature": (PAYLOAD, IN_TOTO, [{"keyid": "A", "sig": SIG_A}], Verification(("A",), (), ())),
    "payload-type-swapped": (
        PAYLOAD,
        "application/vnd.example.other+json",
        [{"keyid": "A", "sig": SIG_A}],
        Verification((), (), ("A",)),
    ),
    "non-ascii-payload-type": (
        PAYLOAD,
        "application/vnd.exämple+json",
        [{"keyid": "A", "sig": SIG_UMLAUT}],
        Verification(("A",), (), ()),
    ),
    "empty-payload": ("", IN_TOTO, [{"keyid": "A", "sig": SIG_EMPTY}], Verification(("A",), (), ())),
    "threshold-two-distinct-keys": (
        PAYLOAD,
        IN_TOTO,
        [{"keyid": "A", "sig": SIG_A}, {"keyid": "B", "sig": SIG_B}],
        Verification(("A", "B"), (), ()),
    ),
    "empty-payload-type": (PAYLOAD, "", [{"keyid": "A", "sig": SIG_NO_TYPE}], "'payloadType' that is not text"),
    "threshold-two-one-key-twice": (PAYLOAD, IN_TOTO, [{"keyid": "A", "sig": SIG_A}] * 2, "the same 'keyid'"),
    # The specification allows these two; here an envelope has one spelling.
    "url-safe-base64": ("-_-_Pj8=", IN_TOTO, [{"keyid": "A", "sig": SIG_URL}], "that is not padded base64"),
    "threshold-two-without-keyids": (PAYLOAD, IN_TOTO, [{"sig": SIG_A}, {"sig": SIG_B}], "keys 'keyid', 'sig'"),
}


@pytest.mark.parametrize("name", VECTORS)
def test_published_vectors(name: str) -> None:
    payload, kind, signatures, expected = VECTORS[name]
    raw = json.dumps({"payload": payload, "payloadType": kind, "signatures": signatures}).encode()
    envelope = read_envelope(raw)
    if isinstance(expected, str):
        assert isinstance(envelope, EnvelopeProblem)
        assert expected in envelope.message
    else:
        assert isinstance(envelope, Envelope)
        assert verify(envelope, {"A": KEY_A.public(), "B": KEY_B.public()}) == expected


@pytest.mark.parametrize(
    ("kind", "payload", "expected"),
    [
        ("application/vnd.exämple+json", STATEMENT, b"DSSEv1 29 application/vnd.ex\xc3\xa4mple+json 43 " + STATEMENT),
        (IN_TOTO, b"", b"DSSEv1 28 application/vnd.in-toto+json 0 "),
        ("", b"\xfb\xff", b"DSSEv1 0  2 \xfb\xff"),
    ],
)
def test_what_is_signed(kind: str, payload: bytes, expected: bytes) -> None:
    assert pae(kind, payload) == expected


def test_the_form_on_disk() -> None:
    signed = Envelope(b"{}", IN_TOTO, (Signature("a", b"\1\2\3"),))
    assert write_envelope(signed) == (
        b'{\n  "payload": "e30=",\n  "payloadType": "application/vnd.in-toto+json",\n  "signatures": [\n'
        b'    {\n      "keyid": "a",\n      "sig": "AQID"\n    }\n  ]\n}\n'
    )


def test_signing_again_replaces_and_signing_too_adds() -> None:
    both = with_signature(with_signature(SIGNED, KEY_B), KEY_A)
    assert [signature.keyid for signature in both.signatures] == [ID_B, ID_A]
    assert with_signature(SIGNED, KEY_A) == SIGNED
    assert verify(both, KEYS) == Verification((ID_B, ID_A), (), ())


def test_each_signature_is_accounted_for() -> None:
    mixed = Envelope(
        STATEMENT, IN_TOTO, (*SIGNED.signatures, Signature("c", b"?"), Signature(ID_B, SIGNED.signatures[0].sig))
    )
    assert verify(mixed, KEYS) == Verification((ID_A,), ("c",), (ID_B,))
    assert verify(mixed, {}) == Verification((), (ID_A, "c", ID_B), ())
    assert verify(Envelope(STATEMENT, IN_TOTO), KEYS) == Verification((), (), ())


def test_type_and_payload_cannot_swap_bytes() -> None:
    """The payload cannot be taken for one of another type."""
    shifted = Envelope(b" 1 c", "a b", sign("a", b"b 1 c", KEY_A).signatures)
    assert verify(shifted, KEYS).bad == (ID_A,)


NAMES = st.text(min_size=1, max_size=20).filter(str.isprintable)
ENVELOPES = st.builds(
    Envelope,
    st.binary(max_size=60),
    NAMES,
    st.lists(
        st.builds(Signature, NAMES, st.binary(min_size=1, max_size=80)), max_size=4, unique_by=lambda s: s.keyid
    ).map(tuple),
)


@given(ENVELOPES)
def test_what_is_written_is_read(envelope: Envelope) -> None:
    assert read_envelope(write_envelope(envelope)) == envelope


@settings(max_examples=40)
@given(payload=st.binary(max_size=40), bit=st.integers(0, 319), kind=NAMES)
def test_no_bit_of_the_payload_can_change(payload: bytes, bit: int, kind: str) -> None:
    """What is signed is type and payload with their lengths before them."""
    signed = sign(kind, payload, KEY_A)
    changed = bytearray(payload or b"\0")
    changed[bit // 8 % len(changed)] ^= 1 << bit % 8
    assert verify(signed, KEYS).holds == (ID_A,)
    assert verify(Envelope(bytes(changed), kind, signed.signatures), KEYS).bad == (ID_A,)
    assert verify(Envelope(payload, kind + "x", signed.signatures), KEYS).bad == (ID_A,)


WRITTEN = write_envelope(with_signature(SIGNED, KEY_B))


@settings(max_examples=300)
@given(at=st.integers(0, len(WRITTEN) - 1), byte=st.integers(0, 255))
def test_an_edited_file_never_says_something_else_in_a_valid_way(at: int, byte: int) -> None:
    """A changed byte is white space that says nothing, or it is refused, or a signature no longer holds."""
    envelope = read_envelope(WRITTEN[:at] + bytes([byte]) + WRITTEN[at + 1 :])
    if isinstance(envelope, Envelope) and len(verify(envelope, KEYS).holds) == 2:
        assert write_envelope(envelope) == WRITTEN


@given(
    st.binary(max_size=200)
    | st.text('{}[]"\\:,0e.-payloadTysigntrkeu\ud800', max_size=80).map(lambda t: t.encode("utf-8", "surrogatepass"))
)
def test_whatever_the_bytes_nothing_is_raised(raw: bytes) -> None:
    """Whatever the bytes, nothing is raised."""
    assert isinstance(read_envelope(raw), EnvelopeProblem)


def having(**changes: Any) -> bytes:
    return json.dumps({"payload": "e30=", "payloadType": "t", "signatures": [], **changes}).encode()


def signature(**changes: Any) -> bytes:
    return having(signatures=[{"keyid": "k", "sig": "AQID", **changes}])


SHAPE = "is wrong in shape: it has to be an object with exactly the keys 'payload', 'payloadType', 'signatures'"
BASE64 = "that is not padded base64 in the standard alphabet"
NAME = "that is not text of 1 to 255 printable characters"

REFUSED: list[tuple[bytes, str]] = [
    (b"", "is not JSON at line 1, column 1"),
    (b"\xef\xbb\xbf{}", "is not JSON at line 1, column 1"),
    (b"{}{}", "is not JSON at line 1, column 3"),
    (b"{\n \"a\": 'b'}", "is not JSON at line 2, column 7"),
    (b'{"payload": "a\nb"}', "is not JSON at line 1, column 15"),
    (b"\xff", "is not UTF-8 at byte 0"),
    (b"[" * 100_000, "has more than 64 opening brackets"),
    (b" " * 1_048_577, "has 1048577 bytes, more than 1048576"),
    (b"{}", SHAPE),
    (b"[]", SHAPE),
    (b"null", SHAPE),
    (having(extra=""), SHAPE),
    (b'{"payload": "", "payload": "", "payloadType": "t", "signatures": []}', "has a key twice in one object"),
    (having(payload=1), "has the number '1' where no number belongs"),
    (having(payload=1.5), "has the number '1.5' where no number belongs"),
    (having(payload=float("nan")), "has the number 'NaN' where no number belongs"),
    (having(payload=10**30), "has the number '10000000000000000000' where"),
    (b"9" * 5_000, "has the number '99999999999999999999' where"),
    (having(payload=None), f"has a 'payload' {BASE64}"),
    (having(payload="e30"), f"has a 'payload' {BASE64}"),
    (having(payload="e31="), f"has a 'payload' {BASE64}"),
    (having(payload="e30=\n"), f"has a 'payload' {BASE64}"),
    (having(payloadType=""), f"has a 'payloadType' {NAME}"),
    (having(payloadType=True), f"has a 'payloadType' {NAME}"),
    (having(payloadType="a\u202eb"), f"has a 'payloadType' {NAME}"),
    (having(payloadType="a" * 256), f"has a 'payloadType' {NAME}"),
    (having(signatures={}), "has 'signatures' that are not a list of at most 16"),
    (having(signatures=[{"keyid": str(n), "sig": "AQID"} for n in range(17)]), "are not a list of at most 16"),
    (having(signatures=["AQID"]), "a signature has to be an object with exactly the keys 'keyid', 'sig'"),
    (having(signatures=[{"sig": "AQID"}]), "a signature has to be an object with exactly the keys 'keyid', 'sig'"),
    (signature(cert="x"), "a signature has to be an object with exactly the keys 'keyid', 'sig'"),
    (signature(keyid="a\nb"), f"has a 'keyid' {NAME}"),
    (signature(keyid="\ud800"), f"has a 'keyid' {NAME}"),
    (signature(sig=""), "has a 'sig' of 0 bytes, not 1 to 8192"),
    (signature(sig="A" * 12_000), "has a 'sig' of 9000 bytes, not 1 to 8192"),
    (signature(sig="AQI"), f"has a 'sig' {BASE64}"),
    (having(signatures=[{"keyid": "k", "sig": "AQID"}, {"keyid": "k", "sig": "AQIE"}]), "with the same 'keyid'"),
]


@pytest.mark.parametrize(("raw", "message"), REFUSED)
def test_what_is_refused(raw: bytes, message: str) -> None:
    problem = read_envelope(raw)
    assert isinstance(problem, EnvelopeProblem)
    assert problem.message.startswith("the envelope ")
    assert message in problem.message
    assert problem.hint


def other_key(keyid: str, public: PublicKey) -> Key:
    return SSlibKey(keyid, "ed25519", "ed25519", {"public": public.raw.hex()})


@settings(max_examples=30)
@given(payload=st.binary(max_size=60), kind=NAMES)
def test_securesystemslib_verifies_what_we_sign(payload: bytes, kind: str) -> None:
    written = write_envelope(with_signature(sign(kind, payload, KEY_A), KEY_B))
    other = OtherEnvelope.from_dict(json.loads(written))
    known = [other_key(ID_A, KEY_A.public()), other_key(ID_B, KEY_B.public())]
    assert set(other.verify(known, 2)) == {ID_A, ID_B}
    other.payload += b" "
    with pytest.raises(VerificationError):
        other.verify(known, 1)


@settings(max_examples=30)
@given(payload=st.binary(max_size=60), kind=NAMES, seed=st.binary(min_size=32, max_size=32))
def test_we_verify_what_securesystemslib_signs(payload: bytes, kind: str, seed: bytes) -> None:
    private = Ed25519PrivateKey.from_private_bytes(seed)
    other = OtherEnvelope(payload, kind, {})
    keyid = other.sign(CryptoSigner(private)).keyid
    envelope = read_envelope(json.dumps(other.to_dict()).encode())
    assert isinstance(envelope, Envelope)
    assert verify(envelope, {keyid: PrivateKey(private).public()}) == Verification((keyid,), (), ())


@needs_openssl
def test_openssl_verifies_what_we_sign(tmp_path: Path) -> None:
    """`openssl` can check a signature over plain bytes."""
    (tmp_path / "key.pem").write_bytes(KEY_A.public().to_pem())
    (tmp_path / "sig").write_bytes(SIGNED.signatures[0].sig)
    for payload, status in ((STATEMENT, 0), (STATEMENT + b" ", 1)):
        (tmp_path / "signed").write_bytes(pae(IN_TOTO, payload))
        command = "openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in signed -sigfile sig"
        assert subprocess.run(command.split(), cwd=tmp_path, capture_output=True, check=False).returncode == status


@pytest.mark.parametrize(("count", "seconds"), [(1_000, 1.0)])
def test_a_thousand_envelopes_verify_in_well_under_a_second(count: int, seconds: float) -> None:
    """1,000 decisions verify in under a second."""
    raw, start = write_envelope(SIGNED), time.perf_counter()
    for _ in range(count):
        envelope = read_envelope(raw)
        assert isinstance(envelope, Envelope)
        assert verify(envelope, KEYS).holds
    assert time.perf_counter() - start < seconds


ONE = write_envelope(sign(IN_TOTO, b'{"a": 1}', KEY_A))


@settings(max_examples=300)
@given(at=st.integers(0, len(ONE) - 1), byte=st.integers(0, 255), keep=st.booleans())
def test_the_quick_reader_reads_what_the_reader_reads_and_only_the_one_form(at: int, byte: int, *, keep: bool) -> None:
    """Reading is narrower than the specification, so that one envelope has one meaning in every reader."""
    raw = ONE[:at] + bytes([byte]) + ONE[at + (not keep) :]
    envelope = read_written(raw)
    assert envelope is None or (read_envelope(raw) == envelope and write_envelope(envelope) == raw)


@given(st.binary(max_size=60), st.binary(min_size=1, max_size=80))
def test_the_quick_reader_reads_every_decision_with_one_signature(payload: bytes, sig: bytes) -> None:
    envelope = Envelope(payload, IN_TOTO, (Signature(ID_A, sig),))
    assert read_written(write_envelope(envelope)) == envelope


@pytest.mark.parametrize(
    "raw",
    [
        WRITTEN,
        write_envelope(Envelope(b"", "other/type", (Signature(ID_A, b"x"),))),
        write_envelope(Envelope(b"", IN_TOTO)),
        write_envelope(Envelope(b"", IN_TOTO, (Signature(ID_A, b"x" * (MAX_SIGNATURE_BYTES + 1)),))),
        write_envelope(Envelope(b"x" * MAX_BYTES, IN_TOTO, (Signature(ID_A, b"x"),))),
        ONE.replace(b'"payload": "', b'"payload": "='),
        ONE.replace(b'"sig": "', b'"sig": "='),
    ],
    ids=["two signatures", "another type", "unsigned", "a long signature", "a large file", "no base64", "no signature"],
)
def test_what_the_quick_reader_leaves_to_the_reader(raw: bytes) -> None:
    assert read_written(raw) is None
