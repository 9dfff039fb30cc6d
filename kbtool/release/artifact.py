"""An output file as a value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Artifact:
    """One output file."""

    path: str
    """Where it goes below the output directory: relative, forward slashes."""
    content: bytes
    """The file's bytes."""
