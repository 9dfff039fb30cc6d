"""The outcome of a check that was just made, with what is known of the base."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kbtool.diagnostics import Diagnostic
from kbtool.engine.board import Board, board_of_head
from kbtool.engine.front import Front
from kbtool.engine.kept import Kept, as_json
from kbtool.engine.library import Counts
from kbtool.engine.warm import subjects_of
from kbtool.engine.window import Window
from kbtool.records.base import KnowledgeBase
from kbtool.review.reviewed import ClaimReview, ReviewState
from kbtool.review.state import undecided
from kbtool.rules.columns import Columns


@dataclass(slots=True)
class Run:
    """The outcome of a check, and what is known of the base."""

    diagnostics: tuple[Diagnostic, ...]
    waived: tuple[Diagnostic, ...]
    files: int
    records: int
    checks: int
    claims: int
    """How many claims could be read."""
    base: KnowledgeBase
    """Its records are read when they are asked for."""
    review: ReviewState
    columns: Columns
    counts: Counts
    window: Window
    front: Front
    present: Mapping[str, str]
    """Names of all files."""
    kept: Kept
    head: dict[str, Any] = field(default_factory=dict)
    """What the next run begins with."""
    keep: Callable[[str, bytes], None] = field(default=lambda _name, _body: None)
    """Keeps something more for the next run."""
    standings: bytes = b"{}"
    """How the claims stand, as it is kept; nothing where nobody ever decided anything."""

    def path_of(self, file: str) -> str:
        """Where a printed file lies, seen from the base."""
        return self.front.printed.path(file, self.front.folder)

    def recall(self, _name: str) -> Any | None:
        """What was remembered of this state of the base under a name: it is new, so nothing was."""
        return None

    def remember(self, name: str, value: Any) -> None:
        """Keep plain values under a name, where that goes."""
        self.keep(name, as_json(value))

    def board(self) -> Board:
        """What there is to see at a glance."""
        return board_of_head(self.head, self.kept, self.standings, self.front.root)

    def subjects(self) -> tuple[tuple[str, str], ...]:
        """Id and printed file of every record, read or not, in order."""
        return subjects_of(self.present, self.front.printed)


class Undecided(Mapping[str, ClaimReview]):
    """The review of claims of which nobody ever decided anything, each worked out when it is asked for."""

    def __init__(self, base: KnowledgeBase, as_of: date) -> None:
        self._base, self._as_of = base, as_of
        self._known: dict[str, ClaimReview] = {}

    def __getitem__(self, id_: str) -> ClaimReview:
        if id_ not in self._known:
            self._known[id_] = undecided(self._base.claims[id_].model, self._base, self._as_of)
        return self._known[id_]

    def __iter__(self) -> Iterator[str]:
        return iter(self._base.claims)

    def __len__(self) -> int:
        return len(self._base.claims)
