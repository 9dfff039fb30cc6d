"""An output file as a value: its bytes, or how to make them piece by piece."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Artifact:
    """One output file."""

    path: str
    """Where it goes below the output directory: relative, forward slashes."""
    content: bytes
    """The file's bytes."""


@dataclass(frozen=True, slots=True)
class Streamed:
    """One output file that grows with the number of claims and is never whole in memory."""

    path: str
    """Where it goes below the output directory: relative, forward slashes."""
    chunks: Callable[[], Iterator[bytes]]
    """Gives the file's bytes piece by piece, from the beginning each time it is called."""


OutputFile: TypeAlias = Artifact | Streamed
"""Either kind of file."""


def chunks_of(file: OutputFile) -> Iterator[bytes]:
    """The bytes of either kind of file, piece by piece."""
    return iter((file.content,)) if isinstance(file, Artifact) else file.chunks()


def content_of(file: OutputFile) -> bytes:
    """The whole bytes of either kind of file; for readers that need all at once."""
    return file.content if isinstance(file, Artifact) else b"".join(file.chunks())
