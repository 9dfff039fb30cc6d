"""`locate`: the place of every key and value of a file that parses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbtool.yamlsource.source_map import TOP, Place, Scalar, SourceMap

if TYPE_CHECKING:
    from kbtool.yamlsource.reader import Open

__all__ = ["TOP", "Place", "Scalar", "SourceMap", "locate"]


def locate(raw: bytes, *, begin: Open | None = None) -> SourceMap:
    """The places of all keys and values of bytes that parse; of others, as far as they can be read. Never raises."""
    from kbtool.yamlsource.walk import walk  # noqa: PLC0415 - only what is found needs places, and a YAML library

    return walk(raw, begin)
