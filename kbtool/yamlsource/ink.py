"""From a character of a scalar's value to where it is written, for every style of scalar.

Folding, indentation and escapes of line ends change blanks and line ends alone. So the n-th other character ("ink") of
the value is the n-th of the source, and only that count is needed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_BLOCK_HEADER = re.compile(r"[|>][^\n]*\n")
_ESCAPED_BLANK = frozenset({"\\ ", "\\n", "\\x20", "\\x0a", "\\x0A"})
_DOUBLE = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[^\n])|[^ \n\\]")
_SINGLE = re.compile(r"''|[^ \n]")
_AS_IS = re.compile(r"[^ \n]")
_INK: Mapping[str, re.Pattern[str]] = {'"': _DOUBLE, "'": _SINGLE}


def offset_in_source(source: str, style: str, value: str, offset: int) -> int:
    """Where in a scalar's source (its quotes or its block header included) a character of its value is written.

    `style` is '' for plain, a quote, '|' or '>'. A blank or line end stands behind the character before. Where the
    file is outside of the strict subset, so that source and value differ in more than blanks, the place is a guess.
    """
    spots = _spots(source, style)
    before = value[:offset]
    count = min(len(before) - before.count(" ") - before.count("\n"), len(spots))
    if value[offset : offset + 1] not in {"", " ", "\n"} and count < len(spots):
        return spots[count][0]
    blanks = len(before) - len(before.rstrip(" \n"))
    at = spots[count - 1][1] if count else _content_start(source, style)
    return min(at + blanks, len(source) - (style in _INK))


def _content_start(source: str, style: str) -> int:
    header = _BLOCK_HEADER.match(source) if style and style in "|>" else None
    return header.end() if header else int(style in _INK)


def _spots(source: str, style: str) -> list[tuple[int, int]]:
    """Start and end in the source of every character of the value that is no blank and no line end."""
    start, end = _content_start(source, style), len(source) - (style in _INK)
    found = _INK.get(style, _AS_IS).finditer(source, start, end)
    return [match.span() for match in found if match[0] not in _ESCAPED_BLANK]
