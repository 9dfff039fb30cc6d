"""`without_item`: take one item out of a list of a file, and prove that nothing else changed."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from kbtool.diagnostics import Path
from kbtool.yamlsource.parse import LIMIT, Data, parse
from kbtool.yamlsource.places import SourceMap, locate
from kbtool.yamlsource.splice import SpliceError


def without_item(raw: bytes, path: Path) -> bytes:
    """The file without the item of a list at the path; a list that had no other becomes `[]`.

    Whole lines go, those of the item alone, and parsing the result gives the old data without it. Raises SpliceError
    where that cannot be done: the file does not parse, no item stands there, or it shares a line with something else.
    """
    parsed = parse(raw, limit=max(LIMIT, len(raw)))
    if parsed.data is None:
        first = parsed.problems[0]
        raise SpliceError(f"the file cannot be read: {first.message} (line {first.line})")
    places = locate(raw)
    if path not in places.values or not isinstance(path[-1], int):
        raise SpliceError(f"no item of a list stands at '{'.'.join(map(str, path))}'")
    expected = _without(parsed.data, path)
    for text in _shorter(places, path):
        changed = text.encode(errors="surrogatepass")
        if parse(changed, limit=max(LIMIT, len(changed))).data == expected:
            return changed
    raise SpliceError("the item shares a line with something else")


def _without(data: Data, path: Path) -> Data:
    copy = deepcopy(data)
    inside = copy
    for part in path[:-1]:
        inside = inside[part]  # type: ignore[index]
    del inside[path[-1]]  # type: ignore[arg-type,union-attr]
    return copy


def _shorter(places: SourceMap, path: Path) -> Iterator[str]:
    """The text without the lines of the item, then the same with an empty list behind the key above."""
    text, place = places.text, places.values[path]
    start = text.rfind("\n", 0, place.start) + 1
    end = text.find("\n", place.end)
    yield text[:start] + text[end + 1 :]
    yield f"{text[: start - 1]} []{text[end:]}"
