"""`kbtool report-error`."""

from __future__ import annotations

from pathlib import Path

from tests.cli.example import output, run
from tests.cli.reviewing import ON, SLUG, approve_both, refused, words
from tests.review.scratch import EDITOR, TRIAL, Scratch, standing


def reports(desk: Scratch) -> list[str]:
    return [name for name in desk.read() if name.startswith("reports/")]


def test_a_report_puts_an_approved_claim_into_the_queue_until_it_is_answered(desk: Scratch) -> None:
    """Proves: "puts a reader's objection into the queue"."""
    approve_both()
    said = output("report-error", SLUG, "--text", "It was 14 people.", "--by", "A Reader", "--on", ON)
    (name,) = reports(desk)
    assert f"file: claims/{name}" in said
    assert standing(desk.read(), TRIAL) == "needs-review"
    assert "a reader reported an error on 2026-01-20: It was 14 people." in output("review", "queue")
    assert f"--answers {name[-69:-53]}" in output("review", "show", SLUG)
    output(*words("approve", EDITOR, "--answers", name[-69:-60], on="2026-01-25"))
    assert standing(desk.read(), TRIAL) == "approved"


def test_a_table_of_reports(desk: Scratch) -> None:
    Path("reports.csv").write_text(f"claim,text,on,by\n{TRIAL},It was 14.,2026-01-18,me\nnothing,x,,\n{SLUG},y,,\n")
    result = run("report-error", "--from", "reports.csv", "--on", ON)
    assert result.exit_code == 1
    assert "reports.csv:3: not taken: there is no claim 'nothing'" in result.stdout
    assert result.stdout.endswith("2 of 3 rows became reports\n")
    assert len(reports(desk)) == 2
    again = run("report-error", "--from", "reports.csv", "--on", ON)
    assert "the same report on" in again.stdout
    assert len(reports(desk)) == 2


def test_a_good_table_ends_well(desk: Scratch) -> None:
    Path("reports.csv").write_text(f"claim,text\n{TRIAL},It was 14.\n")
    assert output("report-error", "--from", "reports.csv").endswith("1 of 1 rows became reports\n")


def test_the_hint_of_a_row(desk: Scratch) -> None:
    Path("reports.csv").write_text(f"claim,text\n{TRIAL}s,x\n")
    assert f"(did you mean '{TRIAL}'?)" in run("report-error", "--from", "reports.csv").stdout


def test_what_is_refused(desk: Scratch) -> None:
    Path("empty.csv").write_text("claim,text\n")
    Path("bad.csv").write_text("words\n")
    before = desk.read()
    for line, message in (
        ((), "a report is about one CLAIM, or comes --from a table"),
        ((SLUG, "--from", "empty.csv"), "a report is about one CLAIM, or comes --from a table"),
        (("--from", "empty.csv", "--by", "me"), "--text and --by are for one report"),
        ((SLUG,), "the report says nothing"),
        (("nothing", "--text", "x"), "there is no claim, evidence or source 'nothing'"),
        (("--from", "empty.csv"), "has no rows"),
        (("--from", "bad.csv"), "'bad.csv': the table has no column 'claim'"),
        (("--from", "none.csv"), "'none.csv' cannot be read"),
        ((SLUG, "--text", "x", "--on", "2999-01-01"), "is a day to come"),
    ):
        assert message in refused("report-error", *line, status=2), line
    assert "text is empty" in refused("report-error", SLUG, "--text", " ")
    assert desk.read() == before
