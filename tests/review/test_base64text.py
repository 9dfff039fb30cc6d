"""Base64 with one spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.review.base64text import decode, encode


@given(st.binary())
def test_what_is_written_is_read(raw: bytes) -> None:
    assert decode(encode(raw)) == raw


@given(st.text() | st.text("AQgw+/=-_ \n", max_size=12))
def test_a_value_has_one_spelling(text: str) -> None:
    """Base64 with one spelling for each value."""
    raw = decode(text)
    assert raw is None or encode(raw) == text


@pytest.mark.parametrize(
    "text", ["-_-_Pj8=", "AAA", "AAAA=", "AA==AA==", " AAAA", "AAAA\n", "AAB=", "AB==", "ÄAAA", "="]
)
def test_other_spellings_are_refused(text: str) -> None:
    assert decode(text) is None
