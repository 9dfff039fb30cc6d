"""Numbers with what hangs on them."""

from __future__ import annotations

import pytest

from kbtool.rules.measures import Measure, measures

TABLE: list[tuple[str, list[tuple[str, str, str]]]] = [
    ("no number", []),
    ("15 mg", [("15", "", "mg")]),
    ("15mg", [("15", "", "mg")]),
    ("15\u00a0mg", [("15", "", "mg")]),
    ("15-minute wait", [("15", "", "min")]),
    ("15 Minutes", [("15", "", "min")]),
    ("15 months", [("15", "", "mo")]),
    ("15 men", [("15", "", "")]),
    ("15 meters", [("15", "", "")]),
    ("0.5 mg/kg/h", [("0.5", "", "mg/kg/h")]),
    ("5 µg and 5 μg and 5 mcg", [("5", "", "ug"), ("5", "", "ug"), ("5", "", "ug")]),
    ("70% or 70 percent or 70 per cent", [("70", "", "%"), ("70", "", "%"), ("70", "", "%")]),
    ("p < 0.05", [("0.05", "<", "")]),
    ("p<0.05", [("0.05", "<", "")]),
    ("P <= 0.05", [("0.05", "≤", "")]),
    ("more than 50 %", [("50", ">", "%")]),
    ("More  than\n50%", [("50", ">", "%")]),
    ("fewer than 10", [("10", "<", "")]),
    ("no more than 10", [("10", "≤", "")]),
    ("at least 10 days", [("10", "≥", "d")]),
    ("12,000 years", [("12000", "", "a")]),
    ("2-4 weeks", [("2", "", "wk"), ("4", "", "wk")]),
    ("2–4 or 6 weeks", [("2", "", "wk"), ("4", "", "wk"), ("6", "", "wk")]),
    ("5 to 10 mg", [("5", "", "mg"), ("10", "", "mg")]),
    ("in 2012 and 70%", [("2012", "", ""), ("70", "", "%")]),
    ("B12", []),
    ("version 1.2.3", [("1.2.3", "", "")]),
    ("2012", [("2012", "", "")]),
]


@pytest.mark.parametrize(("text", "found"), TABLE)
def test_a_number_has_its_bound_and_unit(text: str, found: list[tuple[str, str, str]]) -> None:
    assert list(measures(text)) == [Measure(*each) for each in found]
