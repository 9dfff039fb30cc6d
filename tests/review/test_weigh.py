"""What becomes of decisions that do not hold: each fault is found by its own rule, in its own words."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool.review.changes import Change
from kbtool.review.content import content_of
from kbtool.review.state import changes_since_approval, counts_by_standing, review_state
from tests.review.planted import EVERY, LATER, Planted, away, digest, good, key_id, revoked, rotated
from tests.review.scratch import (
    AS_OF,
    CLINICIAN,
    DAY,
    DENIAL,
    EDITOR,
    RESTATED,
    TRIAL,
    approved,
    checkpointed,
    decide,
    decided,
    enveloped,
    faults,
    governed,
    knowledge,
    review_statement,
    reviewed_base,
    scratch,
    standing,
    state,
    synced,
)
from tests.rules.bases import POLICY, Base, diagnose, edited, tiny_base


def test_the_good_base_is_good() -> None:
    assert not faults(good())
    assert {id_: review.standing.value for id_, review in state(good()).claims.items()} == {
        DENIAL: "approved",
        TRIAL: "approved",
        RESTATED: "draft",
    }


@pytest.mark.parametrize("fault", EVERY.values(), ids=EVERY)
def test_each_fault_is_found_by_its_own_rules_in_its_own_words(fault: Planted) -> None:
    """Unknown key, bad signature, key not valid then, wrong subject: different diagnostics."""
    base = fault.make()
    problems = state(base).problems
    assert {problem.rule for problem in problems} == fault.rules, [(p.rule, p.file, p.message) for p in problems]
    assert any(fault.says in problem.message for problem in problems), [p.message for p in problems]


@pytest.mark.parametrize("fault", EVERY.values(), ids=EVERY)
def test_no_fault_gives_an_approval(fault: Planted) -> None:
    """A status must be backed by signed decisions."""
    assert standing(fault.make(), RESTATED) in {"draft", "in-review"}


GOOD = {
    "for a colleague who is away and named the author": lambda: decided(
        approved(approved(away(EDITOR), DENIAL), TRIAL), RESTATED, "approve", EDITOR, acting_for=CLINICIAN
    ),
    "an unsigned comment": lambda: decided(good(), RESTATED, "comment", EDITOR, signers=(), on=LATER, note="So."),
    "an unsigned request": lambda: decided(
        good(), RESTATED, "request-changes", "anybody", signers=(), on=LATER, note="So."
    ),
    "signed by a key that was revoked after the log had it": lambda: checkpointed(revoked(good()), LATER),
    "revoked and not yet logged so": lambda: revoked(good()),
    "root rotated by old and new keys": lambda: rotated("root-one", "root-two", "root-new"),
    "policy changed by the root keys": lambda: governed(
        edited(good(), POLICY, "interests_months: 12", "interests_months: 24"), on=LATER
    ),
    "a decision that waits": lambda: decided(good(), RESTATED, "approve", EDITOR, on=LATER),
}


@pytest.mark.parametrize("make", GOOD.values(), ids=GOOD)
def test_what_is_in_order_is_not_found_fault_with(make: Callable[[], Base]) -> None:
    assert not faults(make())
    assert standing(make(), TRIAL) == standing(make(), DENIAL) == "approved"


def test_decisions_of_a_revoked_key_count_only_where_the_log_had_them_before() -> None:
    """A revoked key's decision counts only if it was logged before the revocation."""
    logged = checkpointed(approved(checkpointed(reviewed_base()), DENIAL), DAY)
    waiting = approved(checkpointed(reviewed_base()), DENIAL)
    assert standing(checkpointed(revoked(logged), LATER), DENIAL) == "approved"
    assert standing(revoked(logged), DENIAL) == "approved"
    assert standing(checkpointed(revoked(waiting), LATER), DENIAL) == "in-review"
    assert standing(checkpointed(revoked(logged, on=DAY - timedelta(days=1)), LATER), DENIAL) == "in-review"
    assert len(key_id(EDITOR)) == 64


def test_policy_says_whether_a_decision_counts_before_the_log_has_it() -> None:
    """Policy says whether a pending decision counts."""
    strict = edited(reviewed_base(), POLICY, "pending_counts: true", "pending_counts: false")
    waiting = approved(governed(strict), DENIAL)
    assert standing(waiting, DENIAL) == "draft"
    assert {d.flaw for d in state(waiting).claims[DENIAL].decisions} == {"it waits for the next checkpoint"}
    assert not faults(waiting)
    assert standing(checkpointed(waiting), DENIAL) == "approved"


def test_broken_governance_or_log_leaves_no_approval_standing() -> None:
    """Who edits the reviewers or the policy does so by signed decision too."""
    for name in ("policy loosened", "key added", "checkpoint gone", "rolled back", "entry edited"):
        found = state(EVERY[name].make()).claims[DENIAL].standing
        assert found.value == "needs-review", name
        assert found.reason.startswith("the approval cannot be relied on: "), name


def test_a_withdrawn_or_disputed_claim_puts_what_rests_on_it_into_doubt() -> None:
    """A withdrawal of a claim it rests on puts every dependant into needs-review."""
    for verb, how in (("withdraw", "is withdrawn"), ("dispute", "is disputed")):
        base = decided(good(), DENIAL, verb, EDITOR, on=LATER, note="It is wrong.")
        found = state(base).claims
        assert found[TRIAL].standing.value == "needs-review"
        assert found[TRIAL].standing.reason.startswith(f"it rests on '{DENIAL}', which {how}: ")
        assert found[TRIAL].status == "approved"


def test_a_claim_changed_below_puts_what_rests_on_it_into_doubt_until_somebody_reaffirms() -> None:
    changed = edited(good(), f"{DENIAL}.yaml", "may not relieve hiccups.\n", "may not relieve any hiccups.\n")
    found = state(changed).claims
    assert "statement changed" in found[DENIAL].standing.causes
    assert (found[DENIAL].standing.value, found[TRIAL].standing.value) == ("needs-review", "needs-review")
    again = approved(changed, DENIAL, on=LATER)
    assert standing(again, DENIAL) == "approved"
    assert state(again).claims[TRIAL].standing.reason == (
        f"'{DENIAL}', on which it rests, has changed since the approval"
    )
    one = decided(again, TRIAL, "reaffirm", EDITOR, on=LATER)
    assert standing(one, TRIAL) == "needs-review"
    assert standing(decided(one, TRIAL, "reaffirm", CLINICIAN, on=LATER), TRIAL) == "approved"


def test_retracted_evidence_puts_every_claim_that_cites_it_into_doubt() -> None:
    """A change or retraction of evidence puts every dependant into needs-review."""
    retracted = edited(good(), "evidence/made-up-review.yaml", "state: current", "state: retracted")
    found = state(retracted).claims
    assert found[DENIAL].standing.value == "needs-review"
    assert "evidence record 'made-up-review': status, state changed" in found[DENIAL].standing.causes
    assert found[TRIAL].standing.value == "needs-review"
    assert (
        f"it rests on '{DENIAL}', which needs review: {found[DENIAL].standing.reason}" in found[TRIAL].standing.causes
    )


def report(base: Base, claim: str, on: date, text: str = "It is wrong.") -> tuple[dict[str, bytes], str]:
    value = {"_type": "kbtool/error-report/1", "claim": claim, "text": text, "on": on.isoformat()}
    raw = json.dumps(value).encode()
    return dict(base) | {f"reports/{claim}/{digest(raw)}.json": raw}, digest(raw)


def test_a_report_by_a_reader_waits_for_an_answer() -> None:
    """A reader's objection is put into the queue."""
    base, name = report(good(), DENIAL, LATER)
    assert standing(base, DENIAL, DAY) == "approved"
    found = state(base).claims[DENIAL]
    assert (found.standing.value, found.standing.reason) == (
        "needs-review",
        "1 report by readers without an answer",
    )
    assert [(r.digest, r.answered) for r in found.reports] == [(name, False)]
    answered = decided(base, DENIAL, "reaffirm", EDITOR, on=LATER, answers=[name])
    assert standing(answered, DENIAL) == "approved"
    assert [r.answered for r in state(answered).claims[DENIAL].reports] == [True]


def test_a_decision_after_the_day_of_the_check_does_not_count_yet() -> None:
    assert standing(good(), DENIAL, DAY) == "approved"
    assert standing(good(), DENIAL, DAY - timedelta(days=1)) == "draft"


def test_an_approval_lapses() -> None:
    assert standing(good(), DENIAL, date(2028, 1, 19)) == "approved"
    assert standing(good(), DENIAL, date(2028, 1, 20)) == "needs-review"


@settings(max_examples=20, deadline=None)
@given(st.integers())
def test_the_order_of_files_changes_nothing(seed: int) -> None:
    """Decisions are a grow-only set: branches merge without conflict."""
    base = decided(approved(good(), RESTATED, on=LATER), DENIAL, "request-changes", EDITOR, on=LATER, note="So.")
    names = list(base)
    random.Random(seed).shuffle(names)
    assert state({name: base[name] for name in names}) == state(base)


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(["approve", "reaffirm", "request-changes", "dispute", "comment"]),
    st.sampled_from([CLINICIAN, EDITOR]),
    st.sampled_from([RESTATED, TRIAL]),
)
def test_a_decision_on_another_claim_changes_no_standing(verb: str, by: str, claim: str) -> None:
    """A decision on one claim changes the standing of no other, but of those that rest on it."""
    before = state(good()).claims
    after = state(decided(good(), claim, verb, by, on=LATER, note="So.")).claims
    assert all(after[other].standing == before[other].standing for other in before.keys() - {claim})


def test_two_people_decide_on_one_claim_on_two_branches() -> None:
    """Two people deciding on two branches never conflict."""
    start = checkpointed(reviewed_base())
    one, two = decided(start, DENIAL, "approve", EDITOR), decided(start, DENIAL, "approve", CLINICIAN)
    assert one | two == two | one
    merged = one | two
    assert standing(merged, DENIAL) == "approved"
    assert not faults(checkpointed(merged))


def test_each_file_that_no_checkpoint_holds_is_pending() -> None:
    assert state(good()).pending == ()
    made = decide(good(), RESTATED, "approve", EDITOR, on=LATER)
    assert state(made.base).pending == (made.file,)


def test_without_anything_decided_there_is_nothing_to_verify() -> None:
    found = review_state(knowledge(tiny_base()), AS_OF)
    assert (found.governance, found.log, found.problems, found.pending) == (None, None, (), ())
    assert counts_by_standing(found) == {"draft": 3}
    assert changes_since_approval(found.claims[DENIAL], found) == ()


def test_the_difference_since_the_approval_comes_from_the_kept_content() -> None:
    """A word-level difference since the last approval, from the kept content."""
    changed = edited(good(), f"{DENIAL}.yaml", "may not relieve hiccups.\n", "may not relieve any hiccups.\n")
    found = state(changed)
    assert changes_since_approval(found.claims[DENIAL], found) == (
        Change("statement", "Plumberry tea may not relieve hiccups.", "Plumberry tea may not relieve any hiccups."),
    )


def test_a_scratch_base_on_disk_is_the_one_in_memory(tmp_path: Path) -> None:
    made = scratch(tmp_path)
    assert made.read() == reviewed_base()
    made.write(good())
    assert made.read() == good()
    made.write(reviewed_base())
    assert made.read() == reviewed_base()
    assert made.key_file(EDITOR).stat().st_mode & 0o777 == 0o600
    assert not {d.rule for d in diagnose(synced(good()))}


def test_a_thousand_decisions_are_verified_in_a_second() -> None:
    """1,000 decisions verify in under a second."""
    base = good()
    index = knowledge(base)
    content = content_of(index.claims[RESTATED].model, index).digest
    for number in range(1_000):
        predicate = {"decision": "comment", "by": EDITOR, "on": str(LATER), "note": str(number), "saw": []}
        raw = enveloped(review_statement(index, RESTATED, content, predicate), (EDITOR,))
        base[f"decisions/{RESTATED}/{digest(raw)}.json"] = raw
    index = knowledge(base | approved(good(), RESTATED, on=LATER))
    start = time.process_time()
    found = review_state(index, AS_OF)
    assert time.process_time() - start < 1
    assert len(found.claims[RESTATED].decisions) == 1_002
    assert not found.problems
