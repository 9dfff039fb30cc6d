"""A release as plain JSON values."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256

from kbtool.release.gate import GATES
from kbtool.release.release import make_release
from kbtool.release.reviewed import Reviewed
from kbtool.release.view import claim_views, document_of, notice_of_release
from tests.export.small import AS_OF, VOCABULARY, approved, base_of, claim_of, record, small_release

DOCUMENT = document_of(small_release())
CLAIMS = {claim["id"]: claim for claim in DOCUMENT["claims"]}


def test_parts() -> None:
    assert list(DOCUMENT) == ["release", "vocabulary", "sources", "evidence", "claims", "held", "withdrawn"]
    assert DOCUMENT["release"]["counts"] == {
        "claims": 13,
        "caveats": 48,
        "evidence": 2,
        "sources": 2,
        "held": 1,
        "withdrawn": 2,
    }


def test_editors_notes_and_skipped_words_stay_at_home() -> None:
    parts = json.dumps({**DOCUMENT, "sources": [{**source, "full_text": None} for source in DOCUMENT["sources"]]})
    assert "SECRET" not in parts
    assert "SKIPPED WORDS" not in parts
    assert "JOINING WORDS" not in parts


def test_codes_have_labels_and_an_unknown_code_is_its_own() -> None:
    claim = CLAIMS["open-text/efficacy"]
    assert [caveat["label"] for caveat in claim["caveats"]][2:] == ["Untraced citation", "unknown-kind"]
    assert claim["type_label"] == "Efficacy"
    assert claim["evidence"][0]["stance_label"] == "Supports"
    assert claim["verdict"]["label"] == "Supported"
    assert claim["verdict"]["certainty"]["label"] == "Low"
    assert claim["relations"][0]["label"] == "See also"


def test_fixed_parts_are_null_where_empty() -> None:
    claim = CLAIMS["open-text/usage"]
    assert claim["verdict"]["certainty"] is None
    assert claim["caveats"][3]["basis"] is None
    assert claim["evidence"][0]["locator"] is None
    assert claim["caveats"][1]["basis"] == {"quote": {"exact": "may", "prefix": "it "}}


def test_what_is_not_reviewed_says_so() -> None:
    """A record that no qualified person has reviewed says so everywhere it is shown."""
    notices = {claim["review"]["standing"]: claim["review"]["notice"] for claim in CLAIMS.values()}
    assert notices.pop("approved") is None
    assert len(notices) == 5
    assert set(notices.values()) == {"not reviewed by a qualified person"}
    assert DOCUMENT["release"]["notice"] == "not reviewed by a qualified person"


def test_the_notice_goes_only_when_every_claim_is_approved() -> None:
    claims = [claim_of("usage", "a"), claim_of("cost", "b")]
    whole = make_release(base_of(claims), GATES["any"], AS_OF, review=Reviewed(approved))
    assert notice_of_release(whole) is None
    assert document_of(whole)["claims"][0]["review"]["notice"] is None


def test_identifiers_are_whole_even_where_the_stem_lacks_its_slash() -> None:
    base = base_of([claim_of("usage", "a")])
    config = base.config.model.model_copy(update={"base_url": "https://example.org/claims"})
    bare = make_release(base, GATES["any"], AS_OF)
    document = document_of(type(bare)(**{**{name: getattr(bare, name) for name in bare.__slots__}, "config": config}))
    assert document["claims"][0]["uri"] == "https://example.org/claims/open-text/usage"


def test_held_and_withdrawn() -> None:
    document = document_of(small_release("approved"))
    assert document["held"][0] == {
        "id": "closed-text/cost",
        "standing": "draft",
        "standing_label": "Draft",
        "reason": "no decision has been made: not reviewed by a qualified person",
    }
    bare, decided = document["withdrawn"]
    assert bare == {
        "id": "closed-text/definition",
        "uri": "https://example.org/claims/closed-text/definition",
        "on": None,
        "reason": "the record says 'withdrawn' and no decision backs it",
        "successor": None,
        "decision": None,
    }
    assert (decided["on"], decided["successor"]) == ("2026-01-10", "closed-text/cost")
    assert (decided["decision"]["kind_label"], decided["decision"]["roles"]) == (
        "Withdrew",
        ["copy-editor", "medical-editor"],
    )


def test_a_standing_without_label_is_its_own() -> None:
    base = base_of([claim_of("usage", "a", review={"status": "disputed"})])
    fewer = {code: term for code, term in VOCABULARY.statuses.items() if code != "disputed"}
    base = replace(base, vocabulary=record(VOCABULARY.model_copy(update={"statuses": fewer})))
    assert document_of(make_release(base, GATES["approved"], AS_OF))["held"][0]["standing_label"] == "disputed"


def test_claims_one_at_a_time_are_those_of_the_document() -> None:
    assert list(claim_views(small_release())) == DOCUMENT["claims"]


def test_the_account_of_a_text_adds_up() -> None:
    """Every letter, digit and sign is in exactly one of the four parts."""
    counts = {source["document"]: source["coverage"] for source in DOCUMENT["sources"]}
    assert set(counts["open-text"]) == {"letters", "quoted", "skipped", "connectives", "unaccounted"}
    for found in counts.values():
        assert found.pop("letters") == sum(found.values())


def test_the_policy_is_named_by_the_digest_of_its_file() -> None:
    assert DOCUMENT["release"]["policy"] == sha256(b"").hexdigest()
