"""The walk over a file's events that finds the place of every key and value."""

from __future__ import annotations

from dataclasses import dataclass, field

from yaml.events import CollectionEndEvent, CollectionStartEvent, Event, MappingStartEvent, ScalarEvent

from kbtool.diagnostics import Path
from kbtool.yamlsource.problems import MAX_DEPTH
from kbtool.yamlsource.reader import READ_ERRORS, READERS, Open, end, events, start
from kbtool.yamlsource.source_map import Place, Scalar, SourceMap, place_at


def walk(raw: bytes, begin: Open | None) -> SourceMap:
    """The places in a file, as far as it can be read; `begin` opens PyYAML's reader, None the fastest at hand."""
    seen = _Walk(raw.decode(errors="replace"))
    try:
        for event in events(seen.text.encode(), begin or READERS[0]):
            if not _take(seen, event):
                break
    except READ_ERRORS:
        pass
    return SourceMap(seen.text, seen.values, seen.keys, seen.scalars, frozenset(seen.flows), tuple(seen.spans))


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
    place = place_at(walk.text, first, behind)
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
    walk.values[level.path] = place_at(walk.text, level.start, behind)
    if walk.levels:
        walk.levels[-1].last = behind
