from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool.audit.anchors import Anchors
from kbtool.audit.archive import ArchiveProblem, write_archive
from kbtool.audit.layout import INFO, MANIFEST, REPORT, STATEMENT, TAG_MANIFEST
from kbtool.audit.verify import Verifier, verify_archive
from kbtool.review.content import digest_of
from kbtool.review.keys import PublicKey
from tests.audit.made import (
    DRAFT,
    TOOL,
    bag,
    bundle,
    opened,
    relisted,
    report,
    roots,
    signed,
    signed_base,
    unsigned,
    verified,
)
from tests.review.scratch import (
    CLINICIAN,
    DENIAL,
    EDITOR,
    LOG,
    ROOTS,
    STRANGER,
    TRIAL,
    checkpointed,
    decided,
    governed,
    key_of,
    relogged,
    reviewed_base,
    state,
)
from tests.rules.bases import POLICY, edited, tiny_base

Files = Mapping[str, bytes]


def put(name: str, raw: bytes) -> Callable[[Files], Files]:
    return lambda files: {**files, name: raw}


def swap(name: str, old: str, new: str) -> Callable[[Files], Files]:
    def change(files: Files) -> Files:
        text = files[name].decode()
        assert old in text
        return {**files, name: text.replace(old, new).encode()}

    return change


def test_with_the_root_keys_given_a_signed_bundle_is_authenticated() -> None:
    verdict = verified(signed(), Anchors(root_keys=roots()))
    assert (verdict.kind, verdict.problems) == ("authenticated", ())
    assert verdict.facts[0] == "3 claims as of 2026-02-01: 2 approved, 1 draft"


def test_without_them_it_is_authenticated_by_its_own_only() -> None:
    assert verified(signed()).kind == "self-authenticated"


def test_an_unsigned_bundle_is_consistent_and_not_authenticated() -> None:
    verdict = verified(unsigned())
    assert verdict.kind == "consistent"
    assert "no root keys stand behind it: anybody can have written it" in verdict.limits


@pytest.mark.parametrize(
    ("base", "why"),
    [
        (reviewed_base, "it has no log with a checkpoint"),
        (lambda: checkpointed(reviewed_base()), "no decision in it counts and is logged"),
        (lambda: decided(checkpointed(reviewed_base()), DENIAL, "approve", EDITOR), "no decision in it counts and is"),
    ],
)
def test_half_of_what_authenticates_is_not_enough(base: Callable[[], Files], why: str) -> None:
    verdict = verified(bundle(base()))
    assert verdict.kind == "consistent"
    assert any(why in limit for limit in verdict.limits)


ON_TOP: tuple[tuple[str, Callable[[Files], Files], str], ...] = (
    (
        "approved record",
        swap(f"data/claims/{DENIAL}.yaml", "statement: ", "statement: So "),
        f"claim '{DENIAL}': the bundle",
    ),
    ("draft record", swap(f"data/claims/{DRAFT}.yaml", "statement:", "statement: So"), f"'data/claims/{DRAFT}.yaml'"),
    ("evidence", swap("data/claims/evidence/made-up-trial.yaml", "result: ", "result: Not "), f"claim '{TRIAL}'"),
    ("term", swap("data/schema/vocabulary.yaml", "The evidence seen says the same.", "It is so."), f"claim '{DENIAL}'"),
    ("policy", swap("data/schema/policy.yaml", "people: 2", "people: 1"), "changed without the root keys' signatures"),
    ("reviewers", swap("data/claims/reviewers.yaml", "Three", "Four"), "changed without the root keys' signatures"),
    ("root", swap("data/claims/kb.yaml", "threshold: 2", "threshold: 1"), "changed without the root keys' signatures"),
    (
        "text",
        swap("data/claims/sources/plumberry-tea.yaml", "on: 2026-01-10", "on: 2026-01-11"),
        "plumberry-tea.yaml' is not the one",
    ),
    ("kept content", put(f"data/claims/reviewed/{'0' * 64}.json", b"{}"), "not the ones that its name promises"),
    ("entries", lambda f: {n: r for n, r in f.items() if not n.endswith("entries.ndjson")}, "entries"),
    ("report", put(REPORT, b"nothing found"), "is not what a check of these records says"),
    ("summary", put("data/summary.html", b"<p>approved"), "'data/summary.html' is not"),
    ("guide", put("VERIFY.md", b"all is well"), "'VERIFY.md' is not what"),
    ("crate", put("data/ro-crate-metadata.json", b"{}"), "'data/ro-crate-metadata.json' is not what"),
    ("more", put("data/more", b""), "'data/more' does not belong"),
    ("more tags", put("more.txt", b""), "'more.txt' does not belong"),
    (
        "no summary",
        lambda f: {n: r for n, r in f.items() if n != "data/summary.html"},
        "'data/summary.html' is missing",
    ),
    ("key", put("data/keys/keys.tsv", b""), "'data/keys/keys.tsv' is not"),
    ("no statement", put(STATEMENT, b"{}"), "is no statement of a bundle"),
    ("deep statement", put(STATEMENT, b"[" * 99999), "is no statement of a bundle"),
    ("other form", put(STATEMENT, b'{"format": "kbtool/audit-bundle/2"}'), "another version of kbtool made it"),
    ("stated standing", swap(STATEMENT, '"draft"', '"approved"'), f"claim '{DRAFT}': the bundle states 'approved'"),
    ("stated decision", swap(STATEMENT, '"by": "example-editor"', '"by": "x"'), "are not the ones that the bundle"),
    ("stated day", swap(STATEMENT, '"as_of": "2026-02-01"', '"as_of": "2026-01-01"'), "the bundle states"),
    ("more stated", swap(STATEMENT, f'"{DRAFT}"', '"plumberry-tea/other"'), f"claim '{DRAFT}': its decisions"),
    ("broken record", put(f"data/claims/{DRAFT}.yaml", b"id: ["), f"claims/{DRAFT}.yaml:1"),
    ("no base", lambda f: {n: r for n, r in f.items() if n != "data/claims/kb.yaml"}, "kb.yaml"),
    ("stray", put("data/claims/stray.exe", b""), "belongs nowhere"),
    ("policies", put(f"data/policies/{'0' * 64}.yaml", b""), "is not a policy that a decision or governance names"),
)


@pytest.mark.parametrize(("change", "message"), [case[1:] for case in ON_TOP], ids=[case[0] for case in ON_TOP])
def test_what_is_changed_with_the_manifests_made_good_does_not_hold(
    change: Callable[[Files], Files], message: str
) -> None:
    verdict = verified(relisted(change(opened(signed()))))
    assert verdict.kind == "broken"
    assert any(message in problem for problem in verdict.problems), verdict.problems


def test_what_is_changed_without_them_is_named_first() -> None:
    name = f"data/claims/{DENIAL}.yaml"
    verdict = verified({**opened(signed()), name: b"x"})
    assert (
        verdict.problems[0] == f"the file '{name}' is not the one that 'manifest-sha256.txt' lists: its digest differs"
    )


def test_a_bundle_made_anew_of_a_changed_record_does_not_call_it_approved() -> None:
    name = f"{DENIAL}.yaml"
    base = {**signed_base(), name: signed_base()[name].replace(b"statement: ", b"statement: So ")}
    verdict = verified(bundle(base), Anchors(root_keys=roots()))
    assert not verdict.problems
    assert any(limit.startswith(f"claim '{DENIAL}' needs review: what was approved") for limit in verdict.limits)
    assert verdict.facts[0].endswith("1 draft, 2 needs-review")


def last_decision(base: Files) -> str:
    return max(name for name in base if name.startswith(f"decisions/{TRIAL}/"))


def test_a_bundle_made_anew_without_a_decision_does_not_hold() -> None:
    base = {name: raw for name, raw in signed_base().items() if name != last_decision(signed_base())}
    assert "which is gone" in verified(bundle(base), Anchors(roots())).problems[0]


def test_a_bundle_made_anew_with_a_decision_unlogged_does_not_hold() -> None:
    base = dict(signed_base())
    gone = last_decision(base)
    base["log/entries.ndjson"] = b"".join(
        line + b"\n" for line in base["log/entries.ndjson"].split(b"\n")[:-1] if gone.encode() not in line
    )
    del base[gone]
    assert "entries were dropped" in verified(bundle(base), Anchors(roots())).problems[0]


def test_a_bundle_cut_back_to_an_earlier_time_needs_an_older_checkpoint_to_be_found() -> None:
    base = reviewed_base()
    base = checkpointed(decided(decided(base, DENIAL, "approve", EDITOR), DENIAL, "approve", CLINICIAN))
    assert base["log/checkpoint"] == signed_base()["log/checkpoints/3"]
    assert verified(bundle(base), Anchors(roots())).kind == "authenticated"
    kept = signed_base()["log/checkpoint"]
    assert "rolled back" in verified(bundle(base), Anchors(roots(), checkpoint=kept)).problems[0]


def test_a_claim_left_out_with_its_statement_does_not_hold() -> None:
    files = {name: raw for name, raw in opened(signed()).items() if name != f"data/claims/{DENIAL}.yaml"}
    assert f"claim '{DENIAL}': 'decisions/" in verified(relisted(files)).problems[0]
    files = {name: raw for name, raw in opened(signed()).items() if name != f"data/claims/{DRAFT}.yaml"}
    assert verified(relisted(files)).problems[0].startswith(f"claim '{DRAFT}': the bundle states how it stands")


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_byte_of_any_file_changed_is_seen_with_and_without_good_manifests(data: st.DataObject) -> None:
    """Proves "everything that it states is computed again from what it holds"."""
    files = dict(opened(signed()))
    name = data.draw(st.sampled_from(sorted(name for name, raw in files.items() if raw)))
    raw = bytearray(files[name])
    raw[data.draw(st.integers(min_value=0, max_value=len(raw) - 1))] ^= data.draw(
        st.integers(min_value=1, max_value=255)
    )
    files[name] = bytes(raw)
    assert verified(files).kind == "broken"
    if name not in {INFO, MANIFEST, TAG_MANIFEST}:
        assert verified(relisted(files)).kind == "broken"


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_a_byte_of_the_archive_changed_is_seen(data: st.DataObject) -> None:
    raw = bytearray(signed())
    raw[data.draw(st.integers(min_value=0, max_value=len(raw) - 1))] ^= data.draw(
        st.integers(min_value=1, max_value=255)
    )
    outcome = verify_archive(bytes(raw), Verifier(Anchors(), TOOL, report))
    assert isinstance(outcome, ArchiveProblem) or outcome.kind == "broken"


def strangers() -> tuple[PublicKey, ...]:
    return (key_of(STRANGER).public(),)


@pytest.mark.parametrize(
    ("anchors", "message"),
    [
        (Anchors(strangers()), "no governance of the bundle is signed by 1 of the 1 root keys given; at most by 0"),
        (Anchors((*roots(), *strangers())), "signed by 3 of the 3 root keys given; at most by 2"),
        (Anchors((*roots(), *strangers()), threshold=2), ""),
        (Anchors(roots()[:1]), ""),
    ],
)
def test_root_keys_that_the_auditor_brings_along(anchors: Anchors, message: str) -> None:
    verdict = verified(signed(), anchors)
    assert message in "".join(verdict.problems)
    assert verdict.kind == ("broken" if message else "authenticated")


def test_root_keys_do_not_hold_for_a_bundle_without_governance() -> None:
    assert "at most by 0" in verified(unsigned(), Anchors(roots())).problems[0]


def test_root_keys_hold_through_a_change_of_keys() -> None:
    root = {"threshold": 1, "keys": [{"name": STRANGER, "public": key_of(STRANGER).public().to_text()}]}
    old = signed_base()["kb.yaml"].decode()
    new = (
        old[: old.index("root:")]
        + (
            f"root:\n  threshold: 1\n  keys:\n    - name: {STRANGER}\n      public: {root['keys'][0]['public']}\n"  # type: ignore[index]
            + old[old.index("log:") :]
        )
    )
    base = checkpointed(governed({**signed_base(), "kb.yaml": new.encode()}, signers=(*ROOTS, STRANGER)))
    for keys in (roots(), strangers()):
        assert verified(bundle(base), Anchors(keys)).kind == "authenticated"


def test_an_older_checkpoint_that_the_log_continues() -> None:
    older = signed_base()["log/checkpoints/3"]
    verdict = verified(signed(), Anchors(roots(), checkpoint=older))
    assert verdict.kind == "authenticated"
    assert not any("older checkpoint" in limit for limit in verdict.limits)


def test_an_older_checkpoint_shows_a_log_that_its_own_key_rewrote() -> None:
    base = reviewed_base()
    for person in (CLINICIAN, EDITOR):
        base = checkpointed(decided(base, TRIAL, "approve", person))
    kept = signed_base()["log/checkpoint"]
    assert (
        "the log does not continue the checkpoint given" in verified(bundle(base), Anchors(checkpoint=kept)).problems[0]
    )


@pytest.mark.parametrize(
    ("archive", "raw", "message"),
    [
        (unsigned, b"", "the bundle has no log"),
        (signed, b"", "the checkpoint given is none of this log"),
        (signed, relogged(signed_base(), (), signer=STRANGER)["log/checkpoint"], "none of this log"),
    ],
)
def test_a_checkpoint_that_cannot_be_compared(archive: Callable[[], bytes], raw: bytes, message: str) -> None:
    assert message in verified(archive(), Anchors(checkpoint=raw)).problems[0]


def quotes_only(base: Files) -> dict[str, bytes]:
    return edited(base, "sources/plumberry-tea.yaml", "use: full-text", "use: quotes-only")


def test_a_text_that_may_not_be_passed_on_is_left_out_and_approvals_still_hold() -> None:
    files = bag(quotes_only(signed_base()))
    assert not [name for name in files if name.endswith(".txt") and "/sources/" in name]
    verdict = verified(files, Anchors(roots()))
    assert verdict.kind == "authenticated", verdict.problems
    assert verdict.facts[0].endswith("2 approved, 1 draft")
    assert (
        "the text of 'plumberry-tea' is left out for its rights: its quotes cannot be held against it" in verdict.limits
    )


def test_a_record_changed_is_seen_where_its_text_is_left_out() -> None:
    files = bag(quotes_only(signed_base()))
    changed = swap(f"data/claims/{DENIAL}.yaml", "statement: ", "statement: So ")(files)
    assert verified(relisted(changed)).problems[0].startswith(f"claim '{DENIAL}': the bundle states 'approved'")


def test_contents_that_nobody_kept_travel_where_the_text_does_not() -> None:
    base = quotes_only(reviewed_base())
    base = checkpointed(decided(base, TRIAL, "approve", EDITOR))
    files = bag(base)
    found = state(base).claims[DENIAL].content
    assert found is not None
    assert files[f"data/contents/{found.digest}.json"] == found.raw
    assert verified(files).kind == "self-authenticated"


def test_a_shipped_content_that_is_none_does_not_belong() -> None:
    files = {**bag(quotes_only(signed_base())), f"data/contents/{'0' * 64}.json": b"[]"}
    assert "does not belong to this bundle" in verified(relisted(files)).problems[0]


def test_a_bundle_of_approved_claims_only_says_nothing_of_others() -> None:
    base = signed_base()
    for person in (EDITOR, CLINICIAN):
        base = checkpointed(decided(base, DRAFT, "approve", person))
    verdict = verified(bundle(base))
    assert verdict.facts[0].endswith(": 3 approved")
    assert not any("not approved" in limit for limit in verdict.limits)


def test_a_bundle_of_no_approved_claim_says_nothing_of_what_approvals_cover() -> None:
    verdict = verified(unsigned())
    assert not any("approvals cover" in limit for limit in verdict.limits)


def test_without_any_decision_a_text_left_out_is_no_problem() -> None:
    assert verified(bundle(quotes_only(tiny_base()))).kind == "consistent"


def test_a_text_that_is_missing_for_no_reason_is_one() -> None:
    files = {name: raw for name, raw in opened(unsigned()).items() if "/sources/plumberry-tea/" not in name}
    assert "is missing" in verified(relisted(files)).problems[0]


def new_policy() -> tuple[dict[str, bytes], bytes]:
    old = signed_base()[POLICY]
    changed = {**signed_base(), POLICY: old + b"# changed\n"}
    return checkpointed(governed(changed)), old


def test_a_policy_that_decisions_name_and_that_is_not_kept_is_said() -> None:
    base, old = new_policy()
    verdict = verified(bundle(base), Anchors(roots()))
    assert verdict.kind == "authenticated"
    assert f"policy {digest_of(old)[:12]}…, named by 4 decisions, is not in the bundle" in verdict.limits


def test_an_earlier_policy_goes_into_the_bundle() -> None:
    base, old = new_policy()
    files = bag(base, {digest_of(old): old})
    assert files[f"data/policies/{digest_of(old)}.yaml"] == old
    verdict = verified(files, Anchors(roots()))
    assert verdict.kind == "authenticated"
    assert not any("policy" in limit for limit in verdict.limits)


def test_a_kept_policy_is_in_every_bundle() -> None:
    """The bundle holds every policy version that a decision or governance names."""
    base, old = new_policy()
    files = bag({**base, f"reviewed/{digest_of(old)}.yaml": old})
    assert files[f"data/claims/reviewed/{digest_of(old)}.yaml"] == old
    assert {p["held"] for p in json.loads(files[STATEMENT])["policies"]} == {"kept", "present"}
    verdict = verified(files, Anchors(roots()))
    assert verdict.kind == "authenticated"
    assert not any("policy" in limit for limit in verdict.limits)


def test_a_policy_that_only_governance_names_and_nobody_kept_is_said() -> None:
    base, old = new_policy()
    base = checkpointed(governed({**base, POLICY: old + b"# changed again\n"}))
    kept = {f"reviewed/{digest_of(old)}.yaml": old}
    limits = verified(bundle({**base, **kept}), Anchors(roots())).limits
    between = digest_of(old + b"# changed\n")
    assert f"policy {between[:12]}…, agreed on by root keys, is not in the bundle" in limits


def test_a_kept_policy_that_was_changed_does_not_hold() -> None:
    base, old = new_policy()
    name = f"reviewed/{digest_of(old)}.yaml"
    verdict = verified(bundle({**base, name: old + b"#\n"}))
    assert verdict.kind == "broken"
    assert verdict.problems[0] == f"'{name}': the bytes of this kept policy are not the ones that its name promises"


def test_decisions_that_no_checkpoint_holds_are_said() -> None:
    base = decided(signed_base(), DRAFT, "approve", EDITOR)
    assert "1 file of decisions or governance is in no checkpoint yet" in verified(bundle(base)).limits


def test_a_decision_with_a_fault_does_not_hold() -> None:
    base = decided(signed_base(), DRAFT, "approve", EDITOR, signers=(LOG,))
    assert "no reviewer has the key" in verified(bundle(base)).problems[0]


def test_pages_of_another_version_are_not_compared_and_it_is_said() -> None:
    verdict = verified(signed(), tool="kbtool 99")
    assert verdict.kind == "self-authenticated"
    assert verdict.limits[-1] == f"its pages and report were not compared: another program made them, {TOOL}"
    files = relisted({**opened(signed()), "data/summary.html": b"<p>other"})
    assert verified(files, tool="kbtool 99").kind == "self-authenticated"
    files = relisted({**opened(signed()), "data/keys/keys.tsv": b""})
    assert verified(files, tool="kbtool 99").kind == "broken"


def test_the_statement_says_all_that_is_decided() -> None:
    stated = json.loads(opened(signed())[STATEMENT])
    assert [d["by"] for d in stated["claims"][DENIAL]["decisions"]] == [EDITOR, CLINICIAN]
    assert date.fromisoformat(stated["as_of"]) == date(2026, 2, 1)
    assert stated["log"]["size"] == 5


def test_the_same_base_gives_the_same_bytes() -> None:
    assert bundle(signed_base()) == signed()
    assert write_archive(opened(signed())) == signed()
