"""Laying out words at a terminal."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.cli.page import CLOSE, OPEN, Page, clean, count, fields, heading, marked, paragraph, terminal_page
from kbtool.cli.passage import joined, passages
from kbtool.report.visible import visible

PLAIN, BOLD = Page(40), Page(40, bold=True)
STYLE = re.compile("\x1b\\[[01]m")


def test_marks_are_signs_where_nothing_can_be_bold() -> None:
    assert paragraph(PLAIN, f"one {marked('two three')} four") == ["  one »two three« four"]


def test_bold_never_runs_over_the_end_of_a_line() -> None:
    lines = paragraph(BOLD, f"before {marked('word ' * 30)}after")
    assert len(lines) > 3
    for line in lines:
        parts = STYLE.findall(line)
        assert parts[::2] == ["\x1b[1m"] * (len(parts) // 2)
        assert parts[1::2] == ["\x1b[0m"] * (len(parts) // 2)
    assert lines[-1].endswith("after")


@given(st.text())
def test_clean_text_is_one_line_without_anything_hidden(text: str) -> None:
    """Hostile input is normal input: control and bidirectional characters are made harmless."""
    shown = clean(text)
    assert shown.isprintable()
    assert not {OPEN, CLOSE} & set(shown)


@given(st.text("ab  \t\n\u00a0\u202fé\u200b\x1b"))
def test_blanks_are_folded_alike_in_text_of_whatever_letters(text: str) -> None:
    assert clean(text) == visible(re.sub("[ \t\n\u00a0\u202f]+", " ", text).strip())


@given(st.text(alphabet=st.characters(codec="ascii", categories=["L", "N", "P", "Zs"]), min_size=1), st.booleans())
def test_wrapping_keeps_every_word(text: str, bold: bool) -> None:
    lines = paragraph(Page(40, bold), clean(text))
    assert " ".join(" ".join(lines).split()) == " ".join(text.split())


def test_fields_stand_in_a_column_and_empty_ones_are_left_out() -> None:
    assert fields(PLAIN, [("a", "one"), ("none", ""), ("long", "two")]) == ["  a     one", "  long  two"]
    assert fields(PLAIN, []) == []


def test_headings_are_bold_where_they_can_be() -> None:
    assert heading(PLAIN, "x") == ["", "x"]
    assert heading(BOLD, "x") == ["", "\x1b[1mx\x1b[0m"]


def test_without_a_terminal_a_page_has_80_columns() -> None:
    assert terminal_page(bold=False) == Page(80, bold=False)


@pytest.mark.parametrize(("number", "said"), [(0, "0 claims"), (1, "1 claim"), (1200, "1,200 claims")])
def test_counts_have_their_noun(number: int, said: str) -> None:
    assert count(number, "claim") == said


TEXT = "One two.\n\nThree four five. Six.\n \nSeven."


@pytest.mark.parametrize(
    ("spans", "shown"),
    [
        ([(0, 3)], [f"{OPEN}One{CLOSE} two."]),
        ([(4, 8), (0, 3)], [f"{OPEN}One{CLOSE} {OPEN}two.{CLOSE}"]),
        ([(16, 20)], [f"Three {OPEN}four{CLOSE} five. Six."]),
        ([(0, 3), (16, 20)], [f"{OPEN}One{CLOSE} two.", f"Three {OPEN}four{CLOSE} five. Six."]),
        ([(4, 15)], [f"One {OPEN}two. Three{CLOSE} four five. Six."]),
        ([(len(TEXT) - 6, len(TEXT))], [f"{OPEN}Seven.{CLOSE}"]),
        ([], []),
    ],
)
def test_passages_are_the_paragraphs_around_the_words(spans: list[tuple[int, int]], shown: list[str]) -> None:
    assert passages(TEXT, spans) == shown


def test_spans_that_meet_are_one() -> None:
    assert joined([(5, 8), (0, 3), (3, 4), (6, 7)]) == [(0, 4), (5, 8)]
