"""`parse`: the bytes of one file to data, or to everything that is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbtool.yamlsource.fast import read_lines
from kbtool.yamlsource.gate import clean_text
from kbtool.yamlsource.problems import PROBLEM_RULES, Data, Parsed, Problem

if TYPE_CHECKING:
    from kbtool.yamlsource.reader import Open

__all__ = ["LIMIT", "PROBLEM_RULES", "Data", "Parsed", "Problem", "parse"]

LIMIT = 65_536
"""The most bytes that a record may have, where the caller names no other limit."""


def parse(raw: bytes, *, limit: int = LIMIT, begin: Open | None = None) -> Parsed:
    """The mapping that the bytes say, or their problems in order of place; `limit` in bytes. Never raises.

    The fast reader may say yes; for everything else the reference loader answers. It alone is asked where `begin`
    names the reader of PyYAML that it should use, as the tests do.
    """
    text = clean_text(raw, limit) if begin is None else None
    if text is not None and (data := read_lines(text)) is not None:
        return Parsed(data, ())
    from kbtool.yamlsource.reference import reference  # noqa: PLC0415 - most runs need no YAML library

    return reference(raw, limit, begin)
