"""Characters that a reader cannot see, or that steer a terminal, written so that they show and do nothing.

Diagnostics quote data, and data can be hostile: an escape sequence can repaint a screen, a bidirectional override can
make a line read backwards. Every report for people goes through `visible`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_BLANK_LETTERS = frozenset(
    chr(code)
    for codes in (
        (0x034F,),  # combining grapheme joiner
        (0x115F, 0x1160, 0x3164, 0xFFA0),  # Hangul fillers
        (0x17B4, 0x17B5),  # Khmer inherent vowels
        (0x2800,),  # braille blank
        (0x180B, 0x180C, 0x180D, 0x180F),  # Mongolian variation selectors
        range(0xFE00, 0xFE10),  # variation selectors
        range(0xE0100, 0xE01F0),  # variation selectors supplement
    )
    for code in codes
)
"""Characters that Unicode counts as letters, marks or symbols and that show nothing."""


def is_hidden(character: str) -> bool:
    """Whether a character is a control, format, private, unassigned, surrogate, odd space or blank one."""
    return not character.isprintable() or character in _BLANK_LETTERS


def visible(text: str) -> str:
    """The text with every hidden character as `<U+XXXX>`; also line breaks, so the outcome is one line."""
    if text.isprintable() and (text.isascii() or _BLANK_LETTERS.isdisjoint(text)):
        return text
    return "".join(_shown(text))


def _shown(text: str) -> Iterable[str]:
    return (f"<U+{ord(character):04X}>" if is_hidden(character) else character for character in text)
