"""Rules on statuses and waivers, and that every rule on the review has a case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

import pytest

from kbtool.diagnostics import Severity
from kbtool.engine.check import check
from kbtool.review.content import content_of, digest_of, evidence_digest
from kbtool.rules.decided import waived_contents
from kbtool.rules.review_pages import review_pages
from tests.review.planted import EVERY, LATER, good
from tests.review.scratch import (
    AS_OF,
    CLINICIAN,
    DENIAL,
    EDITOR,
    RESTATED,
    approved,
    checkpointed,
    decided,
    governed,
    knowledge,
    reviewed_base,
    synced,
)
from tests.rules.bases import POLICY, Base, diagnose, edited, loaded, seen, tiny_base

REVIEW_RULES = {page.name for page in review_pages()}


def found(base: Base, as_of: date = AS_OF) -> set[tuple[str, str, str]]:
    """File, rule and message of everything that a check finds about the review."""
    about = REVIEW_RULES | {"status-without-decision", "date-in-future"}
    return {(d.location.file, d.rule, d.message) for d in diagnose(base, as_of) if d.rule in about}


def typed(base: Base, claim: str, status: str) -> dict[str, bytes]:
    return edited(base, f"{claim}.yaml", "review:\n  status: draft\n", f"review:\n  status: {status}\n")


STATUSES: Mapping[str, tuple[Base, set[tuple[str, str, str]]]] = {
    "as decided": (synced(good()), set()),
    "not yet written": (
        approved(reviewed_base(), DENIAL),
        {(f"{DENIAL}.yaml", "status-not-as-decided", "the status is 'draft', and the decisions amount to 'approved'")},
    ),
    "better than decided": (
        typed(decided(reviewed_base(), DENIAL, "approve", EDITOR), DENIAL, "approved"),
        {
            (
                f"{DENIAL}.yaml",
                "status-not-as-decided",
                "the status is 'approved', and the decisions amount to 'in-review'",
            )
        },
    ),
    "typed": (
        typed(reviewed_base(), DENIAL, "approved"),
        {(f"{DENIAL}.yaml", "status-without-decision", "no signed decision backs the status 'approved'")},
    ),
    "typed beside a decision that does not count": (
        typed(decided(reviewed_base(), DENIAL, "approve", EDITOR, signers=()), DENIAL, "approved"),
        {
            (
                f"{DENIAL}.yaml",
                "status-not-as-decided",
                "the status is 'approved', and the decisions amount to 'draft'",
            ),
        },
    ),
}


@pytest.mark.parametrize(("base", "expected"), STATUSES.values(), ids=STATUSES)
def test_a_status_is_backed_by_decisions(base: Base, expected: set[tuple[str, str, str]]) -> None:
    """A status must be backed by signed decisions."""
    others = {"unsigned-decision"}
    assert {item for item in found(base) if item[1] not in others} == expected


def test_a_finding_stands_at_the_status() -> None:
    base = approved(reviewed_base(), DENIAL)
    line = base[f"{DENIAL}.yaml"].decode().split("\n").index("review:") + 2
    assert (f"{DENIAL}.yaml", line, "status-not-as-decided") in seen(diagnose(base))


def test_a_decision_dated_after_the_check_is_said() -> None:
    base = synced(decided(reviewed_base(), DENIAL, "comment", EDITOR, on=AS_OF + timedelta(days=1), note="So."))
    assert {(rule, message) for _, rule, message in found(base)} == {
        ("date-in-future", f"the decision is dated {AS_OF + timedelta(days=1)}, after this check, {AS_OF}")
    }


def waiver(**fields: object) -> bytes:
    usual = {
        "rule": "unused-evidence",
        "record": DENIAL,
        "content": digest_of_denial(reviewed_base()),
        "reason": "Made up for tests.",
        "by": EDITOR,
        "on": "2026-01-20",
        "until": "2026-03-01",
    }
    return "".join(f"{name}: {value}\n" for name, value in (usual | fields).items()).encode()


def digest_of_denial(base: Base) -> str:
    index = knowledge(base)
    return content_of(index.claims[DENIAL].model, index).digest


def waived(**fields: object) -> Callable[[], Base]:
    return lambda: reviewed_base() | {"waivers/one.yaml": waiver(**fields)}


def since_changed() -> Base:
    return edited(waived()(), f"{DENIAL}.yaml", "may not relieve hiccups.\n", "may not relieve any hiccups.\n")


WAIVERS: Mapping[str, tuple[Callable[[], Base], dict[str, str]]] = {
    "good": (waived(), {}),
    "of evidence": (
        waived(
            record="made-up-review",
            content=evidence_digest(knowledge(reviewed_base()).evidence["made-up-review"].model),
        ),
        {},
    ),
    "the last day": (waived(until=AS_OF), {}),
    "the day behind": (
        waived(until=AS_OF - timedelta(days=1)),
        {"lapsed-waiver": "the waiver lapsed on 2026-01-31"},
    ),
    "for another content": (
        since_changed,
        {"lapsed-waiver": f"the waiver is for another content of '{DENIAL}' than the present one"},
    ),
    "of a locked rule": (
        waived(rule="quote-not-in-source"),
        {"waiver-of-locked-rule": "rule 'quote-not-in-source' is locked and cannot be waived"},
    ),
    "of no rule": (waived(rule="no-such-rule"), {"waiver-without-effect": "there is no rule 'no-such-rule'"}),
    "of no record": (
        waived(record="plumberry-tea/gone"),
        {"waiver-without-effect": "there is no claim or evidence 'plumberry-tea/gone'"},
    ),
    "by nobody": (waived(by="nobody"), {"waiver-without-effect": "'nobody' is no reviewer of this base"}),
    "over before it begins": (
        waived(on="2026-01-25", until="2026-01-24"),
        {
            "waiver-without-effect": "the waiver ends on 2026-01-24, before it begins",
            "lapsed-waiver": "the waiver lapsed on 2026-01-24",
        },
    ),
}


@pytest.mark.parametrize(("make", "expected"), WAIVERS.values(), ids=WAIVERS)
def test_a_waiver_holds_or_is_said_not_to(make: Callable[[], Base], expected: dict[str, str]) -> None:
    """A dated, reasoned, signed exception: this rule, this claim, this content."""
    assert found(make()) == {("waivers/one.yaml", rule, message) for rule, message in expected.items()}


WAIVED_RULE = "name-without-words"


def faulty(**fields: object) -> Base:
    """The reviewed base with a finding that can be waived on the evidence of the trial, and a waiver of it."""
    base = edited(reviewed_base(), "evidence/made-up-trial.yaml", "{family: Nobody, given: N}", "{given: N}")
    content = evidence_digest(knowledge(base).evidence["made-up-trial"].model)
    usual = {"rule": WAIVED_RULE, "record": "made-up-trial", "content": content}
    return base | {"waivers/one.yaml": waiver(**(usual | fields))}


SILENCED: Mapping[str, tuple[dict[str, object], bool]] = {
    "valid": ({}, True),
    "for another content": ({"content": "0" * 64}, False),
    "lapsed": ({"until": "2026-01-31"}, False),
    "not yet": ({"on": "2026-02-02"}, False),
    "of another rule": ({"rule": "unused-evidence"}, False),
    "of another record": ({"record": "made-up-review"}, False),
}


@pytest.mark.parametrize(("fields", "silenced"), SILENCED.values(), ids=SILENCED)
def test_a_waiver_silences_its_rule_on_its_record_with_its_content(fields: dict[str, object], silenced: bool) -> None:
    outcome = check(loaded(faulty(**fields)), AS_OF)
    assert (WAIVED_RULE in {d.rule for d in outcome.waived}) == silenced
    assert (WAIVED_RULE in {d.rule for d in outcome.diagnostics}) != silenced


def test_the_contents_of_waived_records_are_those_that_exist() -> None:
    assert waived_contents(knowledge(waived(record="plumberry-tea/gone")())) == {}
    assert waived_contents(knowledge(tiny_base())) == {}


def test_every_rule_on_the_review_has_a_case() -> None:
    of_waivers = {rule for _, expected in WAIVERS.values() for rule in expected}
    of_statuses = {rule for _, expected in STATUSES.values() for _, rule, _ in expected}
    planted = {rule for fault in EVERY.values() for rule in fault.rules}
    remarks = {rule for _, rule, _ in POLICIES.values()}
    assert planted | of_waivers | (of_statuses & REVIEW_RULES) | remarks == REVIEW_RULES


def new_policy(**kept: bytes) -> Base:
    """A base with a decision under the policy of before, which is kept if it is given."""
    base = checkpointed(decided(reviewed_base(), RESTATED, "comment", EDITOR, note="So."))
    base |= {POLICY: base[POLICY] + b"# changed\n"}
    return checkpointed(governed(base)) | {f"reviewed/{digest_of(raw)}.yaml": raw for raw in kept.values()}


POLICIES: Mapping[str, tuple[Base, str, set[str]]] = {
    "not kept": (new_policy(), "kept-policy-missing", {f"decisions/{RESTATED}/", "governance/0001-"}),
    "kept": (new_policy(old=reviewed_base()[POLICY]), "kept-policy-missing", set()),
    "never changed": (good(), "kept-policy-missing", set()),
    "named by nobody": (
        good() | {f"reviewed/{digest_of(b'a: b')}.yaml": b"a: b"},
        "kept-policy-unnamed",
        {"reviewed/"},
    ),
}


@pytest.mark.parametrize(("base", "rule", "files"), POLICIES.values(), ids=POLICIES)
def test_a_policy_that_somebody_decided_under_is_kept(base: Base, rule: str, files: set[str]) -> None:
    """Every policy version that a decision names is there, or a diagnostic names the decision."""
    found = [d for d in diagnose(base) if d.rule in {"kept-policy-missing", "kept-policy-unnamed"}]
    assert {d.rule for d in found} <= {rule}
    assert len(found) == len(files)
    assert all(any(d.location.file.startswith(file) for d in found) for file in files)
    assert {d.severity for d in found} <= {Severity.WARNING}


def test_a_missing_policy_names_the_claim_and_can_be_waived_for_it() -> None:
    base = new_policy()
    assert {d.subject for d in diagnose(base) if d.rule == "kept-policy-missing"} >= {RESTATED}
    content = content_of(knowledge(base).claims[RESTATED].model, knowledge(base)).digest
    base = dict(base) | {"waivers/one.yaml": waiver(rule="kept-policy-missing", record=RESTATED, content=content)}
    outcome = check(loaded(base), AS_OF)
    assert [d.subject for d in outcome.waived] == [RESTATED]


@pytest.mark.parametrize("name", EVERY)
def test_each_fault_fails_a_check(name: str) -> None:
    """Anybody who holds the files can see it."""
    rules = {d.rule for d in diagnose(EVERY[name].make())}
    assert EVERY[name].rules <= rules


def test_locked_rules_of_the_review_cannot_be_waived() -> None:
    """Locked rules (signatures, log, approval binding) cannot be lowered by policy or waived."""
    assert {page.name for page in review_pages() if not page.locked} == {"kept-policy-missing", "kept-policy-unnamed"}
    base = decided(reviewed_base(), RESTATED, "approve", CLINICIAN, signers=(), on=LATER)
    base |= {"waivers/one.yaml": waiver(rule="unsigned-decision", record=RESTATED)}
    outcome = check(loaded(base), AS_OF)
    assert "unsigned-decision" in {d.rule for d in outcome.diagnostics}
    assert not outcome.waived
