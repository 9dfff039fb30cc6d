"""What is left of a text when it is compared with others: its letters and digits, in one case."""

from __future__ import annotations

import re

_WORD = re.compile(r"\w+")
_IN_ASCII = "".join(chr(code).lower() if _WORD.match(chr(code)) else " " for code in range(128))
"""For each ASCII character what is left of it: a lower-case letter, a digit, an underscore, or a blank."""


_IN_BYTES = bytes(ord(_IN_ASCII[code]) if code < 128 else code for code in range(256))


def folded_bytes(text: str) -> bytes:
    """The same as UTF-8, quicker."""
    if text.isascii():
        return b" ".join(text.encode().translate(_IN_BYTES).split())
    return fold(text).encode(errors="surrogatepass")


def fold(text: str) -> str:
    """Letters and digits only, in one case: what two texts must differ in to be different."""
    if text.isascii():
        return " ".join(text.translate(_IN_ASCII).split())
    return " ".join(_WORD.findall(text.casefold()))
