"""Lines of the log: what is read is exactly what is written, whichever way it is read."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool.records.layout import BaseFile
from kbtool.review.content import canonical
from kbtool.review.log import ENTRIES, Entry, read_log
from kbtool.review.merkle import root

DIGEST = "ab" * 32
ENTRY = Entry(f"decisions/plumberry-tea/trial/{DIGEST}.json", DIGEST, date(2026, 1, 20))
LINE = ENTRY.line()
ENTRY_LISTS = st.lists(
    st.builds(
        Entry,
        st.sampled_from([ENTRY.name, "governance/0001-ab.json", 'a"b', "a\\b", "\x7f\u2028", "é", ""])
        | st.text(max_size=5),
        st.sampled_from([DIGEST, "", "AB", "\n"]),
        st.dates(),
    ),
    max_size=4,
)


def file_of(lines: list[bytes]) -> dict[str, BaseFile]:
    return {ENTRIES: BaseFile(ENTRIES, ENTRIES, b"".join(line + b"\n" for line in lines))}


@given(ENTRY_LISTS)
def test_every_line_that_is_written_is_read(entries: list[Entry]) -> None:
    """One line an entry (canonical JSON: file name, digest, day of sequencing); its lines are the leaves of a tree."""
    lines = [entry.line() for entry in entries]
    assert lines == [canonical({"digest": e.digest, "file": e.name, "on": e.on.isoformat()}) for e in entries]
    log = read_log(file_of(lines), None)
    assert list(log.entries) == entries
    assert log.tree.root == root(lines)


@settings(max_examples=300)
@given(at=st.integers(0, len(LINE) - 1), byte=st.integers(0, 255).filter(lambda b: b != 10), keep=st.booleans())
def test_a_line_is_read_only_in_its_one_form(at: int, byte: int, *, keep: bool) -> None:
    line = LINE[:at] + bytes([byte]) + LINE[at + (not keep) :]
    log = read_log(file_of([LINE, line]), None)
    assert [entry.line() for entry in log.entries] == [LINE, line][: len(log.entries)]
    assert len(log.entries) == 2 or any("line 2 is no entry" in problem.message for problem in log.problems)


@pytest.mark.parametrize("day", ["2026-02-30", "2026-W01-1", "20260120"])
def test_a_day_that_is_none_or_is_written_otherwise_is_refused(day: str) -> None:
    assert not read_log(file_of([LINE.replace(b"2026-01-20", day.encode())]), None).entries
