"""What `kbtool source update` says, as one value that every format shows, and as JSON for programs.

Keys of the JSON: `format`, `tool` {name, version}, `as_of`, `document`, `before`, `after` (digests), `applied`,
`counts` (by outcome), `quotes`, each {record, number, kind, path, outcome, exact, old, new, words, differences, alarms,
candidates, unique}, `unaccounted`, each {start, end, text}, `standings`, each {claim, before, after, cause}, and
`remarks`. Places are [start, end] in code points, the end exclusive. A new key may be added under the same format.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kbtool import __version__
from kbtool.cli.source_base import StandingChange
from kbtool.ingest.update import OUTCOMES, Followed, Update
from kbtool.report.jsontext import json_text

if TYPE_CHECKING:
    from kbtool.quotes.candidates import Candidate
    from kbtool.report.jsontext import Json

FORMAT = "kbtool/source-update/1"


@dataclass(frozen=True, slots=True)
class UpdateReport:
    """An update, and what it does to how claims stand."""

    update: Update
    title: str
    """The document's title."""
    as_of: date
    standings: tuple[StandingChange, ...]
    remarks: tuple[str, ...]
    """What the reader of the file found worth knowing."""
    applied: bool

    @property
    def counts(self) -> Mapping[str, int]:
        """How many quotes have each outcome; every outcome is there."""
        found = Counter(each.carried.outcome for each in self.update.followed)
        return {outcome: found[outcome] for outcome in OUTCOMES}  # type: ignore[index]


NAMES: Mapping[str, str] = {
    "quote": "quote",
    "basis": "basis of a caveat",
    "skipped": "skipped passage",
    "connective": "connective",
}
"""What each kind of quote is called."""


def by_urgency(report: UpdateReport) -> list[Followed]:
    """The quotes, those that a person must look at first, within an outcome in the order of the records."""
    rank = {outcome: at for at, outcome in enumerate(OUTCOMES)}
    return sorted(report.update.followed, key=lambda each: rank[each.carried.outcome])


def update_json(report: UpdateReport) -> str:
    """The report as JSON text with sorted keys and a final newline."""
    update = report.update
    return json_text(
        {
            "format": FORMAT,
            "tool": {"name": "kbtool", "version": __version__},
            "as_of": report.as_of.isoformat(),
            "document": update.document,
            "before": update.before,
            "after": update.after,
            "applied": report.applied,
            "counts": report.counts,
            "quotes": [_quote(each) for each in update.followed],
            "unaccounted": [{"start": a, "end": b, "text": update.text[a:b]} for a, b in update.unaccounted],
            "standings": [
                {"claim": each.claim, "before": each.before, "after": each.after, "cause": each.cause}
                for each in report.standings
            ],
            "remarks": report.remarks,
        }
    )


def _quote(each: Followed) -> Json:
    tracked, carried = each.tracked, each.carried
    return {
        "record": tracked.record,
        "number": tracked.number,
        "kind": tracked.kind,
        "path": list(tracked.path),
        "outcome": carried.outcome,
        "exact": tracked.quote.exact,
        "old": list(carried.old),
        "new": list(carried.new) if carried.new else None,
        "words": carried.words,
        "differences": [list(pair) for pair in carried.differences],
        "alarms": list(carried.alarms),
        "candidates": [candidate_json(one) for one in carried.candidates],
        "unique": each.is_unique,
    }


def candidate_json(found: Candidate) -> Json:
    """A candidate; its score as a decimal text, since reports hold no floats."""
    return {"start": found.start, "end": found.end, "score": f"{found.score:.3f}", "reasons": list(found.reasons)}
