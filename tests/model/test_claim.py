"""Claims: a closed, frozen union told apart by its type."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from kbtool.model.claim import CLAIM, CLAIM_CLASSES, CLAIM_TYPES
from kbtool.model.references import claims_rested_on, evidence_named
from tests.rules.bases import loaded, tiny_base

STATED = {"as_stated": "tea"}


def record(**fields: Any) -> dict[str, Any]:
    """A claim of use as a file says it."""
    claim = {
        "id": "a/b",
        "type": "usage",
        "statement": "Tea is used.",
        "polarity": "asserted",
        "agent": STATED,
        "use": STATED,
        "source": {"document": "a", "quotes": [{"exact": "Tea is used", "start": "0", "end": "11"}]},
        "verdict": {"rating": "supported", "rationale": "It is."},
        "drafted": {"by": "editorial", "on": "2026-01-01", "method": "Made up."},
        "review": {"status": "draft"},
    }
    return claim | fields


def test_every_type_has_its_class() -> None:
    assert set(CLAIM_TYPES.values()) == set(CLAIM_CLASSES)
    assert len(CLAIM_TYPES) == len(CLAIM_CLASSES)


def test_text_becomes_what_the_fields_say() -> None:
    claim = CLAIM.validate_python(record())
    assert claim.source.quotes[0].start == 0
    assert claim.drafted.machine is False
    assert claim.review.status == "draft"


def test_a_claim_does_not_change() -> None:
    claim: Any = CLAIM.validate_python(record())
    with pytest.raises(ValidationError, match="frozen"):
        claim.statement = "Tea is not used."


@pytest.mark.parametrize(
    "wrong",
    [
        {"type": "use"},
        {"polarity": "maybe"},
        {"extra": "key"},
        {"agent": "tea"},
        {"review": {"status": "published"}},
        {"source": {"document": "a", "quotes": []}},
        {"id": "a/b/c"},
        {"caveats": [{"kind": "k"}]},
    ],
)
def test_what_the_model_does_not_know_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        CLAIM.validate_python(record(**wrong))


def test_the_claims_that_a_claim_rests_on() -> None:
    base = loaded(tiny_base()).base
    assert base is not None
    claims, vocabulary = base.claims, base.vocabulary.model
    named = claims["plumberry-tea/trial-of-two-doses"].model
    assert claims_rested_on(named, vocabulary) == {"plumberry-tea/may-not-relieve"}
    assert claims_rested_on(claims["plumberry-tea/may-not-relieve"].model, vocabulary) == set()
    assert [slug for _, slug in evidence_named(named)] == ["made-up-trial"] * 3
