"""What a fault is: what is planted, which rules must catch it, and the function that plants it in a scratch copy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from kbtool.probe.gates import Gate, by_check
from kbtool.records.base import KnowledgeBase

S_contra = TypeVar("S_contra", contravariant=True)


@dataclass(frozen=True, slots=True)
class Scratch:
    """A copy of a base in memory, before anything is planted."""

    files: Mapping[str, bytes]
    """Bytes by name inside the base; the schema folder's two files under `schema/`."""
    base: KnowledgeBase
    """The index of those files."""
    as_of: date


@dataclass(frozen=True, slots=True)
class Planted:
    """The copy with a fault in it."""

    files: Mapping[str, bytes]
    where: str
    """File, and the place in it, in words."""
    gate: Gate = by_check
    """What must catch it."""


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """Why a fault cannot be planted in this base."""

    reason: str


Plant = Callable[[Scratch], Planted | NotApplicable]
"""Puts one fault into a copy; the same copy always gives the same."""


@dataclass(frozen=True, slots=True)
class Fault(Generic[S_contra]):
    """One thing that can go wrong with a base. `S_contra` is the kind of copy that it is planted in."""

    name: str
    """Lower-case words joined by hyphens; each fault has its own."""
    what: str
    """What is planted, in words."""
    expects: frozenset[str]
    """Rules, or gates of `kbtool.probe.gates`, of which one must catch it; another error is no catch."""
    plant: Callable[[S_contra], Planted | NotApplicable]


def caught_by(*names: str) -> frozenset[str]:
    """The rules of which one must catch a fault."""
    return frozenset(names)
