"""Counts in words."""

from __future__ import annotations

import pytest

from kbtool.report.phrases import count, counts_line
from tests.report.examples import SMALL


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 checks"), (1, "1 check"), (2, "2 checks"), (3215, "3,215 checks")]
)
def test_count(number: int, words: str) -> None:
    assert count(number, "check") == words


def test_counts_line() -> None:
    counts = "1 error, 1 warning, 0 notes, 1 waived; 143 files, 137 records, 3,215 checks; as of 2026-11-22"
    assert counts_line(SMALL) == counts
