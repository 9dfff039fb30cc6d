"""The fast reader: the data of a file laid out line by line, as `kbtool fmt` and most people write; else nothing.

It only ever says yes. What it is not sure of is None, and the reference loader answers: it reads the whole subset and
says what is wrong. On what both accept they give the same data, which the tests and `bench/equal.py` hold it to.

Understood are block mappings and lists; plain, quoted, folded and literal texts; mappings and lists of single values
in braces and brackets on one line; comments on lines of their own. Not understood are texts in quotes or without that
run over several lines, braces within braces, most escapes, and every kind of mistake.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from kbtool.yamlsource.problems import MAX_DEPTH, NULLS, Data

_KEY = "[A-Za-z0-9_][A-Za-z0-9_-]{0,99}+"
_WHOLE_KEY = re.compile(_KEY)
_WORD = r"[+-]?+[^\W_][\w./+()%;=-]*+"
_ASIDE = "(?: *+#[^\n]*+\n|\n)*+"
"""Comments and blank lines between entries."""
_TEXT = "[^ \n][^\n]*+\n"
_ENTRY = re.compile(
    rf"( *+(?:- )?+(?:{_KEY}:(?=[ \n]))?+) ?+(?:([>|]-?+\n( ++){_TEXT}(?:\3 *+{_TEXT}|\n)*+)|([^\n]*+)\n){_ASIDE}"
)
"""One entry with all its lines, and the comments and blank lines behind: its head (indentation, dash, key); then either
a text block with the indentation of its first line, or the rest of the line. It matches every line, so that nothing is
passed over."""
_HEAD_PARTS = re.compile("( *+)((?:- )?+)([^:]*+):?")
_HEAD = re.compile(_ASIDE)
_ONE = rf'({_WORD})|"([^"\\]*+)"'
_ITEM = re.compile(rf"(?:{_ONE})(?:, (?!\])|\]\Z)|.", re.DOTALL)
"""One item in brackets: plain word, quoted text; both empty where something else stands there."""
_PAIR = re.compile(
    rf'({_KEY}): (?:{_ONE}|(\[(?:[^\]"]|"[^"]*+")*+\]|\{{\}}))(?:, (?!\}})|\}}\Z)|.',
    re.DOTALL,
)
"""One entry in braces: key, plain word, quoted text, list; all of them empty where something else stands there."""
_ESCAPED = re.compile(r'(?:[^"\\]|\\["\\nt])*+')
_ESCAPE = re.compile(r"\\(.)")
_MEANT = {'"': '"', "\\": "\\", "n": "\n", "t": "\t"}

_DEEPEST = MAX_DEPTH - 4
_LONGEST_NULL = max(map(len, NULLS))
_MOST_HEADS = 4096


class _Heads(dict[str, tuple[str, str, str]]):
    """Indentation, dash and key of each head that was met; records share a few dozen of them."""

    def __missing__(self, head: str) -> tuple[str, str, str]:
        found: Any = _HEAD_PARTS.fullmatch(head)
        parts: tuple[str, str, str] = found.groups()
        if len(self) < _MOST_HEADS:
            self[head] = parts
        return parts


_HEADS = _Heads()


def read_lines(text: str) -> dict[str, Data] | None:  # noqa: C901, PLR0911, PLR0912 - one hot loop, no calls
    """The data of a text that the gate lets through (`gate.clean_text`); None where the reader is not sure of it.

    Indentations are kept as the blanks they are: of two, the shorter is the lesser.
    """
    if "null:" in text or "Null:" in text or "NULL:" in text:
        return None
    top: dict[str, Data] = {}
    here: Any = top
    column, in_list, due = "", False, ""
    outer: list[tuple[Any, str, bool]] = []
    start: Any = _HEAD.match(text)
    value: Data | None
    for head, block, inset, rest in _ENTRY.findall(text, start.end()):
        indent, dash, key = _HEADS[head]
        if due or in_list or dash or indent != column:
            if due:
                if indent < column or (indent == column and not dash) or len(outer) == _DEEPEST:
                    return None
                inner: Any = [] if dash else {}
                here[due] = inner
                outer.append((here, column, False))
                here, column, in_list, due = inner, indent, bool(dash), ""
            else:
                while outer and (indent < column or (indent == column and in_list and not dash)):
                    here, column, in_list = outer.pop()
            if indent != column or in_list != bool(dash):
                return None
            if dash and key:
                inner = {}
                here.append(inner)
                outer.append((here, column, True))
                here, column, in_list = inner, f"{column}  ", False
        if rest:
            if rest[0] in _SIGNS:
                value = _SIGNS[rest[0]](rest)
            elif ": " in rest or "#" in rest or rest[-1] in ": " or (len(rest) <= _LONGEST_NULL and rest in NULLS):
                return None
            else:
                value = rest
        elif block:
            value = _block(block, inset) if inset > column else None
        elif key and key not in here:
            due = key
            continue
        else:
            return None
        if value is None:
            return None
        if key:
            if key in here:
                return None
            here[key] = value
        elif in_list:
            here.append(value)
        else:
            return None
    return None if due else top or None


def _block(block: str, indent: str) -> str | None:
    """The text of a folded or literal block, its sign at the head, with the indentation of its first line."""
    style, _, lines = block.partition("\n")
    line_end = "\n" + indent
    body = lines[len(indent) :].rstrip("\n")
    if style[0] == "|":
        value = body.replace(line_end, "\n")
    else:
        value = body.replace(line_end, " ")
        if "\n" in value or f"{line_end} " in body:
            return None
    return value if style[1:] else f"{value}\n"


def _double_quoted(rest: str) -> str | None:
    """A text in double quotes, with the escapes that people write."""
    inner = rest[1:-1]
    if rest[-1] != '"' or len(rest) == 1:
        return None
    if "\\" not in inner:
        return None if '"' in inner else inner
    return _ESCAPE.sub(lambda found: _MEANT[found[1]], inner) if _ESCAPED.fullmatch(inner) else None


def _single_quoted(rest: str) -> str | None:
    """A text in single quotes, where two stand for one."""
    inner = rest[1:-1].replace("''", "\0")
    return None if rest[-1] != "'" or len(rest) == 1 or "'" in inner else inner.replace("\0", "'")


def _in_braces(rest: str) -> Data | None:
    """A mapping of single values. Many records hold the same short ones, so that a copy of the last time's does."""
    if rest[-1] != "}":
        return None
    key, _, value = rest[1:-2].partition(': "')
    if '"' not in value and "\\" not in value and rest[-2] == '"' and value and _is_key(key) and value not in NULLS:
        return {key: value}
    if "[" in rest or "{}" in rest:
        return _pairs(rest)
    known = _known_pairs(rest)
    return known.copy() if known else None


@lru_cache(maxsize=256)
def _is_key(text: str) -> bool:
    return _WHOLE_KEY.fullmatch(text) is not None


@lru_cache(maxsize=4096)
def _known_pairs(rest: str) -> dict[str, Data] | None:
    return _pairs(rest)


def _pairs(rest: str) -> dict[str, Data] | None:
    if rest == "{}":
        return {}
    data: dict[str, Data] = {}
    for key, word, quoted, flow in _PAIR.findall(rest, 1):
        value = (_pairs(flow) if flow == "{}" else _in_brackets(flow)) if flow else word or quoted
        if value is None or not key or key in data or word in NULLS or quoted in NULLS:
            return None
        data[key] = value
    return data


def _in_brackets(rest: str) -> Data | None:
    """A list of single values."""
    if rest == "[]":
        return []
    if rest[-1] != "]":
        return None
    items: list[Data] = [word or quoted for word, quoted in _ITEM.findall(rest, 1)]
    return None if "" in items or not NULLS.isdisjoint(map(str, items)) else items


def _unsure(rest: str) -> None:
    """What begins with a sign that means something else, or nothing that may stand here."""
    del rest


_SIGNS: Mapping[str, Callable[[str], Data | None]] = {
    **dict.fromkeys(" -?:,]}#&*!|>%@`", _unsure),
    '"': _double_quoted,
    "'": _single_quoted,
    "{": _in_braces,
    "[": _in_brackets,
}
"""What reads a value by its first character; every other begins a plain text."""
