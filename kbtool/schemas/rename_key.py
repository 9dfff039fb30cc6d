"""Giving a key of a record another name in its text: nothing else of the text changes, and that is proven."""

from __future__ import annotations

from typing import Any

from kbtool.diagnostics import Path
from kbtool.yamlsource.parse import parse
from kbtool.yamlsource.places import locate
from kbtool.yamlsource.scalars import key_text


class RenameError(Exception):
    """A key cannot be renamed: another one has the name already, or the text would come to say something else."""


def rename_key(text: str, path: Path, new: str) -> str:
    """The text with the key that ends the path called `new`; a text without that key comes back as it is.

    Raises RenameError where the mapping has a key of the new name beside the old one.
    """
    raw = text.encode()
    place = locate(raw).key(path)
    if place is None:
        return text
    changed = f"{text[: place.start]}{key_text(new)}{text[place.end :]}"
    wanted = _renamed(parse(raw, limit=len(raw)).data, path, new)
    found = parse(changed.encode(), limit=len(changed.encode())).data
    if found is None or found != wanted:
        raise RenameError(f"the key '{'.'.join(map(str, path))}' cannot be called {new!r}")
    return changed


def _renamed(data: Any, path: Path, new: str) -> Any:
    """The data with the key that ends the path, which is there, called otherwise; None for a mapping with both."""
    first, rest = path[0], path[1:]
    if isinstance(data, list):
        return [_renamed(value, rest, new) if number == first else value for number, value in enumerate(data)]
    if rest:
        return {key: _renamed(value, rest, new) if key == first else value for key, value in data.items()}
    return None if new in data else {new if key == first else key: value for key, value in data.items()}
