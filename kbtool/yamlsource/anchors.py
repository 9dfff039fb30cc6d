"""Which entry each comment and blank line of a file belongs to."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kbtool.diagnostics import Path
from kbtool.yamlsource.comments import Comment, comments
from kbtool.yamlsource.places import SourceMap

_BLANK_LINE = re.compile(r"(?m)^ *\n")


@dataclass(frozen=True, slots=True)
class Anchored:
    """Comments and blank lines ("") by what they stand above; no two blank lines follow each other."""

    head: tuple[str, ...]
    above: Mapping[Path, tuple[str, ...]]
    tail: tuple[str, ...]


def anchored(places: SourceMap) -> Anchored:
    """The comments and blank lines of a file that parses, each with the entry that it stands above."""
    entries = _entries(places)
    starts = [start for start, _ in entries]
    head: list[str] = []
    tail: list[str] = []
    above: dict[Path, list[str]] = {}
    for comment in _comments_and_blanks(places):
        following = bisect_right(starts, comment.start)
        if comment.behind is not None and places.text[comment.behind - 1] not in "-?" and following:
            above.setdefault(_owner(places, entries[:following], comment.start), []).append(comment.text)
        elif following == len(entries):
            tail.append(comment.text)
        elif following == 0:
            head.append(comment.text)
        else:
            above.setdefault(entries[following][1], []).append(comment.text)
    return Anchored(_head(head), {path: _thinned(lines) for path, lines in above.items()}, _tail(tail))


def _entries(places: SourceMap) -> list[tuple[int, Path]]:
    """Start and path of every entry in order; of entries that start together the outermost alone."""
    items = {path: place for path, place in places.values.items() if path and isinstance(path[-1], int)}
    found: dict[int, Path] = {}
    for path, place in sorted({**places.keys, **items}.items(), key=lambda each: (each[1].start, len(each[0]))):
        found.setdefault(place.start, path)
    return list(found.items())


def _owner(places: SourceMap, entries: list[tuple[int, Path]], offset: int) -> Path:
    """The last of the entries that a comment behind text may speak of: none in braces closed before the comment."""
    return next(
        path for _, path in reversed(entries) if path[:-1] not in places.flows or places.values[path[:-1]].end > offset
    )


def _comments_and_blanks(places: SourceMap) -> Iterator[Comment]:
    spans = [(start, start + len(places.text[start:end].rstrip(" \n"))) for start, end in places.spans]
    blanks = [
        Comment(found.start(), "", None)
        for found in _BLANK_LINE.finditer(places.text)
        if not _is_within(spans, found.start())
    ]
    return iter(sorted((*comments(places.text, places.spans), *blanks), key=lambda each: each.start))


def _is_within(spans: list[tuple[int, int]], offset: int) -> bool:
    index = bisect_right(spans, (offset, offset)) - 1
    return index >= 0 and offset < spans[index][1]


def _thinned(lines: list[str]) -> tuple[str, ...]:
    """The lines with one blank line for each run of them."""
    return tuple(line for index, line in enumerate(lines) if line or index == 0 or lines[index - 1])


def _head(lines: list[str]) -> tuple[str, ...]:
    first = next((index for index, line in enumerate(lines) if line), len(lines))
    return _thinned(lines[first:])


def _tail(lines: list[str]) -> tuple[str, ...]:
    count = next((index for index in range(len(lines), 0, -1) if lines[index - 1]), 0)
    return _thinned(lines[:count])
