"""What changed between two contents of a claim, in a reviewer's words, field by field and word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import count, takewhile
from typing import Any, TypeAlias

Json: TypeAlias = Any
"""Any JSON value; the content kept of an earlier day may have any shape."""

_WORDS = re.compile(r"\s+|[^\W_]+|[^\w\s]|_")
_MOST_COMPARED = 4_000_000
"""Words of the one text times words of the other from which on only the same beginning and end are looked for."""
_DEEPEST = 20
"""Levels of a value that are written out; no content has so many."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field that differs: where it is in words, what it was and what it is ("" where it was not or is no more)."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that is the same, dropped or added."""

    kind: str
    """`same`, `dropped` or `added`."""
    text: str


def changes(before: Mapping[str, Json], after: Mapping[str, Json]) -> tuple[Change, ...]:
    """Every difference between two content values, the claim's own fields first, then evidence, then terms."""
    found: list[Change] = []
    for section in ("claim", "evidence", "terms"):
        found += _differences((section,), before.get(section, {}), after.get(section, {}))
    return tuple(found)


def word_difference(before: str, after: str) -> tuple[Piece, ...]:
    """The two texts as one run of pieces; white space travels with the words."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    pieces: list[Piece] = []
    for op, a, b, c, d in _opcodes(old, new):
        runs = (("same", old[a:b]),) if op == "equal" else (("dropped", old[a:b]), ("added", new[c:d]))
        pieces += [Piece(kind, "".join(words)) for kind, words in runs if words]
    return tuple(pieces)


def _opcodes(old: list[str], new: list[str]) -> list[tuple[str, int, int, int, int]]:
    if len(old) * len(new) <= _MOST_COMPARED:
        return list(SequenceMatcher(None, old, new, autojunk=False).get_opcodes())
    head = _same(old, new)
    tail = min(_same(old[::-1], new[::-1]), len(old) - head, len(new) - head)
    a, b = len(old) - tail, len(new) - tail
    return [("equal", 0, head, 0, head), ("replace", head, a, head, b), ("equal", a, len(old), b, len(new))]


def _same(old: list[str], new: list[str]) -> int:
    """How many words are the same from the beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))


def _differences(path: tuple[str, ...], before: Json, after: Json) -> Iterator[Change]:
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for key in sorted({*before, *after}):
            yield from _differences((*path, key), before.get(key), after.get(key))
    elif isinstance(before, list) and isinstance(after, list):
        yield from _list_differences(path, before, after)
    else:
        yield Change(in_words(path), _text(before), _text(after))


def _list_differences(path: tuple[str, ...], before: list[Json], after: list[Json]) -> Iterator[Change]:
    """Items are told apart by what they are about, so that one added caveat is one change and not many."""
    old, new = _named(before), _named(after)
    for name in dict.fromkeys((*old, *new)):
        yield from _differences((*path, name), old.get(name), new.get(name))
    if list(old) != list(new) and sorted(old) == sorted(new):
        yield Change(f"{in_words(path)}: order", ", ".join(old), ", ".join(new))


def _named(items: list[Json]) -> dict[str, Json]:
    """The items by name; the second of a name is called 'name (2)'."""
    named: dict[str, Json] = {}
    repeats: dict[str, Iterator[int]] = {}
    for number, item in enumerate(items, 1):
        name = free = _name(item, number)
        while free in named:
            free = f"{name} ({next(repeats.setdefault(name, count(2)))})"
        named[free] = item
    return named


def _name(item: Json, number: int) -> str:
    if isinstance(item, str):
        return item
    keys = ("ref", "claim", "kind") if isinstance(item, dict) else ()
    return next((str(item[key]) for key in keys if key in item), str(number))


_PART_WORDS: Mapping[str, str] = {
    "as_stated": "words of the document",
    "container-title": "journal, site or book",
    "issued": "date of publication",
    "n": "number studied",
    "on": "date",
    "ref": "evidence named",
    "stated_by": "stated by",
}
"""Names of fields that do not speak for themselves."""

_ITEM_WORDS: Mapping[str, str] = {"caveats": "caveat", "relations": "relation to", "evidence": "evidence"}
"""What one item of a list is called; it is told apart by a name."""


def in_words(path: tuple[str, ...]) -> str:
    """A path inside a content as a reviewer reads it: "caveat 'off-label-use': text", "evidence record 'x': result"."""
    section, *rest = path
    if section == "evidence" and rest:
        return _joined(f"evidence record {rest[0]!r}", rest[1:])
    if section == "terms" and rest:
        which = f"meaning of {rest[1]!r}" if len(rest) > 1 else "meanings"
        return _joined(f"{which} among the {rest[0].replace('_', ' ')}", rest[2:])
    if rest[:2] == ["source", "quotes"] and len(rest) > 2:
        return _joined(f"quote {rest[2]}", rest[3:])
    if rest[:1] and rest[0] in _ITEM_WORDS and len(rest) > 1:
        return _joined(f"{_ITEM_WORDS[rest[0]]} {rest[1]!r}", rest[2:])
    return _joined(_part(rest[0]), rest[1:]) if rest else section


def _joined(head: str, rest: list[str]) -> str:
    tail = ", ".join(_part(part) for part in rest)
    return f"{head}: {tail}" if tail else head


def _part(name: str) -> str:
    return _PART_WORDS.get(name, name.replace("_", " "))


def _text(value: Json, depth: int = 0) -> str:
    """A value as one line of text."""
    if value is None:
        return ""
    if depth == _DEEPEST:
        return "…"
    if isinstance(value, dict):
        return "; ".join(f"{_part(key)}: {_text(item, depth + 1)}" for key, item in value.items())
    return ", ".join(_text(item, depth + 1) for item in value) if isinstance(value, list) else str(value)
