"""What a release shows of the review: who approved, until when, what was withdrawn, and the log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from kbtool.export import EXPORTERS, run_exporters
from kbtool.release.artifact import content_of
from kbtool.release.claim_view import claim_view
from kbtool.release.gate import GATES
from kbtool.release.manifest import manifest_of
from kbtool.release.parts import Approver, LogState, Release, ReleasedDecision, Tombstone
from kbtool.release.release import make_release
from kbtool.release.reviewed import reviewed
from kbtool.release.view import document_of, shelf_of
from kbtool.review import base64text
from tests.review.scratch import (
    AS_OF,
    CLINICIAN,
    DAY,
    DENIAL,
    DRAFTER,
    EDITOR,
    RESTATED,
    TRIAL,
    approved,
    checkpointed,
    decided,
    knowledge,
    reviewed_base,
    state,
)
from tests.rules.bases import Base, edited

LAPSES = date(2028, 1, 20)


def released(base: Base, gate: str = "approved", as_of: date = AS_OF) -> Release:
    """The release of a base through a gate."""
    index = knowledge(base)
    return make_release(index, GATES[gate], as_of, review=reviewed(index, state(base, as_of), as_of))


def both() -> dict[str, bytes]:
    """The trial and the denial that it rests on, approved."""
    return approved(approved(reviewed_base(), DENIAL), TRIAL)


def shown(release: Release, claim: str) -> Mapping[str, object]:
    """The `review` part of a released claim."""
    found = next(each for each in release.claims if each.claim.id == claim)
    review: Mapping[str, object] = claim_view(found, shelf_of(release))["review"]
    return review


def test_only_what_is_approved_passes_the_default_gate() -> None:
    release = released(both())
    assert [each.claim.id for each in release.claims] == [DENIAL, TRIAL]
    assert [(held.id, held.reason) for held in release.held] == [
        (RESTATED, "no decision has been made: not reviewed by a qualified person")
    ]


def test_an_approved_claim_says_who_approved_it_and_until_when() -> None:
    release = released(both())
    found = shown(release, TRIAL)
    assert found["notice"] is None
    assert (found["approved_on"], found["lapses_on"]) == ("2026-01-20", "2028-01-20")
    assert found["approvers"] == [
        {"id": CLINICIAN, "roles": ["clinician"]},
        {"id": EDITOR, "roles": ["medical-editor"]},
    ]


def test_a_claim_shows_every_decision_in_order_without_its_note() -> None:
    base = decided(both(), TRIAL, "comment", DRAFTER, note="SECRET: a remark.", signers=())
    base = decided(base, TRIAL, "approve", CLINICIAN, on=AS_OF + timedelta(days=1))
    found = shown(released(base, "any"), TRIAL)["decisions"]
    assert isinstance(found, list)
    assert [(each["kind"], each["reviewer"], each["counts"]) for each in found] == [
        ("approve", EDITOR, True),
        ("approve", CLINICIAN, True),
        ("comment", DRAFTER, True),
    ]
    assert found[1]["roles"] == ["clinician"]
    assert found[1]["kind_label"] == "Approved"
    assert f"decisions/{TRIAL}/{found[1]['file']}.json" in base
    assert f"reviewed/{found[1]['content']}.json" in base
    assert "SECRET" not in str(document_of(released(base, "any")))


def test_a_decision_that_does_not_count_says_so() -> None:
    forged = decided(both(), TRIAL, "dispute", CLINICIAN, note="x", signers=("stranger",))
    found = shown(released(forged, "any"), TRIAL)["decisions"]
    assert isinstance(found, list)
    assert [each["counts"] for each in found if each["kind"] == "dispute"] == [False]


def test_no_name_of_a_reviewer_goes_out() -> None:
    """Personal data: the exports hold ids and roles only."""
    artifacts = run_exporters(EXPORTERS.values(), released(both(), "any")).artifacts
    files = {file.path: content_of(file) for file in artifacts}
    assert not [path for path, raw in files.items() if b"Example Reviewer" in raw]
    assert [path for path, raw in files.items() if EDITOR.encode() in raw]


def test_a_claim_that_is_not_approved_names_nobody() -> None:
    found = shown(released(decided(reviewed_base(), TRIAL, "approve", EDITOR), "any"), TRIAL)
    assert (found["standing"], found["approvers"]) == ("in-review", [])
    assert (found["approved_on"], found["lapses_on"]) == (None, None)


def test_a_lapsed_approval_is_no_approval() -> None:
    assert [each.claim.id for each in released(both(), as_of=LAPSES - timedelta(days=1)).claims] == [DENIAL, TRIAL]
    release = released(both(), "any", LAPSES)
    assert shown(release, TRIAL)["approvers"] == []
    assert release.valid_until is None


@pytest.mark.parametrize("gate", GATES)
def test_a_release_is_valid_until_the_day_before_its_first_approval_lapses(gate: str) -> None:
    base = approved(approved(reviewed_base(), DENIAL, on=DAY), TRIAL, on=DAY + timedelta(days=3))
    release = released(base, gate)
    assert release.valid_until == LAPSES - timedelta(days=1)
    assert document_of(release)["release"]["valid_until"] == "2028-01-19"
    assert b'"valid_until": "2028-01-19"' in manifest_of(release, ()).content


def test_a_release_without_approvals_is_valid_for_no_set_time() -> None:
    assert released(reviewed_base(), "any").valid_until is None


def test_a_withdrawn_claim_leaves_date_reason_and_successor() -> None:
    base = decided(both(), TRIAL, "withdraw", CLINICIAN, note="The trial was made up.", successor=DENIAL)
    release = released(base)
    (decision,) = (each for each in state(base).claims[TRIAL].decisions if each.predicate.decision == "withdraw")
    said = ReleasedDecision("withdraw", CLINICIAN, ("clinician",), DAY, decision.content, decision.digest, counts=True)
    assert release.tombstones == (Tombstone(TRIAL, DAY, "The trial was made up.", DENIAL, said),)
    assert document_of(release)["withdrawn"][0]["decision"]["file"] == decision.digest
    assert [each.claim.id for each in release.claims] == [DENIAL]


def test_a_withdrawal_to_come_and_one_that_does_not_count_leave_nothing() -> None:
    later = decided(both(), TRIAL, "withdraw", CLINICIAN, note="x", on=AS_OF + timedelta(days=1))
    forged = decided(both(), TRIAL, "withdraw", CLINICIAN, note="x", signers=("stranger",))
    assert released(later).tombstones == released(forged).tombstones == ()


def test_a_release_names_the_checkpoint_of_the_log() -> None:
    base = checkpointed(both())
    release, checkpoint = released(base), state(base).log
    assert checkpoint is not None
    assert release.checkpoint == LogState(5, base64text.encode(checkpoint.tree.root))
    expected = {"size": 5, "root": base64text.encode(checkpoint.tree.root)}
    assert document_of(release)["release"]["checkpoint"] == expected
    assert b'"checkpoint": {' in manifest_of(release, ()).content
    assert released(both()).checkpoint is None
    assert release.digest != released(both()).digest


def test_a_base_where_nobody_ever_decided_has_no_checkpoint() -> None:
    base = {
        name: raw for name, raw in both().items() if not name.startswith(("decisions/", "governance/", "reviewed/"))
    }
    text = base["kb.yaml"].decode()
    bare = base | {"kb.yaml": text[: text.index("root:")].encode(), "reviewers.yaml": b"reviewers: []\n"}
    assert released(bare, "any").checkpoint is None


def test_an_approver_without_a_record_has_no_roles() -> None:
    """Such an approval does not count; the view holds whatever it is given."""
    from kbtool.release.reviewed import Reviewed
    from kbtool.review.standing import Standing

    standing = Standing("approved", "x", approvers=("gone",))
    assert Reviewed().approvers(standing) == (Approver("gone", ()),)


def test_a_changed_claim_is_held_with_the_reason() -> None:
    base = edited(both(), f"{TRIAL}.yaml", "rationale: ", "rationale: In truth, ")
    held = {each.id: each.reason for each in released(base).held}
    assert held[TRIAL] == "what was approved on 2026-01-20 has changed since"
