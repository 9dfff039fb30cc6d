"""The board shows the same whether its rows were kept, found just now, or made of a base that is held in memory."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kbtool.cli.base import Outcome
from kbtool.cli.claim_list import Filter, chosen, json_list
from kbtool.cli.summary import summary_of
from kbtool.cli.whole_board import whole_board
from kbtool.engine.board import Board
from kbtool.engine.check import check
from kbtool.engine.session import How, session
from kbtool.engine.waiting import waiting
from kbtool.records.assemble import assemble
from kbtool.review.queue import queue
from kbtool.review.state import review_state
from kbtool.store.read import read_base
from tests.engine.desk import HOUR, Desk
from tests.review.scratch import (
    DENIAL,
    EDITOR,
    TRIAL,
    approved,
    checkpointed,
    decided,
    knowledge,
    reviewed_base,
    synced,
)
from tests.rules.bases import AS_OF, Base, edited, real_base, tiny_base

BASES: Mapping[str, Callable[[], Base]] = {
    "good": tiny_base,
    "our own": real_base,
    "nobody decided": reviewed_base,
    "decided": lambda: synced(
        checkpointed(approved(decided(reviewed_base(), TRIAL, "request-changes", EDITOR, note="See."), DENIAL))
    ),
    "a term that is not listed": lambda: edited(
        tiny_base(), f"{TRIAL}.yaml", "kind: limited-evidence", "kind: no-such-kind"
    ),
    "a claim that cannot be read": lambda: dict(tiny_base()) | {f"{TRIAL}.yaml": b"id: [\n"},
    "an odd letter": lambda: edited(tiny_base(), f"{TRIAL}.yaml", "The note gives", "The n\u043ete gives"),
    "no claims": lambda: {name: raw for name, raw in tiny_base().items() if not name.startswith("plumberry")},
    "no text": lambda: {name: raw for name, raw in tiny_base().items() if not name.endswith(".txt")},
}
WANTED = (Filter(), Filter(words=("doses",)), Filter(words=("made UP",), ratings=("supported",)))


def everything(board: Board, as_of: date) -> dict[str, Any]:
    """All that commands show of a board."""
    day = as_of.isoformat()
    return {
        "status": summary_of(board, "kb", day, None),
        "lists": [json_list(board, chosen(board, wanted), day) for wanted in WANTED],
        "queue": (waiting(board), waiting(board, 2)),
        "unread": (board.checked["unread"], board.checked["problems"]),
    }


def in_memory(desk: Desk, as_of: date) -> Board:
    """The board of the base held in full."""
    read = read_base(desk.root, "kb")
    loaded = assemble(read.files)
    checked = check(loaded, as_of)
    return whole_board(
        Outcome(desk.root, "kb", loaded, checked.diagnostics, checked.checks, as_of, (), checked.review, checked.waived)
    )


@pytest.mark.parametrize("make", BASES.values(), ids=BASES)
@pytest.mark.parametrize("as_of", [AS_OF, date(2031, 1, 1)])
def test_a_board_is_the_same_however_it_was_made(tmp_path: Path, make: Callable[[], Base], as_of: date) -> None:
    desk = Desk(tmp_path)
    desk.put(make())
    whole = everything(in_memory(desk, as_of), as_of)
    for _ in range(2):
        with session(desk.root, "kb", as_of, How(cache=desk.cache, now=lambda: time.time_ns() + HOUR)) as found:
            assert found is not None
            assert everything(found.board(), as_of) == whole


@pytest.mark.parametrize("make", BASES.values(), ids=BASES)
def test_the_queue_from_rows_is_the_queue_from_records(tmp_path: Path, make: Callable[[], Base]) -> None:
    base = make()
    desk = Desk(tmp_path)
    desk.put(base)
    index = knowledge(base)
    items = queue(index, review_state(index, AS_OF), AS_OF)
    board = in_memory(desk, AS_OF)
    rows, number = waiting(board)
    assert number == len(rows)
    assert [waiting(board, most) for most in (1, 2, 99)] == [(rows[:most], number) for most in (1, 2, 99)]
    assert [(row.claim, row.risk, row.standing, row.reasons, row.drafted, row.lapsed) for row in rows] == [
        (i.claim, i.risk, i.standing, i.reasons, i.drafted.isoformat(), i.lapsed.isoformat() if i.lapsed else None)
        for i in items
    ]
