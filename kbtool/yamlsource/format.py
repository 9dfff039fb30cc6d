"""`reformat`: a file in canonical layout, with the same data and every comment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from kbtool.yamlsource.anchors import Anchored, anchored
from kbtool.yamlsource.comments import comments
from kbtool.yamlsource.layout import Layout, Order
from kbtool.yamlsource.parse import parse
from kbtool.yamlsource.places import locate
from kbtool.yamlsource.problems import line_and_column, quoted
from kbtool.yamlsource.write import WriteError, written


@dataclass(frozen=True, slots=True)
class FormatRefused:
    """Why a file is left as it is, with line and column from 1."""

    message: str
    line: int = 1
    column: int = 1


def reformat(raw: bytes, order: Order) -> bytes | FormatRefused:
    """The file in canonical layout: same data, every comment; or why it cannot be had. Never raises.

    A comment stays above the key or list item that followed it, one behind a value moves above that value's entry,
    comments before the first key stay at the head and those behind the last entry at the end. Single blank lines stay.
    """
    parsed = parse(raw, limit=len(raw))
    if parsed.data is None:
        first = parsed.problems[0]
        return FormatRefused(first.message, first.line, first.column)
    notes = anchored(locate(raw))
    try:
        new = written(_layout(notes, order), parsed.data, list(notes.head), notes.tail)
    except WriteError as error:
        return FormatRefused(str(error))
    return lost_comment(raw, new) or new


def lost_comment(raw: bytes, new: bytes) -> FormatRefused | None:
    """The first comment of a file that a new layout of it has no more, as a refusal; None where it has them all."""
    kept = Counter(text for text, _ in _comments(new))
    for text, line in _comments(raw):
        kept[text] -= 1
        if kept[text] < 0:
            return FormatRefused(f"the comment {quoted(text)} cannot be placed", line)
    return None


def _layout(notes: Anchored, order: Order) -> Layout:
    opened = {path[:length] for path, lines in notes.above.items() if any(lines) for length in range(len(path))}
    return Layout(order, notes.above, frozenset(opened))


def _comments(raw: bytes) -> Iterator[tuple[str, int]]:
    places = locate(raw)
    for comment in comments(places.text, places.spans):
        yield comment.text, line_and_column(places.text, comment.start)[0]
