"""The numbers in a text: which figures it gives, and which it may mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.quotes.words import numbers, numbers_in_words, numbers_meant

FIGURES = [
    ("70% of 12", ["70", "12"]),
    ("p < 0.05", ["0.05"]),
    ("p = .05", ["0.05"]),
    ("0·05", ["0.05"]),
    ("·05", ["0.05"]),
    ("-5 and −5 and –5", ["-5", "-5", "-5"]),
    ("(-5)", ["-5"]),
    ("-.5", ["-0.5"]),
    ("-5", ["-5"]),
    ("- 5", ["5"]),
    ("5-10 and 5–10", ["5", "10", "5", "10"]),
    ("20%-30%", ["20", "30"]),
    ("10°-20°", ["10", "20"]),
    ("(2)-3", ["2", "3"]),
    ("+5", ["5"]),
    ("COVID-19", ["19"]),
    ("12,000 people", ["12000"]),
    ("1,234,567.89", ["1234567.89"]),
    ("12 000 people", ["12000"]),
    ("12\u202f000 people", ["12000"]),
    ("12\u00a0000 people", ["12000"]),
    ("2012 500 people", ["2012", "500"]),
    ("B12 500 mg", ["500"]),
    ("1,5 mg", ["1,5"]),
    ("0,125 mg", ["0,125"]),
    ("1,234,56", ["1,234,56"]),
    ("1.2.3", ["1.2.3"]),
    ("8/12", ["8", "12"]),
    ("12:30", ["12", "30"]),
    ("2026-11-22", ["2026", "11", "22"]),
    ("10th of 2nd", ["10", "2"]),
    ("5mg and 10 mg", ["5", "10"]),
    ("1990s", ["1990"]),
    ("B12, H1N1, x_2", []),
    ("pain.12 more", ["12"]),
    ("in 2012.", ["2012"]),
    ("1.10", ["1.10"]),
    ("70.0", ["70.0"]),
    ("10⁶ and 10⁻⁶", ["10^6", "10^-6"]),
    ("10^6 and 10^-6 and 10^−6", ["10^6", "10^-6", "10^-6"]),
    ("5 m²", ["5"]),
    ("1½ and 2¼ and ¾", ["1.5", "2.25", "0.75"]),
    ("７０％", ["70"]),
    ("٧٠", ["70"]),
    ("１２，０００", ["12", "000"]),
    ("five", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "figures"), FIGURES)
def test_numbers(text: str, figures: list[str]) -> None:
    assert list(numbers(text)) == figures


MEANT = [
    ("five of twelve", {"5", "12"}),
    ("Twenty-five", {"25"}),
    ("ninety‑nine", {"99"}),
    ("five–ten mg", {"5", "10"}),
    ("a two-week course", {"2"}),
    ("twenty-fold", {"20"}),
    ("someone often won", set()),
    ("1,5 mg", {"1,5", "1.5"}),
    ("1,500 mg", {"1500"}),
    ("12 500 mg", {"12500", "12", "500"}),
    ("12\u202f500 mg", {"12500"}),
    ("½ of it", {"0.5"}),
    ("1½ of it", {"1.5"}),
    ("70% and ten", {"70", "10"}),
    ("", set()),
]


@pytest.mark.parametrize(("text", "meant"), MEANT)
def test_numbers_meant(text: str, meant: set[str]) -> None:
    assert numbers_meant(text) == meant


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("two of Twenty-five", (("two", "2"), ("twenty-five", "25"))),
        ("three-week course", (("three", "3"),)),
        ("one of the effects of often", ()),
    ],
)
def test_number_words_but_one(text: str, found: tuple[tuple[str, str], ...]) -> None:
    assert numbers_in_words(text) == found


@given(
    st.decimals(0, 10**9, allow_nan=False, places=3),
    st.sampled_from(["", "-"]),
    st.sampled_from([" mg", "%", ".", ")"]),
)
def test_every_number_is_read_as_it_is_written(number: object, sign: str, behind: str) -> None:
    """No number is invented, and none is lost."""
    assert numbers(f"it was {sign}{number}{behind} then") == (f"{sign}{number}",)


@given(st.integers(1, 10**12))
def test_thousands_do_not_change_a_number(number: int) -> None:
    """No number is invented: however its thousands are set apart, it is the same number."""
    for mark in (",", "\u00a0", "\u202f", " "):
        assert numbers(f"n = {number:,} of them".replace(",", mark)) == (str(number),)


@given(st.text(max_size=60))
def test_what_is_given_is_meant(text: str) -> None:
    assert set(numbers(text)) <= numbers_meant(text)


@given(st.text(st.sampled_from("0123456789.,- "), max_size=30))
def test_a_number_differs_when_its_digits_do(text: str) -> None:
    """Matching never ignores a number: other digits are another number."""
    other = text.translate(str.maketrans("0123456789", "1234567890"))
    assert (numbers(text) == numbers(other)) == (text == other)
