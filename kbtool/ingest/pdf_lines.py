"""The lines of printed pages to paragraphs, headings, list items and what repeats on every page.

A PDF says where each character stands and nothing of paragraphs. So the places decide: a gap, a change of size, a
bullet, an indent or a line that stops early begin something new; the size that most letters have is that of plain text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kbtool.ingest.laying import Piece

LINE_HYPHEN = "\ufffe"
"""How the library marks a hyphen at the end of a line."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its text and its box in points, from the page's lower left corner."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    page: int
    """The page's number, from 0."""
    height: float
    """The page's height."""

    @property
    def size(self) -> float:
        """The height of the line's letters."""
        return round(self.top - self.bottom, 1)


_BULLET = re.compile(
    r"[\u2022\u2043\u2023\u25aa\u25cf\u25e6\u2219\u25a0\u25ba]\s*|[-\u2013*o\ue000-\uf8ff]\s+(?=\S)|[\uf0a7\uf0b7\uf0d8]"
)
_ARROW = re.compile(r"[\u2190-\u21ff\u2794-\u27be]\s")
"""An arrow before an item: read as a sign, which it may be."""
_COUNT = re.compile(r"\(?(?:\d{1,2}|[a-z])[.)]\s+\S")
_PAGE_NUMBER = re.compile(r"\W*(?:page\s*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?\W*", re.IGNORECASE)
_ENDS = re.compile(r"[.!?:;\u2026][\"'\u201d\u2019)\]]*(?:\d{1,3})?$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_OPEN_ADDRESS = re.compile(r"(?:https?://|www\.)\S*/$")
"""A web address that a line's end parted."""
_EDGE = 0.09
"""The part of a page's height, above and below, in which running heads and page numbers stand."""
_GAP = 0.65
"""How much of a line's height may be free between two lines of one paragraph."""
_LARGER = 1.12
"""How much larger than plain text a heading is."""
_LONGEST_HEADING = 200
_COMPOUNDS = frozenset(
    {"self", "non", "well", "long", "short", "high", "low", "follow", "half", "one", "two", "three", "four", "evidence"}
)
"""First parts that keep their hyphen where the rest of the document does not tell."""


def pieces_of_lines(lines: Sequence[Line]) -> Iterator[Piece]:
    """The pieces of all lines of a document, in its own order."""
    lines = _once(lines)
    running = _running(lines)
    plain = _plain_size(lines)
    words = Counter(word.lower() for line in lines for word in _WORD.findall(line.text))
    levels = _levels(lines, plain)
    for paragraph in _paragraphs(lines, running):
        yield _piece(paragraph, running, levels, words)


def _once(lines: Sequence[Line]) -> list[Line]:
    """The lines without those that are printed twice in one place to look bold."""
    kept: list[Line] = []
    for line in lines:
        if not any(_is_copy(line, other) for other in kept[-3:]):
            kept.append(line)
    return kept


def _is_copy(line: Line, other: Line) -> bool:
    near = abs(line.left - other.left) < 2 and abs(line.bottom - other.bottom) < 2
    return line.page == other.page and near and line.text.strip() == other.text.strip()


def _running(lines: Sequence[Line]) -> frozenset[Line]:
    """The running heads and feet: what stands at the edge of most pages but for its number, and page numbers."""
    edge = [
        line for line in lines if not line.height * _EDGE < (line.top + line.bottom) / 2 < line.height * (1 - _EDGE)
    ]
    pages = max((line.page for line in lines), default=0) + 1
    seen = Counter(text for text, _ in {(_masked(line), line.page) for line in edge})
    often = {text for text, times in seen.items() if times >= 2 and times * 2 >= pages}
    return frozenset(line for line in edge if _masked(line) in often or _PAGE_NUMBER.fullmatch(line.text.strip()))


def _masked(line: Line) -> str:
    return re.sub(r"\d+", "0", line.text.strip())


def _plain_size(lines: Iterable[Line]) -> float:
    """The size that most letters have."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=0.0)


def _levels(lines: Iterable[Line], plain: float) -> Mapping[float, int]:
    """The level of each size that headings have, the largest first; sizes that hardly differ share one."""
    levels: dict[float, int] = {}
    last, level = 0.0, 0
    for size in sorted({line.size for line in lines if line.size >= plain * _LARGER}, reverse=True):
        if not last or size < last * 0.93:
            last, level = size, min(level + 1, 6)
        levels[size] = level
    return levels


def _paragraphs(lines: Sequence[Line], running: frozenset[Line]) -> Iterator[list[Line]]:
    """The lines, paragraph by paragraph; a running head or foot stands alone and parts nothing."""
    opened: list[Line] = []
    aside: list[Line] = []
    for line in lines:
        if line in running and opened:
            aside.append(line)
            continue
        if line in running:
            yield [line]
            continue
        if opened and not _goes_on(opened, line):
            yield opened
            opened = []
            yield from ([each] for each in aside)
            aside = []
        opened.append(line)
    yield from ([opened] if opened else [])
    yield from ([each] for each in aside)


def _goes_on(opened: Sequence[Line], line: Line) -> bool:
    """Whether a line belongs to the paragraph that is open."""
    last = opened[-1]
    is_unfinished = not _ENDS.search(last.text.rstrip())
    if _starts_item(line) or not 0.9 < line.size / max(last.size, 0.1) < 1.1:
        return False
    if line.page != last.page or line.bottom > last.bottom + last.size:
        return is_unfinished and line.text.lstrip()[:1].islower()
    if last.bottom - line.top > _GAP * last.size:
        return False
    if is_unfinished:
        return True
    right = max(each.right for each in opened)
    is_short = last.right < right - 4 * last.size or (len(opened) == 1 and last.right < line.right - 4 * last.size)
    return not is_short and line.left < last.left + last.size


def _starts_item(line: Line) -> bool:
    text = line.text.lstrip()
    return bool(_BULLET.match(text) or _ARROW.match(text) or _COUNT.match(text))


def _piece(
    paragraph: Sequence[Line], running: frozenset[Line], levels: Mapping[float, int], words: Counter[str]
) -> Piece:
    """The piece that the lines of a paragraph make."""
    text = _joined(paragraph, words)
    if paragraph[0] in running:
        return Piece("boiler-plate", text)
    if bullet := _BULLET.match(text):
        return Piece("list-item", text[bullet.end() :])
    level = levels.get(paragraph[0].size, 0)
    if level and len(text) <= _LONGEST_HEADING and not text.endswith((".", ";", ",")):
        return Piece("heading", text, level)
    return Piece("list-item" if _COUNT.match(text) else "paragraph", text)


def _joined(paragraph: Sequence[Line], words: Mapping[str, int]) -> str:
    """The words of the lines; a word that was parted at the end of a line is whole again."""
    text = ""
    for line in paragraph:
        now = line.text.strip(" \t")
        if not text:
            text = now
        elif text.endswith((LINE_HYPHEN, "-", "\u00ad", "\u2010")) and text[-2:-1].isalnum():
            text = f"{text[:-1]}{_hyphen(text[:-1], now, words, text[-1])}{now}"
        else:
            text = f"{text}{'' if _OPEN_ADDRESS.search(text) else ' '}{now}"
    return text.replace(LINE_HYPHEN, "-").strip()


def _hyphen(before: str, after: str, words: Mapping[str, int], mark: str) -> str:
    """The hyphen that belongs between the two halves of a word, or nothing where only the line's end made it."""
    first, second = re.search(r"[^\W_]*$", before), re.match(r"[^\W\d_]*", after)
    left, right = (first[0] if first else "").lower(), (second[0] if second else "").lower()
    if mark == "\u00ad":
        return ""
    if not right or not left.isalpha() or after[:1].isupper():
        return "-"
    whole, parted = words.get(left + right, 0), words.get(f"{left}-{right}", 0)
    if whole or parted:
        return "" if whole >= parted else "-"
    return "-" if left in _COMPOUNDS else ""
