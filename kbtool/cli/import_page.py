"""What an import says: every row that is not in with the reason, the words that are not known, the sums."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kbtool.report.visible import visible

if TYPE_CHECKING:
    from kbtool.cli.import_plan import Import


def import_lines(made: Import, *, wrote: bool) -> str:
    """The report for people."""
    return "\n".join(_lines(made, wrote=wrote))


def _lines(made: Import, *, wrote: bool) -> Iterator[str]:
    for fate in made.fates:
        if fate.outcome == "refused":
            yield f"{visible(made.file)}: {fate.place}: not imported: {visible(fate.detail)}"
        elif fate.outcome == "joined":
            yield f"{visible(made.file)}: {fate.place}: the same claim as {fate.detail}"
    if not wrote:
        yield from (f"would write {visible(name)}" for name in sorted(made.files))
    if made.unmapped:
        yield "verdict words that verdict-words.yaml does not have:"
        yield from (f"  {visible(words)} ({number})" for words, number in sorted(made.unmapped.items()))
    yield _sum(made, wrote=wrote)
    if made.files and wrote:
        yield "next: 'kbtool validate'; the new records are drafts that nobody has reviewed"


def _sum(made: Import, *, wrote: bool) -> str:
    times = Counter(fate.outcome for fate in made.fates)
    new = f"{times['new']} {'imported' if wrote else 'to import'}"
    parts = (new, f"{times['joined']} joined", f"{times['there']} there already", f"{times['refused']} not imported")
    rows = f"{len(made.fates)} row{'s' * (len(made.fates) != 1)}"
    files = f"{len(made.files)} file{'s' * (len(made.files) != 1)}"
    return f"{rows}: {', '.join(parts)}; {files} {'written' if wrote else 'would be written'}"


def import_json(made: Import, *, wrote: bool) -> str:
    """The report for programs."""
    fates = [{"place": fate.place, "outcome": fate.outcome, "detail": fate.detail} for fate in made.fates]
    report = {"file": made.file, "from": made.form, "written": wrote, "rows": fates, "files": sorted(made.files)}
    return json.dumps({**report, "unmapped": dict(made.unmapped)}, indent=2, ensure_ascii=False)
