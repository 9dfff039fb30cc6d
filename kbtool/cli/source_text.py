"""The text of a new revision: from a file or standard input, made in the way in which the stored text was made."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kbtool.cli.base import Unusable


@dataclass(frozen=True, slots=True)
class NewText:
    """The text of a revision."""

    text: str
    blocks: Sequence[tuple[int, int]] | None
    """Its paragraphs, where the reader knows them."""
    origin: str
    """Where it is from and how it was made, in sentences, for the source record."""
    remarks: tuple[str, ...] = ()


def new_text(file: Path, old: str | None, *, as_is: bool) -> NewText:
    """The text of a file, or of standard input where it is `-`; raises Unusable where there is none.

    A plain text is taken byte for byte with `as_is`, where it is the stored one, or where the stored one `old` was
    taken so; everything else goes through the reader for its kind, as `kbtool ingest` does it.
    """
    raw = _bytes(file)
    if as_is or (old is not None and (raw == old.encode() or (_is_plain(raw, file) and not _is_settled(old)))):
        return NewText(_decoded(raw, file), None, f"A revision, taken byte for byte from {_named(file)}.")
    return _read(raw, file)


def _bytes(file: Path) -> bytes:
    from kbtool.store.files import FileRefused
    from kbtool.store.intake import read_input

    try:
        return read_input(file, sys.stdin.buffer)
    except FileRefused as error:
        raise Unusable(error.message, error.hint) from None


def _decoded(raw: bytes, file: Path) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        hint = "store the text as UTF-8, or leave out --as-is"
        raise Unusable(f"{file.as_posix()!r} is not UTF-8 (byte {error.start})", hint) from None


def _is_plain(raw: bytes, file: Path) -> bool:
    """Whether the bytes are a text file in UTF-8 and not a page or a Markdown file."""
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return file.suffix.lower() in {"", ".txt"} and b"\x00" not in raw


def _is_settled(text: str) -> bool:
    """Whether the text has the form that readers give, so that one of them may have made it."""
    from kbtool.ingest.read_text import read_text

    made = read_text(text.encode())
    return getattr(made, "text", None) == text


def _read(raw: bytes, file: Path) -> NewText:
    from kbtool.ingest.document import Refusal
    from kbtool.ingest.read import read_document

    made = read_document(raw, None if file.as_posix() == "-" else file.name)
    if isinstance(made, Refusal):
        raise Unusable(f"{file.as_posix()!r}: {made.reason}", made.hint)
    facts = made.facts
    origin = f"A revision, read from {_named(file)}, {facts.media_type}, SHA-256 {facts.digest}. Made by {made.method}."
    return NewText(made.text, tuple((block.start, block.end) for block in made.blocks), origin, made.remarks)


def _named(file: Path) -> str:
    """The file without the folders that it lies in, which are of one machine alone."""
    return "standard input" if file.as_posix() == "-" else repr(file.name)
