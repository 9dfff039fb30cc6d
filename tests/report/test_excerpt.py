"""Excerpts keep to their room and point at the column."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.report.excerpt import cells, excerpt

ABC = "abcdefghijklmnopqrstuvwxyz" * 4


@pytest.mark.parametrize(
    ("line", "column", "shown", "offset"),
    [
        ("", 1, "", 0),
        ("", 9, "", 0),
        ("abc", 2, "abc", 1),
        ("abc", 99, "abc", 3),
        ("纤维x", 3, "纤维x", 4),
        ("e\u0301x", 3, "e\u0301x", 1),
        ("\tx", 2, "<U+0009>x", 8),
        (ABC, 1, "abcdefghijklmnopqrstuvwxyzab…", 0),
        (ABC, 53, "…mnopqrstuvwxyzabcdefghijklmn…", 15),
        (ABC, 104, "…yzabcdefghijklmnopqrstuvwxyz", 28),
        (ABC, 105, "…yzabcdefghijklmnopqrstuvwxyz", 29),
        ("纤" * 40, 20, "…纤纤纤纤纤纤纤纤纤纤纤纤纤纤…", 15),
    ],
)
def test_excerpt(line: str, column: int, shown: str, offset: int) -> None:
    assert excerpt(line, column, 30) == (shown, offset)


@given(st.text() | st.text("ab纤\u0301\x1b", max_size=300), st.integers(1, 400), st.integers(-5, 120))
def test_excerpt_keeps_to_its_room(line: str, column: int, room: int) -> None:
    """An excerpt takes at most the room it has, on one line, and the caret stands inside it or right behind."""
    shown, offset = excerpt(line, column, room)
    assert cells(shown) <= max(room, 24)
    assert 0 <= offset <= cells(shown)
    assert shown.isprintable()
    assert len(shown) <= 20 * max(room, 24)
