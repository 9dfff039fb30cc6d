"""Trusty URIs, module RA, version 1: an address that ends in a digest of the RDF statements that stand below it.

The rules are those of the trusty URI specification of 2015. Blank nodes are not part of it, and our statements have
none.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from hashlib import sha256

from kbtool.export.quads import Graph

BLANK = " "
"""Stands for the code in addresses while the code is not known; no address holds a blank otherwise."""

_CODE = re.compile(r"RA[A-Za-z0-9_-]{43}")


def code_in(address: str) -> str | None:
    """The code that an address ends in, or None.

    >>> code_in("https://example.org/RA" + "x" * 43)
    'RAxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'
    """
    tail = re.split(r"[^A-Za-z0-9_-]", address)[-1]
    return tail if _CODE.fullmatch(tail) else None


def code_of(graphs: Iterable[Graph]) -> str:
    """The code of graphs, sorted by address, in whose addresses it is left blank: `RA` and 43 characters of base64."""
    pieces: list[str] = []
    for graph, triples in graphs:
        pieces += [
            f"{graph}\n{subject}\n{predicate}\n{_TYPES[datatype]}{_escaped(text)}\n"
            if is_literal
            else f"{graph}\n{subject}\n{predicate}\n{text}\n"
            for subject, predicate, is_literal, text, datatype in triples
        ]
    return "RA" + urlsafe_b64encode(sha256("".join(pieces).encode()).digest()).decode().rstrip("=")


class _Types(dict[str, str]):
    """What comes before the words of a literal, by its datatype or language; there are few."""

    def __missing__(self, datatype: str) -> str:
        self[datatype] = before = f"{datatype.lower()} " if datatype.startswith("@") else f"^{datatype} "
        return before


_TYPES = _Types()


def _escaped(text: str) -> str:
    if "\\" in text or "\n" in text:
        return text.replace("\\", "\\\\").replace("\n", "\\n")
    return text
