"""YAML front matter that every generator's YAML reader takes: one key a line, its value as JSON."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from kbtool.export.markdown_text import shown

if TYPE_CHECKING:
    from kbtool.release.jsontext import JsonObject

_NOT_PLAIN = re.compile("[\x7f-\xa0\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
"""What JSON lets stand in a string, and YAML does not, takes for a line end, or an editor cannot show."""

_ACTIVE = (
    ("<", re.compile(r"<(?=[A-Za-z/!?])"), "\u2039"),
    ("&", re.compile(r"&(?=[A-Za-z#])"), "\uff06"),
    ("{", re.compile(r"\{(?=[{%#])"), "{ "),
    ("]", re.compile(r"\](?=[(\[])"), "] "),
)
"""Signs that templates which print a title as it is would run, where they would; each with a look-alike that does
nothing."""

_encode = json.JSONEncoder(ensure_ascii=False).encode


def front_matter(title: str, **values: JsonObject | str | None) -> str:
    r"""The block with its fences.

    `title` may hold any text; themes print it without care, so it is made harmless (see `harmless`). Eleventy is told
    to keep its templates away from the page.

    >>> print(front_matter("A title", claim={"id": "a/b"}), end="")
    ---
    title: "A title"
    templateEngineOverride: "md"
    claim: {"id": "a/b"}
    ---
    """
    members = {"title": harmless(title), "templateEngineOverride": "md", **values}
    lines = [f"{name}: {_flow(value)}\n" for name, value in members.items() if value is not None]
    return f"---\n{''.join(lines)}---\n"


def harmless(text: str) -> str:
    """The text on one line, with look-alikes for what a page or a template would run; the exact words stand elsewhere.

    >>> harmless("p < 0.05 in {{ x }}")
    'p < 0.05 in { { x }}'
    """
    words = shown(text)
    for sign, pattern, stand_in in _ACTIVE:
        if sign in words:
            words = pattern.sub(stand_in, words)
    return words


def _flow(value: JsonObject | str) -> str:
    text = _encode(value)
    if text.isprintable():
        return text
    return _NOT_PLAIN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
