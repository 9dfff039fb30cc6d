"""What can be wrong with the YAML of a record: the names of the rules, what to do about each, a problem as a value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

Data: TypeAlias = "str | list[Data] | dict[str, Data]"
"""What a file says: every scalar is text; the models give it its type."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a file: the rule's name, one sentence, line and column from 1 in code points."""

    rule: str
    message: str
    line: int
    column: int
    hint: str = ""


class Parsed(NamedTuple):
    """What a file says, or why it cannot be read: `data` is None exactly where there are problems."""

    data: Data | None
    problems: tuple[Problem, ...]


HINTS: Mapping[str, str] = {
    "yaml-not-utf8": "save the file as UTF-8",
    "yaml-byte-order-mark": "save the file as UTF-8 without a byte order mark",
    "yaml-carriage-return": "save the file with line feeds alone as line ends",
    "yaml-tab": "indent with spaces; inside double quotes write a tab as \\t",
    "yaml-control-character": "delete it; a line break that belongs to the text is an escape in double quotes",
    "yaml-no-final-newline": "end the last line with a line feed; the file may have been cut short",
    "yaml-too-large": "split the record, or raise the limit for this kind of file",
    "yaml-line-too-long": "fold the text over several lines below '>-'",
    "yaml-too-deep": "records are never this deep; look for brackets or dashes repeated by mistake",
    "yaml-empty-document": "write the record, or delete the file",
    "yaml-several-documents": "keep one record in a file; put the others in files of their own",
    "yaml-directive": "delete the line that begins with '%'",
    "yaml-anchor": "write the value out where it is needed; text that begins with '&' or '*' needs double quotes",
    "yaml-tag": "delete the tag; the schema gives the field its type; text that begins with '!' needs double quotes",
    "yaml-merge-key": "write the keys out",
    "yaml-duplicate-key": "keep one of the two",
    "yaml-key-not-text": "write the key as one word of text before the colon",
    "yaml-empty-value": "write the value, or leave the whole entry out",
    "yaml-null": "leave the entry out; if the word itself is meant, put it in double quotes",
    "yaml-comment-after-value": "put the whole text in double quotes, or the comment on a line of its own above",
    "yaml-prose-in-flow": "put the text in double quotes",
    "yaml-empty-block": "write the text below it, or leave the entry out",
    "yaml-not-mapping": "write the record as 'key: value' lines",
    "yaml-syntax": "text that holds ': ' or begins with a sign such as '[', '{', '@' or '`' needs double quotes",
}
"""What to do next, by rule."""

PROBLEM_RULES: tuple[str, ...] = tuple(HINTS)
"""The names of all rules of this package, in the order of their manual."""

NULLS = frozenset({"null", "Null", "NULL", "~"})
"""Plain scalars that other readers take for no value."""

MERGE_KEY = "<<"
MAX_DEPTH = 32
"""Mappings and lists inside each other, the top-level mapping being the first."""
MAX_LINE = 2_000
"""Code points in a line."""

_LONGEST_SHOWN = 60


def problem(rule: str, message: str, text: str, offset: int) -> Problem:
    """A problem at a code-point offset of the file's text."""
    return Problem(rule, message, *line_and_column(text, offset), HINTS[rule])


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Line and column, from 1, of a code-point offset; only a line feed ends a line."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def quoted(value: str) -> str:
    """The value in quotes on one line, cut when long, with everything unprintable escaped."""
    return repr(value if len(value) <= _LONGEST_SHOWN else f"{value[: _LONGEST_SHOWN - 3]}...")


UNWELCOME = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that no value may hold, not even written as an escape; U+0085, U+2028 and U+2029 may be escaped."""
