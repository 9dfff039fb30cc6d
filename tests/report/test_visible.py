"""Hidden characters are shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.report.visible import is_hidden, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("plain words", "plain words"),
        ("naïve 纤维 café e\u0301", "naïve 纤维 café e\u0301"),
        ("a\tb\nc\rd\x00\x1b\x7f\x9b", "a<U+0009>b<U+000A>c<U+000D>d<U+0000><U+001B><U+007F><U+009B>"),
        ("\u202e\u2066\u200b\ufeff\u2028\u00ad", "<U+202E><U+2066><U+200B><U+FEFF><U+2028><U+00AD>"),
        ("5\u00a0mg\u3000", "5<U+00A0>mg<U+3000>"),
        ("\ud800\ue000\uffff\U000e0041", "<U+D800><U+E000><U+FFFF><U+E0041>"),
        ("\ufe0f\u3164\u2800\U000e0100\u034f\u17b4\u180b", "<U+FE0F><U+3164><U+2800><U+E0100><U+034F><U+17B4><U+180B>"),
    ],
)
def test_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text())
def test_what_is_visible_stays_so(text: str) -> None:
    """One line out, with nothing hidden in it, whatever comes in."""
    shown = visible(text)
    assert not any(map(is_hidden, shown))
    assert visible(shown) == shown
