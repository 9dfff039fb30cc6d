"""A streamed file that measures itself while it is written, for a descriptor that names its size and digest.

The tables of a large release take seconds to make. Whoever writes them asks for their bytes once; the descriptor comes
after them and finds them measured. Where somebody asks for the descriptor first, it makes them once more: the answer is
the same, since a streamed file gives the same bytes each time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kbtool.release.artifact import Streamed


@dataclass(frozen=True, slots=True)
class Measure:
    """What a descriptor says of a file's bytes."""

    size: int
    """Number of bytes."""
    sha256: str
    """Their SHA-256 in lower-case hexadecimal."""


def measure_of(content: bytes) -> Measure:
    """The measure of a file that is whole in memory."""
    return Measure(len(content), sha256(content).hexdigest())


@dataclass(frozen=True, slots=True)
class Measured:
    """A streamed file that remembers its measure once its bytes were given to the end."""

    file: Streamed
    _known: list[Measure] = field(default_factory=list)

    def chunks(self) -> Iterator[bytes]:
        """The file's bytes, measured on their way."""
        digest, size = sha256(), 0
        for chunk in self.file.chunks():
            digest.update(chunk)
            size += len(chunk)
            yield chunk
        self._known[:] = [Measure(size, digest.hexdigest())]

    def measure(self) -> Measure:
        """Size and digest; makes the file where nobody has yet asked for its bytes."""
        if not self._known:
            for _ in self.chunks():
                pass
        return self._known[0]
