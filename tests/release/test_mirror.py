"""Copies of a release, held against its manifest and a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kbtool.release.mirror import ODD, age_problems, file_problems, newer_problems
from kbtool.release.parts import PreviousRelease

DIGESTS = {"a.json": "aa", "b/c.csv": "bb"}
MANIFEST = PreviousRelease("0" * 16, frozenset(), DIGESTS, date(2026, 1, 31), date(2026, 3, 31))


@pytest.mark.parametrize(
    ("found", "faults"),
    [
        (DIGESTS, []),
        ({}, [("missing", "a.json"), ("missing", "b/c.csv")]),
        ({**DIGESTS, "a.json": "xx"}, [("changed", "a.json")]),
        ({**DIGESTS, "a.json": ODD}, [("not a plain file", "a.json")]),
        ({**DIGESTS, "z": "zz"}, [("not listed", "z")]),
        ({**DIGESTS, "z": ODD}, [("not a plain file", "z")]),
    ],
)
def test_files(found: dict[str, str], faults: list[tuple[str, str]]) -> None:
    """The manifest covers every file."""
    assert [(each.fault, each.path) for each in file_problems(MANIFEST, found)] == faults


@pytest.mark.parametrize(
    ("day", "max_days", "words"),
    [
        (date(2026, 3, 31), None, []),
        (date(2026, 4, 1), None, ["an approval in it has lapsed: it was valid until 2026-03-31, and it is 2026-04-01"]),
        (date(2026, 3, 2), 30, []),
        (date(2026, 3, 3), 30, ["it is 31 days old, and may be 30: its standings held on 2026-01-31"]),
    ],
)
def test_age(day: date, max_days: int | None, words: list[str]) -> None:
    """The manifest carries `as_of`, `previous`, `valid_until`, so that a stale mirror is recognised."""
    found = list(age_problems(MANIFEST, day, max_days))
    assert [each.message for each in found] == words
    assert {each.fault for each in found} <= {"out of date"}


def test_without_dates_nothing_is_too_old() -> None:
    undated = replace(MANIFEST, as_of=None, valid_until=None)
    assert list(age_problems(undated, date(2099, 1, 1), 0)) == []


def test_a_newer_release_supersedes() -> None:
    newest = replace(MANIFEST, id="1" * 16, as_of=date(2026, 2, 28))
    (found,) = newer_problems(MANIFEST, newest)
    assert found.fault == "superseded"
    assert found.message == f"it is release {'0' * 16} as of 2026-01-31; the newest is {'1' * 16} as of 2026-02-28"
    assert list(newer_problems(MANIFEST, MANIFEST)) == []


def test_the_same_release_has_the_same_bytes_in_whatever_formats() -> None:
    """Same release, same bytes: a manifest that names others for a file is of no true copy."""
    other_formats = replace(MANIFEST, digests={"a.json": "aa", "more.ndjson": "cc"})
    assert list(newer_problems(MANIFEST, other_formats)) == []
    (found,) = newer_problems(MANIFEST, replace(MANIFEST, digests={"a.json": "xx"}))
    assert (found.fault, found.path) == ("changed", "a.json")
