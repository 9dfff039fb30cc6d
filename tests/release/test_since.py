"""What a release changed since an earlier one."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool.model.claim import ClaimBase
from kbtool.release.changed import KINDS, STATES, Changes
from kbtool.release.gate import GATES
from kbtool.release.jsontext import pretty
from kbtool.release.parts import Release
from kbtool.release.release import make_release
from kbtool.release.reviewed import Reviewed
from kbtool.release.since import changes_since, published
from kbtool.release.snapshot import EarlierRelease, earlier_release, snapshot_of
from kbtool.release.view import document_of
from kbtool.review.standing import Standing
from tests.export.small import AS_OF, VOCABULARY, base_of, claim_of, record, small_claims, small_release

USAGE, COST = "open-text/usage", "open-text/cost"
Edit = Callable[[dict[str, Any]], None]


def earlier(release: Release) -> EarlierRelease:
    """The release as a later one finds it: from the bytes of its `claims.json`."""
    found = earlier_release(pretty(document_of(release)))
    assert isinstance(found, EarlierRelease)
    return found


def of(*claims: ClaimBase, standings: dict[str, Standing] | None = None) -> Release:
    """The release of some claims through the gate `any`."""
    plain = Standing("draft", "nobody has decided anything")
    review = Reviewed(lambda claim: (standings or {}).get(claim.id, plain))
    return make_release(base_of(list(claims)), GATES["any"], AS_OF, review=review)


def told(changes: Changes) -> list[tuple[str, str, str, str, str]]:
    """Every change on one line: id, kind, what, before, after."""
    return [(claim.id, c.kind, c.what, c.before, c.after) for claim in changes.claims for c in claim.changes]


def usage(**changes: Any) -> ClaimBase:
    return claim_of("usage", changes.pop("statement", "tea may help"), **changes)


def cost(**changes: Any) -> ClaimBase:
    return claim_of("cost", "it costs", **changes)


VERDICT = {"rating": "contradicted", "rationale": "tea may help"}
CAVEAT = {"kind": "limited-evidence", "text": "only one", "basis": None}
OTHER = {"kind": "untraced-citation", "text": "not found", "basis": None}
LINK = {"ref": "a-trial", "stance": "supports", "directness": "direct", "finding": "it helped"}

QUOTES = {"document": "open-text", "quotes": [{"exact": "tea may help", "start": "0", "end": "12"}]}
SAME = {"source": QUOTES, "caveats": [CAVEAT], "evidence": [LINK], "verdict": VERDICT}
"""The parts that the statement would otherwise be copied into."""

CASES: list[tuple[dict[str, Any], dict[str, Any], list[tuple[str, str, str, str]]]] = [
    ({}, {"tags": ["other"]}, []),
    (
        SAME,
        {"statement": "tea may help a little", **SAME},
        [("reworded", "statement", "tea may help", "tea may help a little")],
    ),
    ({}, {"verdict": VERDICT}, [("re-graded", "verdict: rating", "supported", "contradicted")]),
    ({"caveats": []}, {"caveats": [CAVEAT]}, [("caveat-added", "Limited evidence", "", "only one")]),
    ({"caveats": [CAVEAT]}, {"caveats": []}, [("caveat-dropped", "Limited evidence", "only one", "")]),
    (
        {"caveats": [CAVEAT]},
        {"caveats": [OTHER]},
        [
            ("caveat-added", "Untraced citation", "", "not found"),
            ("caveat-dropped", "Limited evidence", "only one", ""),
        ],
    ),
    (
        {"caveats": [CAVEAT]},
        {"caveats": [CAVEAT | {"text": "only two"}]},
        [("caveat-changed", "caveat 'limited-evidence': text", "only one", "only two")],
    ),
    (
        {"evidence": [LINK]},
        {"evidence": [LINK | {"finding": "it did not"}]},
        [("re-sourced", "evidence 'a-trial': finding", "it helped", "it did not")],
    ),
    (
        {"evidence": [LINK]},
        {"evidence": [LINK | {"stance": "context"}]},
        [("re-graded", "evidence 'a-trial': stance", "supports", "context")],
    ),
    ({"relations": []}, {}, [("related", "relations", "", "claim: open-text/usage; kind: see-also")]),
    (
        {},
        {"drafted": {"by": "a person", "on": "2026-01-02", "method": "by hand", "machine": "true"}},
        [("drafted-anew", "drafted: by", "editorial", "a person")],
    ),
]


@pytest.mark.parametrize(("before", "after", "wanted"), CASES, ids=lambda case: str(case)[:30])
def test_what_changed_in_a_record(
    before: dict[str, Any], after: dict[str, Any], wanted: list[tuple[str, str, str, str]]
) -> None:
    """`changes.json` lists what changed by id and kind of change."""
    changes = changes_since(earlier(of(usage(**before), cost())), of(usage(**after), cost()))
    assert [change[1:] for change in told(changes) if change[1] != "term-changed"] == wanted
    assert {claim.id for claim in changes.claims} <= {USAGE}


def test_added_withdrawn_vanished_and_held() -> None:
    gone = Standing("withdrawn", "taken back")
    lost = usage(evidence=[LINK | {"ref": "lost-study"}], id="open-text/held")
    before = of(usage(), cost(), claim_of("safety", "is safe"), usage(id="open-text/held"))
    after = of(usage(), cost(), claim_of("citation", "was cited"), lost, standings={COST: gone})
    assert told(changes_since(earlier(before), after)) == [
        ("open-text/citation", "added", "", "", ""),
        (COST, "withdrawn", "", "", "taken back"),
        ("open-text/held", "held", "", "", "it cites evidence 'lost-study', which has no readable record"),
        ("open-text/safety", "vanished", "", "", ""),
    ]
    back = changes_since(earlier(after), before)
    assert [claim.state for claim in back.claims] == ["gone", "released", "released", "released"]
    assert ("open-text/held", "added", "it was held back", "", "") in told(back)


def test_another_name() -> None:
    changes = changes_since(earlier(of(usage())), of(usage(id="open-text/use")))
    assert told(changes) == [
        (USAGE, "renamed", "now", USAGE, "open-text/use"),
        ("open-text/use", "renamed", "before", USAGE, "open-text/use"),
    ]
    assert [claim.state for claim in changes.claims] == [
        "gone" if claim.id == USAGE else "released" for claim in changes.claims
    ]


def test_another_standing_with_the_reason() -> None:
    disputed = {USAGE: Standing("disputed", "somebody says no")}
    changes = changes_since(earlier(of(usage())), of(usage(), standings=disputed))
    assert told(changes) == [(USAGE, "standing-changed", "somebody says no", "Draft", "Disputed")]


def test_evidence_and_terms_are_told_at_the_claims_that_use_them() -> None:
    before, base = of(usage(), cost(evidence=[], caveats=[])), base_of([usage(), cost(evidence=[], caveats=[])])
    trial = base.evidence["a-trial"]
    evidence = {**base.evidence, "a-trial": record(trial.model.model_copy(update={"result": "2 of 12"}))}
    kinds = {**VOCABULARY.ratings, "supported": VOCABULARY.ratings["supported"].model_copy(update={"label": "So"})}
    other = replace(base, evidence=evidence, vocabulary=record(VOCABULARY.model_copy(update={"ratings": kinds})))
    plain = Reviewed(lambda _: Standing("draft", "nobody has decided anything"))
    found = told(changes_since(earlier(before), make_release(other, GATES["any"], AS_OF, review=plain)))
    assert (USAGE, "evidence-changed", "evidence record 'a-trial': result", "8 of 12", "2 of 12") in found
    labels = [id_ for id_, kind, *_ in found if kind == "term-changed"]
    assert labels == [COST, USAGE]


def test_without_an_earlier_release_everything_is_published() -> None:
    changes = published(small_release("approved"))
    assert changes.since is None
    kinds = {claim.id: [change.kind for change in claim.changes] for claim in changes.claims}
    assert len(kinds) == len(small_claims())
    assert kinds["open-text/efficacy"] == ["published"]
    assert kinds["open-text/usage"] == ["held"]
    assert kinds["closed-text/usage"] == ["withdrawn"]
    assert {claim.state for claim in changes.claims} == set(STATES) - {"gone"}


@pytest.mark.parametrize("gate", GATES)
def test_a_release_and_itself_do_not_differ(gate: str) -> None:
    release = small_release(gate)
    assert changes_since(earlier(release), release).claims == ()


@pytest.mark.parametrize("gate", GATES)
def test_the_side_of_a_value_is_that_of_its_file(gate: str) -> None:
    release = small_release(gate)
    assert json.dumps(snapshot_of(release).contents) == json.dumps(earlier(release).snapshot.contents)
    assert snapshot_of(release).standings == earlier(release).snapshot.standings
    assert snapshot_of(release).unread == earlier(release).snapshot.unread


def test_the_earlier_release_is_named() -> None:
    release = small_release()
    since = changes_since(earlier(release), release).since
    assert since
    assert (since.id, since.as_of, since.policy) == (release.id, "2026-01-31", release.policy)


IDS = [claim.id for claim in small_claims()]


@settings(max_examples=15, deadline=None)
@given(st.sets(st.sampled_from(IDS)), st.sets(st.sampled_from(IDS)), st.sampled_from(sorted(GATES)))
def test_every_id_that_came_or_went_is_told(before: set[str], after: set[str], gate: str) -> None:
    """Nothing vanishes."""
    old, new = (
        make_release(base_of([claim for claim in small_claims() if claim.id in ids]), GATES[name], AS_OF)
        for ids, name in ((before, "any"), (after, gate))
    )
    changes = changes_since(earlier(old), new)
    assert before ^ after <= {claim.id for claim in changes.claims}
    assert list(changes.claims) == sorted(changes.claims, key=lambda claim: claim.id)
    order = list(KINDS)
    assert all(
        [order.index(c.kind) for c in claim.changes] == sorted(order.index(c.kind) for c in claim.changes)
        for claim in changes.claims
    )
