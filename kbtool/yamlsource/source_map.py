"""The places of a file's keys and values, by path; from paths to lines and columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kbtool.diagnostics import Path
from kbtool.yamlsource.ink import offset_in_source
from kbtool.yamlsource.problems import line_and_column


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
        return place_at(self.text, at, at + 1)

    def _resolve(self, path: Path) -> tuple[Path, bool]:
        """The path without the parts that name no node, and whether its last part names one."""
        found: Path = ()
        is_whole = False
        for part in path:
            is_whole = (*found, part) in self.values
            if is_whole:
                found = (*found, part)
        return found, is_whole


def place_at(text: str, first: int, behind: int) -> Place:
    """The place of a span of a file's text."""
    return Place(*line_and_column(text, first), first, behind)
