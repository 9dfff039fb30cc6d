"""A text as a table cell that no spreadsheet runs as a formula, and back again without losing a character.

Spreadsheets run a cell as a formula when it begins with `=`, `+`, `-` or `@` (some also with their wide forms, or after
blanks and quotes). A program that splits lines at semicolons or tabs, or takes a line end inside a cell for a new row,
starts new cells in the middle of a text. So the rule holds for every piece of a text between such separators: where
a piece could run, or already begins with an apostrophe, one apostrophe is put before it. Whoever wants the
text back takes one apostrophe from the front of each piece that has one; nothing else changes. A text that begins with
a separator has an (empty) first piece, which also gets one.
"""

from __future__ import annotations

import re
import unicodedata
from string import ascii_letters, digits

_PIECES = re.compile(r"([;\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+)")
_HARMLESS = frozenset(["", *ascii_letters, *digits])
"""With what most texts begin. All separators but the semicolon are signs that no printer shows, so that a text of one
piece is found without looking for them."""

_QUOTES = frozenset("\"'`\u00b4\u201a\u201e\uff02\uff07")
_SIGNS = frozenset("=+-@\u2212")
_PASSED_OVER = frozenset({"Cc", "Cf", "Mn", "Zs", "Pi", "Pf"})


def guard(text: str) -> str:
    """The text as a cell.

    >>> guard("=1+1"), guard("'tis"), guard("70%")
    ("'=1+1", "''tis", '70%')
    """
    if text.isprintable() and ";" not in text and text[:1] in _HARMLESS:
        return text
    first, *others = _PIECES.split(text)
    begins_with_separator = bool(text) and not first
    front = f"'{first}" if begins_with_separator or _needs_guard(first) else first
    return front + "".join(f"'{piece}" if _needs_guard(piece) else piece for piece in others)


def unguard(cell: str) -> str:
    """The text that a cell holds: the inverse of `guard`.

    >>> unguard("'=1+1"), unguard("''tis"), unguard("70%")
    ('=1+1', "'tis", '70%')
    """
    return "".join(piece.removeprefix("'") for piece in _PIECES.split(cell))


def _needs_guard(piece: str) -> bool:
    if piece.startswith("'"):
        return True
    first = next((character for character in piece if not _passed_over(character)), "")
    return unicodedata.normalize("NFKC", first) in _SIGNS


def _passed_over(character: str) -> bool:
    """Tell whether a reader may skip the character at the start of a cell: blanks, quotes, invisible characters."""
    return character in _QUOTES or character.isspace() or unicodedata.category(character) in _PASSED_OVER
