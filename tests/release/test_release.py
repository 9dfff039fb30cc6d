"""What a release holds, holds back and lists as withdrawn."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.release.gate import GATES
from kbtool.release.release import PreviousRelease, Tombstone, cited_by, digest_of, make_release, vanished
from kbtool.release.reviewed import UNREVIEWED, Reviewed
from kbtool.release.view import document_of
from tests.export.small import AS_OF, approved, base_of, claim_of, small_claims, small_release

if TYPE_CHECKING:
    from kbtool.release.release import Release

PREVIOUS = PreviousRelease("0123456789abcdef", frozenset({"open-text/usage", "open-text/gone"}))


def ids(release: Release) -> dict[str, list[str]]:
    """The ids of a release by what became of them."""
    return {
        "claims": [released.claim.id for released in release.claims],
        "held": [held.id for held in release.held],
        "withdrawn": [tombstone.id for tombstone in release.tombstones],
    }


@pytest.mark.parametrize("gate", GATES)
@pytest.mark.parametrize("judge", [None, approved])
def test_every_claim_is_accounted_for_once_and_in_order(gate: str, judge: Any) -> None:
    """A withdrawn claim leaves a tombstone in every export; a claim held back is listed as held, with the reason."""
    claims = small_claims()
    review = Reviewed(judge) if judge else UNREVIEWED
    found = ids(make_release(base_of(claims), GATES[gate], AS_OF, review=review))
    assert sorted(name for part in found.values() for name in part) == sorted(claim.id for claim in claims)
    assert all(part == sorted(part) for part in found.values())


def test_drafts_are_held_by_the_default_gate_with_the_reason() -> None:
    release = make_release(base_of(small_claims()), GATES["approved"], AS_OF)
    assert not release.claims
    assert not release.evidence
    assert not release.sources
    unbacked = {"the record says 'approved' and no decision backs it: not reviewed by a qualified person"}
    assert unbacked < {held.reason for held in release.held}
    assert release.tombstones == tuple(
        Tombstone(id_, None, "the record says 'withdrawn' and no decision backs it", None)
        for id_ in ("closed-text/definition", "closed-text/usage")
    )


def test_a_typed_approval_does_not_pass_the_gate() -> None:
    """Nobody approves by typing."""
    claims = [claim_of("usage", "text", review={"status": "approved"})]
    assert ids(make_release(base_of(claims), GATES["approved"], AS_OF))["held"] == ["open-text/usage"]


def test_only_cited_evidence_goes_out() -> None:
    assert [each.id for each in small_release().evidence] == ["a-trial", "untraced-study"]


def test_the_whole_text_goes_out_only_where_its_rights_allow() -> None:
    texts = {each.source.document: each.text for each in small_release().sources}
    assert texts["closed-text"] is None
    assert texts["open-text"].startswith("SKIPPED")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("part", "key", "reason"),
    [
        ("sources", "open-text", "its source 'open-text' has no readable record"),
        ("texts", "open-text", "the stored text of its source 'open-text' is missing or not the one recorded"),
        ("evidence", "untraced-study", "it cites evidence 'untraced-study', which has no readable record"),
    ],
)
def test_a_claim_is_held_where_what_it_rests_on_is_missing(part: str, key: str, reason: str) -> None:
    """The record never travels without its source, its caveats, its evidence and its review."""
    base = base_of([claim_of("citation", "text")])
    less: dict[str, Any] = {part: {name: value for name, value in getattr(base, part).items() if name != key}}
    base = replace(base, **less)
    release = make_release(base, GATES["any"], AS_OF)
    assert [held.reason for held in release.held] == [reason]
    assert not release.claims


def test_everything_that_a_claim_names_is_cited() -> None:
    certain = {"rating": "supported", "rationale": "x", "certainty": {"level": "low", "stated_by": "c", "outcome": "o"}}
    claim = claim_of("study-finding", "text", verdict=certain, evidence=[], caveats=[])
    assert cited_by(claim) == ("c", "untraced-study")
    assert cited_by(claim_of("usage", "text")) == ("a-trial",)


def test_the_digest_covers_gate_day_content_and_predecessor_and_nothing_else() -> None:
    base = base_of(small_claims())
    first = make_release(base, GATES["any"], AS_OF)
    noted = base_of([claim.model_copy(update={"notes": "other"}) for claim in small_claims()])
    changed = base_of([claim.model_copy(update={"tags": ("new",)}) for claim in small_claims()])
    others = [
        make_release(base, GATES["approved"], AS_OF),
        make_release(base, GATES["any"], date(2026, 2, 1)),
        make_release(base, GATES["any"], AS_OF, PREVIOUS),
        make_release(changed, GATES["any"], AS_OF),
        make_release(base, GATES["any"], AS_OF, review=Reviewed(approved)),
    ]
    assert make_release(noted, GATES["any"], AS_OF).digest == first.digest
    assert len({release.digest for release in (first, *others)}) == 6
    assert first.id == first.digest[:16]
    assert digest_of(first) == first.digest


def test_a_reader_can_check_the_digest_with_the_standard_library() -> None:
    release = small_release()
    document = json.loads(json.dumps(document_of(release)))
    digest = document["release"].pop("digest")
    document["release"].pop("id")
    document["_type"] = "kbtool/release/1"
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert sha256(text.encode()).hexdigest() == digest == release.digest


def test_the_previous_release_is_named() -> None:
    release = make_release(base_of(small_claims()), GATES["any"], AS_OF, PREVIOUS)
    assert release.previous == PREVIOUS.id
    assert vanished(PREVIOUS.ids, release) == ("open-text/gone",)


@given(st.sets(st.sampled_from([claim.id for claim in small_claims()])), st.sampled_from(sorted(GATES)))
def test_nothing_vanishes(kept: set[str], gate: str) -> None:
    """An id that was released once and is gone without either is an error."""
    claims = small_claims()
    release = make_release(base_of([claim for claim in claims if claim.id in kept]), GATES[gate], AS_OF)
    assert set(vanished((claim.id for claim in claims), release)) == {claim.id for claim in claims} - kept
