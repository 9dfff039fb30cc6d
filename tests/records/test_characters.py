"""Characters that deceive the eye."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.records.characters import odd_characters

CLEAN = [
    "",
    "plain words",
    "naïve café, 5 µg ± 2 °C – “quoted”",
    "чай",
    "茶は飲み物",
    "عربي",
    "β-blocker",
    "δ9",
    "ΔE and α-wave",
    "emoji 🍵",
    "name: Оса, чай",
    "Spearman ρ and ν",
    "the word ΝΟΥΣ (νους)",
    "Теа",
]

ODD = [
    ("a\u200bb", "invisible-character", 1, 2),
    ("x\nab\u202ec", "invisible-character", 2, 3),
    ("soft\u00adhyphen", "invisible-character", 1, 5),
    ("tag \U000e0041", "invisible-character", 1, 5),
    ("private \ue000", "invisible-character", 1, 9),
    ("paypаl", "look-alike-letters", 1, 1),
    ("see\nthe сaffeine", "look-alike-letters", 2, 5),
    ("Αspirin", "look-alike-letters", 1, 1),
    ("ａbc", "look-alike-letters", 1, 1),
    ("the Теа is warm", "look-alike-letters", 1, 5),
    ("x\nis а cure", "look-alike-letters", 2, 4),
    ("say ΝΟ", "look-alike-letters", 1, 5),
    ("of α and µ: Теа", "look-alike-letters", 1, 13),
]


@pytest.mark.parametrize("text", CLEAN)
def test_ordinary_text_of_any_language_passes(text: str) -> None:
    assert list(odd_characters(text)) == []


@pytest.mark.parametrize(("text", "rule", "line", "column"), ODD)
def test_a_deceiving_character_is_named_with_its_place(text: str, rule: str, line: int, column: int) -> None:
    ((found, message, at_line, at_column, hint),) = odd_characters(text)
    assert (found, at_line, at_column) == (rule, line, column)
    assert "U+" in message
    assert hint


@given(st.text())
def test_any_text_is_looked_at_and_every_place_is_in_it(text: str) -> None:
    lines = text.split("\n")
    for _, _, line, column, _ in odd_characters(text):
        assert column <= len(lines[line - 1])
