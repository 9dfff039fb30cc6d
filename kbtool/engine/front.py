"""The files of a base that every run reads whole: configuration, reviewers, waivers, vocabulary, policy, decisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kbtool.diagnostics import Diagnostic
from kbtool.engine.decided import people_decide
from kbtool.engine.encoded import Printed
from kbtool.records.assemble import Files, assemble
from kbtool.records.base import KnowledgeBase
from kbtool.records.layout import BaseFile
from kbtool.rules.columns import Days, days_of


@dataclass(frozen=True, slots=True)
class Front:
    """A base without its claims, evidence and sources."""

    root: Path
    folder: str
    """The schema folder, as `kb.yaml` names it."""
    printed: Printed
    base: KnowledgeBase
    diagnostics: tuple[Diagnostic, ...]
    records: int
    """How many records these files hold."""
    outside: tuple[str, ...]
    """Names under which files outside the base are kept."""
    digests: Mapping[str, str]
    """Digests of vocabulary and policy, which every rule may look at."""
    own_digests: Mapping[str, str]
    """Digests of configuration, reviewers and waivers, by name."""

    @property
    def undecided(self) -> bool:
        """Whether nobody ever decided anything here and nobody could."""
        return not people_decide(self.base)

    @property
    def days(self) -> dict[str, Days]:
        """The dates in these files, by file name."""
        days = days_of(self.base.reviewers.model)
        return {"reviewers.yaml": days} if days.rows else {}


def front_of(root: Path, folder: str, printed: Printed, files: Files, digests: Mapping[str, Any]) -> Front | None:
    """Read the files that make the front; None where no base can be made of them.

    `digests` has those of `kb.yaml`, reviewers and waivers by name, and those of vocabulary and policy.
    """
    loaded = assemble(files)
    if loaded.base is None:
        return None
    outside = tuple(printed.outside)
    schema = {name: digests[name] for name in outside}
    own = {name: digest for name, digest in digests.items() if name not in outside}
    return Front(root, folder, printed, loaded.base, loaded.diagnostics, loaded.records, outside, schema, own)


def front_files(read: Mapping[str, bytes], printed: Printed) -> Iterator[BaseFile]:
    """Files with the names that they are printed under."""
    for name, raw in read.items():
        yield BaseFile(name, printed.show(name), raw)
