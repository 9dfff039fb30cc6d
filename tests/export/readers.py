"""Every text that a reader of an export's files can find, whatever the format: for what must hold of all of them."""

from __future__ import annotations

import json
import re
import sqlite3
import warnings
from collections.abc import Callable, Iterator, Mapping
from html import unescape
from html.parser import HTMLParser
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

from tests.export.tables import raw_cells


def texts_of(path: str, content: bytes) -> Iterator[str]:
    """The texts in one file, in the format that its ending says; none in a file that nobody reads words from."""
    reader = _READERS.get(PurePosixPath(path).suffix)
    yield from reader(content) if reader else ()


def folded(text: str) -> str:
    """A text without anything that formats lay out, escape or show otherwise: its letters and digits."""
    return "".join(character for character in text if character.isalnum())


def strings_in(value: Any) -> Iterator[str]:
    """Every text in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from strings_in(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from strings_in(item)
    elif value is not None:
        yield str(value)


def _json(content: bytes) -> Iterator[str]:
    return strings_in(json.loads(content))


def _ndjson(content: bytes) -> Iterator[str]:
    for line in content.splitlines():
        yield from _json(line)


def _csv(content: bytes) -> Iterator[str]:
    return iter(raw_cells(content))


def _sqlite(content: bytes) -> Iterator[str]:
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(content)
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'")
        for (name,) in list(tables):
            yield from strings_in(connection.execute(f'SELECT * FROM "{name}"').fetchall())
    finally:
        connection.close()


def _parquet(content: bytes) -> Iterator[str]:
    import pyarrow.parquet as pq

    return strings_in(pq.read_table(BytesIO(content)).to_pylist())


def _trig(content: bytes) -> Iterator[str]:
    from rdflib import Dataset

    graphs = Dataset()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's own parser uses what rdflib warns of
        graphs.parse(data=content.decode(), format="trig")
    for quad in graphs.quads():
        yield from map(str, quad)


class _Words(HTMLParser):
    """Takes down the words of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        self.found.append(data)


def _html(content: bytes) -> Iterator[str]:
    words = _Words()
    words.feed(content.decode())
    yield "".join(words.found)


def _atom(content: bytes) -> Iterator[str]:
    import feedparser

    feed = feedparser.parse(content)
    for entry in feed.entries:
        yield from (
            entry.id,
            entry.title,
            *(text for part in entry.get("content", ()) for text in _html(part.value.encode())),
        )


def _markdown(content: bytes) -> Iterator[str]:
    """The words behind escapes and line breaks; a page is rendered for real where its own format is tested."""
    yield re.sub(r"\[U\+[0-9A-F]{4,6}\]", "", unescape(content.decode().replace("<br>", "\n")))


_READERS: dict[str, Callable[[bytes], Iterator[str]]] = {
    ".json": _json,
    ".jsonld": _json,
    ".ndjson": _ndjson,
    ".csv": _csv,
    ".sqlite": _sqlite,
    ".parquet": _parquet,
    ".trig": _trig,
    ".html": _html,
    ".atom": _atom,
    ".md": _markdown,
}
