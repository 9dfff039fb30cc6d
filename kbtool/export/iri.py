"""Web addresses as IRIs: what RDF readers do not take is percent-encoded, as browsers do."""

from __future__ import annotations

import re
from functools import lru_cache

_PLAIN = re.compile(r"https?://[\w.:\-]+[\w\-.~:/?@!$&'()*+,;=]*(?:#[\w\-.~:/?@!$&'()*+,;=]*)?", re.ASCII)
_PARTS = re.compile(r"(https?://[^/?#]*)([^#]*)(#?)(.*)", re.DOTALL)
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_NEVER = frozenset(' "<>\\^`{|}[]#')
"""What RFC 3986 has no place for behind the host: delimiters that it leaves out, and a second `#`."""


@lru_cache(maxsize=4096)
def iri(address: str) -> str:
    r"""The same address with only characters that RDF, RFC 3986 and RFC 3987 let stand where they are.

    Records may name any `http` or `https` address without blanks, quotes and angle brackets. Letters outside ASCII
    stay.

    >>> iri("https://example.org/a|b?c={d}#e#f")
    'https://example.org/a%7Cb?c=%7Bd%7D#e%23f'
    """
    if _PLAIN.fullmatch(address):
        return address
    found = _PARTS.fullmatch(address)
    if found is None:
        return _encoded(address, _NEVER)
    origin, path, mark, fragment = found.groups()
    return _encoded(origin, _NEVER - {"[", "]"}) + _encoded(path, _NEVER) + mark + _encoded(fragment, _NEVER)


def _encoded(text: str, never: frozenset[str]) -> str:
    whole = _STRAY_PERCENT.sub("%25", text)
    return "".join(_hexadecimal(each) if each in never or not each.isprintable() else each for each in whole)


def _hexadecimal(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode())
