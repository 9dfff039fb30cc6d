"""Small questions to JSON values of unknown shape."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from kbtool.ingest.decode import decoded


class NoJson(Exception):  # noqa: N818 - it says what the file is, as messages do
    """The bytes are no JSON; the message says where."""


def json_of(content: bytes) -> Any:
    """The value of a JSON text; raises NoJson."""
    found = decoded(content)
    if found is None:
        raise NoJson("the file is no text")
    try:
        return json.loads(found.text)
    except json.JSONDecodeError as error:
        raise NoJson(f"line {error.lineno}, column {error.colno}: {error.msg[:1].lower()}{error.msg[1:]}") from error
    except (ValueError, RecursionError) as error:
        raise NoJson("it is nested too deep, or has a number too long to read") from error


def each(value: Any) -> Iterator[Any]:
    """The values of a list, or the value itself; nothing where it is null."""
    if isinstance(value, list):
        yield from value
    elif value is not None:
        yield value


def mapping(value: Any) -> Mapping[str, Any]:
    """A mapping; of a list the first one in it; else an empty one."""
    return next((item for item in each(value) if isinstance(item, dict)), {})


def words(value: Any) -> str | None:
    """Words with single spaces: a text, the first of a list, the `@value` of a node; None where there are none."""
    for item in each(value):
        inner = item.get("@value") if isinstance(item, dict) else item
        if (
            isinstance(inner, (str, int, float))
            and not isinstance(inner, bool)
            and (said := " ".join(str(inner).split()))
        ):
            return said
    return None


def name_of(value: Any) -> str | None:
    """The name of a person or organisation, which may be given by words alone."""
    for item in each(value):
        if found := words(item.get("name") if isinstance(item, dict) else item):
            return found
    return None


def address_of(value: Any) -> str | None:
    """The first absolute web address in a value: a text, a node's `@id`, `id` or `url`."""
    for item in each(value):
        found = [item.get(key) for key in ("url", "@id", "id")] if isinstance(item, dict) else [item]
        for inner in found:
            for text in each(inner):
                if isinstance(text, str) and text.startswith(("http://", "https://")) and not set(text) & set(' <>"\n'):
                    return text
    return None


def types_of(node: Mapping[str, Any]) -> set[str]:
    """The types of a node, without the namespace."""
    return {
        str(item).rpartition("/")[2].rpartition(":")[2] for item in (*each(node.get("@type")), *each(node.get("type")))
    }
