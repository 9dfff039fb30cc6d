"""Two people decide in two clones; git merges what they did, and the log takes it all up."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from tests.e2e.runs import COMMAND, REPOSITORY, Run, environment, run
from tests.review.scratch import (
    CLINICIAN,
    DENIAL,
    EDITOR,
    LOG,
    RESTATED,
    TRIAL,
    Scratch,
    checkpointed,
    scratch,
    standing,
    state,
)

ON = "2026-01-20"
_GIT = {
    "GIT_AUTHOR_NAME": "Example Person",
    "GIT_AUTHOR_EMAIL": "person@example.org",
    "GIT_COMMITTER_NAME": "Example Person",
    "GIT_COMMITTER_EMAIL": "person@example.org",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_SYSTEM": "/dev/null",
}


def git(cwd: Path, *words: str) -> Run:
    """Run git in a folder, as nobody in particular."""
    return run(("git", *words), cwd, environment(**_GIT))


def git_well(cwd: Path, *words: str) -> str:
    """What git says where it succeeds."""
    done = git(cwd, *words)
    assert done.status == 0, done.said
    return done.out


@pytest.fixture
def origin(tmp_path: Path) -> Path:
    """A repository with the scratch base in it, its log begun."""
    made = scratch(tmp_path)
    made.write(checkpointed(made.read()))
    (made.root / ".gitattributes").write_bytes((REPOSITORY / ".gitattributes").read_bytes())
    (made.root / ".gitignore").write_bytes((REPOSITORY / ".gitignore").read_bytes() + b"/keys\n")
    git_well(made.root, "init", "-q", "-b", "main")
    git_well(made.root, "add", ".")
    git_well(made.root, "commit", "-qm", "a base")
    return made.root


def clone(origin: Path, name: str) -> Path:
    """A clone with the private keys beside it, for whoever sits there."""
    place = origin.parent / name
    git_well(origin.parent, "clone", "-q", str(origin), name)
    (place / "keys").symlink_to(origin / "keys")
    return place


def kbtool(cwd: Path, *words: str) -> Run:
    """Run `kbtool` in a clone; it must succeed."""
    done = run((*COMMAND, *words), cwd, environment())
    assert done.status == 0, done.said
    return done


def commit(cwd: Path) -> None:
    """Commit everything in a clone."""
    git_well(cwd, "add", ".")
    git_well(cwd, "commit", "-qm", "a change")


def approve(cwd: Path, claim: str, by: str) -> None:
    """Approve a claim in a clone, and commit."""
    kbtool(cwd, "review", "approve", claim, "--by", by, "--key", f"keys/{by}.pem", "--on", ON)
    commit(cwd)


def merged(into: Path, other: Path) -> None:
    """Merge the main branch of one clone into another; it must not conflict."""
    git_well(into, "fetch", "-q", str(other), "main")
    git_well(into, "merge", "-q", "--no-edit", "FETCH_HEAD")


def checkpoint(cwd: Path, on: str = ON) -> None:
    """Take up what waits in a clone, and commit."""
    kbtool(cwd, "audit", "checkpoint", "--key", f"keys/{LOG}.pem", "--on", on)
    commit(cwd)


def contents(cwd: Path) -> dict[str, bytes]:
    """The base of a clone, as git has it."""
    return {name: raw for name, raw in Scratch(cwd).read().items() if not name.startswith(".")}


def decisions(cwd: Path, claim: str) -> int:
    """How many decisions on a claim stand in a clone."""
    return len(list((cwd / "claims" / "decisions" / claim).glob("*.json")))


def review_errors(cwd: Path) -> str:
    """What a check says of a clone where it finds anything."""
    done = run((*COMMAND, "validate", "--as-of", "2026-02-01"), cwd, environment())
    return "" if done.status == 0 else done.said


@pytest.mark.parametrize("turned", [False, True])
def test_two_decisions_on_one_claim_and_on_different_claims_all_stand(origin: Path, turned: bool) -> None:
    """Two people deciding on two branches never conflict; all stand, and the log verifies after one checkpoint."""
    one, two = clone(origin, "one"), clone(origin, "two")
    approve(one, TRIAL, EDITOR)
    approve(one, DENIAL, EDITOR)
    approve(two, TRIAL, CLINICIAN)
    approve(two, RESTATED, CLINICIAN)
    into, other = (two, one) if turned else (one, two)
    merged(into, other)
    assert [decisions(into, claim) for claim in (TRIAL, DENIAL, RESTATED)] == [2, 1, 1]
    kbtool(into, "review", "sync")
    if git_well(into, "status", "--porcelain"):
        commit(into)
    checkpoint(into)
    found = contents(into)
    assert standing(found, TRIAL) == "approved"
    assert state(found).pending == ()
    assert kbtool(into, "audit", "log", "--verify").out.count("everything holds") == 1
    assert review_errors(into) == ""
    merged(other, into)
    assert contents(other) == found


def test_both_ways_of_merging_give_the_same_log(origin: Path) -> None:
    one, two = clone(origin, "one"), clone(origin, "two")
    approve(one, TRIAL, EDITOR)
    approve(two, TRIAL, CLINICIAN)
    git_well(one, "branch", "before")
    merged(one, two)
    git_well(two, "fetch", "-q", str(one), "before")
    git_well(two, "merge", "-q", "--no-edit", "FETCH_HEAD")
    for each in (one, two):
        kbtool(each, "review", "sync")
        checkpoint(each)
    read = [(each / "claims" / "log" / "entries.ndjson").read_bytes() for each in (one, two)]
    assert read[0] == read[1]


def test_two_sequencings_conflict(origin: Path) -> None:
    """Two sequencings are meant to conflict."""
    one, two = clone(origin, "one"), clone(origin, "two")
    approve(one, TRIAL, EDITOR)
    checkpoint(one)
    approve(two, DENIAL, CLINICIAN)
    checkpoint(two)
    for into, other in itertools.permutations((one, two)):
        git_well(into, "fetch", "-q", str(other), "main")
        done = git(into, "merge", "--no-edit", "FETCH_HEAD")
        assert done.status == 1
        conflicts = git(into, "diff", "--name-only", "--diff-filter=U").out.split()
        assert {"claims/log/checkpoint", "claims/log/entries.ndjson"} <= set(conflicts)
        git_well(into, "merge", "--abort")


def test_who_lost_the_race_takes_the_published_log_and_sequences_again(origin: Path) -> None:
    one, two = clone(origin, "one"), clone(origin, "two")
    approve(one, TRIAL, EDITOR)
    checkpoint(one)
    approve(two, DENIAL, CLINICIAN)
    checkpoint(two)
    git_well(two, "fetch", "-q", str(one), "main")
    git(two, "merge", "--no-edit", "FETCH_HEAD")
    git_well(two, "checkout", "FETCH_HEAD", "--", "claims/log")
    git_well(two, "add", ".")
    git_well(two, "commit", "-qm", "the published log")
    kept = clone(one, "auditor") / "claims" / "log" / "checkpoint"
    checkpoint(two)
    found = contents(two)
    assert state(found).pending == ()
    assert kbtool(two, "audit", "log", "--since", str(kept)).out.endswith("everything holds\n")


def test_other_outcomes_meet_in_one_line_of_the_record_which_sync_settles(origin: Path) -> None:
    """Decisions never conflict; only the status that the tool writes into a record may, and it is written anew."""
    one, two = clone(origin, "one"), clone(origin, "two")
    approve(one, TRIAL, EDITOR)
    words = ("--by", CLINICIAN, "--key", f"keys/{CLINICIAN}.pem", "--on", ON, "--note", "one number is wrong")
    kbtool(two, "review", "request-changes", TRIAL, *words)
    commit(two)
    git_well(two, "fetch", "-q", str(one), "main")
    assert git(two, "merge", "--no-edit", "FETCH_HEAD").status == 1
    assert git(two, "diff", "--name-only", "--diff-filter=U").out.split() == [f"claims/{TRIAL}.yaml"]
    git_well(two, "checkout", "--ours", f"claims/{TRIAL}.yaml")
    kbtool(two, "review", "sync")
    commit(two)
    assert decisions(two, TRIAL) == 2
    assert standing(contents(two), TRIAL) == "changes-requested"
    assert review_errors(two) == ""
