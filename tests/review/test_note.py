"""Signed notes and checkpoints: published examples, and notes that must not be believed."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool.review.keys import PublicKey
from kbtool.review.note import (
    Checkpoint,
    Note,
    NoteProblem,
    NoteSignature,
    checkpoint_text,
    note_key_id,
    read_checkpoint,
    read_note,
    read_verifier_key,
    sign_note,
    signature_line,
    verifier_key,
    verify_note,
)
from tests.review.known_keys import KEY_A, KEY_B, key_of_seed

# From sumdb/note/note_test.go of the repository golang/mod, as data.
PETER_VERIFIER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETER_SEED = base64.b64decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]
ENOCH_VERIFIER = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
PETER_LINE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
ENOCH_LINE = (
    "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n"
)
OTHER_VERIFIERS = [
    "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",  # wrong length
    "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",  # unknown algorithm
]

# The example of C2SP's tlog-checkpoint.md.
SOFA = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— example.com/behind-the-sofa "
    "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
)


def key_of(verifier: str) -> PublicKey:
    read = read_verifier_key(verifier)
    assert not isinstance(read, NoteProblem)
    return read[1]


PETER, ENOCH = key_of(PETER_VERIFIER), key_of(ENOCH_VERIFIER)
BOTH = {"PeterNeumann": PETER, "EnochRoot": ENOCH}


def note_of(text: str) -> Note:
    note = read_note(text.encode())
    assert isinstance(note, Note)
    return note


def test_the_published_note_is_signed_alike() -> None:
    key = key_of_seed(PETER_SEED.hex())
    assert key.public() == PETER
    assert sign_note(TEXT, "PeterNeumann", key) == f"{TEXT}\n{PETER_LINE}".encode()


def test_the_published_verifier_keys() -> None:
    assert verifier_key("PeterNeumann", PETER) == PETER_VERIFIER
    assert verifier_key("EnochRoot", ENOCH) == ENOCH_VERIFIER
    assert read_verifier_key(PETER_VERIFIER) == ("PeterNeumann", PETER)
    assert note_key_id("PeterNeumann", PETER).hex() == "c74f20a3"


def test_the_published_note_with_two_signatures() -> None:
    note = note_of(f"{TEXT}\n{PETER_LINE}{ENOCH_LINE}")
    assert note.text == TEXT
    assert verify_note(note, BOTH) == ("PeterNeumann", "EnochRoot")
    assert verify_note(note, {"PeterNeumann": PETER}) == ("PeterNeumann",)
    assert isinstance(verify_note(note, {}), NoteProblem)


def test_the_published_checkpoint() -> None:
    note = note_of(SOFA)
    checkpoint = read_checkpoint(note.text)
    assert isinstance(checkpoint, Checkpoint)
    assert checkpoint.origin == note.signatures[0].name == "example.com/behind-the-sofa"
    assert checkpoint.size == 20852163
    assert checkpoint_text(checkpoint) == note.text


PARTS = [
    PETER_VERIFIER[start:end]
    for start in range(len(PETER_VERIFIER))
    for end in range(start + 1, len(PETER_VERIFIER) + 1)
    if (start, end) != (0, len(PETER_VERIFIER))
]
MANGLED = [
    PETER_VERIFIER[:at] + chr(ord(sign) + 1) + PETER_VERIFIER[at + 1 :] for at, sign in enumerate(PETER_VERIFIER)
]


def test_mangled_verifier_keys() -> None:
    """As the tests of golang/mod mangle them: every part, and every character moved on by one."""
    read = [read_verifier_key(text) for text in (*PARTS, *MANGLED, *OTHER_VERIFIERS)]
    assert len(read) > 2_000
    assert all(isinstance(one, NoteProblem) for one in read)


LONG = base64.b64encode(b"\x01" * 34).decode()
WEAK = base64.b64encode(b"\x01\x01" + bytes(31)).decode()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x", "does not have the form 'name+id+base64'"),
        ("a b+c74f20a3+AQ==", "does not have the form 'name+id+base64'"),
        ("a+C74F20A3+AQ==", "does not have the form 'name+id+base64'"),
        ("a+c74f20a3+A", "does not have the form 'name+id+base64'"),
        (OTHER_VERIFIERS[1], "of 'PeterNeumann' is of another kind than Ed25519"),
        (f"a+c74f20a3+{LONG}", "in the verifier key of 'a' the public key '"),
        (f"a+c74f20a3+{WEAK}", "is a weak one: anyone could sign under it"),
        (PETER_VERIFIER.replace("c74f", "c74e"), "the id 'c74e20a3' does not belong to the verifier key"),
        (PETER_VERIFIER.replace("Peter", "Paul"), "does not belong to the verifier key of 'PaulNeumann'"),
    ],
)
def test_bad_verifier_keys(text: str, message: str) -> None:
    problem = read_verifier_key(text)
    assert isinstance(problem, NoteProblem)
    assert message in problem.message
    assert problem.hint


LINE = PETER_LINE
NO_BREAK = "Bad\u00a0Name"
MALFORMED: list[tuple[bytes, str]] = [
    (b"", "does not end in a blank line and whole signature lines"),
    (TEXT.encode(), "does not end in a blank line and whole signature lines"),
    (f"{TEXT}\n".encode(), "does not end in a blank line and whole signature lines"),
    (f"{TEXT}\n{LINE[:-1]}".encode(), "does not end in a blank line and whole signature lines"),
    (f"{TEXT}{LINE}".encode(), "does not end in a blank line and whole signature lines"),
    (f"\x01{TEXT}\n{LINE}".encode(), "holds the control character '\\x01'"),
    (f"{TEXT}\n{LINE}".replace("\n", "\r\n").encode(), "holds the control character '\\r'"),
    (b"\xff" + f"{TEXT}\n{LINE}".encode(), "is not UTF-8 at byte 0"),
    (f"{TEXT}\n{LINE}Unexpected line.\n".encode(), "has no signature in line 2 after its blank line"),
    (f"{TEXT}\n{LINE.replace('PeterNeumann', 'Bad Name')}".encode(), "has no signature in line 1"),
    (f"{TEXT}\n{LINE.replace('PeterNeumann', 'Bad+Name')}".encode(), "has no signature in line 1"),
    (f"{TEXT}\n{LINE.replace('PeterNeumann', NO_BREAK)}".encode(), "has no signature in line 1"),
    (f"{TEXT}\n{LINE.replace('PeterNeumann', '')}".encode(), "has no signature in line 1"),
    (f"{TEXT}\n{LINE.replace('— ', '- ')}".encode(), "has no signature in line 1"),
    (f"{TEXT}\n— PeterNeumann\n".encode(), "has no signature in line 1"),
    (f"{TEXT}\n— PeterNeumann x08gow==\n".encode(), "has no signature in line 1"),
    (f"{TEXT}\n{LINE.replace('=', '')}".encode(), "has no signature in line 1"),
    (f"{TEXT}\n{LINE * 101}".encode(), "has 101 signatures, more than 100"),
    (b"a" * 1_000_001, "has 1000001 bytes, more than 1000000"),
]


@pytest.mark.parametrize(("raw", "message"), MALFORMED)
def test_malformed_notes(raw: bytes, message: str) -> None:
    problem = read_note(raw)
    assert isinstance(problem, NoteProblem)
    assert message in problem.message
    assert problem.hint


@pytest.mark.parametrize("count", [1, 16, 100])
def test_many_signatures_are_accepted(count: int) -> None:
    """C2SP asks for at least 16."""
    note = note_of(f"{TEXT}\n{PETER_LINE * count}")
    assert len(note.signatures) == count
    assert verify_note(note, BOTH) == ("PeterNeumann",)


FORGED = PETER_LINE[:60] + "ABCD" + PETER_LINE[60:]
ANOTHER_NAME = PETER_LINE.replace("PeterNeumann", "CarmenSandiego")
ANOTHER_ID = PETER_LINE.replace("x08g", "xxxx")


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (FORGED, "the signature of 'PeterNeumann' does not hold: the note was changed or forged"),
        (PETER_LINE + FORGED, "the signature of 'PeterNeumann' does not hold"),
        (ENOCH_LINE + FORGED, "the signature of 'PeterNeumann' does not hold"),
        (ANOTHER_NAME, "the note has no signature by a known key"),
        (ANOTHER_ID, "the note has no signature by a known key"),
    ],
)
def test_notes_not_to_be_believed(lines: str, message: str) -> None:
    problem = verify_note(note_of(f"{TEXT}\n{lines}"), BOTH)
    assert isinstance(problem, NoteProblem)
    assert message in problem.message
    assert problem.hint


@pytest.mark.parametrize("line", [ANOTHER_NAME, ANOTHER_ID, "— other.example/key AAAAAAA=\n"])
def test_unknown_keys_are_ignored(line: str) -> None:
    assert verify_note(note_of(f"{TEXT}\n{line}{PETER_LINE}"), BOTH) == ("PeterNeumann",)


def test_after_a_change_of_keys_the_old_and_the_new_are_asked() -> None:
    """After a change of keys, ask once with the old and once with the new."""
    old = note_of(sign_note(TEXT, "log", KEY_A).decode())
    assert verify_note(old, {"log": KEY_A.public()}) == ("log",)
    assert isinstance(verify_note(old, {"log": KEY_B.public()}), NoteProblem)


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters=[chr(code) for code in range(32) if code != 10])).map(
    lambda text: f"{text}\n"
)
NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=["Z", "C"], exclude_characters="+"), min_size=1, max_size=20
)


@given(TEXTS, NAMES, NAMES)
def test_what_is_signed_is_read_and_holds(text: str, name: str, other: str) -> None:
    """Further signers append their `signature_line`."""
    raw = sign_note(text, name, KEY_A) + signature_line(text, other, KEY_B).encode()
    note = read_note(raw)
    assert isinstance(note, Note)
    assert (note.text, [one.name for one in note.signatures]) == (text, [name, other])
    assert verify_note(note, {name: KEY_A.public()}) == (name,)
    assert verify_note(note, {other: KEY_B.public()}) == (other,)
    assert read_verifier_key(verifier_key(name, KEY_A.public())) == (name, KEY_A.public())


SIGNED = sign_note("log.example/kb\n7\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n", "log.example/kb", KEY_A)


@settings(max_examples=300)
@given(at=st.integers(0, len(SIGNED) - 1), byte=st.integers(0, 255))
def test_no_byte_of_a_signed_note_can_change(at: int, byte: int) -> None:
    changed = SIGNED[:at] + bytes([byte]) + SIGNED[at + 1 :]
    note = read_note(changed)
    holds = isinstance(note, Note) and verify_note(note, {"log.example/kb": KEY_A.public()}) == ("log.example/kb",)
    assert holds == (changed == SIGNED)


@given(st.binary() | TEXTS.map(str.encode))
def test_whatever_the_bytes_nothing_is_raised(raw: bytes) -> None:
    """Nothing is raised."""
    assert isinstance(read_note(raw), NoteProblem | Note)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb", "a\u2003b", "\ud800"])
def test_names_that_notes_cannot_carry(name: str) -> None:
    with pytest.raises(ValueError, match="is not a key name"):
        sign_note(TEXT, name, KEY_A)
    with pytest.raises(ValueError, match="is not a key name"):
        verifier_key(name, PETER)


@pytest.mark.parametrize("text", ["", "no newline", "tab\t\n", "\x00\n"])
def test_texts_that_notes_cannot_carry(text: str) -> None:
    with pytest.raises(ValueError, match="ends in a newline"):
        sign_note(text, "a", KEY_A)


ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "does not have three or more lines"),
        (f"a\n1\n{ROOT}", "does not have three or more lines"),
        ("a\n1\n", "does not have three or more lines"),
        (f"\n1\n{ROOT}\n", "none of them empty"),
        (f"a\n1\n{ROOT}\n\n", "none of them empty"),
        (f"a\n01\n{ROOT}\n", "the tree size '01' is not a decimal number without leading zeros"),
        (f"a\n+1\n{ROOT}\n", "the tree size '+1' is not"),
        (f"a\n-0\n{ROOT}\n", "the tree size '-0' is not"),
        (f"a\n1 \n{ROOT}\n", "the tree size '1 ' is not"),
        (f"a\n١\n{ROOT}\n", "the tree size '١' is not"),
        (f"a\n{2**63}\n{ROOT}\n", "the tree size '9223372036854775808' is not"),
        (f"a\n{'9' * 9999}\n{ROOT}\n", "is not a decimal number"),
        (f"a\n1\n{ROOT[:-1]}\n", "is not the base64 of 32 bytes"),
        ("a\n1\nAAAA\n", "the root 'AAAA' is not the base64 of 32 bytes"),
        (f"a\n1\n{ROOT[:-2]}J=\n", "is not the base64 of 32 bytes"),
    ],
)
def test_bad_checkpoints(text: str, message: str) -> None:
    problem = read_checkpoint(text)
    assert isinstance(problem, NoteProblem)
    assert message in problem.message
    assert problem.hint


def test_extension_lines_are_kept() -> None:
    text = f"a\n0\n{ROOT}\nfirst\nsecond\n"
    checkpoint = read_checkpoint(text)
    assert isinstance(checkpoint, Checkpoint)
    assert (checkpoint.size, checkpoint.extensions) == (0, ("first", "second"))
    assert checkpoint_text(checkpoint) == text


@given(NAMES, st.integers(0, 2**63 - 1), st.binary(min_size=32, max_size=32))
def test_what_a_checkpoint_says_is_read_back(origin: str, size: int, root: bytes) -> None:
    checkpoint = Checkpoint(origin, size, root)
    assert read_checkpoint(checkpoint_text(checkpoint)) == checkpoint


@pytest.mark.parametrize(
    "checkpoint",
    [
        Checkpoint("", 1, bytes(32)),
        Checkpoint("a\n5", 1, bytes(32)),
        Checkpoint("a", -1, bytes(32)),
        Checkpoint("a", 2**63, bytes(32)),
        Checkpoint("a", 1, bytes(31)),
        Checkpoint("a", 1, bytes(32), ("",)),
        Checkpoint("a", 1, bytes(32), ("b\nc",)),
    ],
)
def test_checkpoints_that_would_read_otherwise_are_not_written(checkpoint: Checkpoint) -> None:
    with pytest.raises(ValueError, match="cannot be written as a checkpoint"):
        checkpoint_text(checkpoint)


def test_a_signature_is_a_name_an_id_and_bytes() -> None:
    signature = note_of(f"{TEXT}\n{PETER_LINE}").signatures[0]
    assert signature == NoteSignature("PeterNeumann", bytes.fromhex("c74f20a3"), signature.signature)
    assert len(signature.signature) == 64
