"""Base64 with one spelling for each value, so that signed files cannot be rewritten without their bytes changing."""

from __future__ import annotations

import base64
import binascii


def encode(raw: bytes) -> str:
    """The bytes in the standard alphabet of RFC 4648 section 4, padded, on one line."""
    return base64.b64encode(raw).decode("ascii")


def decode(text: str) -> bytes | None:
    """The bytes of a text that `encode` could have written; None for every other spelling.

    Refused are the URL-safe alphabet, missing or spare padding, white space and stray bits in the last character.
    """
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return raw if encode(raw) == text else None
