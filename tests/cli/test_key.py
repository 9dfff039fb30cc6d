"""`kbtool key`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kbtool.cli.key import key
from kbtool.review.keys import PrivateKey, read_private
from tests.cli.example import output, run
from tests.cli.reviewing import refused, words
from tests.cli.terminal import at_terminal
from tests.review.scratch import EDITOR, Scratch, key_of, public_of

WORDS = "correct horse battery staple"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KBTOOL_PASSPHRASE", raising=False)
    return tmp_path


def public_in(shown: str) -> str:
    found = re.search(r"- public: (\S{44})\n        since: \d{4}-\d\d-\d\d\n", shown)
    assert found
    return found[1]


def test_a_new_key_prints_what_goes_into_the_reviewers(folder: Path) -> None:
    shown = output("key", "new", "--out", "key.pem")
    assert "without a passphrase" in shown
    made = read_private((folder / "key.pem").read_bytes(), None)
    assert isinstance(made, PrivateKey)
    assert public_in(shown) == made.public().to_text()
    assert f"key id: {made.public().key_id()}" in shown
    assert (folder / "key.pem").stat().st_mode & 0o777 == 0o600
    assert public_in(output("key", "show", "key.pem")) == made.public().to_text()


def test_a_key_under_a_passphrase(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "words.txt").write_text(f"{WORDS}\n")
    shown = output("key", "new", "--out", "key.pem", "--passphrase-file", "words.txt")
    assert "locked with the passphrase" in shown
    assert public_in(output("key", "show", "key.pem", "--passphrase-file", "words.txt")) == public_in(shown)
    assert "locked with a passphrase and none was given" in refused("key", "show", "key.pem", status=2)
    monkeypatch.setenv("KBTOOL_PASSPHRASE", WORDS)
    assert public_in(output("key", "show", "key.pem")) == public_in(shown)
    monkeypatch.setenv("KBTOOL_PASSPHRASE", "wrong")
    assert "does not open the key" in refused("key", "show", "key.pem", status=2)
    monkeypatch.setenv("KBTOOL_PASSPHRASE", "x" * 1024)
    assert "more than 1023 bytes" in refused("key", "new", "--out", "other.pem", status=2)


def test_what_is_refused(folder: Path, desk: Scratch) -> None:
    assert "lies in the base" in refused("key", "new", "--out", "claims/key.pem")
    assert "is there already" in refused("key", "new", "--out", f"keys/{EDITOR}.pem")
    assert "cannot be read" in refused("key", "show", "nothing.pem", status=2)
    assert "cannot be read" in refused("key", "show", f"keys/{EDITOR}.pem", "--passphrase-file", "no.txt", status=2)
    Path("empty.txt").write_text("\n")
    assert "holds no passphrase" in refused("key", "new", "--out", "k", "--passphrase-file", "empty.txt", status=2)
    assert "the file holds 0 PEM blocks" in refused("key", "show", "claims/kb.yaml", status=2)
    assert public_in(output("key", "show", f"keys/{EDITOR}.pem")) == public_of(EDITOR)


def test_warnings(folder: Path, desk: Scratch) -> None:
    Path(f"keys/{EDITOR}.pem").chmod(0o644)
    assert "others can read the key" in run(*words("approve", EDITOR)).stderr
    Path(".git").mkdir()
    assert "see that it is never committed" in run("key", "new", "--out", "key.pem").stderr


def test_a_locked_key_signs(desk: Scratch) -> None:
    Path("locked.pem").write_bytes(key_of(EDITOR).to_pem(WORDS.encode()))
    Path("locked.pem").chmod(0o600)
    Path("words.txt").write_text(WORDS)
    line = words("approve", EDITOR, "--key", "locked.pem", key=False)
    assert "locked with a passphrase" in refused(*line, status=2)
    assert "signed" in output(*line, "--passphrase-file", "words.txt")


@pytest.mark.parametrize(("typed", "locked"), [("", False), (WORDS, True)])
def test_at_a_terminal_a_passphrase_is_asked_for(folder: Path, typed: str, locked: bool) -> None:
    asked = [("Passphrase for the new key", typed), ("Repeat", typed)]
    made = at_terminal(("key", "new", "--out", "key.pem"), *asked)
    assert made.status == 0, made.shown
    assert ("locked with the passphrase" in made.shown) is locked
    shown = at_terminal(("key", "show", "key.pem"), *([("Passphrase of the key", typed)] if locked else []))
    assert shown.status == 0, shown.shown
    assert WORDS not in made.shown + shown.shown


def test_the_table_is_whole() -> None:
    assert key.list_commands(None) == ["new", "show"]  # type: ignore[arg-type]
    assert "new   Make a signing key" in output("key", "--help")
