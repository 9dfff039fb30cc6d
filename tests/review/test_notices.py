"""A list of retractions, row by row, and what it does to evidence records."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.review.edits import Refusal
from kbtool.review.notices import COLUMNS, Notice, Notices, read_notices
from kbtool.review.retractions import Applied, NotWritten, Touched, apply_notices
from kbtool.yamlsource.parse import parse
from tests.review.scratch import TRIAL, approved, knowledge, reviewed_base, standing
from tests.rules.bases import Base, edited

ALL = [
    *["Record ID", "Title", "Subject", "Institution", "Journal", "Publisher", "Country", "Author", "URLS"],
    *["ArticleType", "RetractionDate", "RetractionDOI", "RetractionPubMedID", "OriginalPaperDate", "OriginalPaperDOI"],
    *["OriginalPaperPubMedID", "RetractionNature", "Reason", "Paywalled", "Notes"],
]
"""The columns of the database, in its order."""

DOI, PMID = "10.5555/plumberry.7", "12345678"
ON = date(2026, 1, 30)
TRIAL_FILE = "evidence/made-up-trial.yaml"


def table(*rows: dict[str, str], columns: list[str] = ALL) -> bytes:
    """A list with rows of which only some cells are given."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def row(**cells: str) -> dict[str, str]:
    """A retraction of the made-up trial, with some cells changed."""
    usual = {
        "RetractionDate": "7/15/2024 0:00",
        "RetractionDOI": "10.5555/notice",
        "OriginalPaperDOI": DOI,
        "OriginalPaperPubMedID": "0",
        "RetractionNature": "Retraction",
        "Reason": "+Concerns/Issues About Data;+Investigation by Company/Institution;",
    }
    return usual | cells


def identified(identifiers: str = f'  doi: {DOI}\n  pmid: "{PMID}"\n', base: Base | None = None) -> dict[str, bytes]:
    """The base whose made-up trial has these identifiers."""
    base = dict(base or reviewed_base())
    lines = base[TRIAL_FILE].decode().split("\n")
    kept, skip = [], False
    for line in lines:
        skip = line.startswith("identifiers:") or (skip and line.startswith(" "))
        kept += [] if skip else [line]
    at = next(number for number, line in enumerate(kept) if line.startswith("citation:"))
    text = "\n".join([*kept[:at], f"identifiers:\n{identifiers.rstrip()}", *kept[at:]])
    return base | {TRIAL_FILE: text.encode()}


def read(raw: bytes) -> Notices:
    """The notices of a list that is one."""
    found = read_notices(raw)
    assert isinstance(found, Notices), found.message
    return found


def applied(base: Base, *rows: dict[str, str]) -> Applied:
    """What rows do to a base."""
    return apply_notices(knowledge(base), read(table(*rows)).found, ON)


def touched(base: Base, *rows: dict[str, str]) -> Touched:
    """The one record that rows touch."""
    (found,) = applied(base, *rows).touched
    return found


def status(raw: bytes) -> dict[str, str]:
    """The status block of a record."""
    data = parse(raw).data
    assert isinstance(data, dict)
    found = data["status"]
    assert isinstance(found, dict)
    return {key: str(value) for key, value in found.items()}


def test_a_row_as_the_database_has_it() -> None:
    (found,) = read(table(row())).found
    reasons = ("Concerns/Issues About Data", "Investigation by Company/Institution")
    assert found == Notice(2, DOI, None, "Retraction", date(2024, 7, 15), "10.5555/notice", reasons)


@pytest.mark.parametrize(
    ("cell", "doi"),
    [
        ("10.5555/Plumberry.7", DOI),
        (" https://doi.org/10.5555/PLUMBERRY.7 ", DOI),
        ("doi: 10.5555/plumberry.7", DOI),
        ("unavailable", None),
        ("Unavailable", None),
        ("", None),
    ],
)
def test_a_doi_in_any_case_and_dress(cell: str, doi: str | None) -> None:
    (found,) = read(table(row(OriginalPaperDOI=cell, OriginalPaperPubMedID=PMID))).found
    assert (found.doi, found.pmid) == (doi, PMID)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("12/1/2020 0:00", date(2020, 12, 1)),
        ("1/12/2020", date(2020, 1, 12)),
        ("2020-01-12", date(2020, 1, 12)),
        ("2020-01-12T00:00:00", date(2020, 1, 12)),
    ],
)
def test_days_are_written_month_first(cell: str, day: date) -> None:
    assert read(table(row(RetractionDate=cell))).found[0].on == day


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"RetractionDate": "15/7/2024 0:00"}, "no day written as month/day/year"),
        ({"RetractionDate": "2/30/2024"}, "no day written as month/day/year"),
        ({"RetractionDate": "2024-02-30"}, "no day written as month/day/year"),
        ({"RetractionDate": ""}, "no day written as month/day/year"),
        ({"RetractionNature": "Withdrawal"}, "its RetractionNature is 'Withdrawal'"),
        ({"RetractionNature": ""}, "its RetractionNature is ''"),
    ],
)
def test_a_row_that_cannot_be_read_is_listed(cells: dict[str, str], why: str) -> None:
    found = read(table(row(), row(**cells), row()))
    assert [notice.line for notice in found.found] == [2, 4]
    ((line, words),) = [(each.line, each.why) for each in found.unread]
    assert line == 3
    assert why in words


def test_cells_that_are_too_many_or_too_few() -> None:
    raw = table(row(), columns=list(COLUMNS))
    for line in (b"1/2/2020\r\n", b"1/2/2020,a,b,c,Retraction,e,f\r\n"):
        assert [each.why for each in read(raw + line).unread] == ["it has more or fewer cells than the first line"]


def test_works_without_identifiers_match_nothing() -> None:
    found = read(table(row(OriginalPaperDOI="unavailable"), row()))
    assert (found.unnamed, len(found.found)) == (1, 1)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "no column 'RetractionDate'"),
        (b"Title,DOI\nx,y\n", "no column 'RetractionDate'"),
        (table(row())[:-3] + b'"x"y\r\n', "is no CSV"),
    ],
)
def test_what_is_no_list(raw: bytes, words: str) -> None:
    found = read_notices(raw)
    assert isinstance(found, Refusal)
    assert words in found.message


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    assert isinstance(read_notices(raw), Notices | Refusal)
    assert isinstance(read_notices(table(row()) + raw), Notices | Refusal)


def test_a_byte_order_mark_and_other_encodings_are_no_hindrance() -> None:
    raw = table(row(Author="M\u00fcller")).decode()
    assert read(b"\xef\xbb\xbf" + raw.encode()).found == read(raw.encode("latin-1")).found


@pytest.mark.parametrize(
    "cells", [{}, {"OriginalPaperDOI": DOI.upper()}, {"OriginalPaperDOI": "", "OriginalPaperPubMedID": PMID}]
)
def test_a_retraction_changes_three_scalars_and_nothing_else(cells: dict[str, str]) -> None:
    base = identified()
    found = touched(base, row(**cells))
    assert (found.evidence, found.before, found.after) == ("made-up-trial", "current", "retracted")
    assert found.edit.expects == base[TRIAL_FILE]
    before, after = parse(base[TRIAL_FILE]).data, parse(found.edit.content).data
    assert isinstance(before, dict)
    assert isinstance(after, dict)
    assert {key for key in after if after[key] != before[key]} == {"status"}
    assert status(found.edit.content) == {
        "state": "retracted",
        "on": "2026-01-30",
        "source": "Retraction of 2024-07-15 (doi 10.5555/notice): Concerns/Issues About Data; "
        "Investigation by Company/Institution, as listed in the Retraction Watch database",
    }


def test_other_works_are_not_touched() -> None:
    assert applied(identified(), row(OriginalPaperDOI="10.5555/plumberry.70")) == Applied((), (), ())


CORRECTED = {"RetractionNature": "Correction"}
CONCERN = {"RetractionNature": "Expression of concern"}
BACK = {"RetractionNature": "Reinstatement", "RetractionDate": "1/1/2025"}


@pytest.mark.parametrize(
    ("now", "rows", "after"),
    [
        ("current", [row()], "retracted"),
        ("current", [row(**CORRECTED)], "corrected"),
        ("current", [row(**CONCERN)], "current"),
        ("current", [row(), row(**BACK)], None),
        ("retracted", [row(), row(**BACK)], "current"),
        ("current", [row(**BACK), row(RetractionDate="2/1/2025")], "retracted"),
        ("current", [row(), row(**CORRECTED, RetractionDate="1/1/2025")], "retracted"),
        ("current", [row(), row(**CONCERN, RetractionDate="1/1/2025")], "retracted"),
        ("superseded", [row(**CORRECTED)], None),
        ("superseded", [row()], "retracted"),
        ("retracted", [row()], None),
        ("corrected", [row(**CORRECTED)], None),
    ],
)
def test_the_state_after_all_notices(now: str, rows: list[dict[str, str]], after: str | None) -> None:
    """A reinstatement lifts a retraction; a correction does not."""
    base = edited(identified(), TRIAL_FILE, "state: current", f"state: {now}")
    found = applied(base, *rows)
    assert [each.after for each in found.touched] == ([after] if after else [])
    assert found.already == (() if after else ("made-up-trial",))


def test_an_expression_of_concern_is_said_once() -> None:
    base = identified()
    found = touched(base, row(**CONCERN))
    assert status(found.edit.content)["source"].startswith("Expression of concern of 2024-07-15")
    again = dict(base) | {TRIAL_FILE: found.edit.content}
    assert applied(again, row(**CONCERN)).already == ("made-up-trial",)


def test_a_notice_without_doi_and_reason() -> None:
    found = touched(identified(), row(RetractionDOI="unavailable", Reason=""))
    assert found.source == "Retraction of 2024-07-15, as listed in the Retraction Watch database"


def test_a_record_that_cannot_be_spliced_is_named() -> None:
    base = edited(identified(), TRIAL_FILE, "state: current", "state: |- # folded\n    current")
    found = applied(base, row())
    assert found.touched == ()
    assert [type(each) for each in found.refused] == [NotWritten]


def test_a_retraction_puts_every_approval_that_rests_on_it_in_doubt() -> None:
    base = approved(identified(), TRIAL)
    assert standing(base, TRIAL) == "approved"
    found = touched(base, row())
    assert standing(dict(base) | {found.edit.name: found.edit.content}, TRIAL) == "needs-review"
