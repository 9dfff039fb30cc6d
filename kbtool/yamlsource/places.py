"""`locate`: the place of every key and value of a file that parses; from paths to lines and columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from yaml.events import CollectionEndEvent, CollectionStartEvent, Event, MappingStartEvent, ScalarEvent

from kbtool.diagnostics import Path
from kbtool.yamlsource.ink import offset_in_source
from kbtool.yamlsource.problems import MAX_DEPTH, line_and_column
from kbtool.yamlsource.reader import READ_ERRORS, READERS, Open, end, events, start


@dataclass(frozen=True, slots=True)
class Place:
    """Where a key or value stands: line and column from 1, and its span in code points, the end exclusive."""

    line: int
    column: int
    start: int
    end: int


TOP = Place(1, 1, 0, 0)
"""The place of the record as a whole."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A scalar value and how it is written: '' plain, a quote, '|' or '>'."""

    value: str
    style: str


@dataclass(frozen=True, slots=True)
class SourceMap:
    """The places in one file, by path; offsets count code points of `text`."""

    text: str
    values: Mapping[Path, Place]
    keys: Mapping[Path, Place]
    scalars: Mapping[Path, Scalar]
    """The scalar values, by path."""
    flows: frozenset[Path]
    """Paths of the mappings and lists that stand in braces or brackets."""
    spans: tuple[tuple[int, int], ...]
    """The spans of all scalars, keys too, in order."""

    def value(self, path: Path) -> Place | None:
        """Where the value at the path stands, or None."""
        return self.values.get(path)

    def key(self, path: Path) -> Place | None:
        """Where the key that ends the path stands, or None (list items have no key)."""
        return self.keys.get(path)

    def nearest(self, path: Path) -> Place:
        """Where the value at the path stands, or else the key of what it should stand in; `TOP` at the top.

        Parts that name no node, such as the tags of a union, are left out on the way. An item of a list has no key:
        there the item's own place answers.
        """
        found, is_whole = self._resolve(path)
        if not found:
            return TOP
        return self.values[found] if is_whole else self.keys.get(found, self.values[found])

    def text_place(self, path: Path, offset: int) -> Place:
        """Where the offset-th character of the scalar at the path is written; `nearest` where there is no scalar.

        A blank or line end that folding made has its place behind the character before it.
        """
        found, is_whole = self._resolve(path)
        if not is_whole or found not in self.scalars:
            return self.nearest(path)
        place, scalar = self.values[found], self.scalars[found]
        source = self.text[place.start : place.end]
        at = place.start + offset_in_source(source, scalar.style, scalar.value, offset)
        return _place(self.text, at, at + 1)

    def _resolve(self, path: Path) -> tuple[Path, bool]:
        """The path without the parts that name no node, and whether its last part names one."""
        found: Path = ()
        is_whole = False
        for part in path:
            is_whole = (*found, part) in self.values
            if is_whole:
                found = (*found, part)
        return found, is_whole


def locate(raw: bytes, *, begin: Open = READERS[0]) -> SourceMap:
    """The places of all keys and values of bytes that parse; of others, as far as they can be read. Never raises."""
    walk = _Walk(raw.decode(errors="replace"))
    try:
        for event in events(walk.text.encode(), begin):
            if not _take(walk, event):
                break
    except READ_ERRORS:
        pass
    return SourceMap(walk.text, walk.values, walk.keys, walk.scalars, frozenset(walk.flows), tuple(walk.spans))


@dataclass(slots=True)
class _Level:
    """A mapping or list on the way from the top to where the walk stands."""

    path: Path
    start: int
    count: int | None
    """Items so far; None in a mapping."""
    key: str | None = None
    last: int = 0
    """End of the last scalar or flow collection within."""


@dataclass(slots=True)
class _Walk:
    text: str
    values: dict[Path, Place] = field(default_factory=dict)
    keys: dict[Path, Place] = field(default_factory=dict)
    scalars: dict[Path, Scalar] = field(default_factory=dict)
    flows: set[Path] = field(default_factory=set)
    spans: list[tuple[int, int]] = field(default_factory=list)
    levels: list[_Level] = field(default_factory=list)


def _take(walk: _Walk, event: Event) -> bool:
    """Note an event; False where the file leaves the subset and the walk ends."""
    if isinstance(event, ScalarEvent):
        return _scalar(walk, event)
    if isinstance(event, CollectionStartEvent):
        return _open_collection(walk, event)
    if isinstance(event, CollectionEndEvent):
        _close_collection(walk, event)
    return True


def _scalar(walk: _Walk, event: ScalarEvent) -> bool:
    first, behind = start(event), end(event)
    walk.spans.append((first, behind))
    if not walk.levels:
        return False
    level = walk.levels[-1]
    if event.style and event.style in "|>":
        behind = first + len(walk.text[first:behind].rstrip(" \n"))
    level.last = behind
    place = _place(walk.text, first, behind)
    if level.count is None and level.key is None:
        level.key = event.value
        walk.keys[(*level.path, event.value)] = place
        return True
    path = _step(level)
    walk.values[path] = place
    walk.scalars[path] = Scalar(event.value, event.style or "")
    return True


def _step(level: _Level) -> Path:
    """The path of the value that comes next in a mapping or list."""
    if level.count is None:
        path = (*level.path, level.key or "")
        level.key = None
        return path
    level.count += 1
    return (*level.path, level.count - 1)


def _open_collection(walk: _Walk, event: CollectionStartEvent) -> bool:
    is_key = bool(walk.levels) and walk.levels[-1].count is None and walk.levels[-1].key is None
    if is_key or len(walk.levels) == MAX_DEPTH:
        return False
    path = _step(walk.levels[-1]) if walk.levels else ()
    first = start(event)
    walk.levels.append(_Level(path, first, None if isinstance(event, MappingStartEvent) else 0, last=first))
    if event.flow_style:
        walk.flows.add(path)
    return True


def _close_collection(walk: _Walk, event: CollectionEndEvent) -> None:
    level = walk.levels.pop()
    behind = end(event) if level.path in walk.flows else level.last
    walk.values[level.path] = _place(walk.text, level.start, behind)
    if walk.levels:
        walk.levels[-1].last = behind


def _place(text: str, first: int, behind: int) -> Place:
    return Place(*line_and_column(text, first), first, behind)
