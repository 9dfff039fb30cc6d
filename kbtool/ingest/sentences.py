"""Sentences of a text as spans: in order, not overlapping, with nothing but white space between them.

A border is looked for only after a mark that can end a sentence, so the cost is linear in the text. What decides is
the word before the mark, what closes after it (quotes, brackets, a citation), and the word that follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kbtool.ingest.abbreviations import BEFORE_NUMBERS, JOINING, LOWER_STARTERS, NEVER_LAST, SELDOM_LAST, STARTERS

Span = tuple[int, int]
"""Start and end in code points, the end exclusive."""

_LONGEST_WORD = 40
"""Code points looked back for the word before a mark: longer runs are no abbreviation."""

_CITED = r"(?:\[\d{1,3}(?:[,;\u2013\- ]+\d{1,3})*\])"
_CLOSERS = r"[\"'\u201d\u2019\u00bb)\]*_]"
_END = re.compile(
    rf"""(?P<mark>(?<![.!?\u2026\u203d])[.!?\u2026\u203d]+(?:[ \u00a0]\.)*|[\u3002\uff01\uff1f\uff61]+)
         (?P<note>(?<=[^\W\d]\.)\d{{1,3}}(?:[,\u2013-]\d{{1,3}})*(?=\s+[A-Z]))?
         (?P<close>(?:{_CLOSERS}|{_CITED})*)
         (?P<gap>\s+(?P<cited>{_CITED}+(?=\s|$))?\s*|(?<=[\u3002\uff01\uff1f\uff61])(?=\S))""",
    re.VERBOSE,
)
"""A mark that can end a sentence, a note's number glued to it, what closes after it, and the space that follows."""
_SMILE = re.compile(r"(?<=\s)(?:[:;=8]'?-?[)(DPp/\\|]|<3|[\U0001f600-\U0001f64f]+)(?=\s+[\"'\u201c(]?[A-Z])")
_BLANK = re.compile(r"\n[^\S\n]*\n\s*")
_LINE = re.compile(r"[^\n]+")
_BULLET_SIGNS = "\u2022\u2043\u2023\u25aa\u25cf\u25e6\u2219"
_ITEM = re.compile(rf"\s*(?:[{_BULLET_SIGNS}]|[-*+\u2013\u2014]\s|\(?(?:\d{{1,3}}|[a-z])(?:\.\)|[.)])\s)")
_RULED = re.compile(r"(?<!\s)\s+(?=([=_*~-])\1{4,}\s)|(?<=[=_*~-]{5})\s+")
"""The space before and after a rule drawn in signs, which stands by itself."""
_BULLET = re.compile(rf"(?<!\s)\s+(?=[{_BULLET_SIGNS}]\s?\S)")
_MARKER = re.compile(r"[\u2022\u2043]?\s*(?P<count>\d{1,3}|[a-z])(?P<style>\.\)|[.)])\s")
_WORD = re.compile(r"[^\W\d_][\w'\u2019.-]*")
_OPENERS = "\"'\u201c\u2018\u00ab([{*_\u00bf\u00a1"
_INITIAL = re.compile(r"(?:[^\W\d_]\.)*[A-Z]")


def sentences(text: str, blocks: Iterable[Span] | None = None) -> tuple[Span, ...]:
    """The sentences of a text, each without the white space around it.

    `blocks` are the spans of its paragraphs, headings and list items, in order; no sentence crosses their borders.
    Without them, blank lines part blocks, and so do lines that are plainly items of a list or too short to be wrapped.
    """
    return tuple(span for block in (blocks_of(text) if blocks is None else blocks) for span in _of_block(text, *block))


def blocks_of(text: str) -> Iterator[Span]:
    """The blocks of a plain text: what blank lines part, and within that what lines that end on purpose part."""
    at = 0
    for gap in _BLANK.finditer(text):
        yield from _lines_joined(text, at, gap.start())
        at = gap.end()
    yield from _lines_joined(text, at, len(text))


def _lines_joined(text: str, start: int, end: int) -> Iterator[Span]:
    """The lines of a paragraph, joined where a line only ends because the next word did not fit any more."""
    lines = [match.span() for match in _LINE.finditer(text, start, end)]
    width = max((stop - begin for begin, stop in lines), default=0)
    opened = None
    for position, (begin, stop) in enumerate(lines):
        opened = begin if opened is None else opened
        follows = lines[position + 1] if position + 1 < len(lines) else None
        if follows is None or _is_broken(text, (begin, stop), follows, width):
            yield opened, stop
            opened = None


def _is_broken(text: str, line: Span, follows: Span, width: int) -> bool:
    """Whether a line ends on purpose: the next one is an item of a list, or its first word would have fitted."""
    following = text[follows[0] : min(follows[1], follows[0] + width + 1)]
    if _ITEM.match(following):
        return True
    first = following.split(None, 1)
    return bool(first) and line[1] - line[0] + 1 + len(first[0]) <= width


def _of_block(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentences between two places that no sentence crosses."""
    at = _inked(text, start, end)
    for border, following in _borders(text, at, end):
        yield at, border
        at = following
    last = len(text[at:end].rstrip()) + at
    if last > at:
        yield at, last


def _inked(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _borders(text: str, start: int, end: int) -> Sequence[Span]:
    """End of a sentence and start of the next, in order."""
    listed = {m.start(): m.end() for m in _BULLET.finditer(text, start, end)} | dict(_items(text, start, end))
    openings = frozenset(_first_word(text, at, end) for at in (start, *listed.values()))
    ends = (match for match in _END.finditer(text, start, end) if _ends(text, match, openings, end))
    borders = dict(_after(match) for match in ends)
    borders |= {m.end(): _inked(text, m.end(), end) for m in _SMILE.finditer(text, start, end)}
    borders |= {m.start(): m.end() for m in _RULED.finditer(text, start, end)}
    return sorted((borders | listed).items())


def _first_word(text: str, at: int, end: int) -> int:
    """Where the first word of an item begins, after its bullet."""
    return _inked(text, at + 1, end) if text[at : at + 1] in frozenset(_BULLET_SIGNS) else at


def _after(match: re.Match[str]) -> Span:
    """Where the sentence ends and where the next begins; a citation in brackets after the mark belongs to the first."""
    return match.end("cited") if match["cited"] else match.end("close"), match.end()


def _ends(text: str, match: re.Match[str], openings: frozenset[int], end: int) -> bool:
    """Whether the mark ends a sentence; `openings` are the places where the block or an item of a list begins."""
    if match.end() >= end:
        return False
    mark, following = match["mark"], _following(text, match.end(), end)
    if mark[0] in "\u3002\uff01\uff1f\uff61":
        return True
    if mark == ".":
        return _stop_ends(text, match, openings, following)
    if mark[0] in ".\u2026":
        return _is_upper(following) and not _is_elision(text, match)
    return _call_ends(match, following)


def _is_elision(text: str, match: re.Match[str]) -> bool:
    """Whether dots stand for words left out within a sentence: [...], or three dots with space around each."""
    before = text[match.start() - 1 : match.start()]
    return before in ("[", "(") or (not before.strip() and match["mark"].count(".") == 3 and " " in match["mark"])


def _call_ends(match: re.Match[str], following: str) -> bool:
    """Whether a question or exclamation mark ends a sentence; names have one too, so small letters decide."""
    if not following[:1].isalpha() or _is_upper(following):
        return not match["close"] or following[:1].isalnum()
    if match["close"]:
        return False
    return "?" in match["mark"] or (following in LOWER_STARTERS and following not in JOINING)


def _following(text: str, at: int, end: int) -> str:
    """The word that follows, without what opens before it; a digit or sign stands for itself."""
    while at < end and text[at] in _OPENERS:
        at += 1
    word = _WORD.match(text, at, end)
    return word[0] if word else text[at : at + 1]


def _is_upper(word: str) -> bool:
    """Whether a word begins as sentences do; letters without case count, a sign does not."""
    first = word[:1]
    return first.isalpha() and (first.isupper() or first == first.swapcase())


def _stop_ends(text: str, match: re.Match[str], openings: frozenset[int], following: str) -> bool:
    """Whether a single full stop ends a sentence."""
    word = _before(text, match.start()).lstrip(_BULLET_SIGNS)
    bare = word.lower().lstrip(_OPENERS)
    if _is_count(word) and match.start() - len(word) in openings:
        return False
    if match["note"]:
        return True
    if not _is_upper(following) and not following[:1].isdigit():
        return _ends_before_lower(bare, following, match)
    if match["close"] and match["close"][0] != "'":
        return _is_upper(following) or bare not in NEVER_LAST
    return _ends_after(bare, word, following)


def _is_count(word: str) -> bool:
    """Whether a word numbers an item of a list."""
    return len(word) <= 3 and (word.isdigit() or (len(word) == 1 and word.isalpha()))


def _ends_before_lower(bare: str, following: str, match: re.Match[str]) -> bool:
    """Before a small letter or a sign: only where plain words are followed by one that begins sentences."""
    if match["close"] or not bare.isalpha() or bare in NEVER_LAST or bare in SELDOM_LAST:
        return False
    return len(bare) > 1 and (following in LOWER_STARTERS or following in STARTERS or not following[:1].isalnum())


def _ends_after(bare: str, word: str, following: str) -> bool:
    """Before a capital or a digit: by the word that the stop follows."""
    if bare in NEVER_LAST:
        return False
    if bare in BEFORE_NUMBERS:
        return not following[:1].isdigit()
    is_starter = following.lower() in STARTERS
    if bare in SELDOM_LAST:
        return is_starter
    if _INITIAL.fullmatch(word.lstrip(_OPENERS)):
        return is_starter and (following != "I" or word != "I")
    return "." not in bare or is_starter or not bare.replace(".", "").isalpha()


def _before(text: str, at: int) -> str:
    """The word that ends at a place, with stops inside it."""
    words = text[max(0, at - _LONGEST_WORD) : at].rsplit(None, 1)
    return words[-1] if words and not text[at - 1].isspace() else ""


def _items(text: str, start: int, end: int) -> Iterator[Span]:
    """Borders before the items of a list that runs on in one line, as 1) and 2) or a. and b. do it."""
    first = _MARKER.match(text, start, end)
    count, at = (first["count"], first.end()) if first else ("", end)
    while first and count:
        count = str(int(count) + 1) if count.isdigit() else chr(ord(count) + 1)
        mark = re.escape(count + first["style"])
        item = re.compile(rf"(?<!\s)\s+(?=[\u2022\u2043]?\s?{mark}\s+[A-Z])").search(text, at, end)
        if item is None:
            return
        yield item.start(), item.end()
        at = item.end()
