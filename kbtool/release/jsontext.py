"""JSON as bytes, in the three forms that releases use; the same value always gives the same bytes.

The values hold text, whole numbers, truth values and null only (no floats), and their keys are ASCII; so the canonical
form here is also the one of RFC 8785. A list may be given as `Rows`, which are made and written one at a time.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from json.encoder import encode_basestring
from typing import Any

from pydantic_core import to_json

JsonObject = dict[str, Any]
"""A JSON object: keys to text, whole numbers, truth values, null, lists and objects."""

_LINE, _INDENT = "\n", "  "
_LINE_BREAKS = tuple(
    (sign.encode()[-1], sign.encode(), f"\\u{ord(sign):04x}".encode()) for sign in "\u0085\u2028\u2029"
)
"""The last byte of each, which is looked for first since that takes no time; its bytes; its escape."""
_compact = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of objects that is never whole in memory."""

    items: Callable[[], Iterator[JsonObject]]
    """Gives the objects from the first on each time it is called."""


Parts = Mapping[str, Any]
"""An object like `JsonObject`, of which some members are `Rows`."""


def whole(parts: Parts) -> JsonObject:
    """The object with every part in memory."""
    return {name: list(part.items()) if isinstance(part, Rows) else part for name, part in parts.items()}


def rows_of(parts: Parts, name: str) -> Iterator[JsonObject]:
    """The objects of a list, whether it is whole or made one at a time."""
    part = parts[name]
    return part.items() if isinstance(part, Rows) else iter(part)


def canonical(value: JsonObject) -> bytes:
    """Sorted keys, no spaces, UTF-8: the form over which digests are taken."""
    return _compact(value).encode()


def canonical_chunks(parts: Parts) -> Iterator[bytes]:
    """The canonical form piece by piece."""
    return _pieces(parts, _CANONICAL)


def one_line(value: JsonObject) -> bytes:
    """The canonical form on one line with its line end.

    Unicode's other line breaks are written as escapes: some readers split lines at them, JSON or not.
    """
    return one_line_in_order(in_order(value))


def one_line_in_order(value: JsonObject) -> bytes:
    """The same of a value of which all keys are sorted already, which takes most of the time."""
    text = to_json(value)
    for last, character, escape in _LINE_BREAKS:
        if last in text:
            text = text.replace(character, escape)
    return text + b"\n"


def pretty(value: JsonObject) -> bytes:
    """Sorted keys, two spaces a level, UTF-8, a line end at the end: the form that people read and diff."""
    return _indented(value, _LINE) + b"\n"


def pretty_chunks(parts: Parts) -> Iterator[bytes]:
    """The pretty form piece by piece."""
    yield from _pieces(parts, _PRETTY)
    yield b"\n"


def _pieces(parts: Parts, form: _Form) -> Iterator[bytes]:
    """An object in pieces, one for each member and one for each of its rows."""
    inner, before = form.deeper(form.line), "{"
    for name in sorted(parts):
        part, head = parts[name], f"{before}{inner}{encode_basestring(name)}:{form.space}"
        if isinstance(part, Rows):
            yield head.encode()
            yield from _rows(part, form, inner)
        else:
            yield head.encode() + form.bytes_of(part, inner)
        before = ","
    yield f"{form.line}}}".encode()


def _rows(rows: Rows, form: _Form, line: str) -> Iterator[bytes]:
    inner = form.deeper(line)
    first, following = f"[{inner}".encode(), f",{inner}".encode()
    before = first
    for item in rows.items():
        yield before + form.bytes_of(item, inner)
        before = following
    yield b"[]" if before is first else f"{line}]".encode()


_LEAVES = frozenset((str, int, bool, type(None)))


def in_order(value: Any) -> Any:
    """The value with the keys of every object in it sorted.

    >>> in_order({"b": [{"d": 1, "c": 2}], "a": None})
    {'a': None, 'b': [{'c': 2, 'd': 1}]}
    """
    if type(value) is dict:
        found = {}
        for key in sorted(value):
            item = value[key]
            found[key] = item if type(item) in _LEAVES else in_order(item)
        return found
    return [in_order(item) for item in value] if isinstance(value, list | tuple) else value


def _indented(value: Any, line: str) -> bytes:
    """As `json.dumps` with `indent` writes it; `line` is a line end with the indent of the value.

    The library's own runs in Python as soon as it indents. No line end stands inside a JSON string.
    """
    text = to_json(in_order(value), indent=len(_INDENT))
    return text if line == _LINE else text.replace(b"\n", line.encode())


@dataclass(frozen=True, slots=True)
class _Form:
    """How a form is laid out."""

    bytes_of: Callable[[Any, str], bytes]
    """A value in it; what stands before each of its lines is given."""
    line: str
    """What stands before each line of the outermost object; empty where there are no lines."""
    space: str
    """What stands behind a colon."""

    def deeper(self, line: str) -> str:
        """What stands before the lines one level below."""
        return line and line + _INDENT


_CANONICAL = _Form(lambda value, _: _compact(value).encode(), "", "")
_PRETTY = _Form(_indented, _LINE, " ")
