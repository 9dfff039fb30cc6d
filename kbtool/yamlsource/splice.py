"""`splice`: change one scalar of a file in place and prove that nothing else changed."""

from __future__ import annotations

from kbtool.diagnostics import Path
from kbtool.yamlsource.parse import LIMIT, Data, parse
from kbtool.yamlsource.places import SourceMap, locate
from kbtool.yamlsource.scalars import double_quoted, is_plain_in_block, is_plain_in_flow

_LONGEST_ESCAPE = 10


class SpliceError(Exception):
    """A scalar cannot be changed: the file does not parse, the path names none, or more than it would change."""


def splice(raw: bytes, path: Path, new: str) -> bytes:
    """The file with the scalar at the path changed to `new`, plain where that is safe, else in double quotes.

    Every byte outside of the scalar stays, and parsing the result gives the old data with exactly that change.
    Raises SpliceError where that cannot be done.
    """
    limit = LIMIT if len(raw) <= LIMIT else len(raw) + _LONGEST_ESCAPE * len(new) + 2
    parsed = parse(raw, limit=limit)
    if parsed.data is None:
        first = parsed.problems[0]
        raise SpliceError(f"the file cannot be read: {first.message} (line {first.line})")
    places = locate(raw)
    if path not in places.scalars:
        raise SpliceError(f"no text stands at {_shown(path)}")
    if places.scalars[path].value == new:
        return raw
    expected = _changed(parsed.data, path, new)
    for changed in _candidates(places, path, new):
        if parse(changed, limit=limit).data == expected:
            return changed
    raise SpliceError(f"the text at {_shown(path)} cannot be changed without changing more")


def _candidates(places: SourceMap, path: Path, new: str) -> list[bytes]:
    place = places.values[path]
    before, old, after = (
        places.text[: place.start],
        places.text[place.start : place.end],
        places.text[place.end :],
    )
    if places.scalars[path].style in {"|", ">"} and "#" in old.partition("\n")[0]:
        return []
    in_flow = any(path[:length] in places.flows for length in range(len(path)))
    is_plain = is_plain_in_flow(new) if in_flow else is_plain_in_block(new)
    texts = [new, double_quoted(new)] if is_plain else [double_quoted(new)]
    return [f"{before}{text}{after}".encode(errors="surrogatepass") for text in texts]


def _changed(data: Data, path: Path, new: str) -> Data:
    """The data with one scalar changed; shares everything beside the path with the old."""
    if not path:
        return new
    part, rest = path[0], path[1:]
    if isinstance(data, dict):
        return {key: _changed(value, rest, new) if key == part else value for key, value in data.items()}
    return [_changed(value, rest, new) if index == part else value for index, value in enumerate(data)]


def _shown(path: Path) -> str:
    return f"'{'.'.join(str(part) for part in path)}'"
