"""The canonical layout: which line says what, in which order, with the comments that stand above entries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kbtool.diagnostics import Path
from kbtool.yamlsource.problems import Data
from kbtool.yamlsource.prose import WIDTH, scalar_lines
from kbtool.yamlsource.scalars import flow_text, is_plain_in_flow, key_text

Order = Callable[[Path], Sequence[str]]
"""The keys of the mapping at a path in the order they should stand in."""


def as_it_stands(_path: Path) -> Sequence[str]:
    """The order that changes nothing."""
    return ()


@dataclass(frozen=True, slots=True)
class Layout:
    """How data is laid out: the order of keys and what stands on the lines above entries."""

    order: Order = as_it_stands
    above: Mapping[Path, Sequence[str]] = field(default_factory=dict)
    """Comments, and "" for a blank line, above the entry at a path."""
    opened: frozenset[Path] = frozenset()
    """Mappings and lists that need lines of their own, since comments stand inside."""


def lines_of(layout: Layout, data: Mapping[str, Data]) -> Iterator[str]:
    """The lines of a record, each without its line feed."""
    return _mapping(layout, (), data, 0) if data else iter(("{}",))


def _mapping(layout: Layout, path: Path, data: Mapping[str, Data], indent: int) -> Iterator[str]:
    for index, key in enumerate(_in_order(data, layout.order(path))):
        child = (*path, key)
        yield from _above(layout, child, indent, index)
        yield from _entry(layout, child, data[key], f"{' ' * indent}{key_text(key)}:", indent)


def _in_order(data: Mapping[str, Data], order: Sequence[str]) -> list[str]:
    known = [key for key in dict.fromkeys(order) if key in data]
    return [*known, *(key for key in data if key not in set(known))]


def _above(layout: Layout, path: Path, indent: int, index: int) -> Iterator[str]:
    """The lines above an entry; the first entry of its mapping or list has no blank line above it."""
    lines = list(layout.above.get(path, ()))
    while index == 0 and lines and not lines[0]:
        del lines[0]
    return (f"{' ' * indent}{line}" if line else "" for line in lines)


def _list(layout: Layout, path: Path, data: Sequence[Data], indent: int) -> Iterator[str]:
    for index, value in enumerate(data):
        child = (*path, index)
        yield from _above(layout, child, indent, index)
        if isinstance(value, str) or _in_flow(layout, child, value, indent + 1) is not None:
            yield from _entry(layout, child, value, f"{' ' * indent}-", indent)
        else:
            yield from _block_item(layout, child, value, indent)


def _block_item(layout: Layout, path: Path, value: Data, indent: int) -> Iterator[str]:
    """A mapping or list as a list item: its first line behind the dash, comments above the dash."""
    lines = list(_block(layout, path, value, indent + 2))
    while lines[0].lstrip().startswith("#"):
        yield lines.pop(0)[2:]
    first, *rest = lines
    yield f"{' ' * indent}- {first[indent + 2 :]}"
    yield from rest


def _block(layout: Layout, path: Path, value: Data, indent: int) -> Iterator[str]:
    if isinstance(value, dict):
        return _mapping(layout, path, value, indent)
    return _list(layout, path, value, indent)


def _entry(layout: Layout, path: Path, value: Data, lead: str, indent: int) -> Iterator[str]:
    if isinstance(value, str):
        yield from scalar_lines(lead, value, indent)
    elif (flow := _in_flow(layout, path, value, len(lead))) is not None:
        yield f"{lead} {flow}"
    else:
        yield lead
        yield from _block(layout, path, value, indent + 2)


def _in_flow(layout: Layout, path: Path, value: Data, used: int) -> str | None:
    """A short leaf mapping or list on one line behind `used` columns, or None where it needs lines of its own."""
    if not value:
        return "{}" if isinstance(value, dict) else "[]"
    if path in layout.opened or sum(len(each) for each in _inner(value) if isinstance(each, str)) > WIDTH:
        return None  # no scalar gets shorter by being written
    flow = _flow_mapping(layout, path, value) if isinstance(value, dict) else _flow_words(value)
    return flow if flow is not None and used + 1 + len(flow) <= WIDTH else None


def _inner(value: Mapping[str, Data] | Sequence[Data]) -> Iterable[Data]:
    return value.values() if isinstance(value, Mapping) else value


def _flow_mapping(layout: Layout, path: Path, data: Mapping[str, Data]) -> str | None:
    parts = [(key, _flow_part(data[key])) for key in _in_order(data, layout.order(path))]
    if any(part is None for _, part in parts):
        return None
    return f"{{{', '.join(f'{key_text(key)}: {part}' for key, part in parts)}}}"


def _flow_part(value: Data) -> str | None:
    if isinstance(value, str):
        return flow_text(value)
    if isinstance(value, dict):
        return None if value else "{}"
    return _flow_words(value)


def _flow_words(data: Data) -> str | None:
    """A list of single words in brackets; None where an item is anything else."""
    words = [item for item in data if isinstance(item, str) and is_plain_in_flow(item)]
    return f"[{', '.join(words)}]" if len(words) == len(data) else None
