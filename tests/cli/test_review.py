"""`kbtool review`: deciding, the queue, the page of a claim, its story, and synchronising."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click
import pytest

from kbtool.cli.lazy import TableGroup
from kbtool.cli.page import Page
from kbtool.cli.review import review
from kbtool.cli.review_desk import open_desk
from kbtool.cli.review_page import difference_lines
from kbtool.review.changes import Change
from tests.cli.example import GOLDEN, output, run
from tests.cli.reviewing import ON, SLUG, approve_both, change, refused, shown_digest, words
from tests.cli.terminal import at_terminal
from tests.golden import check_golden
from tests.review.scratch import CLINICIAN, DENIAL, DRAFTER, EDITOR, RESTATED, TRIAL, Scratch, standing
from tests.rules.bases import read_tree

AS_OF = "2026-02-01"


def decisions(desk: Scratch) -> list[str]:
    return sorted(name for name in desk.read() if name.startswith("decisions/"))


def status(desk: Scratch, claim: str = TRIAL) -> str:
    return desk.path_of(f"{claim}.yaml").read_text().partition("review:\n  status: ")[2].split()[0]


def test_a_claim_from_draft_to_approval_and_back(desk: Scratch) -> None:
    assert "1.  " in output("review", "queue", "--as-of", AS_OF)
    said = output(*words("approve", EDITOR, "--seen", shown_digest()))
    assert f"{TRIAL}: approved by {EDITOR} on {ON}, signed" in said
    assert "status: draft -> in-review" in said
    assert "stands: in review: not yet approved: approval by a clinician is missing" in said
    assert "not in the log yet; 'kbtool audit checkpoint' takes decisions up" in said
    output(*words("approve", CLINICIAN))
    assert status(desk) == "approved"
    assert run("validate", "--as-of", AS_OF).exit_code == 0
    change(desk, "after 3 minutes", "after about 3 minutes")
    assert "evidence 'made-up-trial': finding changed" in output("review", "queue", "--as-of", AS_OF)
    seen = shown_digest()
    for by in (EDITOR, CLINICIAN):
        output(*words("reaffirm", by, "--seen", seen, on="2026-01-25"))
    assert standing(desk.read(), TRIAL) == "approved"


def test_every_decision_has_its_command(desk: Scratch) -> None:
    for verb, after in (
        ("comment", "draft"),
        ("request-changes", "changes-requested"),
        ("dispute", "disputed"),
        ("withdraw", "withdrawn"),
    ):
        output(*words(verb, EDITOR, "--note", "Because."))
        assert status(desk) == after
    assert len(decisions(desk)) == 4


def test_withdrawing_names_the_successor(desk: Scratch) -> None:
    output(*words("withdraw", EDITOR, "--note", "Said better elsewhere.", "--successor", "may-not-relieve"))
    assert f"see {DENIAL}" in output("review", "log", SLUG)
    assert "no claim, evidence or source 'nothing'" in refused(
        *words("withdraw", EDITOR, "--note", "x", "--successor", "nothing", claim=DENIAL), status=2
    )


def test_unsigned_and_as_before(desk: Scratch) -> None:
    output(*words("request-changes", EDITOR, "--note", "More.", key=False))
    said = output(*words("comment", EDITOR, "--note", "Still.", key=False))
    assert "not signed" in said
    assert "status: changes-requested, as before" in said


def test_the_hints_of_refusals_lead_on(desk: Scratch) -> None:
    before = desk.read()
    assert "give the reviewer's key with --key" in refused(*words("approve", EDITOR, key=False))
    assert "each person signs their own" in refused(*words("approve", EDITOR, "--key", f"keys/{CLINICIAN}.pem"))
    assert "read it again" in refused(*words("approve", EDITOR, "--seen", "0" * 64))
    assert "another person must approve it" in refused(*words("approve", DRAFTER))
    assert "say why with --note" in refused(*words("dispute", EDITOR))
    assert "is no claim" in refused(*words("approve", EDITOR, claim="made-up-trial"), status=2)
    assert "a day to come" in refused(*words("approve", EDITOR, on="2999-01-01"), status=2)
    assert "--seen is the digest of one claim" in refused(
        *words("approve", EDITOR, DENIAL, "--seen", shown_digest()), status=2
    )
    assert "name different digests" in refused(
        *words("approve", EDITOR, "--seen", "0" * 64, claim=f"{SLUG}@{'1' * 64}"), status=2
    )
    assert desk.read() == before


def test_several_at_once_need_a_digest_each(desk: Scratch) -> None:
    """Proves: "Approving many at once asks for each digest"."""
    assert f"'{TRIAL}' has none" in refused(*words("approve", EDITOR, f"{DENIAL}@{shown_digest(DENIAL)}"))
    assert decisions(desk) == []
    targets = [f"{claim}@{shown_digest(claim)}" for claim in (TRIAL, DENIAL, RESTATED)]
    output(*words("approve", EDITOR, *targets[1:], claim=targets[0]))
    assert {standing(desk.read(), claim) for claim in (TRIAL, DENIAL, RESTATED)} == {"in-review"}


def test_a_record_with_errors_is_not_approved(desk: Scratch) -> None:
    change(desk, "exact: weaker tea was ineffective", "exact: weaker tea was effective")
    assert "cannot be approved while there are errors: claims/" in refused(*words("approve", EDITOR))
    output(*words("dispute", EDITOR, "--note", "It says the opposite."))


def test_where_the_base_cannot_be_written_nothing_is_decided(desk: Scratch) -> None:
    desk.path_of(".kbtool-lock").mkdir()
    assert "the base cannot be locked for writing" in refused(*words("approve", EDITOR))
    desk.path_of(".kbtool-lock").rmdir()
    assert decisions(desk) == []


def test_a_delegate_decides(desk: Scratch) -> None:
    assert f"'{CLINICIAN}' has not named '{EDITOR}'" in refused(*words("approve", EDITOR, "--acting-for", CLINICIAN))


def test_a_policy_that_makes_decisions_wait_is_said(desk: Scratch) -> None:
    from tests.review.scratch import governed
    from tests.rules.bases import edited

    desk.write(governed(edited(desk.read(), "schema/policy.yaml", "pending_counts: true", "pending_counts: false")))
    assert "does not count yet: it waits for the next checkpoint" in output(*words("approve", EDITOR))


def test_the_page_of_a_reviewer_is_as_accepted(desk: Scratch) -> None:
    approve_both()
    change(desk, "after 3 minutes", "after about 3 minutes")
    change(desk, "The 3 and 7 minutes are means; some", "Some")
    output("report-error", SLUG, "--text", "It was 14 people, and nobody of them exists.", "--on", ON)
    shown = output("review", "show", SLUG, "--as-of", AS_OF)
    check_golden(GOLDEN / "review-show.txt", shown)
    assert max(map(len, shown.splitlines())) <= 80


def test_the_story_and_the_queue_are_as_accepted(desk: Scratch) -> None:
    approve_both()
    output(*words("approve", EDITOR, claim=DENIAL))
    output(*words("dispute", CLINICIAN, "--note", "The table says otherwise.", on="2026-01-25"))
    output("report-error", SLUG, "--text", "It was 14 people.", "--by", "A Reader", "--on", "2026-01-22")
    check_golden(GOLDEN / "review-log.txt", output("review", "log", SLUG, "--as-of", AS_OF))
    check_golden(GOLDEN / "review-queue.txt", output("review", "queue", "--as-of", AS_OF))
    check_golden(GOLDEN / "review-queue.json", output("review", "queue", "--as-of", AS_OF, "--format", "json"))


def test_the_queue_of_a_person(desk: Scratch) -> None:
    output(*words("approve", EDITOR))
    shown = output("review", "queue", "--for", CLINICIAN, "--as-of", AS_OF, "--limit", "1")
    assert "you can give the approval by a clinician" in shown
    assert "3 claims need a look as of 2026-02-01; shown: the first 1" in shown
    assert "2 claims need a look" in output("review", "queue", "--for", EDITOR, "--as-of", AS_OF)
    assert output("review", "queue", "--for", DRAFTER, "--as-of", AS_OF) == "nothing needs a look as of 2026-02-01\n"
    assert f"there are: {DRAFTER}, {CLINICIAN}, {EDITOR}" in refused("review", "queue", "--for", "nobody", status=2)


def test_the_queue_marks_whom_a_person_stands_in_for(desk: Scratch) -> None:
    from tests.review.scratch import governed
    from tests.rules.bases import edited

    name = "    name: Example Reviewer One\n"
    away = f"{name}    absences:\n      - first: 2026-01-30\n        last: 2026-02-03\n        delegate: {EDITOR}\n"
    desk.write(governed(edited(desk.read(), "reviewers.yaml", name, away)))
    output(*words("approve", CLINICIAN))
    shown = " ".join(output("review", "queue", "--for", EDITOR, "--as-of", AS_OF).split())
    assert f"{CLINICIAN}, who decided about it before, is away and named you; decide with --acting-for" in shown


def test_where_nobody_is_registered(project: Path) -> None:
    assert "nobody is registered in reviewers.yaml yet" in refused("review", "queue", "--for", "x", status=2)
    assert "3 claims need a look" in output("review", "queue")
    assert "Decisions (none)" in output("review", "show", "calmer-60-percent-2019")
    assert "drafted by" in output("review", "log", "calmer-60-percent-2019")
    refused("review", "approve", "calmer-60-percent-2019", "--by", "x")


def test_problems_of_the_base_are_said(desk: Scratch) -> None:
    desk.path_of("evidence/broken.yaml").write_text("id: [\n")
    assert "there is 1 problem with files of the base" in run("review", "queue").stderr
    desk.path_of("evidence/broken-too.yaml").write_text("id: [\n")
    assert "there are 2 problems with files of the base" in run("review", "queue").stderr


@pytest.mark.parametrize("same", [True, False])
def test_where_nothing_changed_or_nothing_is_kept(desk: Scratch, same: bool) -> None:
    approve_both()
    if not same:
        change(desk, "after 3 minutes", "after about 3 minutes")
        for path in desk.path_of("reviewed").iterdir():
            path.unlink()
    shown = run("review", "show", SLUG, "--as-of", AS_OF).stdout
    assert ("Nothing changed since it was last approved" in shown) is same


def test_synchronising(desk: Scratch) -> None:
    approve_both()
    change(desk, "status: approved", "status: draft")
    before = desk.read()
    assert output("review", "sync") == f"{TRIAL}: draft -> approved\n1 of 3 records changed\n"
    after = desk.read()
    changed = {name for name in before if after[name] != before[name]}
    assert changed - {".kbtool-lock"} == {f"{TRIAL}.yaml"}
    assert output("review", "sync") == "0 of 3 records changed\n"
    assert desk.read() == after


def test_synchronising_says_what_it_cannot_write(desk: Scratch) -> None:
    change(desk, "  status: draft", "  status: >- # as ever\n    approved")
    assert "cannot be written" in refused("review", "sync")


def test_nothing_but_deciding_writes(desk: Scratch) -> None:
    """Proves: "Checking never writes"."""
    approve_both()
    before = read_tree(desk.root)
    for line in (("queue",), ("show", SLUG), ("log", SLUG)):
        output("review", *line)
    assert read_tree(desk.root) == before


def test_a_confirmation_at_a_terminal(desk: Scratch) -> None:
    """At a terminal, each of several claims is shown and asked about; "no" leaves it out."""
    asked = "Approve this?"
    session = at_terminal(words("approve", EDITOR, DENIAL, RESTATED), (asked, "y"), (asked, "n"), (asked, "y"))
    assert session.status == 0, session.shown
    assert session.shown.count(asked) == 3
    assert "- never reviewed" in session.shown
    assert len(decisions(desk)) == 2
    assert standing(desk.read(), DENIAL) == "draft"


def test_saying_no_to_all_decides_nothing(desk: Scratch) -> None:
    session = at_terminal(words("approve", EDITOR, DENIAL), ("Approve this?", "n"), ("Approve this?", ""))
    assert session.status == 1
    assert "nothing was decided" in session.shown
    assert decisions(desk) == []


MANY = " ".join(f"word{number}" for number in range(60))
DIFFERENCES = [
    ("It may help.", "It may not help.", "It may {+not +}help."),
    ("5 mg", "15 mg", "[-5-]{+15+} mg"),
    ("", "new words", "{+new words+}"),
    ("old words", "", "[-old words-]"),
    (f"{MANY} end", f"{MANY} the end", None),
    ("\x1b[31m [31m", "x", "[-�[31m [31m-]{+x+}"),
]


@pytest.mark.parametrize(("before", "after", "shown"), DIFFERENCES)
def test_differences_are_marked_word_by_word(before: str, after: str, shown: str | None) -> None:
    lines = list(difference_lines(Page(), Change("statement", before, after)))
    assert lines[0] == "  - statement"
    text = " ".join(line.strip() for line in lines[1:])
    assert max(map(len, lines)) <= 80
    if shown is None:
        assert re.fullmatch(r"word0 .* word11 … word48 .* word59 \{\+the \+\}end", text)
    elif "\x1b" in before:
        assert "\x1b" not in text
    else:
        assert text == shown


def test_colours_end_with_the_line(desk: Scratch) -> None:
    words_ = " ".join(["dropped"] * 40)
    lines = list(difference_lines(Page(80, bold=True), Change("statement", words_, "added now")))
    plain = [re.sub("\x1b\\[[0-9]*m", "", line) for line in lines]
    assert max(map(len, plain)) <= 80
    assert all(line.count("\x1b[0m") == len(re.findall("\x1b\\[3[0-9]m", line)) for line in lines)
    assert "\x1b[31m[-dropped" in lines[1]
    assert "\x1b[32m{+added" in "".join(lines)
    assert list(difference_lines(Page(), Change("statement", words_, "added now"))) == plain


def test_the_table_of_commands_is_whole_and_names_are_suggested() -> None:
    context = click.Context(review)
    for name in review.list_commands(context):
        command = review.get_command(context, name)
        assert command is not None
        assert command.name == name
        assert command.help
        assert "Example" in command.help
    assert "Did you mean 'approve'?" in refused("review", "aprove", status=2)
    assert "there is no command 'zzz' of 'review'." in refused("review", "zzz", status=2)
    assert "request-changes  Ask for changes" in output("review", "--help")
    assert review.get_command(context, "zzz") is None
    with pytest.raises(TypeError, match="is no command"):
        TableGroup("x", {"y": ("kbtool.cli.review:COMMANDS", "")}, "").get_command(context, "y")


def test_whatever_the_digest_covers_is_shown(desk: Scratch) -> None:
    """Proves: "A decision names the digest of exactly what was seen"."""
    content = open_desk(None, date(2026, 2, 1)).desk.content(TRIAL).value
    shown = "".join(output("review", "show", SLUG, "--as-of", AS_OF).split())
    unseen = {"machine", "type", "paragraph", "id"}
    plain = shown.replace("»", "").replace("«", "")
    texts = {text for text in leaves(content, unseen) if "".join(text.split()) not in plain}
    codes = {"supports", "supported", "limited-evidence", "individual-variation", "incomplete-picture"}
    assert texts <= codes | {"kbtool/claim-content/1", "article-journal", "randomised-trial"}


def leaves(value: object, unseen: set[str]) -> Iterator[str]:
    """Every text inside a content, but for what stands under the names that are never shown."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from leaves(item, unseen) if name not in unseen else ()
    elif isinstance(value, list):
        for item in value:
            yield from leaves(item, unseen)
    else:
        yield str(value)


def test_the_summary_counts_the_review(desk: Scratch) -> None:
    """Proves: "`kbtool status` grows a review table"."""
    approve_both()
    output(*words("approve", EDITOR, claim=DENIAL))
    output("report-error", DENIAL, "--text", "No.", "--on", ON)
    summary = json.loads(output("status", "--as-of", "2028-01-10", "--format", "json"))["review"]
    assert summary == {
        "by_type": [
            {"id": "efficacy", "label": "Effect", "approved": 0, "waiting": 2, "total": 2},
            {"id": "study-finding", "label": "Study finding", "approved": 1, "waiting": 0, "total": 1},
        ],
        "lapsing": [{"claim": TRIAL, "on": "2028-01-20"}],
        "reviewers": [
            {"id": CLINICIAN, "roles": ["clinician"], "decisions": 1, "approvals": 1, "waiting": 2},
            {"id": EDITOR, "roles": ["medical-editor"], "decisions": 2, "approvals": 1, "waiting": 1},
            {"id": DRAFTER, "roles": ["drafter"], "decisions": 0, "approvals": 0, "waiting": 0},
        ],
        "open_reports": 1,
        "not_in_log": 4,
    }
    shown = output("status", "--as-of", "2028-01-10")
    assert "Approvals that lapse within 30 days (1)\n  - 2028-01-20: plumberry-tea/trial-of-two-doses" in shown
    assert "1 report by readers without an answer; 4 files not in the log yet" in shown
    assert "Approvals that lapse within 30 days (none)" in output("status", "--as-of", AS_OF)


def test_a_base_without_reviewers_has_no_review_to_count(project: Path) -> None:
    assert json.loads(output("status", "--format", "json"))["review"] is None
    assert "Reviewers" not in output("status")


def test_the_queue_is_json_that_counts(desk: Scratch) -> None:
    found = json.loads(output("review", "queue", "--for", EDITOR, "--limit", "2", "--format", "json", "--as-of", AS_OF))
    assert (found["total"], len(found["claims"]), found["for"]) == (3, 2, EDITOR)
