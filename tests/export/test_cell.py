"""Cells that no spreadsheet runs, and back."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.export.cell import guard, unguard

CASES = [
    ("", ""),
    ("70%", "70%"),
    ("a = b + c - d @ e", "a = b + c - d @ e"),
    ("'tis", "''tis"),
    ("''", "'''"),
    ("=1+1", "'=1+1"),
    ("+1", "'+1"),
    ("-5 mg", "'-5 mg"),
    ("@home", "'@home"),
    ("\u22125 mg", "'\u22125 mg"),
    ("\uff1d1", "'\uff1d1"),
    ("\uff0b1", "'\uff0b1"),
    ("\uff0d1", "'\uff0d1"),
    ("\uff201", "'\uff201"),
    ("\ufe631", "'\ufe631"),
    ("  =1", "'  =1"),
    ("\u00a0\u200b=1", "'\u00a0\u200b=1"),
    ('"=1"', '\'"=1"'),
    ("\u201c=1\u201d", "'\u201c=1\u201d"),
    ("\t=1", "'\t'=1"),
    ("\rplain", "'\rplain"),
    ("\nplain", "'\nplain"),
    (";=1", "';'=1"),
    ("safe;=1", "safe;'=1"),
    ("safe\r\n=1", "safe\r\n'=1"),
    ("list:\n- one\n- two", "list:\n'- one\n'- two"),
    ("safe; 'quoted'", "safe; 'quoted'"),
    ("safe;'quoted'", "safe;''quoted'"),
]

HARD = st.text(alphabet=st.sampled_from("=+-@'\";\t\r\n \u200b\uff1d\u2028ab,|"), max_size=12)


@pytest.mark.parametrize(("text", "cell"), CASES)
def test_cases(text: str, cell: str) -> None:
    assert guard(text) == cell
    assert unguard(cell) == text


@given(st.text() | HARD)
def test_no_character_is_lost(text: str) -> None:
    """Whoever wants the text back takes one apostrophe from the front of each piece that has one."""
    assert unguard(guard(text)) == text


@given(st.text() | HARD)
def test_no_cell_begins_a_formula(text: str) -> None:
    """Spreadsheets run a cell as a formula when it begins with `=`, `+`, `-` or `@`."""
    cell = guard(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    for piece in re.split(r"[;\t\r\n]", cell):
        assert not unicodedata.normalize("NFKC", piece.strip(' "\u200b\u00a0\u2028\u201c')[:1]).startswith(
            ("=", "+", "-", "@")
        )
