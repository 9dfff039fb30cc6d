"""What changed between two bases, kind by kind."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool.release.compare import KINDS, CaveatChange, Difference, compare
from kbtool.release.snapshot import Snapshot, Stand
from tests.release.test_snapshot import side
from tests.review.scratch import DENIAL, DRAFTER, EDITOR, RESTATED, TRIAL, approved, decided, reviewed_base
from tests.rules.bases import POLICY, VOCABULARY, Base, edited, real_base, tiny_base

_CAVEAT = """  - kind: limited-evidence
    text: The note gives two doses and no tea of full strength.
    basis:
      quote:
        exact: weaker tea
        start: 150
        end: 160
"""


def after(*edits: tuple[str, str, str]) -> Difference:
    """What changes when passages of files of the tiny base are replaced."""
    base: Base = tiny_base()
    for name, old, new in edits:
        base = edited(base, name, old, new)
    return compare(side(tiny_base()), side(base))


def kinds(found: Difference) -> dict[str, list[str]]:
    return {change.claim: [kind for kind, _ in change.parts] for change in found.changed}


TRIAL_FILE, REVIEW_FILE = f"{TRIAL}.yaml", "evidence/made-up-review.yaml"

PARTS: dict[str, tuple[tuple[str, str, str], str]] = {
    "statement": ((TRIAL_FILE, "0.05), and weaker", "0.05), but weaker"), "reworded"),
    "typed field": ((TRIAL_FILE, "as_stated: p < 0.05", "as_stated: 0.05"), "reworded"),
    "polarity": ((TRIAL_FILE, "polarity: asserted", "polarity: denied"), "reworded"),
    "quote": ((TRIAL_FILE, "exact: weaker tea was ineffective", "exact: weaker tea was"), "re-sourced"),
    "finding": ((TRIAL_FILE, "Hiccups stopped after 3 minutes", "They stopped after 3 minutes"), "re-sourced"),
    "locator": ((TRIAL_FILE, "locator: table 1", "locator: table 2"), "re-sourced"),
    "stance": ((TRIAL_FILE, "stance: supports", "stance: context"), "re-graded"),
    "rating": ((TRIAL_FILE, "rating: supported", "rating: contradicted"), "re-graded"),
    "rationale": ((TRIAL_FILE, "The trial says so", "It says so"), "re-graded"),
    "caveat text": ((TRIAL_FILE, "some people would", "some would"), "caveats"),
    "relation": ((f"{DENIAL}.yaml", "kind: restates", "kind: contradicts"), "related"),
    "draft": ((TRIAL_FILE, "by: editorial", "by: somebody"), "drafted anew"),
}


@pytest.mark.parametrize(("edit", "kind"), PARTS.values(), ids=PARTS)
def test_each_part_of_a_record_has_its_kind(edit: tuple[str, str, str], kind: str) -> None:
    assert [*kinds(after(edit)).values()] == [[kind]]
    assert kind in KINDS


def test_nothing_changed_is_falsy() -> None:
    assert not after()
    assert not after(
        (
            TRIAL_FILE,
            "on: 2026-01-15\n  method: Made up for tests.",
            "on: 2026-01-15\n  method: Made up for tests.\ntags: [a]",
        )
    )


def test_a_dropped_caveat_is_no_mere_change() -> None:
    found = after((TRIAL_FILE, _CAVEAT, ""))
    text = "The note gives two doses and no tea of full strength."
    assert found.caveats_dropped == (CaveatChange(TRIAL, "limited-evidence", text),)
    assert (found.caveats_added, found.changed) == ((), ())
    back = compare(side(edited(tiny_base(), TRIAL_FILE, _CAVEAT, "")), side(tiny_base()))
    assert back.caveats_added == found.caveats_dropped
    assert back.caveats_dropped == ()


def test_a_caveat_of_another_kind_is_dropped_and_added() -> None:
    found = after((TRIAL_FILE, "kind: limited-evidence", "kind: adverse-effects"))
    assert [c.kind for c in found.caveats_dropped] == ["limited-evidence"]
    assert [c.kind for c in found.caveats_added] == ["adverse-effects"]


def test_of_two_caveats_of_one_kind_the_one_with_the_same_words_stays() -> None:
    same = edited(tiny_base(), TRIAL_FILE, "kind: individual-variation", "kind: limited-evidence")
    found = compare(side(same), side(edited(same, TRIAL_FILE, _CAVEAT, "")))
    assert [c.text for c in found.caveats_dropped] == ["The note gives two doses and no tea of full strength."]


def test_a_renamed_claim_is_neither_gone_nor_new() -> None:
    base = tiny_base()
    raw = base.pop(TRIAL_FILE)
    base["plumberry-tea/two-doses.yaml"] = raw.replace(b"/trial-of-two-doses", b"/two-doses")
    found = compare(side(tiny_base()), side(base))
    assert found.renamed == ((TRIAL, "plumberry-tea/two-doses"),)
    assert (found.added, found.vanished, found.changed) == ((), (), ())


def test_two_alike_claims_are_paired_in_the_order_of_their_ids() -> None:
    raw = tiny_base()[TRIAL_FILE]
    one, two = tiny_base(), tiny_base()
    for base, names in ((one, ("a", "b")), (two, ("c", "d", "e"))):
        for name in names:
            base[f"plumberry-tea/{name}.yaml"] = raw.replace(b"/trial-of-two-doses", f"/{name}".encode())
    found = compare(side(one), side(two))
    assert [(old[-1], new[-1]) for old, new in found.renamed] == [("a", "c"), ("b", "d")]
    assert found.added == ("plumberry-tea/e",)
    assert compare(side(two), side(one)).vanished == ("plumberry-tea/e",)


def test_a_claim_that_is_gone_has_vanished_and_one_that_cannot_be_read_has_not() -> None:
    less = {name: raw for name, raw in tiny_base().items() if name != TRIAL_FILE}
    assert compare(side(tiny_base()), side(less)).vanished == (TRIAL,)
    assert compare(side(tiny_base()), side(less, TRIAL)).vanished == ()
    assert compare(side(less), side(tiny_base())).added == (TRIAL,)


def test_a_withdrawal_is_told_with_its_reason_once() -> None:
    gone = decided(reviewed_base(), TRIAL, "withdraw", DRAFTER, note="Nobody can repeat it.")
    found = compare(side(reviewed_base()), side(gone))
    assert found.withdrawn == ((TRIAL, f"withdrawn by {DRAFTER} on 2026-01-20: Nobody can repeat it."),)
    assert found.standings[0].after == "withdrawn"
    assert compare(side(gone), side(gone)).withdrawn == ()


def test_a_claim_known_only_as_withdrawn_is_not_added() -> None:
    empty = Snapshot({}, {}, None)
    stone = Snapshot({}, {"x/y": Stand("withdrawn", "It was wrong.")}, None)
    found = compare(empty, stone)
    assert (found.added, found.withdrawn) == ((), (("x/y", "It was wrong."),))


def test_a_lost_approval_is_told_from_any_other_change_of_standing() -> None:
    before = approved(reviewed_base(), DENIAL)
    changed = edited(before, f"{DENIAL}.yaml", "One trial of 40 people", "A trial of 40 people")
    found = compare(side(before), side(changed))
    assert [c.claim for c in found.approvals_lost] == [DENIAL]
    assert found.approvals_lost[0].after == "needs-review"
    gained = compare(side(reviewed_base()), side(decided(reviewed_base(), DENIAL, "approve", EDITOR)))
    assert [(c.before, c.after) for c in gained.standings] == [("draft", "in-review")]
    assert gained.approvals_lost == ()


def test_changed_evidence_names_the_claims_it_touches() -> None:
    found = after((REVIEW_FILE, "state: current", "state: retracted"))
    assert [(e.evidence, e.claims) for e in found.evidence] == [("made-up-review", (DENIAL, RESTATED))]
    assert [c.what for c in found.evidence[0].changes] == ["evidence record 'made-up-review': status, state"]
    assert found.changed == ()


def test_a_redefined_term_names_the_claims_that_use_it() -> None:
    found = after((VOCABULARY, "The evidence seen says the same.", "It says the same."))
    assert [(t.term, t.claims) for t in found.terms] == [("ratings/supported", (DENIAL, RESTATED, TRIAL))]


def test_the_policy_is_compared_where_both_sides_have_one() -> None:
    found = after((POLICY, "interests_months: 12", "interests_months: 6"))
    assert [(c.before, c.after) for c in found.policy] == [("12", "6")]
    here = side(tiny_base())
    assert not compare(Snapshot(here.contents, here.standings, None), here).policy
    assert not compare(here, Snapshot(here.contents, here.standings, None)).policy


_MOVES: dict[str, Callable[[Snapshot], Snapshot]] = {
    "claims": lambda s: Snapshot(dict(list(s.contents.items())[1:]), dict(list(s.standings.items())[1:]), s.policy),
    "policy": lambda s: Snapshot(s.contents, s.standings, {**(s.policy or {}), "interests_months": 99}),
    "nothing": lambda s: s,
}


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(sorted(_MOVES)), st.sampled_from(sorted(_MOVES)))
def test_what_one_way_adds_the_other_way_takes(first: str, second: str) -> None:
    """Added one way is gone the other way, and a side never differs from itself."""
    base = side(real_base())
    one, two = _MOVES[first](base), _MOVES[second](base)
    there, back = compare(one, two), compare(two, one)
    assert there.added == back.vanished
    assert there.vanished == back.added
    assert bool(there) == bool(back) == (first != second)
