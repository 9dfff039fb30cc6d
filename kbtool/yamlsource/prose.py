"""Text that does not fit on one line: folded, literal or in wrapped double quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kbtool.yamlsource.scalars import block_text, escaped

WIDTH = 100
"""Columns that a line should fit in, where a single word does not overrun them."""

_LONGEST_WORD = 1_000
"""Code points of a word, escapes included, above which it is cut by a backslash at the line's end."""

_GAP = re.compile(r"(?<=\S) (?=\S)")


def scalar_lines(lead: str, value: str, indent: int) -> Iterator[str]:
    """The lines of a value behind its `lead` ('key:' or '-', indented by `indent`), each without its line feed."""
    short = f"{lead} {block_text(value)}"
    pad = " " * (indent + 2)
    if len(short) <= WIDTH or (" " not in value and "\n" not in value and len(short) <= _LONGEST_WORD):
        yield short
    elif _is_foldable(value):
        yield f"{lead} >-"
        yield from (f"{pad}{line}" for line in _fill(_GAP.split(value), WIDTH - len(pad), WIDTH - len(pad)))
    elif _is_literal(value, WIDTH - len(pad)):
        yield f"{lead} {'|' if value.endswith(chr(10)) else '|-'}"
        yield from (f"{pad}{line}" if line else "" for line in value.removesuffix("\n").split("\n"))
    else:
        first, *rest = _quoted_lines(value, WIDTH - len(lead) - 3, WIDTH - len(pad) - 1)
        yield f"{lead} {first}"
        yield from (f"{pad}{line}" for line in rest)


def _is_foldable(value: str) -> bool:
    """Whether folding at single blanks gives the value back: one line, printable, no blank at its ends."""
    is_short = all(len(word) <= _LONGEST_WORD for word in _GAP.split(value))
    return is_short and value.isprintable() and value == value.strip(" ")


def _is_literal(value: str, width: int) -> bool:
    """Whether the value may stand as it is: lines that fit, no blanks at their ends, no line end lost."""
    lines = value.removesuffix("\n").split("\n")
    are_plain = all(line.isprintable() and line == line.rstrip(" ") and len(line) <= width for line in lines)
    return "\n" in value and are_plain and lines[0][:1] not in {"", " "} and lines[-1] != ""


def _fill(words: Iterable[str], first: int, width: int) -> Iterator[str]:
    """The words on lines of at most `width` columns, the first line of at most `first`; a longer word stands alone."""
    line, room = "", first
    for word in words:
        if line and len(line) + 1 + len(word) > room:
            yield line
            line, room = word, width
        else:
            line = f"{line} {word}" if line else word
    yield line


def _quoted_lines(value: str, first: int, width: int) -> list[str]:
    """The value in double quotes; a line end between two words stands for one blank, a backslash there for nothing."""
    words = ["".join(escaped(character) for character in word) for word in _GAP.split(value)]
    fits = max(map(len, words)) <= _LONGEST_WORD
    lines = list(_fill(words, first, width) if fits else _cut(value, first, width))
    lines[0] = f'"{lines[0]}'
    lines[-1] = f'{lines[-1]}"'
    return lines


def _cut(value: str, first: int, width: int) -> Iterator[str]:
    """Escaped pieces of the value, each but the last with a backslash at its end; no piece ends in a blank."""
    piece, room = "", first
    for character in value:
        more = "\\x20" if character == " " else escaped(character)
        if piece and len(piece) + len(more) >= room:
            yield f"{piece}\\"
            piece, room = "", width
        piece += more
    yield piece
