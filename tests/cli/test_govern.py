"""The first key ceremony, proposals, signatures, checkpoints and the log, as people type them."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.cli.example import output, run
from tests.review.scratch import LOG, ORIGIN, ROOTS, STRANGER, Scratch, public_of, scratch
from tests.rules.bases import edited, tiny_base

DAY = "2026-01-16"
INIT = ("govern", "init", "--threshold", "2", "--on", DAY, "--log", f"{ORIGIN}={public_of(LOG)}")
NAMED = tuple(word for name in ROOTS for word in ("--root", f"{name}={public_of(name)}"))


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scratch:
    """A scratch base with reviewers, root keys and a first governance; commands run beside it."""
    made = scratch(tmp_path)
    monkeypatch.chdir(made.root)
    return made


@pytest.fixture
def rootless(base: Scratch) -> Scratch:
    """The base before its first key ceremony."""
    shutil.rmtree(base.folder / "governance")
    base.path_of("kb.yaml").write_bytes(tiny_base()["kb.yaml"])
    return base


def key(name: str) -> tuple[str, str]:
    """`--key FILE` of a name."""
    return "--key", f"keys/{name}.pem"


def errors(as_of: str = "2026-02-01") -> set[str]:
    """Rules of the errors that a check finds."""
    return set(re.findall(r" error: .* \[([a-z-]+)\]", run("validate", "--as-of", as_of).stdout))


def governance(base: Scratch) -> list[str]:
    """Names of the governance files."""
    return sorted(path.name for path in (base.folder / "governance").glob("*.json"))


def test_the_first_ceremony_with_every_key_at_hand(rootless: Scratch) -> None:
    said = output(*INIT, *NAMED, *key(ROOTS[0]), *key(ROOTS[1]))
    assert "signed by 2 of the 2 root keys it takes: root-one, root-two" in said
    assert errors() == set()
    assert len(governance(rootless)) == 1
    assert not list(rootless.root.glob("proposal*"))
    assert rootless.path_of("kb.yaml").read_bytes().startswith(tiny_base()["kb.yaml"])


def test_the_first_ceremony_with_holders_far_apart(rootless: Scratch) -> None:
    output(*INIT, *NAMED, *key(ROOTS[0]), "--proposal", "first.json")
    assert errors() == {"ungoverned-change"}
    assert "1 more to come" in run("govern", "status", "first.json").stdout
    said = output("govern", "sign", "first.json", *key(ROOTS[1]))
    assert f"root key added: root-one {public_of('root-one')}" in said
    assert errors() == set()
    again = run("govern", "sign", "first.json", *key(ROOTS[1]))
    assert again.exit_code == 1
    assert "the proposal is number 1, and the next would be 2" in again.stderr


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        ((), 2, "no root key is named"),
        (("--root", "anna"), 2, "does not have the form NAME=PUBLIC"),
        (("--root", f"Anna B={public_of('x')}"), 2, "--root: keys.0.name"),
        (("--root", "anna=?"), 1, "root key 'anna': the public key '?' is not base64"),
        (("--root", f"anna={public_of('x')}"), 1, "the threshold 2 is not from 1 to 1"),
        ((*NAMED, "--log", f"a b={public_of(LOG)}"), 2, "--log: origin"),
        ((*NAMED, "--proposal", "claims/first.json"), 1, "lies in the base"),
        ((*NAMED, "--proposal", "keys/log.pem"), 1, "is there already"),
        ((*NAMED, *key(STRANGER)), 1, "is no root key"),
        ((*NAMED, "--key", "nowhere.pem"), 2, "'nowhere.pem' cannot be read"),
    ],
)
def test_a_ceremony_that_cannot_be(rootless: Scratch, words: tuple[str, ...], status: int, message: str) -> None:
    before = rootless.read()
    done = run(*INIT, *words)
    assert (done.exit_code, message in done.stderr) == (status, True), done.stderr
    assert rootless.read() == before


def test_a_second_ceremony_is_refused(base: Scratch) -> None:
    done = run(*INIT, *NAMED)
    assert (done.exit_code, "has a trust root already" in done.stderr) == (1, True)


def test_a_block_that_stands_there_is_not_written_over(rootless: Scratch) -> None:
    path = rootless.path_of("kb.yaml")
    path.write_bytes(path.read_bytes() + b"root:\n  threshold: 1\n  keys: []\n")
    assert "has a block 'root' already" in run(*INIT, *NAMED).stderr


def change(base: Scratch) -> None:
    """Change who reviews."""
    base.write(edited(base.read(), "reviewers.yaml", "Example Reviewer Two", "Example Reviewer Nine"))


def test_a_change_of_reviewers_is_proposed_signed_and_agreed(base: Scratch) -> None:
    """Who edits the reviewers or the policy does so by signed decision too."""
    change(base)
    assert errors() == {"ungoverned-change"}
    said = output("govern", "propose", "--note", "a new name", "--on", "2026-01-20", *key(ROOTS[0]))
    assert "changed: reviewers.yaml" in said
    assert "changed: policy.yaml" not in said
    assert "signed by 1 of the 2 root keys it takes: root-one" in said
    assert run("govern", "status").exit_code == 1
    output("govern", "sign", "proposal-0002.json", *key(ROOTS[1]))
    assert errors() == set()
    assert "0002 2026-01-20 a new name" in output("govern", "status")
    assert len(governance(base)) == 2


def test_a_proposal_is_not_signed_once_the_files_are_others(base: Scratch) -> None:
    change(base)
    output("govern", "propose", "--note", "x", "--proposal", "p.json")
    base.write(edited(base.read(), "reviewers.yaml", "Example Reviewer Nine", "Example Reviewer Ten"))
    done = run("govern", "sign", "p.json", *key(ROOTS[1]))
    assert (done.exit_code, "another state of reviewers.yaml" in done.stderr) == (1, True)
    assert "it can no longer be signed" in run("govern", "status", "p.json").stdout


def test_what_cannot_be_signed(base: Scratch) -> None:
    change(base)
    output("govern", "propose", "--note", "x", "--proposal", "p.json")
    assert "no key is named" in run("govern", "sign", "p.json").stderr
    assert "is no root key" in run("govern", "sign", "p.json", *key(LOG)).stderr
    assert "cannot be read" in run("govern", "sign", "nowhere.json", *key(LOG)).stderr
    (base.root / "p.json").write_text("{}")
    assert "the file is no proposal" in run("govern", "sign", "p.json", *key(ROOTS[0])).stderr


def test_nothing_to_propose(base: Scratch) -> None:
    done = run("govern", "propose", "--note", "x")
    assert (done.exit_code, "nothing has changed since" in done.stderr) == (1, True)


def test_governance_that_cannot_be_read_stops_every_command(base: Scratch) -> None:
    (name,) = governance(base)
    (base.folder / "governance" / name).write_text("{}")
    assert "are not the ones that its name promises" in run("govern", "status").stderr


def test_status_of_a_base_without_root_keys(rootless: Scratch) -> None:
    assert "nobody is trusted to approve" in output("govern", "status")


def test_status_says_where_there_is_no_log_key(base: Scratch) -> None:
    text = base.read()["kb.yaml"].decode()
    base.path_of("kb.yaml").write_text(text[: text.index("log:")])
    assert "log: no key" in run("govern", "status").stdout


def test_the_log_takes_up_what_waits_and_shows_it(base: Scratch) -> None:
    (name,) = governance(base)
    assert output("audit", "log") == f" waits              governance/{name}\n0 logged, 1 waiting; no checkpoint\n"
    said = output("audit", "checkpoint", *key(LOG), "--on", DAY)
    assert re.fullmatch(rf" +0  {DAY}  governance/{name}\ncheckpoint of 1 entries, root \S{{44}}\n", said)
    assert output("audit", "checkpoint", *key(LOG), "--on", DAY) == "nothing waits for the log\n"
    assert "1 logged, 0 waiting; checkpoint of 1, root " in output("audit", "log")
    assert errors() == set()


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (key(ROOTS[0]), 1, "is not the log's"),
        (("--key", "nowhere.pem"), 2, "cannot be read"),
        ((*key(LOG), "--on", "2026-01-01"), 1, "after 2026-01-01, the day of the checkpoint"),
        ((*key(LOG), "--on", "2999-01-01"), 2, "is a day to come"),
    ],
)
def test_a_checkpoint_that_is_refused(base: Scratch, words: tuple[str, ...], status: int, message: str) -> None:
    before = base.read()
    done = run("audit", "checkpoint", *words)
    assert (done.exit_code, message in done.stderr) == (status, True), done.stderr
    assert base.read() == before


def test_the_log_against_an_auditors_own_copy(base: Scratch) -> None:
    output("audit", "checkpoint", *key(LOG), "--on", DAY)
    kept = base.root / "kept"
    shutil.copy(base.folder / "log" / "checkpoint", kept)
    change(base)
    output("govern", "propose", "--note", "x", "--on", DAY, *key(ROOTS[0]), *key(ROOTS[1]))
    output("audit", "checkpoint", *key(LOG), "--on", DAY)
    said = output("audit", "log", "--since", "kept")
    assert "the log begins with the 1 entries of your checkpoint (proof of 1 hash)" in said
    assert said.endswith("everything holds\n")
    assert "only an older copy of it can show" in output("audit", "log", "--verify")
    assert "cannot be read" in run("audit", "log", "--since", "nowhere").stderr
    kept.write_text("no note")
    done = run("audit", "log", "--since", "kept")
    assert (done.exit_code, "[log-unsigned]" in done.stdout) == (1, True)


def test_the_log_for_programs(base: Scratch) -> None:
    waiting = json.loads(output("audit", "log", "--format", "json", "--as-of", DAY))
    (name,) = waiting["waiting"]
    assert waiting == {
        "format": "kbtool/audit-log/1",
        "as_of": DAY,
        "entries": [],
        "waiting": [name],
        "checkpoint": None,
        "verified": None,
    }
    output("audit", "checkpoint", *key(LOG), "--on", DAY)
    shutil.copy(base.folder / "log" / "checkpoint", base.root / "kept")
    found = json.loads(output("audit", "log", "--format", "json", "--verify", "--since", "kept"))
    assert found["entries"] == [{"number": 0, "file": name, "digest": name[-69:-5], "on": DAY}]
    assert (found["checkpoint"]["size"], found["checkpoint"]["origin"]) == (1, ORIGIN)
    own = found["checkpoint"]
    assert found["verified"] == {"holds": True, "problems": [], "since": own, "proof": []}
    entries = base.folder / "log" / "entries.ndjson"
    entries.write_text(entries.read_text().replace(DAY, "2026-01-15"))
    done = run("audit", "log", "--format", "json", "--verify")
    assert done.exit_code == 1
    verified = json.loads(done.stdout)["verified"]
    assert (verified["holds"], verified["since"], verified["proof"]) == (False, None, None)
    assert {problem["rule"] for problem in verified["problems"]} >= {"log-altered"}


def test_a_log_that_was_rewritten_by_its_own_key_is_found_by_an_older_copy_alone(base: Scratch) -> None:
    """A log rewritten by its own key is found only by someone who holds an older checkpoint."""
    output("audit", "checkpoint", *key(LOG), "--on", DAY)
    (base.root / "kept").write_bytes((base.folder / "log" / "checkpoint").read_bytes())
    shutil.rmtree(base.folder / "log")
    output("audit", "checkpoint", *key(LOG), "--on", "2026-01-17")
    assert run("audit", "log", "--verify").exit_code == 0
    done = run("audit", "log", "--verify", "--since", "kept")
    assert (done.exit_code, "[log-forked]" in done.stdout) == (1, True)


def test_an_edited_log_is_named(base: Scratch) -> None:
    output("audit", "checkpoint", *key(LOG), "--on", DAY)
    entries = base.folder / "log" / "entries.ndjson"
    entries.write_text(entries.read_text().replace(DAY, "2026-01-15"))
    done = run("audit", "log", "--verify")
    assert done.exit_code == 1
    assert "claims/log/entries.ndjson: error" in done.stdout or "log/entries.ndjson: error" in done.stdout
    assert "[log-altered]" in done.stdout
    assert "do not hold" in done.stdout or "does not hold" in done.stdout
    assert "the log does not hold" in run("audit", "checkpoint", *key(LOG), "--on", DAY).stderr


def test_a_base_where_nothing_was_ever_decided_has_no_log(project: Path) -> None:
    del project
    assert "has no log" in run("audit", "log").stderr
    assert "names no log key" in run("audit", "checkpoint", "--key", _new_key()).stderr


def _new_key() -> str:
    output("key", "new", "--out", "any.pem")
    return "any.pem"
