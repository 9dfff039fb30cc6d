"""One scalar as YAML text: plain where every reader sees the same text, else in double quotes."""

from __future__ import annotations

import re

_PLAIN = re.compile(r"(?:[^\W_]|[-+.](?=[^\W_])|[_/(](?=\S))(?:[^\n]*\S)?")
_SPOILS_PLAIN = re.compile(r": |:$| #")
_PLAIN_IN_FLOW = re.compile(r"[+-]?[^\W_](?:[\w./+()%;=-]*[\w./+()%;=-])?")
_PLAIN_KEY = re.compile(r"[^\W_]\w*(?:[./-]\w+)*")
_LOOK_ALIKES = frozenset({"null", "~", "yes", "no", "on", "off", "y", "n", ".inf", ".nan", "=", "<<"})
_OTHER_CASE = frozenset({"true", "false"})
"""Plain only in lower case, as fields of truth are written; in any other case another reader may see a truth value."""
_NULL_KEYS = frozenset({"null"})
_ESCAPES = {"\t": "\\t", "\n": "\\n", "\r": "\\r", '"': '\\"', "\\": "\\\\", "\u00a0": "\\_"}


def is_plain_in_block(value: str) -> bool:
    """Whether the value may stand without quotes behind 'key: ' or '- '."""
    safe = _PLAIN.fullmatch(value) and not _SPOILS_PLAIN.search(value)
    return bool(safe) and value.isprintable() and not _looks_alike(value)


def is_plain_in_flow(value: str) -> bool:
    """Whether the value may stand without quotes in braces or brackets."""
    return bool(_PLAIN_IN_FLOW.fullmatch(value)) and value.isprintable() and not _looks_alike(value)


def _looks_alike(value: str) -> bool:
    """Whether another reader would take the plain word for something else than text, a lower-case truth value apart."""
    lower = value.lower()
    return lower in _LOOK_ALIKES or (lower in _OTHER_CASE and value != lower)


def key_text(key: str) -> str:
    """A key as it is written: plain where it is one word, else in double quotes."""
    is_plain = _PLAIN_KEY.fullmatch(key) and key.isprintable() and key.lower() not in _NULL_KEYS
    return key if is_plain else double_quoted(key)


def double_quoted(value: str) -> str:
    """The value in double quotes on one line; whatever is unprintable or invisible is escaped."""
    is_bare = value.isprintable() and _ESCAPES.keys().isdisjoint(value)
    return f'"{value if is_bare else "".join(map(escaped, value))}"'


def escaped(character: str) -> str:
    """One character as it stands within double quotes."""
    if short := _ESCAPES.get(character):
        return short
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def block_text(value: str) -> str:
    """The value as it stands on one line of a block."""
    return value if is_plain_in_block(value) else double_quoted(value)


def flow_text(value: str) -> str:
    """The value as it stands in braces or brackets."""
    return value if is_plain_in_flow(value) else double_quoted(value)
