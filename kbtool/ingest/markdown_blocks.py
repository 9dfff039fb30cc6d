"""The blocks of Markdown: CommonMark's, with the tables, footnotes and front matter that most writers use as well.

Every line is looked at once for each list or quotation that it stands in, and those may nest only so deep.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count

from kbtool.ingest.document import BlockKind
from kbtool.ingest.laying import BREAK, Piece, parts_of
from kbtool.ingest.markdown_inline import label_of, seen
from kbtool.ingest.markup import BLOCK_TAGS, pieces_of_markup

_DEEPEST = 12
"""Lists and quotations inside each other; what is deeper is read as words."""

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?(?:[ \t]*\{[^{}]*\})?[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
_QUOTE = re.compile(r" {0,3}> ?")
_ITEM = re.compile(r"( {0,3})([-*+]|\d{1,9}[.)]|#\.)(?:( {1,4})(?=\S)|(?=\s|$))(?:\[[ xX]\] )?")
_NOTE = re.compile(r" {0,3}\[\^([^\[\]\s]+)\]:[ \t]*")
_DEFINITION = re.compile(r" {0,3}\[((?!\^)[^\[\]]+)\]:[ \t]*(\S+)(?:[ \t]+(?:\".*\"|'.*'|\(.*\)))?[ \t]*$")
_DELIMITERS = re.compile(r" {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_CELL_BORDER = re.compile(r"(?<!\\)\|")
_MARKUP = re.compile(rf" {{0,3}}(?:<!--|</?(?:{'|'.join(sorted(BLOCK_TAGS))}|script|style)(?=[\s/>]|$))", re.IGNORECASE)
_CLOSED_BY = {"<!--": "-->", "<script": "</script>", "<style": "</style>", "<pre": "</pre>"}
_HARD_END = re.compile(r"(?: {2,}|\\)$")
_ATTRIBUTES = re.compile(r"\s*(?:\{:?[^{}]*\}|\{%.*%\}|\[\[?TOC\]?\]|:::+.*)\s*$", re.IGNORECASE)
"""Lines that give attributes or commands to a program and are never shown."""


@dataclass(frozen=True, slots=True)
class _Around:
    """What the lines being read stand in, and what the whole document defines."""

    targets: dict[str, str]
    notes: dict[str, int]
    rows: Iterator[int]
    kind: BlockKind = "paragraph"
    depth: int = 0

    def inside(self, kind: BlockKind) -> _Around:
        """The same, one list or quotation deeper."""
        return _Around(self.targets, self.notes, self.rows, kind, self.depth + 1)


@dataclass(slots=True)
class _Lines:
    """The lines of a stretch and how far they are read."""

    lines: Sequence[str]
    at: int = 0
    words: list[str] = field(default_factory=list)

    def more(self) -> bool:
        return self.at < len(self.lines)

    def now(self) -> str:
        return self.lines[self.at]

    def taken(self) -> str:
        self.at += 1
        return self.lines[self.at - 1]


def pieces_of(text: str) -> Iterator[Piece]:
    """The pieces of a Markdown text without its front matter; footnotes come where they are written."""
    lines = text.expandtabs(4).split("\n")
    labels = dict.fromkeys(label_of(found[1]) for line in lines if (found := _NOTE.match(line)))
    targets = {label_of(found[1]): found[2] for line in lines if (found := _DEFINITION.match(line))}
    around = _Around(targets, {label: number for number, label in enumerate(labels, 1)}, count(1))
    return _read(lines, around)


def _read(lines: Sequence[str], around: _Around) -> Iterator[Piece]:
    """The pieces of lines that stand in the same list item, quotation or document."""
    rest = _Lines(lines)
    while rest.more():
        found = _heading(rest, around) if not rest.words else None
        found = found if found is not None else _begun(rest, around)
        if found is None:
            found = _underlined(rest, around)
        if found is None:
            rest.words.append(rest.taken())
            continue
        yield from found
    yield from _paragraph(rest, around)


def _heading(rest: _Lines, around: _Around) -> Iterator[Piece] | None:
    """What only begins where no paragraph is open: indented code and tables."""
    line = rest.now()
    if line.startswith("    ") and line.strip():
        return _indented(rest)
    if "|" in line and rest.at + 1 < len(rest.lines) and "|" in rest.lines[rest.at + 1]:
        return _table(rest, around) if _DELIMITERS.match(rest.lines[rest.at + 1]) else None
    return None


def _begun(rest: _Lines, around: _Around) -> Iterator[Piece] | None:
    """The block that begins at this line and ends a paragraph that is open, or None where the line begins none."""
    line = rest.now()
    if not line.strip():
        rest.at += 1
        return _paragraph(rest, around)
    if _ATTRIBUTES.match(line) or (_DEFINITION.match(line) and not rest.words):
        rest.at += 1
        return _paragraph(rest, around)
    return _marked(line, rest, around)


def _marked(line: str, rest: _Lines, around: _Around) -> Iterator[Piece] | None:
    """A block that a mark at the start of its line begins."""
    if heading := _HEADING.match(line):
        rest.at += 1
        return _after(rest, around, [Piece("heading", _seen(heading[2] or "", around), len(heading[1]))])
    if fence := _FENCE.match(line):
        rest.at += 1
        return _after(rest, around, [_fenced(rest, fence[1])])
    if _RULE.match(line) and not (rest.words and _UNDERLINE.match(line)):
        rest.at += 1
        return _paragraph(rest, around)
    if _MARKUP.match(line):
        return _after(rest, around, _markup(rest, around))
    return _contained(line, rest, around) if around.depth < _DEEPEST else None


def _contained(line: str, rest: _Lines, around: _Around) -> Iterator[Piece] | None:
    """A quotation, a footnote or an item of a list, with the blocks in it."""
    if _QUOTE.match(line):
        return _after(rest, around, _read(_quoted(rest), around.inside("quote")))
    if note := _NOTE.match(line):
        return _after(rest, around, _read(_indented_under(rest, note.end(), 2), around.inside("footnote")))
    item = _ITEM.match(line)
    if item is None or (rest.words and (not line[item.end() :].strip() or item[2][0] not in "-*+1#")):
        return None
    width = len(item[1]) + len(item[2]) + len(item[3] or " ")
    return _after(rest, around, _read(_indented_under(rest, item.end(), min(width, 4)), around.inside("list-item")))


def _after(rest: _Lines, around: _Around, pieces: Iterator[Piece] | list[Piece]) -> Iterator[Piece]:
    """The paragraph that was open, then what follows it."""
    opened = list(_paragraph(rest, around))
    yield from opened
    yield from pieces


def _paragraph(rest: _Lines, around: _Around) -> Iterator[Piece]:
    """The paragraph that is open; a hard break after a finished sentence parts it."""
    words, rest.words = rest.words, []
    text = _seen("\n".join(_HARD_END.sub(BREAK, line) for line in words), around)
    return iter([Piece(around.kind, part) for part in parts_of(text)])


def _seen(text: str, around: _Around) -> str:
    return seen(text, around.targets, around.notes)


def _underlined(rest: _Lines, around: _Around) -> Iterator[Piece] | None:
    """The open paragraph as a heading, where this line underlines it."""
    underline = _UNDERLINE.match(rest.now()) if rest.words else None
    if underline is None:
        return None
    words, rest.words = rest.words, []
    rest.at += 1
    return iter([Piece("heading", _seen(" ".join(words), around), 1 if underline[1][0] == "=" else 2)])


def _fenced(rest: _Lines, fence: str) -> Piece:
    closing = re.compile(rf" {{0,3}}{re.escape(fence)}{re.escape(fence[0])}*\s*$")
    inside = []
    while rest.more() and not closing.match(line := rest.taken()):
        inside.append(line)
    return Piece("code", "\n".join(inside))


def _indented(rest: _Lines) -> Iterator[Piece]:
    inside = []
    while rest.more() and (rest.now().startswith("    ") or not rest.now().strip()):
        inside.append(rest.taken()[4:])
    return iter([Piece("code", "\n".join(inside))])


def _table(rest: _Lines, around: _Around) -> Iterator[Piece]:
    """The cells of a table, row by row."""
    pieces = []
    header = rest.taken()
    rest.at += 1
    rows = [header]
    while rest.more() and rest.now().strip() and "|" in rest.now():
        rows.append(rest.taken())
    for line in rows:
        row = next(around.rows)
        cells = _CELL_BORDER.split(line.strip().removeprefix("|").removesuffix("|"))
        pieces += [Piece("table-cell", _seen(cell.strip().replace("\\|", "|"), around), row=row) for cell in cells]
    return iter(pieces)


def _markup(rest: _Lines, around: _Around) -> list[Piece]:
    """A stretch of HTML, up to the blank line or the mark that ends it."""
    first = rest.now().lstrip().lower()
    mark = next((end for begin, end in _CLOSED_BY.items() if first.startswith(begin)), None)
    inside = [rest.taken()]
    while rest.more() and not (mark in inside[-1].lower() if mark else not rest.now().strip()):
        inside.append(rest.taken())
    found = pieces_of_markup("\n".join(inside))
    return [Piece(p.kind, p.text if p.kind == "code" else _seen(p.text, around), p.level, p.row) for p in found]


def _quoted(rest: _Lines) -> list[str]:
    """The lines of a quotation without their marks, and those that run on without one."""
    inside: list[str] = []
    while rest.more():
        line = rest.now()
        mark = _QUOTE.match(line)
        if mark is None and (not line.strip() or not inside[-1].strip() or _begins(line)):
            break
        inside.append(rest.taken()[mark.end() if mark else 0 :])
    return inside


def _indented_under(rest: _Lines, start: int, width: int) -> list[str]:
    """The first line from `start` on and those that are indented under it, or run on without indentation."""
    inside = [rest.taken()[start:]]
    while rest.more():
        line = rest.now()
        indent = len(line) - len(line.lstrip(" "))
        if line.strip() and indent < width and (not inside[-1].strip() or _begins(line)):
            break
        inside.append(rest.taken()[min(indent, width) :])
    return inside


def _begins(line: str) -> bool:
    """Whether a line begins a block of its own rather than running on."""
    return bool(
        _HEADING.match(line) or _FENCE.match(line) or _RULE.match(line) or _QUOTE.match(line) or _ITEM.match(line)
    )
