"""A list of retractions with the columns of the Retraction Watch database, as typed notices.

Of its twenty columns those of `COLUMNS` are read. Days are written month first, with a time ("7/15/2024 0:00"); a day
as YYYY-MM-DD is read too. A missing identifier is empty, "0" or "unavailable". Reasons are separated by semicolons,
some with a plus sign before them.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kbtool.review.edits import Refusal

Nature = Literal["Retraction", "Correction", "Expression of concern", "Reinstatement"]
"""What a notice does to the work."""

COLUMNS = (
    "RetractionDate",
    "RetractionDOI",
    "OriginalPaperDOI",
    "OriginalPaperPubMedID",
    "RetractionNature",
    "Reason",
)
"""The columns that must be there; others are passed over."""

_NATURES: Mapping[str, Nature] = {
    "retraction": "Retraction",
    "correction": "Correction",
    "expression of concern": "Expression of concern",
    "reinstatement": "Reinstatement",
}
_MONTH_FIRST = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})(?: [0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?")
_YEAR_FIRST = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ].*)?")
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.[0-9]{4,9}/\S+)", re.IGNORECASE)
_PMID = re.compile(r"[1-9][0-9]{0,8}")
_LONGEST_CELL = 1_000_000


@dataclass(frozen=True, slots=True)
class Notice:
    """One row: what was said of which work, when and why."""

    line: int
    """Line of the file on which the row ends, from 1."""
    doi: str | None
    """Of the work, in lower case."""
    pmid: str | None
    """Of the work."""
    nature: Nature
    on: date
    notice_doi: str | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """A row that cannot be read, and why."""

    line: int
    why: str


@dataclass(frozen=True, slots=True)
class Notices:
    """Every row of a list."""

    found: tuple[Notice, ...]
    unread: tuple[Unread, ...]
    unnamed: int
    """Rows of works without DOI and PubMed id, which match nothing."""


def read_notices(raw: bytes) -> Notices | Refusal:
    """The notices of a CSV file; refused as a whole where the columns are not there.

    Bytes that are not UTF-8 are read as the replacement character: identifiers are ASCII, and names are not used.
    """
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.DictReader(io.StringIO(raw.decode("utf-8-sig", errors="replace"), newline=""), strict=True)
    try:
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            hint = f"the first line must name the columns: {', '.join(COLUMNS)}"
            return Refusal(f"the list has no column '{missing[0]}'", hint)
        rows = list(_rows(reader))
    except csv.Error as error:
        return Refusal(f"line {reader.line_num} is no CSV: {error}", "save the list as CSV again, separated by commas")
    return Notices(
        found=tuple(row for row in rows if isinstance(row, Notice)),
        unread=tuple(row for row in rows if isinstance(row, Unread)),
        unnamed=sum(row is None for row in rows),
    )


def _rows(reader: csv.DictReader[str]) -> Iterator[Notice | Unread | None]:
    for row in reader:
        if None in row or None in row.values():
            yield Unread(reader.line_num, "it has more or fewer cells than the first line")
        else:
            yield _notice({name: row[name].strip() for name in COLUMNS}, reader.line_num)


def _notice(row: Mapping[str, str], line: int) -> Notice | Unread | None:
    doi, pmid = _DOI.fullmatch(row["OriginalPaperDOI"]), _PMID.fullmatch(row["OriginalPaperPubMedID"])
    nature = _NATURES.get(row["RetractionNature"].casefold())
    on = _day(row["RetractionDate"])
    if nature is None:
        return Unread(line, f"its RetractionNature is {row['RetractionNature'][:60]!r}")
    if on is None:
        return Unread(line, f"its RetractionDate {row['RetractionDate'][:60]!r} is no day written as month/day/year")
    if doi is None and pmid is None:
        return None
    notice = _DOI.fullmatch(row["RetractionDOI"])
    return Notice(
        line=line,
        doi=doi[1].lower() if doi else None,
        pmid=pmid[0] if pmid else None,
        nature=nature,
        on=on,
        notice_doi=notice[1].lower() if notice else None,
        reasons=tuple(reason for part in row["Reason"].split(";") if (reason := " ".join(part.strip(" +").split()))),
    )


def _day(text: str) -> date | None:
    found, iso = _MONTH_FIRST.fullmatch(text), _YEAR_FIRST.fullmatch(text)
    try:
        if found:
            return date(int(found[3]), int(found[1]), int(found[2]))
        return date.fromisoformat(iso[1]) if iso else None
    except ValueError:
        return None
