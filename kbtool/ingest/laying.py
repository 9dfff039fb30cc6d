"""Pieces of a document, in order, laid out as one text with its blocks and their trails of headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kbtool.ingest.document import Block, BlockKind
from kbtool.ingest.leftovers import parts_of_block
from kbtool.ingest.looks import LEVEL, heading_like
from kbtool.ingest.settle import settled

BREAK = "\v"
"""A line break that a writer put inside a paragraph."""

_PART = re.compile(r"\s*\v\s*\v\s*|(?<=[.!?:;])\s*\v\s*")
_KEPT_SPACES = "\u00a0\u2007\u2009\u202f"
_RUN = re.compile(rf"[^\S{_KEPT_SPACES}]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A block on its way into a text: what it is and its words."""

    kind: BlockKind
    text: str
    level: int = 0
    """How deep a heading is, from 1."""
    row: int = 0
    """Cells with the same number, other than 0, stand in one row."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A text and its blocks."""

    text: str
    blocks: tuple[Block, ...]

    @property
    def has_words(self) -> bool:
        """Whether there is any letter or digit in it."""
        return any(character.isalnum() for character in self.text)


def laid_out(pieces: Iterable[Piece]) -> Laid:
    """One text of the pieces that have any words; white space in them is folded, but code keeps its lines.

    Paragraphs that only look like headings are taken for such.
    """
    parts: list[str] = []
    blocks: list[Block] = []
    trail: list[tuple[int, str]] = []
    at, row = 0, 0
    for piece in _with_headings([part for each in pieces for part in _parted(each)]):
        gap = "" if not parts else "\n" if piece.row and piece.row == row else "\n\n"
        at += len(gap)
        if piece.kind == "heading":
            trail = [each for each in trail if each[0] < piece.level]
        blocks.append(Block(at, at + len(piece.text), piece.kind, tuple(words for _, words in trail), piece.level))
        if piece.kind == "heading":
            trail.append((piece.level, piece.text))
        parts += (gap, piece.text)
        at, row = at + len(piece.text), piece.row
    return Laid("".join(parts) + "\n" * bool(parts), tuple(blocks))


def _parted(piece: Piece) -> Iterator[Piece]:
    """The pieces that one holds, with their words as they stand in the text; none where it has no words."""
    words = words_of(piece)
    for start, end, kind in parts_of_block(words, piece.kind) if words else ():
        level = piece.level if kind == piece.kind else LEVEL if kind == "heading" else 0
        yield replace(piece, kind=kind, text=words[start:end], level=level)


def _with_headings(pieces: Sequence[Piece]) -> Iterator[Piece]:
    own = [piece for piece in pieces if piece.kind != "boiler-plate"]
    looks = heading_like([_looked_at(piece) for piece in own])
    for piece in pieces:
        is_heading = piece.kind != "boiler-plate" and next(looks)
        yield replace(piece, kind="heading", level=LEVEL) if is_heading else piece


def _looked_at(piece: Piece) -> str | None:
    return piece.text if piece.kind == "paragraph" else "" if piece.kind == "heading" else None


def parts_of(text: str) -> list[str]:
    """The parts of a paragraph with line breaks: they part it where two stand together, or one after a sentence.

    One in the middle of a sentence only broke a line.
    """
    return _PART.split(text.strip("\v \n\t"))


def words_of(piece: Piece) -> str:
    """The words of a piece as they stand in the text."""
    if piece.kind == "code":
        return re.sub(r"\n\s*\n", "\n", settled(piece.text)).strip()
    return _RUN.sub(" ", settled(piece.text)).strip()
