"""JSON as bytes, in the three forms that releases use; the same value always gives the same bytes.

The values hold text, whole numbers, truth values and null only (no floats), and their keys are ASCII; so the canonical
form here is also the one of RFC 8785.
"""

from __future__ import annotations

import json
from typing import Any

JsonObject = dict[str, Any]
"""A JSON object: keys to text, whole numbers, truth values, null, lists and objects."""

_LINE_BREAKS = (("\u0085", "\\u0085"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029"))


def canonical(value: JsonObject) -> bytes:
    """Sorted keys, no spaces, UTF-8: the form over which digests are taken."""
    return _compact(value).encode()


def one_line(value: JsonObject) -> bytes:
    """The canonical form on one line with its line end.

    Unicode's other line breaks are written as escapes: some readers split lines at them, JSON or not.
    """
    text = _compact(value)
    for character, escape in _LINE_BREAKS:
        text = text.replace(character, escape)
    return f"{text}\n".encode()


def pretty(value: JsonObject) -> bytes:
    """Sorted keys, two spaces a level, UTF-8, a line end at the end: the form that people read and diff."""
    return f"{json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True)}\n".encode()


def _compact(value: JsonObject) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
