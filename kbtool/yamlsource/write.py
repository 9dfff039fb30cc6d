"""`write`: data as canonical YAML text of the strict subset, proven to say the same when it is read again."""

from __future__ import annotations

from kbtool.yamlsource.layout import Layout, Order, as_it_stands, lines_of
from kbtool.yamlsource.parse import parse
from kbtool.yamlsource.problems import MAX_DEPTH, Data, quoted

LONGEST_KEY = 100
"""Code points of a key; readers stop looking for the colon behind 1,024 characters, escapes included."""


class WriteError(Exception):
    """The data cannot be said in the strict subset: no mapping, nested too deep, characters that no value may hold."""


def write(data: Data, *, order: Order | None = None, comment: str = "") -> bytes:
    """The canonical YAML text of a mapping, UTF-8, with `comment` (lines without their '#') at the top.

    `order` gives the keys of the mapping at a path in the order they should stand in; others follow as they stand.
    Raises WriteError where reading the text would not give the data back.
    """
    layout = Layout(order or as_it_stands)
    head = [f"# {line}".rstrip() for line in comment.split("\n")] if comment else []
    return written(layout, data, head)


def written(layout: Layout, data: Data, head: list[str], tail: tuple[str, ...] = ()) -> bytes:
    """The text of the data in a layout, between lines at its head and its tail; raises WriteError as `write` does."""
    if not isinstance(data, dict):
        raise WriteError("only a mapping can be written as a record")
    _check_shape(data)
    text = "\n".join((*head, *lines_of(layout, data), *tail, ""))
    raw = text.encode(errors="surrogatepass")
    parsed = parse(raw, limit=len(raw))
    if parsed.data != data:
        why = parsed.problems[0].message if parsed.problems else "it would read otherwise"
        raise WriteError(f"the data cannot be written: {why}")
    return raw


def _check_shape(data: Data) -> None:
    """Raises WriteError for a key that is too long for any reader, and for what stands deeper than the loader reads."""
    level: list[Data] = [data]
    for _ in range(MAX_DEPTH):
        for key in (key for each in level if isinstance(each, dict) for key in each):
            if len(key) > LONGEST_KEY:
                raise WriteError(f"the key {quoted(key)} has more than {LONGEST_KEY} characters")
        level = [inner for outer in level if not isinstance(outer, str) for inner in _inside(outer)]
    if not all(isinstance(each, str) for each in level):
        raise WriteError(f"mappings and lists stand more than {MAX_DEPTH} deep inside each other")


def _inside(data: dict[str, Data] | list[Data]) -> list[Data]:
    return list(data.values()) if isinstance(data, dict) else data
