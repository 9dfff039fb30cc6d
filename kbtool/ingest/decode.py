"""Bytes of a text file to text: which encoding they are in, and what to do where they are in two.

The order of trust is a byte order mark, the encoding that the file itself names, UTF-8, the pattern of zero bytes of
UTF-16, and last Windows-1252, in which every Latin text without any of these has been written.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LATIN = "cp1252"
_SAMPLE = 4096


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and what a person should know of its encoding."""

    text: str
    remarks: tuple[str, ...] = ()


def decoded(content: bytes, named: str | None = None) -> Decoded | None:
    """The text of bytes, or None where they are no text; `named` is the encoding that the file itself names."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _as(content[len(mark) :], encoding) or (_mixed(content) if encoding == "utf-8" else None)
    if found := (_named(content, named) if named else None):
        return found
    if wide := _wide(content[:_SAMPLE]):
        return _as(content, wide)
    return None if b"\x00" in content else _as(content, "utf-8") or _mixed(content)


def _as(content: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(content.decode(encoding))
    except UnicodeDecodeError:
        return None


def _named(content: bytes, named: str) -> Decoded | None:
    """The text in the encoding that the file names; what it calls Latin 1 is read as browsers read it."""
    try:
        encoding = codecs.lookup(named).name
        content.decode(encoding)
    except (LookupError, UnicodeError):
        return None
    return _as(content, _LATIN if encoding in {"iso8859-1", "ascii"} else encoding)


def _wide(sample: bytes) -> str | None:
    """UTF-16 without a mark: in Latin text every second byte is zero."""
    half = len(sample) // 2
    if half > 3 and sample[1::2].count(0) > half * 0.4 and not sample[::2].count(0):
        return "utf-16-le"
    if half > 3 and sample[::2].count(0) > half * 0.4 and not sample[1::2].count(0):
        return "utf-16-be"
    return None


def _mixed(content: bytes) -> Decoded:
    """Each line by itself: as UTF-8 where it is, else as Windows-1252."""
    lines = content.split(b"\n")
    read = [_as(line, "utf-8") for line in lines]
    odd = sum(each is None for each in read)
    text = "\n".join(
        each.text if each else line.decode(_LATIN, "replace") for each, line in zip(read, lines, strict=True)
    )
    beyond = sum(not each.text.isascii() for each in read if each)
    if not beyond:
        return Decoded(text, ("the file is not in UTF-8 and was read as Windows-1252",))
    what = f"{odd} line{'s are' if odd != 1 else ' is'}"
    return Decoded(text, (f"the file mixes encodings: {what} not in UTF-8 and read as Windows-1252",))
