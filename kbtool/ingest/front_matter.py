"""The lines before a Markdown text in which it says who wrote it and when: between `---`, or after `%`."""

from __future__ import annotations

import re
from collections.abc import Mapping

_MATTER = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_MOST = 64 * 1024
"""Characters looked through for the end of the front matter."""
_ENTRY = re.compile(r"([A-Za-z][\w.-]*):(?:[ \t]+(.*?))?[ \t]*$")
_LISTED = re.compile(r"\s*-[ \t]+(.*?)[ \t]*$")
_BLOCK_SCALARS = frozenset({"|", ">", "|-", ">-", "|+", ">+"})
_TITLE_BLOCK = re.compile(r"(?:%[ \t]*(.*)\n)(?:%[ \t]*(.*)\n)?(?:%[ \t]*(.*)(?:\n|\Z))?")

Matter = Mapping[str, tuple[str, ...]]
"""Each key in lower case with its values; only plain values and lists of them are taken."""


def parted(text: str) -> tuple[Matter, str]:
    """What the front matter of a text says, and the text without it."""
    if (found := _MATTER.match(text[:_MOST])) and (matter := _entries(found[1])):
        return matter, text[found.end() :]
    if text.startswith("%") and (block := _TITLE_BLOCK.match(text)):
        title, authors, day = ((each or "").strip() for each in block.groups())
        people = tuple(each.strip() for each in authors.split(";") if each.strip())
        return {"title": (title,), "author": people, "date": (day,)}, text[block.end() :]
    return {}, text


def _entries(lines: str) -> Matter:
    """Keys with their values, also where these run over lines that are indented under the key."""
    entries: dict[str, list[str]] = {}
    values: list[str] = []
    for line in lines.split("\n"):
        if entry := _ENTRY.match(line):
            values = entries.setdefault(entry[1].lower(), [])
            values += _plain(entry[2] or "")
        elif listed := _LISTED.match(line):
            values += _plain(listed[1])
        elif line.startswith(" ") and line.strip():
            values[-1:] = [" ".join([*values[-1:], line.strip()])]
    return {key: tuple(values) for key, values in entries.items()}


def _plain(value: str) -> list[str]:
    """The values of one line: none, one, or those of a list in square brackets."""
    if not value or value in _BLOCK_SCALARS:
        return []
    if value[0] == "[" and value[-1] == "]":
        return [each for part in value[1:-1].split(",") for each in _plain(part.strip())]
    is_quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return [value[1:-1] if is_quoted else re.sub(r"\s+#.*", "", value)]
