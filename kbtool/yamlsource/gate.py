"""The byte gate before the parser: encoding, line ends, control characters, size. Cheap for good files."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kbtool.yamlsource.problems import MAX_LINE, Problem, problem

_PERMITTED = bytes({0x0A, *range(0x20, 0x7F), *range(0x80, 0x100)})
_FIRST = (
    ("yaml-byte-order-mark", re.compile("\ufeff"), "the file holds a byte order mark (U+FEFF)"),
    ("yaml-carriage-return", re.compile("\r"), "the line ends in a carriage return"),
    ("yaml-tab", re.compile("\t"), "the line holds a tab"),
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
_C1 = re.compile(rb"\xc2[\x80-\x9f]")
_LONG_LINE = re.compile(rf"(?m)^.{{{MAX_LINE + 1}}}")


def clean_text(raw: bytes, limit: int) -> str | None:
    """The text of bytes that the gate has nothing to say of, else None; `limit` is the most bytes a file may have."""
    if len(raw) > limit or not raw.endswith(b"\n") or raw.translate(None, _PERMITTED):
        return None
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return None
    if not raw.isascii() and _has_special(raw, text):
        return None
    is_long = len(raw) > MAX_LINE and max(map(len, text.split("\n"))) > MAX_LINE
    return None if is_long else text


def _has_special(raw: bytes, text: str) -> bool:
    special = "\u2028" in text or "\u2029" in text or "\ufeff" in text or "\ufffe" in text or "\uffff" in text
    return special or _C1.search(raw) is not None


def is_clean(raw: bytes, limit: int) -> bool:
    """Whether the gate has nothing to say of the bytes."""
    return clean_text(raw, limit) is not None


def gate_problems(raw: bytes, limit: int) -> tuple[Problem, ...]:
    """What the gate finds, the first of each kind; a file that is too large or not UTF-8 is looked at no further."""
    if len(raw) > limit:
        message = f"the file has {len(raw):,} bytes; at most {limit:,} are read"
        return (problem("yaml-too-large", message, "", 0),)
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode()
        message = f"byte 0x{raw[error.start]:02x} is not UTF-8"
        return (problem("yaml-not-utf8", message, before, len(before)),)
    return (*_characters(text), *_lines(text))


def _characters(text: str) -> Iterator[Problem]:
    for rule, pattern, message in _FIRST:
        if found := pattern.search(text):
            yield problem(rule, message, text, found.start())
    if found := _CONTROL.search(text):
        message = f"the line holds the control character U+{ord(found[0]):04X}"
        yield problem("yaml-control-character", message, text, found.start())


def _lines(text: str) -> Iterator[Problem]:
    if found := _LONG_LINE.search(text):
        message = f"the line has more than {MAX_LINE:,} characters"
        yield problem("yaml-line-too-long", message, text, found.start())
    if text and not text.endswith("\n"):
        yield problem("yaml-no-final-newline", "the last line has no line feed at its end", text, len(text))
