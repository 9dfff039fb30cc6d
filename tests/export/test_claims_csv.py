"""The five tables."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import to_json

from kbtool.export import EXPORTERS, CaveatLost, run_exporters
from kbtool.export.cell import guard
from kbtool.export.claims_csv import LONGEST_CELL, line_of
from kbtool.export.fields import stated_fields
from kbtool.export.tables import TABLES
from kbtool.release.artifact import chunks_of
from kbtool.release.gate import GATES
from kbtool.release.jsontext import rows_of
from kbtool.release.release import make_release
from kbtool.release.view import document_of
from tests.export.small import AS_OF, HOSTILE, base_of, claim_of, files_of, small_release
from tests.export.tables import raw_cells, read_csv

FILES = files_of(EXPORTERS["csv"], small_release())


@pytest.mark.parametrize("path", [table.path for table in TABLES])
def test_form(path: str) -> None:
    content = FILES[path]
    assert content.startswith(b'\xef\xbb\xbf"')
    assert content.endswith(b'"\r\n')


@pytest.mark.parametrize("path", [table.path for table in TABLES])
def test_no_cell_can_run(path: str) -> None:
    assert not [
        cell for cell in raw_cells(FILES[path]) if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d"))
    ]


def test_statements_come_back_whole() -> None:
    assert {row["statement"] for row in read_csv(FILES["claims.csv"])} > set(HOSTILE)


def test_whoever_opens_only_the_claims_sees_caveats_and_notice() -> None:
    row = {row["id"]: row for row in read_csv(FILES["claims.csv"])}["open-text/usage"]
    assert row["review_notice"] == "not reviewed by a qualified person"
    assert row["standing"] == "draft"
    assert row["caveats"].splitlines()[1:] == [
        "Limited evidence: =2+2",
        "Untraced citation: Caveat three of usage",
        "unknown-kind: rests on nothing",
    ]


def test_the_basis_of_a_caveat() -> None:
    rows = [row for row in read_csv(FILES["caveats.csv"]) if row["claim"] == "open-text/usage"]
    assert [(row["position"], row["basis_kind"], row["basis"]) for row in rows] == [
        ("1", "evidence", "a-trial"),
        ("2", "quote", "may"),
        ("3", "claim", "open-text/usage"),
        ("4", "", ""),
    ]


def test_evidence() -> None:
    row = read_csv(FILES["evidence.csv"])[0]
    assert row["citation"] == "Doe J, et al. (2011-05). =A title that begins badly. Journal of Tests, 1(2), 3-4"
    assert (row["other_identifiers"], row["pmid"], row["seen"], row["locator"]) == ("NCT00000000", "0", "abstract", "")


def test_certainty_and_truth_values_in_words() -> None:
    row = {row["id"]: row for row in read_csv(FILES["claims.csv"])}["open-text/efficacy"]
    assert row["certainty"] == "Low for relief, stated by a-trial"
    assert row["drafted_machine"] == "true"
    person = claim_of("usage", "x", drafted={"by": "a", "on": "2026-01-01", "method": "m"})
    files = files_of(EXPORTERS["csv"], make_release(base_of([person]), GATES["any"], AS_OF))
    assert read_csv(files["claims.csv"])[0]["drafted_machine"] == "false"


def test_own_fields_as_lines() -> None:
    claim = {
        "id": "a/b",
        "study": {"ref": "s"},
        "result": {"as_stated": "70%", "value": "70", "unit": "%"},
        "outcome": {"as_stated": "relief"},
        "direction": {"as_stated": "better", "code": "improves"},
        "population": "not-stated",
    }
    assert list(stated_fields(claim)) == [
        "population: not-stated",
        "outcome: relief",
        "direction: better [improves]",
        "study: s",
        "result: 70% [70 %]",
    ]


@pytest.mark.parametrize(("letter", "fits"), [("x", LONGEST_CELL), ("\U0001f44d", LONGEST_CELL // 2)])
def test_a_cell_that_a_spreadsheet_would_cut_is_refused(letter: str, fits: int) -> None:
    """An exporter that cannot carry a caveat refuses; it never drops one."""
    label = len("Limited evidence: ")
    good = claim_of("usage", "x", caveats=[{"kind": "limited-evidence", "text": letter * (fits - label)}])
    long = claim_of("usage", "x", caveats=[{"kind": "limited-evidence", "text": letter * (fits - label + 10)}])
    told = [
        run_exporters([EXPORTERS["csv"]], make_release(base_of([claim]), GATES["any"], AS_OF)).refusals
        for claim in (good, long)
    ]
    assert told[0] == ()
    assert [type(refusal) for refusal in told[1]] == [CaveatLost]
    assert told[1][0].claim == "open-text/usage"
    assert told[1][0].message.startswith("column 'caveats' of 'claims.csv' holds 32,7")
    assert told[1][0].message.endswith("a spreadsheet cuts off all after 32,767")


def test_a_long_reason_of_a_held_claim_is_told_by_its_id() -> None:
    long = "s" * 100
    claim = claim_of("usage", "x", evidence=[{"ref": long, "stance": "x", "directness": "x", "finding": "x"}])
    files = files_of(EXPORTERS["csv"], make_release(base_of([claim]), GATES["any"], AS_OF))
    assert read_csv(files["held.csv"])[0]["reason"] == f"it cites evidence '{long}', which has no readable record"


def test_no_cell_has_more_characters_than_the_values_that_it_is_made_of() -> None:
    """No cell has more of them than all values that it is made of, written out as JSON with their keys."""
    for document in (document_of(small_release()), document_of(small_release("approved"))):
        for table in TABLES:
            for each in rows_of(document, table.made_of):
                most = len(to_json(document["release"])) + len(to_json(each))
                assert all(len(str(cell or "")) <= most for row in table.rows(each) for cell in row.values())


def test_rows_are_handed_on_some_at_a_time() -> None:
    claims = [claim_of("usage", "x" * 2000, id=f"open-text/c{number}") for number in range(40)]
    files = EXPORTERS["csv"].export(make_release(base_of(claims), GATES["any"], AS_OF))
    chunks = list(chunks_of(next(each for each in files if not isinstance(each, CaveatLost))))
    assert len(chunks) > 4
    assert len(read_csv(b"".join(chunks))) == 40


@given(st.lists(st.none() | st.booleans() | st.integers() | st.text(), min_size=1))
def test_a_line_is_one_row_for_every_reader_of_csv(cells: list[object]) -> None:
    """Format: RFC 4180 with every cell quoted."""
    plain = {None: "", True: "true", False: "false"}
    expected = [guard(plain[cell] if cell is None or isinstance(cell, bool) else str(cell)) for cell in cells]
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(expected)
    assert line_of(cells) == out.getvalue()
