"""A check of a base for commands that need its findings or its rows, by the quickest way that there is."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kbtool.cli.base import Outcome, Unusable, check_base, named_base, today
from kbtool.engine.session import How, session

if TYPE_CHECKING:
    from kbtool.engine.outcome import Run
    from kbtool.engine.warm import Warm


@dataclass(frozen=True, slots=True)
class Speed:
    """What a person asked for about speed."""

    no_cache: bool = False
    jobs: int | None = None


@dataclass(frozen=True, slots=True)
class Checkup:
    """A base that was checked, now or before; `found` is None where only the full reader can tell."""

    root: Path
    shown: str
    as_of: date
    found: Warm | Run | None
    how: How

    @contextmanager
    def in_full(self) -> Iterator[Run]:
        """The same with the records; raises Unusable where the base has changed."""
        from kbtool.engine.outcome import Run

        if isinstance(self.found, Run):
            yield self.found
            return
        with session(self.root, self.shown, self.as_of, replace(self.how, whole=True)) as run:
            if not isinstance(run, Run):
                raise Unusable(f"the base {self.shown!r} has changed meanwhile", "try again")
            yield run

    def memo(self, name: str, make: Callable[[], Any]) -> Any:
        """A value that was worked out before for this very state of the base and this day, else now, and kept."""
        found = self.found
        if found is None:
            return make()
        key = f"{found.head['serial']} {self.as_of}"
        kept = found.recall(f"memo/{name}")
        if isinstance(kept, dict) and kept.get("key") == key:
            return kept["value"]
        value = make()
        found.remember(f"memo/{name}", {"key": key, "value": value})
        return value


@contextmanager
def checkup(kb: Path | None, as_of: date | None, speed: Speed, *, whole: bool = False) -> Iterator[Checkup]:
    """Find and check a base; `whole` says that its records are wanted too. Raises Unusable where there is none."""
    from kbtool.cli.progress import progress
    from kbtool.store.cache import cache_path
    from kbtool.store.pool import usable_processes

    root, shown = named_base(kb)
    day = as_of or today()
    cache = None if speed.no_cache else cache_path(root, os.environ)
    with ExitStack() as stack:
        step = stack.enter_context(progress("checking"))
        how = How(cache=cache, jobs=speed.jobs or usable_processes(), progress=step, whole=whole)
        found = stack.enter_context(session(root, shown, day, how))
        step(0, 0)
        yield Checkup(root, shown, day, found, how)


@contextmanager
def checked_for_reading(kb: Path | None, as_of: date | None, speed: Speed) -> Iterator[Outcome]:
    """As `check_base`, for commands that change nothing in the base: its records are read when they are asked for.

    Raises Unusable where there is no base, or where it keeps itself from being checked.
    """
    with checkup(kb, as_of, speed, whole=True) as checked:
        if checked.found is None:
            yield check_base(kb, as_of)
            return
        with checked.in_full() as run:
            yield _outcome(checked, run)


def _outcome(checked: Checkup, run: Run) -> Outcome:
    from kbtool.records.assemble import Loaded

    loaded = Loaded(run.base, run.diagnostics, run.files, run.records, run.checks, run.subjects())
    return Outcome(
        root=checked.root,
        shown=checked.shown,
        loaded=loaded,
        diagnostics=run.diagnostics,
        checks=run.checks,
        as_of=checked.as_of,
        review=run.review,
        waived=run.waived,
    )
