"""A line of a file, cut to the width of a screen around one column, with the place of the caret under it."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from kbtool.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

_LEAST_ROOM = 24
_CUT = "…"


def cells(text: str) -> int:
    """How many cells of a terminal a text takes: wide characters take two, combining marks none."""
    return sum(map(_cells_of_one, text))


def excerpt(line: str, column: int, room: int) -> tuple[str, int]:
    """The part of `line` around `column` (from 1, in code points) and the cells that stand before the column.

    Hidden characters are made visible; a part left out is marked by an ellipsis. The outcome takes at most `room` cells
    (and at least 24 may be used). A column behind the end stands right behind the last character.
    """
    room = max(room, _LEAST_ROOM) - 2 * len(_CUT)
    index = min(column - 1, len(line))
    behind, ahead = line[max(0, index - room) : index][::-1], line[index : index + room]
    least_ahead = _fitting(ahead, room // 2)
    shown_behind = _fitting(behind, room - cells("".join(least_ahead)))[::-1]
    shown_ahead = _fitting(ahead, room - cells("".join(shown_behind)))
    start = _CUT * (len(shown_behind) < index) + "".join(shown_behind)
    return start + "".join(shown_ahead) + _CUT * (index + len(shown_ahead) < len(line)), cells(start)


def _fitting(characters: Iterable[str], room: int) -> list[str]:
    shown: list[str] = []
    for character in map(visible, characters):
        room -= cells(character)
        if room < 0:
            break
        shown.append(character)
    return shown


def _cells_of_one(character: str) -> int:
    if character.isascii():
        return 1
    if unicodedata.category(character) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
