"""The one form of letters and spaces that every stored text has, whatever file it came from.

Letters are composed (NFC). Ligatures are spelled out, soft hyphens and other invisible characters go, since nobody sees
them and nobody types them into a quote. Spaces of odd width become plain ones, but beside a digit a no-break or thin
space stays: it may hold a number or its unit together. Nothing that can be read is changed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

UNREADABLE = "\u25a1"
"""Stands for each character that the file gives without saying what it is: of a private font, or already lost."""

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_GONE = (
    "\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f"
)
_GONE += "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff"
_INVISIBLE = re.compile(f"[{_GONE}]")
_JOINERS = re.compile("(?<![\u0590-\u1fff])[\u200c\u200d]|[\u200c\u200d](?![\u0590-\u1fff])")
"""Characters that join or part letters, where the letters beside them have no need of it."""
_PRIVATE = re.compile("[\ue000-\uf8ff\ufffc-\uffff\ud800-\udfff\U000f0000-\U0010ffff]")
_BULLETS = re.compile("(?m)^([^\\S\n]*)[\uf0a7\uf0a8\uf0b7\uf0d8\uf0fc\uf076](?=\\s)")
"""The bullets of the two symbol fonts that word processors draw them from."""
_ODD_SPACE = re.compile("\t|(?<!\\d)[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000](?!\\d)")
_LIGATURES: Mapping[int, str] = str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st"}
)
_TRAILING = re.compile(r"[^\S\n]+(?=\n|\Z)")
_MOJIBAKE = re.compile(
    "\u00e2\u20ac[\u2122\u0153\u009d\u201c\u201d\u02dc]|\u00c3[\u00a9\u00a8\u00bc\u00b6\u00a4]|\u00c2[\u00a0\u00b0\u00b1\u00b5]"
)


def settled(text: str) -> str:
    """The text in that one form; settling it once more changes nothing."""
    text = _LINE_ENDS.sub("\n", text)
    if not text.isascii():
        text = _beyond_ascii(text)
    elif _INVISIBLE.search(text):
        text = _INVISIBLE.sub("", text)
    return _TRAILING.sub("", text.replace("\t", " "))


def _beyond_ascii(text: str) -> str:
    text = _BULLETS.sub("\\1\u2022", text)
    text = _PRIVATE.sub(UNREADABLE, _INVISIBLE.sub("", text))
    text = unicodedata.normalize("NFC", _JOINERS.sub("", text.translate(_LIGATURES)))
    return _ODD_SPACE.sub(" ", text)


def remarks_on(text: str) -> tuple[str, ...]:
    """What a person should know of a settled text's characters."""
    remarks = []
    if unreadable := text.count(UNREADABLE):
        remarks.append(f"{counted(unreadable, 'character')} could not be read and may show as {UNREADABLE!r}")
    if _MOJIBAKE.search(text):
        remarks.append("letters look as if they had been read in a wrong encoding before the file was written")
    return tuple(remarks)


def counted(number: int, noun: str) -> str:
    """A number and its noun: "1 comment", "2 comments"."""
    return f"{number} {noun}{'s' * (number != 1)}"
