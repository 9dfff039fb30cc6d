"""The one form of letters and spaces."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.ingest.settle import UNREADABLE, remarks_on, settled


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("a\r\nb\rc\x0bd\u2028e", "a\nb\nc\nd\ne"),
        ("soft\u00adhyphen, zero\u200bwidth, mark\ufeff", "softhyphen, zerowidth, mark"),
        ("e\ufb03cacy \ufb01rst \ufb05op", "efficacy first stop"),
        ("caf" + "e\u0301", "caf\u00e9"),
        ("5\u00a0mg for\u00a0all", "5\u00a0mg for all"),
        ("1\u202f000", "1\u202f000"),
        ("tab\there \t\nend  ", "tab here\nend"),
        ("bell\x07", "bell"),
        ("\uf0b7 item\n\uf0b3 sign", f"\u2022 item\n{UNREADABLE} sign"),
        ("\u05e9\u05dc\u05d5\u05dd\u200f 5", "\u05e9\u05dc\u05d5\u05dd 5"),
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"),
        ("a\u200db", "ab"),
        ("lost \ufffd", f"lost {UNREADABLE}"),
    ],
)
def test_nothing_that_can_be_read_is_changed(raw: str, text: str) -> None:
    assert settled(raw) == text


def test_remarks_name_what_could_not_be_read() -> None:
    assert remarks_on(settled("a \ue123 b")) == (f"1 character could not be read and may show as '{UNREADABLE}'",)
    assert "wrong encoding" in remarks_on("It\u00e2\u20ac\u2122s")[0]
    assert remarks_on("plain") == ()


@given(st.text())
def test_settling_once_more_changes_nothing(text: str) -> None:
    """The text in that one form; settling it once more changes nothing."""
    once = settled(text)
    assert settled(once) == once


@given(st.text(st.characters(categories=["L", "N"])))
def test_no_digit_is_lost(text: str) -> None:
    """Nothing that can be read is changed."""
    assert [c for c in settled(text) if c.isdecimal()] == [c for c in text if c.isdecimal()]
