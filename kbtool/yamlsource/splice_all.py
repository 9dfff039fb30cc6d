"""`splice_all`: change several values of a file in place, in one pass, and prove that nothing else changed."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy

from kbtool.diagnostics import Path
from kbtool.yamlsource.parse import LIMIT, Data, parse
from kbtool.yamlsource.places import SourceMap, locate
from kbtool.yamlsource.scalars import block_text, double_quoted, flow_text, key_text
from kbtool.yamlsource.splice import SpliceError

_LONGEST_ESCAPE = 10


Edit = tuple[int, int, str]
"""Begin and end of a stretch of the file's text in code points, and what takes its place."""


def splice_all(raw: bytes, values: Mapping[Path, Data]) -> bytes:
    """The file with the value at each path changed: a scalar to another one, a list of lists to another one.

    A scalar whose key is not there yet, of a mapping that is, is added as the last of that mapping; a mapping at the
    position behind the last item of a list is added to that list. Every byte outside
    of these values stays, and parsing the result gives the old data with exactly these changes. Raises SpliceError
    where that cannot be done. The cost is that of two readings of the file, however many values.
    """
    if not values:
        return raw
    parsed = parse(raw, limit=max(LIMIT, len(raw)))
    if parsed.data is None:
        first = parsed.problems[0]
        raise SpliceError(f"the file cannot be read: {first.message} (line {first.line})")
    places = locate(raw)
    expected = _changed(parsed.data, places, values)
    for always_quoted in (False, True):
        edits = [_edit(places, path, new, always_quoted=always_quoted) for path, new in values.items()]
        changed = _spliced(places.text, edits)
        if parse(changed, limit=max(LIMIT, _LONGEST_ESCAPE * len(changed))).data == expected:
            return changed
    raise SpliceError("the values cannot be changed without changing more")


def _changed(data: Data, places: SourceMap, values: Mapping[Path, Data]) -> Data:
    """A copy of the data with each value set; raises SpliceError for a path that names no such value."""
    copy = deepcopy(data)
    for path, new in values.items():
        inside = copy
        for part in path[:-1] if path[:-1] in places.values else ():
            inside = inside[part]  # type: ignore[index]
        if path in places.values and _is_alike(places, path, new):
            inside[path[-1]] = new  # type: ignore[index]
        elif _may_be_added(places, path, new, inside):
            inside.append(new) if isinstance(inside, list) else inside.update({path[-1]: new})  # type: ignore[union-attr,dict-item]
        else:
            raise SpliceError(f"no value of that kind stands at '{'.'.join(map(str, path))}'")
    return copy


def _is_alike(places: SourceMap, path: Path, new: Data) -> bool:
    """Whether a value is a scalar where the new one is, and a list where that is one."""
    return bool(path) and not isinstance(new, dict) and isinstance(new, str) == (path in places.scalars)


def _may_be_added(places: SourceMap, path: Path, new: Data, inside: Data) -> bool:
    """Whether the new value may become the last of the mapping or list that its path leads into."""
    if path in places.values or path[:-1] not in places.values:
        return False
    if isinstance(inside, list):
        return isinstance(new, dict) and path[-1] == len(inside)
    return isinstance(inside, dict) and isinstance(new, str) and isinstance(path[-1], str)


def _spliced(text: str, edits: list[Edit]) -> bytes:
    parts, at = [], 0
    for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
        if start < at:
            raise SpliceError("a value stands inside another one")
        parts += [text[at:start], new]
        at = end
    return "".join([*parts, text[at:]]).encode(errors="surrogatepass")


def _edit(places: SourceMap, path: Path, new: Data, *, always_quoted: bool) -> Edit:
    in_flow = any(path[:length] in places.flows for length in range(len(path) + 1))
    if isinstance(new, list):
        place = places.values[path]
        return place.start, place.end, _flow(new) if in_flow else _block(new, place.column)
    if isinstance(new, dict):
        return _added(places, path, _flow(new) if path[:-1] in places.flows else f"- {_flow(new)}")
    written = double_quoted(new) if always_quoted else flow_text(new) if in_flow else block_text(new)
    if path in places.values:
        place = places.values[path]
        if places.scalars[path].style in {"|", ">"} and "#" in places.text[place.start : place.end].partition("\n")[0]:
            raise SpliceError(f"a remark stands in the way at '{'.'.join(map(str, path))}'")
        return place.start, place.end, written
    return _added(places, path, f"{path[-1]}: {written}")


def _added(places: SourceMap, path: Path, line: str) -> Edit:
    """A key with its value, or an item, as the last one: before the brace that closes all, or on a line of its own."""
    mapping = places.values[path[:-1]]
    if path[:-1] in places.flows:
        return mapping.end - 1, mapping.end - 1, f", {line}"
    end = places.text.find("\n", mapping.end)
    return end, end, f"\n{' ' * (mapping.column - 1)}{line}"


def _block(items: list[Data], column: int) -> str:
    """The items one a line, the first where the old list began."""
    return f"\n{' ' * (column - 1)}".join(f"- {_flow(item)}" for item in items) or "[]"


def _flow(value: Data) -> str:
    if isinstance(value, str):
        return flow_text(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    return f"{{{', '.join(f'{key_text(key)}: {_flow(each)}' for key, each in value.items())}}}"
