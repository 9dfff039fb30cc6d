"""Readers' reports of errors as files: one report, or a table of them, each row a file or the reason why not."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from pydantic import ValidationError

from kbtool.model.decision import ErrorReport
from kbtool.records.base import KnowledgeBase
from kbtool.review.content import canonical, digest_of
from kbtool.review.edits import Edit, Refusal

COLUMNS = ("claim", "text", "on", "by")
"""Columns of a table of reports; `by` may be empty, and `on` too where a day is given for all."""

_TYPE = "kbtool/error-report/1"


@dataclass(frozen=True, slots=True)
class Said:
    """What a reader said, as it came in."""

    claim: str
    """The claim's id, its web address, or its slug where only one claim has it."""
    text: str
    on: date | str
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Reported:
    """A report that can be written."""

    claim: str
    digest: str
    edit: Edit


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table and what became of it."""

    line: int
    """Line of the file on which the row ends, from 1."""
    outcome: Reported | Refusal


def reported(said: Said, base: KnowledgeBase) -> Reported | Refusal:
    """The report as a file of the base, or why it is none; one that is there already is refused."""
    claim = _claim_meant(said.claim.strip(), base)
    if isinstance(claim, Refusal):
        return claim
    if not _is_utf8(said.text + (said.by or "")):
        return Refusal("the report holds bytes that are not UTF-8", "write it again in UTF-8")
    try:
        fields = {"claim": claim, "text": said.text.strip(), "on": said.on, "by": (said.by or "").strip() or None}
        report = ErrorReport.model_validate({"_type": _TYPE, **fields})
    except ValidationError as error:
        first = error.errors()[0]
        return Refusal(f"the report's {first['loc'][0]!r} cannot be taken: {first['msg'].lower()}")
    raw = canonical(report.model_dump(mode="json", by_alias=True, exclude_none=True))
    digest = digest_of(raw)
    name = f"reports/{claim}/{digest}.json"
    if name in base.review:
        return Refusal(f"the same report on {claim!r} is there already")
    return Reported(claim, digest, Edit(name, raw, None))


def reports_of_table(raw: bytes, base: KnowledgeBase, on: date) -> tuple[Row, ...] | Refusal:
    """Every row of a CSV file in UTF-8 as a report or a reason; `on` is the day of rows that name none.

    The whole table is refused where it is no such table: not UTF-8, without the columns, or broken as CSV.
    """
    try:
        reader = csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True)
        if missing := [name for name in COLUMNS[:2] if name not in (reader.fieldnames or ())]:
            return Refusal(f"the table has no column {missing[0]!r}", f"its first line names: {', '.join(COLUMNS)}")
        return tuple(_rows(reader, base, on))
    except UnicodeDecodeError as error:
        return Refusal(f"the table is not UTF-8 at byte {error.start}", "save it as CSV in UTF-8")
    except csv.Error as error:
        return Refusal(f"the table cannot be read as CSV: {error}", "save it as CSV with commas between the columns")


def _rows(reader: csv.DictReader[str], base: KnowledgeBase, on: date) -> Iterator[Row]:
    seen: set[str] = set()
    for cells in reader:
        outcome = _row(cells, base, on)
        if isinstance(outcome, Reported) and outcome.edit.name in seen:
            outcome = Refusal("the table has this report twice")
        if isinstance(outcome, Reported):
            seen.add(outcome.edit.name)
        yield Row(reader.line_num, outcome)


def _row(cells: Mapping[str, str | None], base: KnowledgeBase, on: date) -> Reported | Refusal:
    if None in cells or None in cells.values():
        return Refusal("the row has another number of cells than the first line", "put quotes around texts with commas")
    day = (cells.get("on") or "").strip() or on
    return reported(Said(cells["claim"] or "", cells["text"] or "", day, cells.get("by")), base)


def _is_utf8(text: str) -> bool:
    """Whether the text can be stored; one from a command line may hold single bytes as surrogates."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _claim_meant(name: str, base: KnowledgeBase) -> str | Refusal:
    id_ = name.removeprefix(base.config.model.base_url)
    if id_ in base.claims:
        return id_
    found = [each for each in base.claims if each.partition("/")[2] == id_]
    if len(found) == 1:
        return found[0]
    if found:
        return Refusal(f"{name[:200]!r} stands for {len(found)} claims", "write the document's id before it")
    near = get_close_matches(id_, list(base.claims), n=1)
    return Refusal(f"there is no claim {name[:200]!r}", f"did you mean {near[0]!r}?" if near else "")
