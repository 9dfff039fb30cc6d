"""A whole decision on disk: old state or new state at every kill, and two people who decide at once."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from functools import partial
from itertools import count
from operator import eq
from pathlib import Path
from typing import Any

import pytest

from kbtool.diagnostics import Severity
from kbtool.model.decision import Verb
from kbtool.review.decide import Decisions, decide
from kbtool.review.edits import Edit
from kbtool.review.wish import Desk
from kbtool.store.decide import settle, write_decisions, write_edits
from kbtool.store.lock import LOCK
from kbtool.store.read import read_base
from kbtool.store.transaction import Conflict, Unfinished
from tests.review.desks import desk_of, wish_of
from tests.review.scratch import CLINICIAN, DRAFTER, EDITOR, TRIAL, Scratch, governed, key_of, scratch, standing, state
from tests.rules.bases import diagnose
from tests.store.changes import REFUSALS, UNFINISHED, copied
from tests.store.faults import (
    DONE,
    KILLED,
    NOT_REACHED,
    REFUSED,
    Call,
    Fault,
    at_each_call,
    fails,
    intercepted,
    kill,
    kill_half_way,
)


def on_disk(made: Scratch) -> dict[str, bytes]:
    """What a reader sees of the base, an unfinished change on top."""
    read = read_base(made.folder, "claims")
    assert read.diagnostics == ()
    schema = {name: raw for name, raw in made.read().items() if name.startswith("schema/")}
    return {file.name: file.raw for file in read.files.base} | schema


def wanted(desk: Desk, by: str, verb: Verb = "approve") -> Decisions:
    made = decide([wish_of(TRIAL, verb, by, note="Because.")], desk, key_of(by), "kbtool tests")
    assert isinstance(made, Decisions)
    return made


@pytest.mark.parametrize(
    "fault", [kill, kill_half_way, fails(errno.ENOSPC), fails(errno.EIO)], ids=["kill", "torn-write", "full", "failing"]
)
def test_old_state_or_new_state_never_between(ground: Path, fault: Fault) -> None:
    """Proves: "Fault injection at every write, fsync and rename: old state or new state, never between"."""
    first = scratch(ground / "first")
    old = first.read()
    desk = desk_of(old)
    made = wanted(desk, EDITOR)
    new = dict(old) | {edit.name: edit.content for edit in made.edits}
    assert [d for base in (old, new) for d in diagnose(base) if d.severity is Severity.ERROR] == []
    ends = set()
    for step in count(1):
        here = replace(first, root=copied(first.root, ground / str(step)))

        def act(root: Path = here.folder) -> None:
            try:
                write_decisions(root, made, desk.base)
            except Unfinished:
                os._exit(UNFINISHED)

        end = at_each_call(act, fault, partial(eq, step), REFUSALS)
        assert on_disk(here) in (old, new)
        assert on_disk(here) == new or end in {KILLED, REFUSED}
        if end == NOT_REACHED:
            break
        ends.add(end)
    assert step > 50
    assert ends <= {KILLED} if fault in {kill, kill_half_way} else ends == {DONE, REFUSED, UNFINISHED}


def test_a_record_that_is_not_the_one_shown_is_refused(tmp_path: Path) -> None:
    """Proves: "refused when the record is not the text that was shown"."""
    here = scratch(tmp_path)
    desk = desk_of(here.read())
    path = here.path_of(f"{TRIAL}.yaml")
    path.write_bytes(path.read_bytes().replace(b"weaker tea was", b"stronger tea was"))
    before = on_disk(here)
    with pytest.raises(Conflict):
        write_decisions(here.folder, wanted(desk, EDITOR), desk.base)
    assert on_disk(here) == before


def test_two_who_decide_at_once_on_the_same_text(tmp_path: Path) -> None:
    """The second would write a status over one that it has not seen; it is refused and can decide anew."""
    here = scratch(tmp_path)
    desk = desk_of(here.read())
    write_decisions(here.folder, wanted(desk, EDITOR), desk.base)
    with pytest.raises(Conflict):
        write_decisions(here.folder, wanted(desk, CLINICIAN), desk.base)
    now = desk_of(on_disk(here))
    write_decisions(here.folder, wanted(now, CLINICIAN), now.base)
    assert standing(on_disk(here), TRIAL) == "approved"


def crossing(here: Scratch) -> tuple[Desk, Decisions]:
    """A second approval, made before and written after another second one.

    The policy asks for three people, so that neither of the two changes the status, and both together do.
    """
    base = here.read()
    old, extra = b"    people: 2\n", b"    people: 3\n"
    assert base["schema/policy.yaml"].count(old) == 1
    base["schema/policy.yaml"] = base["schema/policy.yaml"].replace(old, extra)
    drafted = base[f"{TRIAL}.yaml"].replace(b"by: editorial", b"by: somebody-else")
    here.write(governed(base | {f"{TRIAL}.yaml": drafted}))
    first = desk_of(on_disk(here))
    write_decisions(here.folder, wanted(first, DRAFTER), first.base)
    desk = desk_of(on_disk(here))
    theirs, mine = wanted(desk, CLINICIAN), wanted(desk, EDITOR)
    assert [edit for each in (mine, theirs) for edit in each.edits if edit.name == f"{TRIAL}.yaml"] == []
    write_decisions(here.folder, theirs, desk.base)
    assert status(here) == "in-review"
    return desk, mine


def status(here: Scratch) -> str:
    """What the record says."""
    return here.path_of(f"{TRIAL}.yaml").read_text().partition("status: ")[2].strip()


def test_the_record_follows_two_approvals_that_cross(tmp_path: Path) -> None:
    """Proves: "the record's `review.status` follows it", however the writes of several people interleave."""
    here = scratch(tmp_path)
    desk, mine = crossing(here)
    write_decisions(here.folder, mine, desk.base)
    assert status(here) == "approved"
    assert {review.status for review in state(on_disk(here)).claims.values()} == {"draft", "approved"}


@pytest.mark.parametrize("times", [1, 4, 99])
def test_where_others_keep_writing_it_tries_again_and_gives_up_at_last(tmp_path: Path, times: int) -> None:
    here = scratch(tmp_path)
    desk, mine = crossing(here)
    path, locks = here.path_of(f"{TRIAL}.yaml"), count(0)

    def meet(call: Call) -> Any:
        if str(call.args[0]).endswith(LOCK) and 1 <= next(locks) <= times:
            path.write_bytes(path.read_bytes() + b"\n")
        return call.run()

    with intercepted(meet):
        if times < 5:
            write_decisions(here.folder, mine, desk.base)
        else:
            with pytest.raises(Unfinished, match="the decision is made, but the status in the record could not follow"):
                write_decisions(here.folder, mine, desk.base)
    assert status(here).startswith("approved" if times < 5 else "in-review")
    assert standing(on_disk(here), TRIAL) == "approved"


def test_settling_writes_only_what_differs(tmp_path: Path) -> None:
    here = scratch(tmp_path)
    before = on_disk(here)
    settle(here.folder, [TRIAL, "no/claim"])
    assert on_disk(here) == before


def test_settling_leaves_a_base_alone_that_it_cannot_read(tmp_path: Path) -> None:
    here = scratch(tmp_path)
    here.path_of("kb.yaml").write_bytes(b"title: nothing else\n")
    before = on_disk(here)
    settle(here.folder, [TRIAL])
    assert on_disk(here) == before


def test_a_new_file_is_never_put_over_another(tmp_path: Path) -> None:
    here = scratch(tmp_path)
    before = on_disk(here)
    with pytest.raises(Conflict):
        write_edits(here.folder, [Edit("reviewers.yaml", b"", None)])
    assert on_disk(here) == before
