"""Deciding: what is written, and everything that is refused."""

from __future__ import annotations

import base64
import json
from datetime import date
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool.diagnostics import Severity
from kbtool.model.decision import SIGNED_VERBS, Verb
from kbtool.review.content import digest_of
from kbtool.review.decide import Decisions
from kbtool.review.edits import Refusal, StatusChange, status_changes
from tests.review.desks import both_approve, decided, desk_of, digest_now, made, refused, wish_of, with_edits
from tests.review.scratch import (
    CLINICIAN,
    DENIAL,
    DRAFTER,
    EDITOR,
    RESTATED,
    STRANGER,
    TRIAL,
    checkpointed,
    governed,
    knowledge,
    newest_checkpoint,
    reviewed_base,
    standing,
    state,
)
from tests.rules.bases import Base, diagnose, edited

START = reviewed_base()
LATER = date(2026, 1, 25)
VERBS: tuple[Verb, ...] = get_args(Verb)
NONE = "0" * 64


def statement_of(raw: bytes) -> dict[str, Any]:
    """The statement that a decision's file holds."""
    found: dict[str, Any] = json.loads(base64.b64decode(json.loads(raw)["payload"]))
    return found


def errors(base: Base, on: date = LATER) -> list[str]:
    return [f"{d.location.file}: {d.message}" for d in diagnose(base, on) if d.severity is Severity.ERROR]


def changed_trial(base: Base) -> dict[str, bytes]:
    return edited(base, f"{TRIAL}.yaml", "after 3 minutes", "after about 3 minutes")


def with_report(base: Base, text: str = "It was 14 people.") -> dict[str, bytes]:
    raw = json.dumps(
        {"_type": "kbtool/error-report/1", "claim": TRIAL, "on": "2026-01-19", "text": text},
        separators=(",", ":"),
        sort_keys=True,
    ).encode()
    return dict(base) | {f"reports/{TRIAL}/{digest_of(raw)}.json": raw}


def test_a_decision_is_one_file_kept_content_and_one_scalar() -> None:
    """Proves: "A decision is one file; the record's `review.status` follows it, one scalar spliced"."""
    done = made(START, wish_of(TRIAL, "approve", EDITOR, note=" looks right "))
    assert isinstance(done, Decisions)
    kept, policy, decision, record = done.edits
    digest = digest_now(START, TRIAL)
    assert policy.content == START["schema/policy.yaml"]
    assert policy.name == f"reviewed/{digest_of(policy.content)}.yaml"
    assert (kept.name, kept.content) == (f"reviewed/{digest}.json", desk_of(START).content(TRIAL).raw)
    assert decision.name == f"decisions/{TRIAL}/{digest_of(decision.content)}.json"
    assert record.name == f"{TRIAL}.yaml"
    assert record.content == START[record.name].replace(b"status: draft", b"status: in-review")
    said = statement_of(decision.content)
    assert said["subject"] == [{"name": TRIAL, "digest": {"sha256": digest}}]
    assert said["predicate"] == {
        "decision": "approve",
        "by": EDITOR,
        "on": "2026-01-20",
        "note": "looks right",
        "rests_on": said["predicate"]["rests_on"],
        "policy": digest_of(START["schema/policy.yaml"]),
        "saw": [],
        "answers": [],
        "tool": "kbtool tests",
    }
    assert said["predicate"]["rests_on"][f"claim/{DENIAL}"] == digest_now(START, DENIAL)
    assert {"evidence/made-up-trial", "text/plumberry-tea"} <= said["predicate"]["rests_on"].keys()


def test_it_names_what_was_seen_before() -> None:
    base = checkpointed(both_approve(START, TRIAL))
    done = made(base, wish_of(TRIAL, "comment", EDITOR, note="Fine.", on=LATER))
    assert isinstance(done, Decisions)
    (decision,) = done.edits
    predicate = statement_of(decision.content)["predicate"]
    assert predicate["checkpoint"] == newest_checkpoint(knowledge(base))
    assert predicate["saw"] == sorted(name[-69:-5] for name in base if name.startswith(f"decisions/{TRIAL}/"))


def test_the_story_of_a_claim() -> None:
    one = decided(START, wish_of(TRIAL, "approve", EDITOR))
    assert standing(one, TRIAL) == "in-review"
    two = decided(one, wish_of(TRIAL, "approve", CLINICIAN))
    assert standing(two, TRIAL) == "approved"
    three = changed_trial(two)
    assert standing(three, TRIAL) == "needs-review"
    seen = digest_now(three, TRIAL)
    for by in (EDITOR, CLINICIAN):
        three = decided(three, wish_of(TRIAL, "reaffirm", by, seen=seen, on=LATER))
    assert standing(three, TRIAL) == "approved"
    four = decided(three, wish_of(TRIAL, "dispute", EDITOR, note="The table says otherwise.", on=LATER))
    assert standing(four, TRIAL) == "disputed"
    five = decided(four, wish_of(TRIAL, "withdraw", CLINICIAN, note="No such trial.", successor=DENIAL, on=LATER))
    assert standing(five, TRIAL) == "withdrawn"
    assert b"status: withdrawn" in five[f"{TRIAL}.yaml"]
    assert errors(five) == []


def test_unsigned_files_can_comment_and_ask_for_changes() -> None:
    base = decided(START, wish_of(TRIAL, "request-changes", EDITOR, note="Say how many."), key=None)
    assert standing(base, TRIAL) == "changes-requested"
    assert errors(base) == []


@pytest.mark.parametrize("verb", sorted(SIGNED_VERBS - {"reaffirm"}))
def test_the_other_decisions_must_be_signed(verb: Verb) -> None:
    """Proves: "Approving and withdrawing must be signed"."""
    assert refused(START, wish_of(TRIAL, verb, EDITOR, note="x"), key=None) == f"the decision '{verb}' must be signed"


APPROVED = both_approve(START, TRIAL)
WITHDRAWN = decided(START, wish_of(DENIAL, "withdraw", EDITOR, note="Wrong."))
BROKEN_RECORD = edited(START, f"{TRIAL}.yaml", "exact: weaker tea was ineffective", "exact: weaker tea was effective")
BROKEN_EVIDENCE = edited(START, "evidence/made-up-trial.yaml", "how: full-text", "how: not-seen")
BROKEN_SOURCE = {name: raw for name, raw in START.items() if not name.endswith(".txt")}
LOOSENED = edited(START, "schema/policy.yaml", "interests_months: 12", "interests_months: 99")
AWAY = governed(
    edited(
        START,
        "reviewers.yaml",
        "    name: Example Reviewer One\n",
        "    name: Example Reviewer One\n    absences:\n      - first: 2026-01-18\n        last: 2026-01-22\n"
        f"        delegate: {EDITOR}\n",
    )
)

REFUSED: tuple[tuple[str, Base, Any, str | None, str], ...] = (
    (
        "no claim",
        START,
        wish_of("plumberry-tea/trial", "approve", EDITOR),
        "",
        "there is no claim 'plumberry-tea/trial'",
    ),
    ("no reviewer", START, wish_of(TRIAL, "approve", "example-edit"), EDITOR, "there is no reviewer 'example-edit'"),
    ("nothing like it", START, wish_of("x", "approve", EDITOR), "", "there is no claim 'x'"),
    ("nobody like them", START, wish_of(TRIAL, "approve", "zz"), EDITOR, "there is no reviewer 'zz'"),
    ("no note", START, wish_of(TRIAL, "dispute", EDITOR, note="  "), "", f"the decision 'dispute' on '{TRIAL}' has no"),
    ("note of bytes", START, wish_of(TRIAL, "comment", EDITOR, note="\udcff"), "", "the note holds bytes that are not"),
    ("strange key", START, wish_of(TRIAL, "approve", EDITOR), STRANGER, "no reviewer has the key '"),
    ("another's key", START, wish_of(TRIAL, "approve", EDITOR), CLINICIAN, f"the key belongs to '{CLINICIAN}', and"),
    (
        "own draft",
        START,
        wish_of(TRIAL, "approve", DRAFTER),
        "",
        f"the decision on '{TRIAL}' would not count: '{DRAFTER}'",
    ),
    ("key too young", START, wish_of(TRIAL, "approve", EDITOR, on=date(2026, 1, 15)), "", "the decision on"),
    ("stale interests", START, wish_of(TRIAL, "approve", EDITOR, on=date(2027, 3, 1)), "", "the decision on"),
    ("seen other", START, wish_of(TRIAL, "approve", EDITOR, seen=NONE), "", f"what was shown of '{TRIAL}' is not what"),
    (
        "seen no digest",
        START,
        wish_of(TRIAL, "approve", EDITOR, seen="abc"),
        "",
        "'abc' is not the digest of a content",
    ),
    ("seen nothing", APPROVED, wish_of(TRIAL, "reaffirm", EDITOR), "", f"reaffirming '{TRIAL}' takes the digest of"),
    (
        "nothing to reaffirm",
        START,
        wish_of(TRIAL, "reaffirm", EDITOR, seen=digest_now(START, TRIAL)),
        "",
        f"nobody has approved '{TRIAL}' yet",
    ),
    ("record with errors", BROKEN_RECORD, wish_of(TRIAL, "approve", EDITOR), "", f"'{TRIAL}' cannot be approved while"),
    ("evidence with errors", BROKEN_EVIDENCE, wish_of(TRIAL, "approve", EDITOR), "", f"'{TRIAL}' cannot be approved"),
    ("source with errors", BROKEN_SOURCE, wish_of(TRIAL, "approve", EDITOR), "", f"'{TRIAL}' cannot be approved while"),
    ("loosened policy", LOOSENED, wish_of(TRIAL, "approve", EDITOR), "", "nothing can be approved while 'policy.yaml'"),
    ("withdrawn", WITHDRAWN, wish_of(DENIAL, "approve", EDITOR), "", f"'{DENIAL}' is withdrawn, and that is final"),
    ("successor of nothing", START, wish_of(TRIAL, "approve", EDITOR, successor=DENIAL), "", "only a withdrawal names"),
    (
        "own successor",
        START,
        wish_of(TRIAL, "withdraw", EDITOR, note="x", successor=TRIAL),
        "",
        f"'{TRIAL}' cannot be its own successor",
    ),
    (
        "no successor",
        START,
        wish_of(TRIAL, "withdraw", EDITOR, note="x", successor="a/b"),
        "",
        "there is no claim 'a/b'",
    ),
    (
        "withdrawn successor",
        WITHDRAWN,
        wish_of(TRIAL, "withdraw", EDITOR, note="x", successor=DENIAL),
        "",
        f"the successor '{DENIAL}' is withdrawn itself",
    ),
    (
        "no delegate",
        START,
        wish_of(TRIAL, "approve", EDITOR, acting_for=CLINICIAN),
        "",
        f"'{CLINICIAN}' has not named '{EDITOR}'",
    ),
    (
        "after the absence",
        AWAY,
        wish_of(TRIAL, "approve", EDITOR, acting_for=CLINICIAN, on=date(2026, 1, 23)),
        "",
        f"'{CLINICIAN}' has not named '{EDITOR}' to decide on 2026-01-23",
    ),
    ("absent nobody", START, wish_of(TRIAL, "approve", EDITOR, acting_for="zz"), "", "there is no reviewer 'zz'"),
    ("no report", START, wish_of(TRIAL, "approve", EDITOR, answers=("ab",)), "", f"no report on '{TRIAL}' without an"),
    (
        "two reports",
        with_report(with_report(START), "Another."),
        wish_of(TRIAL, "approve", EDITOR, answers=("",)),
        "",
        f"several reports on '{TRIAL}' without an answer begin with ''",
    ),
)


@pytest.mark.parametrize(
    ("base", "wish", "key", "message"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_refusals(base: Base, wish: Any, key: str | None, message: str) -> None:
    assert refused(base, wish, key=key).startswith(message)


def test_the_same_claim_twice_is_refused() -> None:
    wish = wish_of(TRIAL, "approve", EDITOR)
    assert refused(START, wish, wish) == "a claim is named twice"


def test_several_decisions_stand_or_fall_together() -> None:
    wishes = [wish_of(claim, "approve", EDITOR) for claim in (DENIAL, RESTATED, TRIAL)]
    base = decided(START, *wishes)
    assert {standing(base, claim) for claim in (DENIAL, RESTATED, TRIAL)} == {"in-review"}
    bad = wish_of(TRIAL, "approve", EDITOR, seen=NONE)
    assert refused(START, *wishes[:2], bad).startswith("what was shown")


def test_errors_elsewhere_do_not_keep_a_claim_from_being_approved() -> None:
    assert standing(decided(BROKEN_RECORD, wish_of(DENIAL, "approve", EDITOR)), DENIAL) == "in-review"


def test_errors_do_not_keep_anybody_from_objecting() -> None:
    for verb in ("dispute", "request-changes", "comment", "withdraw"):
        assert isinstance(made(BROKEN_RECORD, wish_of(TRIAL, verb, EDITOR, note="It says the opposite.")), Decisions)


def test_a_typed_status_is_written_anew() -> None:
    """Proves: "Nobody approves by typing"."""
    typed = edited(START, f"{TRIAL}.yaml", "status: draft", "status: approved")
    base = decided(typed, wish_of(TRIAL, "approve", EDITOR))
    assert b"status: in-review" in base[f"{TRIAL}.yaml"]


def test_a_delegate_decides_while_the_other_is_away() -> None:
    base = decided(AWAY, wish_of(TRIAL, "approve", EDITOR, acting_for=CLINICIAN))
    (decision,) = state(base).claims[TRIAL].decisions
    assert (decision.predicate.by, decision.predicate.acting_for) == (EDITOR, CLINICIAN)
    assert state(base).claims[TRIAL].standing.causes == ("approval by a clinician is missing",)


def test_a_withdrawn_claim_can_be_commented_on() -> None:
    base = decided(WITHDRAWN, wish_of(DENIAL, "comment", EDITOR, note="See the new trial."))
    assert standing(base, DENIAL) == "withdrawn"


@pytest.mark.parametrize("asked", ["all", "digest"])
def test_a_report_is_answered(asked: str) -> None:
    base = with_report(both_approve(START, TRIAL))
    assert standing(base, TRIAL) == "needs-review"
    (report,) = state(base).claims[TRIAL].reports
    name = report.digest[:12] if asked == "digest" else asked
    base = decided(base, wish_of(TRIAL, "reaffirm", EDITOR, answers=(name,), seen=digest_now(base, TRIAL), on=LATER))
    assert standing(base, TRIAL) == "approved"


def test_a_status_that_cannot_be_written_is_a_refusal() -> None:
    base = edited(START, f"{TRIAL}.yaml", "  status: draft", "  status: >- # as ever\n    draft")
    assert refused(base, wish_of(TRIAL, "dispute", EDITOR, note="x")).startswith(f"the status of '{TRIAL}' cannot be")


def test_a_kept_content_that_was_altered_is_not_built_upon() -> None:
    digest = digest_now(START, TRIAL)
    base = dict(START) | {f"reviewed/{digest}.json": b"{}"}
    assert "would not count" in refused(base, wish_of(TRIAL, "approve", EDITOR))


def test_where_pending_decisions_do_not_count_it_says_so() -> None:
    base = governed(edited(START, "schema/policy.yaml", "pending_counts: true", "pending_counts: false"))
    done = made(base, wish_of(TRIAL, "approve", EDITOR))
    assert isinstance(done, Decisions)
    assert (done.decided[0].waits, done.decided[0].status) == ("it waits for the next checkpoint", "draft")


def test_without_a_root_nobody_approves() -> None:
    kb = START["kb.yaml"].partition(b"root:\n")[0]
    base = {name: raw for name, raw in START.items() if not name.startswith("governance/")} | {"kb.yaml": kb}
    assert "the base pins no root keys" in refused(base, wish_of(TRIAL, "approve", EDITOR))


def test_a_log_that_does_not_hold_is_not_named() -> None:
    base = checkpointed(START)
    base["log/entries.ndjson"] += b"x"
    assert refused(base, wish_of(TRIAL, "approve", EDITOR)).startswith("nothing can be approved while 'log/")
    done = made(base, wish_of(TRIAL, "dispute", EDITOR, note="x"))
    assert isinstance(done, Decisions)
    assert "checkpoint" not in statement_of(done.edits[2].content)["predicate"]


def test_synchronising_writes_what_was_decided_and_nothing_else() -> None:
    base = dict(APPROVED) | {f"{TRIAL}.yaml": START[f"{TRIAL}.yaml"]}
    base = edited(base, f"{DENIAL}.yaml", "status: draft", "status: approved")
    desk = desk_of(base)
    changes = [change for change in status_changes(desk.base, desk.state) if isinstance(change, StatusChange)]
    assert [(c.claim, c.before, c.after) for c in changes] == [
        (DENIAL, "approved", "draft"),
        (TRIAL, "draft", "approved"),
    ]
    assert with_edits(base, [change.edit for change in changes]) == APPROVED


def test_synchronising_says_what_it_cannot_write() -> None:
    base = edited(APPROVED, f"{TRIAL}.yaml", "  status: approved", "  status: >- # as ever\n    draft")
    desk = desk_of(base)
    (change,) = status_changes(desk.base, desk.state)
    assert isinstance(change, Refusal)


WISHES = st.builds(
    lambda claim, verb, by, seen: (claim, verb, by, seen),
    st.sampled_from([DENIAL, RESTATED, TRIAL]),
    st.sampled_from(VERBS),
    st.sampled_from([EDITOR, CLINICIAN, DRAFTER]),
    st.booleans(),
)


@settings(max_examples=20, deadline=None)
@given(st.lists(WISHES, max_size=6))
def test_whatever_is_accepted_holds(asked: list[tuple[str, Verb, str, bool]]) -> None:
    """Nothing is promised that the check would not accept: after any decisions the base has no errors."""
    base: dict[str, bytes] = dict(START)
    for claim, verb, by, shown in asked:
        seen = digest_now(base, claim) if shown else None
        done = made(base, wish_of(claim, verb, by, note="Because.", seen=seen))
        if isinstance(done, Decisions):
            after = with_edits(base, done.edits)
            assert {name for name in base if after[name] != base[name]} <= {f"{claim}.yaml"}
            assert state(after).claims[claim].decisions[-1].flaw == ""
            base = after
    assert errors(base) == []
