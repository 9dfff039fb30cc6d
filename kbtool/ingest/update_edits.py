"""The files that an update writes: the new text, the source record, and claims with the quotes that stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kbtool.diagnostics import Path
from kbtool.ingest.tracked import Tracked
from kbtool.ingest.update import Update
from kbtool.model.claim import Selector
from kbtool.records.base import KnowledgeBase, Record
from kbtool.records.layout import text_name
from kbtool.review.edits import Edit, Refusal
from kbtool.yamlsource.problems import Data
from kbtool.yamlsource.splice import SpliceError
from kbtool.yamlsource.splice_all import splice_all

Values = Mapping[Path, Data]
"""New values of a record, by path."""

_PARTS = ("exact", "start", "end", "prefix", "suffix")


@dataclass(frozen=True, slots=True)
class Arrival:
    """How a revision came in."""

    on: date
    """The day on which it is stored."""
    origin: str
    """Where its text is from and how it was made, in sentences; kept among the places where the document was found."""


def edits_of(update: Update, base: KnowledgeBase, arrival: Arrival, *, is_stored: bool) -> tuple[Edit, ...] | Refusal:
    """The edits that store an update, none where the text is the one under check.

    `is_stored` says whether the new text stands in the base already, from an earlier revision. Of the records only the
    quotes that stand change, and of the source record also what it says of the text and its sentences.
    """
    if not update.is_new:
        return ()
    values: dict[str, dict[Path, Data]] = defaultdict(dict)
    for each in update.followed:
        if each.selector:
            values[each.tracked.record] |= changed_parts(each.tracked, each.selector)
    values[f"sources/{update.document}"] |= _text_values(update, arrival)
    found = ("found", len(base.sources[update.document].model.found))
    values[f"sources/{update.document}"][found] = {"on": arrival.on.isoformat(), "note": arrival.origin}
    try:
        edits = tuple(_edits(values, base))
    except _NotWritten as error:
        return Refusal(str(error), "lay the record out with 'kbtool fmt', and try again")
    text = Edit(text_name(update.document, update.after), update.text.encode(), None)
    return edits if is_stored else (text, *edits)


def changed_parts(tracked: Tracked, selector: Selector) -> dict[Path, Data]:
    """What changes in a record for its quote to be found by `selector`, by path."""
    parts = ((name, getattr(tracked.quote, name), getattr(selector, name)) for name in _PARTS)
    return {(*tracked.path, name): str(new) for name, old, new in parts if new is not None and old != new}


def record_of(base: KnowledgeBase, record: str) -> Record[object]:
    """The record of a claim's id or of `sources/<document>`."""
    found: Record[object] | None = base.claims.get(record)
    return found or base.sources[record.removeprefix("sources/")]


def edit_of(base: KnowledgeBase, record: str, values: Values) -> Edit:
    """The edit that changes these values of a record and nothing else; raises SpliceError where it cannot be made."""
    raw = record_of(base, record).raw
    return Edit(f"{record}.yaml", splice_all(raw, values), raw)


class _NotWritten(Exception):  # noqa: N818 - it says what happened, as messages do
    """A record cannot be changed; one sentence."""


def _edits(values: Mapping[str, Values], base: KnowledgeBase) -> Iterator[Edit]:
    for record, changes in sorted(values.items()):
        try:
            edit = edit_of(base, record, changes)
        except SpliceError as error:
            raise _NotWritten(f"the quotes of {record!r} cannot be written: {error}") from None
        if edit.content != edit.expects:
            yield edit


def _text_values(update: Update, arrival: Arrival) -> Values:
    raw = update.text.encode()
    return {
        ("text", "digest"): update.after,
        ("text", "bytes"): str(len(raw)),
        ("text", "characters"): str(len(update.text)),
        ("text", "stored"): arrival.on.isoformat(),
        ("sentences",): _pairs(update.sentences),
    }


def _pairs(spans: Iterable[tuple[int, int]]) -> list[Data]:
    return [[str(start), str(end)] for start, end in spans]
