"""The story of a claim, in order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kbtool.review.story import Event, decision_event, story_of
from tests.review.desks import both_approve, decided, digest_now, wish_of
from tests.review.scratch import CLINICIAN, DENIAL, EDITOR, TRIAL, checkpointed, key_of, knowledge, reviewed_base, state
from tests.review.test_decide import NONE, changed_trial, with_report
from tests.rules.bases import Base, edited

START = reviewed_base()


def story(base: Base) -> tuple[Event, ...]:
    index = knowledge(base)
    return story_of(index.claims[TRIAL].model, state(base).claims[TRIAL], index)


def test_the_whole_story_in_order() -> None:
    """Proves: "the whole story of a claim"."""
    base = checkpointed(decided(START, wish_of(TRIAL, "approve", EDITOR)), date(2026, 1, 20))
    old = digest_now(base, TRIAL)[:16]
    base = changed_trial(base)
    now = digest_now(base, TRIAL)[:16]
    base = decided(
        base, wish_of(TRIAL, "request-changes", CLINICIAN, note="Why about?", on=date(2026, 1, 22)), key=None
    )
    gone = wish_of(TRIAL, "withdraw", EDITOR, note="No.", on=date(2026, 1, 23), successor=DENIAL, answers=("all",))
    base = decided(with_report(base), gone)
    (report,) = state(base).claims[TRIAL].reports
    key = key_of(EDITOR).public().key_id()[:16]
    assert story(base) == (
        Event(date(2026, 1, 15), "drafted by editorial", "Made up for tests."),
        Event(
            date(2026, 1, 19),
            "error reported by a reader",
            "It was 14 people.",
            (f"report {report.digest}", "answered"),
        ),
        Event(
            date(2026, 1, 20),
            f"approved by {EDITOR} (medical-editor)",
            "",
            (f"an earlier content {old}…", f"signed with the key {key}…", "entry 1 of the log"),
        ),
        Event(
            date(2026, 1, 22),
            f"sent back for changes by {CLINICIAN} (clinician)",
            "Why about?",
            (f"the present content {now}…", "not signed", "not in the log yet"),
        ),
        Event(
            date(2026, 1, 23),
            f"withdrawn by {EDITOR} (medical-editor); see {DENIAL}",
            "No.",
            (f"the present content {now}…", f"signed with the key {key}…", "not in the log yet", "settles 1 report"),
        ),
    )


def test_a_machine_draft_and_an_open_report_are_said() -> None:
    base = edited(START, f"{TRIAL}.yaml", "method: Made up for tests.", "method: Made up for tests.\n  machine: true")
    draft, report = story(with_report(base))
    assert draft.facts == ("words of it were written by a machine",)
    assert report.facts[1] == "without an answer"


def test_why_a_decision_does_not_count_and_for_whom_it_was_made() -> None:
    base = both_approve(START, TRIAL)
    stranger = edited(base, "reviewers.yaml", f"id: {CLINICIAN}", "id: example-doctor")
    (approval,) = [e for e in story(stranger) if CLINICIAN in e.what]
    assert approval.what == f"approved by {CLINICIAN} (no reviewer)"
    assert approval.facts[-1].startswith("does not count: ")
    review, index = state(base).claims[TRIAL], knowledge(base)
    acting = review.decisions[0].predicate.model_copy(update={"acting_for": CLINICIAN, "answers": (NONE, NONE)})
    event = decision_event(replace(review.decisions[0], predicate=acting), review, index)
    assert event.what == f"approved by {EDITOR} (medical-editor) in place of {CLINICIAN}"
    assert event.facts[-1] == "settles 2 reports"
