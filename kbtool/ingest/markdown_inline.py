"""The words of a line of Markdown as a reader sees them: without emphasis marks, link targets, tags and escapes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import unescape

from kbtool.ingest.laying import BREAK

_PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
_SHIELD = 0xF0000
"""Where shielded characters are moved while the marks around them are read: a private plane, which no text may hold."""
_SHIELDED = re.compile("[\U000f0000-\U000fffff]")
_PRIVATE = re.compile("[\U000f0000-\U000fffff]")
_ESCAPE = re.compile(r"\\([" + re.escape(_PUNCTUATION) + r"])")
_CODE = re.compile(r"(?<!`)(`+)(?!`)((?:(?!\1(?!`)).)+?)(?<!`)\1(?!`)", re.DOTALL)
_AUTOLINK = re.compile(r"<((?:https?|ftp|mailto):[^\s<>]*|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)>")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][\w-]*(?:\s+[\w:.-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+))?)*\s*/?>")
_ADDRESS = r"(?:<[^<>\n]*>|(?:\{\{[^{}\n]*\}\})?[^\s()<>]*(?:\([^\s()]*\)[^\s()]*)*)"
"""Where a link leads; a site's generator may put the first part of it in later ("{{ base }}/page")."""
_TITLE = r"(?:\"[^\"]*\"|'[^']*'|\([^()]*\))"
_TARGET = rf"\(\s*{_ADDRESS}(?:\s+{_TITLE})?\s*\)(?:\{{[^{{}}\n]*\}})?"
_WORDS = r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\]"
_IMAGE = re.compile(rf"!{_WORDS}(?:{_TARGET}|\[[^\[\]]*\])")
_LINK = re.compile(rf"{_WORDS}{_TARGET}")
_REFERENCE = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]*\])+)\](?:\[([^\[\]]*)\])?")
_NOTE = re.compile(r"\[\^([^\[\]\s]+)\]")
_RUN = re.compile(r"\*+|_+|~~")


def seen(text: str, targets: Mapping[str, str], notes: Mapping[str, int]) -> str:
    """The words of a paragraph; `targets` are its document's link definitions, `notes` its footnotes, by label."""
    text = _PRIVATE.sub("\ufffd", text)
    text = _CODE.sub(lambda code: _shield(_unpadded(code[2])), text)
    text = _ESCAPE.sub(lambda escape: _shield(escape[1]), text)
    text = _AUTOLINK.sub(lambda link: _shield(link[1]), text)
    text = _TAG.sub("", _BREAK.sub(BREAK, _COMMENT.sub("", text)))
    text = _NOTE.sub(_number_of(notes), _IMAGE.sub("", text))
    text = _REFERENCE.sub(_reference(targets), _LINK.sub(lambda link: link[1], _LINK.sub(lambda link: link[1], text)))
    return _SHIELDED.sub(lambda found: chr(ord(found[0]) - _SHIELD), unescape(_unmarked(text)))


def label_of(words: str) -> str:
    """A link's or footnote's label as labels are compared: without regard to case and white space."""
    return " ".join(words.split()).casefold()


def _shield(text: str) -> str:
    """Characters that no mark may be seen in; those beyond the first plane are never marks."""
    return "".join(chr(ord(each) + _SHIELD) if ord(each) < 0xFFFE else each for each in text)


def _unpadded(code: str) -> str:
    return code[1:-1] if code[0] == code[-1] == " " and code.strip() else code


def _number_of(notes: Mapping[str, int]) -> Callable[[re.Match[str]], str]:
    return lambda note: _shield(f"[{notes[label]}]") if (label := label_of(note[1])) in notes else note[0]


def _reference(targets: Mapping[str, str]) -> Callable[[re.Match[str]], str]:
    return lambda link: link[1] if label_of(link[2] or link[1]) in targets else link[0]


@dataclass(slots=True)
class _Opener:
    """A run of marks that may begin emphasis; `length` shrinks as marks of it are used."""

    start: int
    sign: str
    length: int
    closes: bool


def _unmarked(text: str) -> str:
    """The text without the marks of emphasis that pair up by CommonMark's rules; the rest of them are signs."""
    gone: set[int] = set()
    openers: list[_Opener] = []
    for run in _RUN.finditer(text):
        opens, closes = _flanks(text, run)
        length = len(run[0])
        if closes:
            length -= _close(openers, run, gone, opens=opens)
        if opens and length:
            openers.append(_Opener(run.end() - length, run[0][0], length, closes))
    return "".join(each for at, each in enumerate(text) if at not in gone) if gone else text


def _flanks(text: str, run: re.Match[str]) -> tuple[bool, bool]:
    """Whether a run may open and may close emphasis, by what stands on both sides of it."""
    before, after = text[run.start() - 1 : run.start()] or " ", text[run.end() : run.end() + 1] or " "
    left = not after.isspace() and (after.isalnum() or not before.isalnum() or _is_word(after))
    right = not before.isspace() and (before.isalnum() or not after.isalnum() or _is_word(before))
    if run[0][0] != "_":
        return left, right
    return left and (not right or not before.isalnum()), right and (not left or not after.isalnum())


def _is_word(character: str) -> bool:
    return character not in _PUNCTUATION and not character.isspace()


def _close(openers: list[_Opener], run: re.Match[str], gone: set[int], *, opens: bool) -> int:
    """Pair a closing run with the nearest opener of its sign; how many of its marks were used."""
    used, length = 0, len(run[0])
    while used < length:
        at = next(
            (
                at
                for at in range(len(openers) - 1, max(-1, len(openers) - 50), -1)
                if _pairs(openers[at], run, opens=opens)
            ),
            None,
        )
        if at is None:
            break
        opener = openers[at]
        size = 2 if opener.length >= 2 and length - used >= 2 else 1
        opener.length -= size
        gone.update(range(opener.start + opener.length, opener.start + opener.length + size))
        gone.update(range(run.start() + used, run.start() + used + size))
        used += size
        del openers[at + (opener.length > 0) :]
    return used


def _pairs(opener: _Opener, run: re.Match[str], *, opens: bool) -> bool:
    """CommonMark's rule of three keeps runs that both open and close from pairing at odd lengths."""
    if opener.sign != run[0][0]:
        return False
    odd = (opener.closes or opens) and (opener.length + len(run[0])) % 3 == 0
    return not odd or (opener.length % 3 == 0 and len(run[0]) % 3 == 0)
