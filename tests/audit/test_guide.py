"""VERIFY.md is run literally, and so is the second verifier; both must see what the product sees."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from kbtool.audit.archive import write_archive
from kbtool.audit.layout import GUIDE
from kbtool.review.content import digest_of
from kbtool.review.keys import PrivateKey
from tests.audit.made import DRAFT, bag, opened, relisted, signed, signed_base, unsigned
from tests.review.scratch import DENIAL, EDITOR, ROOTS, checkpointed, decided, governed, key_of

TOOLS = ("sha256sum", "openssl", "base64", "sed", "awk", "tr", "paste", "find")
SHELLS = [shell for shell in ("dash", "bash", "sh") if shutil.which(shell)]
SECOND = Path(__file__).with_name("second_verifier.py")
pytestmark = pytest.mark.skipif(not all(map(shutil.which, TOOLS)), reason="a standard tool is not installed")

Files = Mapping[str, bytes]


def unpacked(files: Files, folder: Path) -> Path:
    for name, raw in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(raw)
    return folder


def commands(files: Files) -> str:
    """Every command of the guide, in its order."""
    return "\n".join(re.findall(r"^```sh\n(.*?)^```$", files[GUIDE].decode(), re.DOTALL | re.MULTILINE))


def by_hand(files: Files, folder: Path, shell: str = SHELLS[0]) -> tuple[int, str]:
    """What somebody sees who runs the guide's commands one after the other."""
    done = subprocess.run(
        [shell],
        input=commands(opened(signed())).encode(),
        cwd=unpacked(files, folder),
        capture_output=True,
        check=False,
    )
    return done.returncode, (done.stdout + done.stderr).decode(errors="replace")


def second(files: Files, folder: Path, *roots: str) -> tuple[int, str]:
    (folder / "b.zip").write_bytes(write_archive(files))
    done = subprocess.run([sys.executable, SECOND, folder / "b.zip", *roots], capture_output=True, check=False)
    return done.returncode, (done.stdout + done.stderr).decode()


@pytest.mark.parametrize("shell", SHELLS)
def test_the_commands_hold_for_a_signed_bundle(shell: str, tmp_path: Path) -> None:
    status, said = by_hand(opened(signed()), tmp_path, shell)
    assert status == 0, said
    assert "2026-01-20 example-editor: approve plumberry-tea/may-not-relieve, content" in said
    assert f"{key_of(ROOTS[0]).public().key_id()}  root-one" in said
    assert "holds 5 files" in said
    assert said.endswith("everything that standard tools can check holds\n")


def test_they_say_of_an_unsigned_bundle_that_it_is_not_authenticated(tmp_path: Path) -> None:
    status, said = by_hand(opened(unsigned()), tmp_path)
    assert status == 0, said
    assert "NO ROOT KEYS: this bundle is consistent, not authenticated" in said
    assert "NO LOG" in said


def test_they_say_what_waits_and_what_is_not_signed(tmp_path: Path) -> None:
    base = decided(signed_base(), DRAFT, "comment", EDITOR, note="See there.", signers=())
    status, said = by_hand(bag(base), tmp_path)
    assert status == 0, said
    assert "not signed, so it can only comment or ask for changes: data/claims/decisions/" in said
    assert "in no checkpoint yet: data/claims/decisions/" in said


def longer() -> dict[str, bytes]:
    """A base with a log of nine entries under several checkpoints, and a governance of two files."""
    base = dict(signed_base())
    for number in range(3):
        base = checkpointed(decided(base, DENIAL, "comment", EDITOR, note=f"Remark {number}."))
    return checkpointed(governed(base))


def test_they_hold_for_a_longer_log_and_a_later_governance(tmp_path: Path) -> None:
    status, said = by_hand(bag(longer()), tmp_path)
    assert status == 0, said
    assert "holds 9 files" in said


def forged(name: str, files: Files) -> dict[str, bytes]:
    """A decision with another signature."""
    old = files[name]
    sig = re.search(rb'"sig": "([^"]+)"', old)
    assert sig is not None
    return {**files, name: old.replace(sig[1][:8], b"AAAAAAAA")}


DECISION = next(name for name in opened(signed()) if name.startswith("data/claims/decisions/"))
KEPT = next(name for name in opened(signed()) if name.startswith("data/claims/reviewed/"))


def changed(name: str, old: bytes, new: bytes) -> dict[str, bytes]:
    files = dict(opened(signed()))
    assert old in files[name]
    return {**files, name: files[name].replace(old, new)}


def resigned() -> dict[str, bytes]:
    """A bundle made of a base in which a signature was altered and its file given the name that then fits."""
    base = dict(signed_base())
    name = DECISION.removeprefix("data/claims/")
    raw = forged(name, base)[name]
    del base[name]
    return bag({**base, f"{name[:-69]}{digest_of(raw)}.json": raw})


def substituted() -> dict[str, bytes]:
    """Another key under the name of a reviewer's key."""
    files = dict(opened(signed()))
    ours: PrivateKey = key_of(EDITOR)
    name = f"data/keys/{ours.public().key_id()}.pem"
    public, stranger = ours.public().to_text().encode(), key_of("stranger").public()
    listed = files["data/keys/keys.tsv"].replace(public, stranger.to_text().encode())
    return {**files, name: stranger.to_pem(), "data/keys/keys.tsv": listed}


TAMPERED: tuple[tuple[str, dict[str, bytes], str], ...] = (
    ("kept content", changed(KEPT, b"hiccups", b"hiccup"), "the bytes of data/claims/reviewed/"),
    ("decision", forged(DECISION, opened(signed())), "the bytes of data/claims/decisions/"),
    ("signature", resigned(), "the signature of"),
    ("key", substituted(), "the id of key"),
    (
        "policy",
        changed("data/schema/policy.yaml", b"people: 2", b"people: 1"),
        "data/schema/policy.yaml is not the one",
    ),
    ("reviewers", changed("data/claims/reviewers.yaml", b"Two", b"Six"), "data/claims/reviewers.yaml is not the one"),
    ("entries", changed("data/claims/log/entries.ndjson", b"2026-01-20", b"2026-01-19"), "the root of the log"),
    ("checkpoint", changed("data/claims/log/checkpoint", b"\n5\n", b"\n4\n"), "the signature on the checkpoint"),
)


@pytest.mark.parametrize(("files", "message"), [case[1:] for case in TAMPERED], ids=[case[0] for case in TAMPERED])
def test_they_find_what_was_changed_with_the_manifests_made_good(
    files: dict[str, bytes], message: str, tmp_path: Path
) -> None:
    status, said = by_hand(relisted(files), tmp_path)
    assert status != 0
    assert f"does not hold: {message}" in said, said


def test_they_find_what_was_changed_without(tmp_path: Path) -> None:
    assert by_hand({**opened(signed()), "data/claims/kb.yaml": b"x"}, tmp_path)[0] != 0


def test_they_find_what_is_not_listed(tmp_path: Path) -> None:
    assert "a file of the payload is not listed" in by_hand({**opened(signed()), "data/more": b"x"}, tmp_path)[1]


@pytest.mark.parametrize("files", [opened(signed()), bag(longer())], ids=["signed", "longer"])
def test_the_second_verifier_holds(files: dict[str, bytes], tmp_path: Path) -> None:
    status, said = second(files, tmp_path, *(key_of(name).public().key_id() for name in ROOTS))
    assert status == 0, said
    assert said.endswith("decisions hold\n")


@pytest.mark.parametrize("files", [case[1] for case in TAMPERED], ids=[case[0] for case in TAMPERED])
def test_the_second_verifier_finds_the_same(files: dict[str, bytes], tmp_path: Path) -> None:
    status, said = second(relisted(files), tmp_path)
    assert status == 1
    assert said.startswith("does not hold: "), said


def test_the_second_verifier_takes_no_other_root(tmp_path: Path) -> None:
    assert second(opened(signed()), tmp_path, key_of("stranger").public().key_id())[0] == 1


def test_the_second_verifier_is_short_and_uses_none_of_our_code() -> None:
    text = SECOND.read_text()
    assert "kbtool import" not in text
    assert "import kbtool" not in text
    code = [line for line in text.rpartition('"""')[2].splitlines() if line.strip() and not line.startswith("#")]
    assert len(code) <= 60
