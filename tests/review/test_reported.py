"""Readers' reports: one, and whole tables of them."""

from __future__ import annotations

from datetime import date

import pytest

from kbtool.review.edits import Refusal
from kbtool.review.reported import Reported, Row, Said, reported, reports_of_table
from tests.review.desks import with_edits
from tests.review.scratch import AS_OF, DENIAL, TRIAL, knowledge, reviewed_base, state

START = reviewed_base()
BASE = knowledge(START)
DAY = date(2026, 1, 19)
TWO = dict(START) | {
    "other-note/may-not-relieve.yaml": START[f"{DENIAL}.yaml"].replace(b"plumberry-tea/may", b"other-note/may", 1)
}


def said(claim: str = TRIAL, text: str = "It was 14 people.", on: date | str = DAY, by: str | None = None) -> Said:
    return Said(claim, text, on, by)


def rows(table: str) -> tuple[Row, ...]:
    found = reports_of_table(table.encode(), BASE, DAY)
    assert not isinstance(found, Refusal), found.message
    return found


@pytest.mark.parametrize("name", [TRIAL, "trial-of-two-doses", f"https://kb.example.org/{TRIAL}", f" {TRIAL} "])
def test_a_report_becomes_a_file_that_puts_the_claim_into_the_queue(name: str) -> None:
    made = reported(said(name, " It was\n14 people. ", by=" A Reader "), BASE)
    assert isinstance(made, Reported)
    assert made.edit.name == f"reports/{TRIAL}/{made.digest}.json"
    (report,) = state(with_edits(START, [made.edit])).claims[TRIAL].reports
    assert (report.report.text, report.report.by, report.report.on) == ("It was\n14 people.", "A Reader", DAY)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (said("trial-of-two-dose"), "there is no claim 'trial-of-two-dose'"),
        (said("zz"), "there is no claim 'zz'"),
        (said(text="  "), "the report's 'text' cannot be taken: text is empty"),
        (said(on="19.1.2026"), "the report's 'on' cannot be taken: '19.1.2026' is not a date written as yyyy-mm-dd"),
        (said(text="\udcff"), "the report holds bytes that are not UTF-8"),
    ],
)
def test_what_is_no_report_is_refused(given: Said, message: str) -> None:
    made = reported(given, BASE)
    assert isinstance(made, Refusal)
    assert made.message.startswith(message)


def test_a_slug_of_two_claims_is_refused() -> None:
    made = reported(said("may-not-relieve"), knowledge(TWO))
    assert isinstance(made, Refusal)
    assert made.message == "'may-not-relieve' stands for 2 claims"


def test_the_same_report_is_taken_once() -> None:
    made = reported(said(), BASE)
    assert isinstance(made, Reported)
    again = reported(said(), knowledge(with_edits(START, [made.edit])))
    assert again == Refusal(f"the same report on '{TRIAL}' is there already")


def test_every_row_becomes_a_report_or_a_reason() -> None:
    """Proves: "every row becomes a report or a line saying why not"."""
    table = (
        "\ufeffclaim,text,on,by\r\n"
        f'{TRIAL},"It was 14 people,\r\nnot 40.",2026-01-18,A Reader\r\n'
        f"{DENIAL},It does.,,\r\n"
        f"{DENIAL},It does.,,\r\n"
        "nothing,It does.,,\r\n"
        f"{DENIAL},one,2026-01-18,me,too many\r\n"
        f"{DENIAL}\r\n"
    )
    found = rows(table)
    assert [row.line for row in found] == [3, 4, 5, 6, 7, 8]
    assert [row.outcome.claim if isinstance(row.outcome, Reported) else row.outcome.message for row in found] == [
        TRIAL,
        DENIAL,
        "the table has this report twice",
        "there is no claim 'nothing'",
        "the row has another number of cells than the first line",
        "the row has another number of cells than the first line",
    ]


def test_columns_may_stand_in_any_order_and_the_last_two_be_missing() -> None:
    (row,) = rows(f"note,text,claim\nx,It does.,{DENIAL}\n")
    assert isinstance(row.outcome, Reported)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "the table has no column 'claim'"),
        (b"claim,words\n", "the table has no column 'text'"),
        (b"claim,text\n\xff,x\n", "the table is not UTF-8 at byte 11"),
        (b'claim,text\n"x,y\n', "the table cannot be read as CSV: "),
    ],
)
def test_what_is_no_table_is_refused_whole(raw: bytes, message: str) -> None:
    found = reports_of_table(raw, BASE, AS_OF)
    assert isinstance(found, Refusal)
    assert found.message.startswith(message)


def test_no_rows_are_no_reports() -> None:
    assert rows("claim,text\n") == ()
