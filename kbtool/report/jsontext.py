"""JSON as text that is safe to look at: the same values, with no hidden character raw in it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from kbtool.report.visible import is_hidden

Json = Mapping[str, "Json"] | Sequence["Json"] | str | int | bool | None
"""A value that JSON can carry; there are no floats in reports."""

_BEYOND_ASCII = re.compile(r"[^\x00-\x7e]")


def json_text(value: Json) -> str:
    r"""The value as indented JSON with sorted keys and a final newline; always encodable as UTF-8.

    Hidden characters beyond ASCII are written as `\u` escapes, which mean the same. A lone surrogate, which JSON
    cannot carry between programs, becomes U+FFFD.
    """
    return _BEYOND_ASCII.sub(_safe, json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True)) + "\n"


def _safe(match: re.Match[str]) -> str:
    character = match[0]
    if "\ud800" <= character <= "\udfff":
        return "\ufffd"
    return json.dumps(character)[1:-1] if is_hidden(character) else character
