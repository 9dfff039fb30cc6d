"""Which key signs a checkpoint, also while the key changes, and a checkpoint that somebody else kept."""

from __future__ import annotations

import pytest

from kbtool.model.base_config import LogKey
from kbtool.records.layout import BaseFile
from kbtool.review.checkpoints import LogKeys, checkpoint_of, log_keys
from kbtool.review.kept_checkpoint import against
from kbtool.review.log import CHECKPOINT, ENTRIES, read_log
from kbtool.review.merkle import consistency_proof, tree_of
from kbtool.review.note import Checkpoint, sign_note
from tests.review.scratch import (
    DAY,
    DENIAL,
    EDITOR,
    LOG,
    ORIGIN,
    STRANGER,
    TRIAL,
    approved,
    checkpointed,
    decided,
    faults,
    governed,
    key_of,
    knowledge,
    public_of,
    reviewed_base,
    standing,
)
from tests.rules.bases import Base, edited

KEY = LogKey(origin=ORIGIN, public=public_of(LOG))
NEW = "new-log"


def rotated(base: Base) -> dict[str, bytes]:
    """The base with another log key, agreed by the root keys and not yet logged."""
    return governed(edited(base, "kb.yaml", public_of(LOG), public_of(NEW)))


def test_a_change_of_the_log_key_counts_from_the_checkpoint_that_takes_it_up() -> None:
    """Rotation is covered: nothing is unsigned before, while or after the key changes."""
    before = checkpointed(approved(reviewed_base(), TRIAL))
    waiting = rotated(before)
    assert faults(waiting) == set()
    after = checkpointed(decided(waiting, DENIAL, "comment", EDITOR, note="x"), signer=NEW)
    assert faults(after) == set()
    assert standing(after, TRIAL) == "approved"


def test_the_old_log_key_cannot_take_up_its_own_end() -> None:
    waiting = rotated(checkpointed(reviewed_base()))
    assert {rule for rule, _ in faults(checkpointed(waiting, signer=LOG))} == {"log-unsigned"}


def test_the_new_log_key_cannot_sign_before_it_is_logged() -> None:
    base = checkpointed(reviewed_base())
    forged = dict(rotated(base)) | {CHECKPOINT: checkpointed(reviewed_base(), signer=NEW)[CHECKPOINT]}
    assert ("log-unsigned", CHECKPOINT) in faults(forged)


def test_the_key_at_each_size() -> None:
    index = knowledge(rotated(checkpointed(reviewed_base())))
    from kbtool.review.statements import read_governance

    chain = read_governance(index.review)[0]
    names = [signed.file for signed in chain]
    keys = log_keys(["decisions/x", names[0], "decisions/y", names[1]], KEY, chain)
    assert [getattr(keys.at(size), "public", None) for size in range(5)] == [
        *[public_of(LOG)] * 4,
        public_of(NEW),
    ]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"no note", "does not end in a blank line"),
        (sign_note("one\n", ORIGIN, key_of(LOG)), "three or more lines"),
        (sign_note(f"{ORIGIN}\n0\n{'A' * 43}=\n", ORIGIN, key_of(STRANGER)), "no signature by a known key"),
        (sign_note(f"another.example/log\n0\n{'A' * 43}=\n", ORIGIN, key_of(LOG)), "of another log"),
    ],
)
def test_what_is_no_checkpoint(raw: bytes, words: str) -> None:
    found = checkpoint_of(raw, LogKeys(KEY, ()))
    assert isinstance(found, str)
    assert words in found


def test_a_forged_note_and_a_key_that_is_none() -> None:
    note = sign_note(f"{ORIGIN}\n0\n{'A' * 43}=\n", ORIGIN, key_of(LOG))
    assert "does not hold" in str(checkpoint_of(note.replace(b"\n0\n", b"\n1\n"), LogKeys(KEY, ())))
    assert "not base64" in str(checkpoint_of(note, LogKeys(KEY.model_copy(update={"public": "?"}), ())))
    assert checkpoint_of(note, LogKeys(None, ())) == "kb.yaml names no log key"
    assert isinstance(checkpoint_of(note, LogKeys(KEY, ())), Checkpoint)


@pytest.mark.parametrize("size", range(8))
def test_a_log_begins_with_every_checkpoint_that_it_had(size: int) -> None:
    leaves = [bytes([number]) for number in range(7)]
    tree = tree_of(leaves)
    kept = Checkpoint("x", size, tree_of(leaves[:size]).root)
    outcome = against(kept, tree)
    assert (outcome.fork, outcome.proof) == ("", consistency_proof(size, tree))


def test_a_fork_and_a_rolled_back_log_against_a_kept_checkpoint() -> None:
    tree = tree_of([b"a", b"b"])
    assert "there is a fork" in against(Checkpoint("x", 2, tree_of([b"a", b"c"]).root), tree).fork
    assert "rolled back" in against(Checkpoint("x", 3, tree.root), tree).fork


@pytest.mark.parametrize(
    "line", [b'{"digest":"x","file":[],"on":"2026-01-01"}', b'{"digest":1,"file":"x","on":"2026-01-01"}', b"[]"]
)
def test_a_line_of_odd_types_is_no_entry(line: bytes) -> None:
    log = read_log({ENTRIES: BaseFile(ENTRIES, ENTRIES, line + b"\n")}, KEY)
    assert log.problems[0].message == "line 1 is no entry of the log"
    assert log.entries == ()


def test_days_that_go_back() -> None:
    from datetime import timedelta

    first = checkpointed(reviewed_base(), DAY)
    second = checkpointed(
        decided(first, DENIAL, "comment", EDITOR, note="x", on=DAY - timedelta(days=3), checkpoint=None),
        DAY - timedelta(days=1),
    )
    assert ("log-altered", ENTRIES) in faults(second)


def test_a_log_that_went_on_otherwise_is_told_from_one_that_only_grew() -> None:
    base = checkpointed(decided(checkpointed(reviewed_base()), DENIAL, "comment", EDITOR, note="x"))
    lines = base[ENTRIES].splitlines(keepends=True)
    other = dict(base) | {ENTRIES: b"".join([lines[1], lines[0], lines[0]])}
    found = read_log(knowledge(other).review, KEY)
    assert "2 entries, and the log has 3 others: entries were added or moved" in found.problems[0].message
