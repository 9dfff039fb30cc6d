"""Every field of every record model is reviewed or editorial, and somebody has decided which."""

from __future__ import annotations

import pytest
from pydantic import create_model

from kbtool.model import base, base_config, claim, decision, evidence, policy, source, vocabulary
from kbtool.model.base import Model
from kbtool.model.claim import CLAIM_CLASSES, ClaimBase
from kbtool.model.evidence import Evidence
from kbtool.review import fields
from kbtool.review.fields import (
    CONTENT_MODELS,
    OTHER_MODELS,
    UndecidedFieldError,
    editorial_fields,
    reviewed_fields,
)
from tests.review.field_edits import models_in

MODULES = (base, base_config, claim, decision, evidence, policy, source, vocabulary)


def reachable(*roots: type[Model]) -> set[type[Model]]:
    """The models that values of these are made of, themselves among them."""
    found: set[type[Model]] = set()
    todo = list(roots)
    while todo:
        model = todo.pop()
        if model not in found:
            found.add(model)
            todo += [inner for field in model.model_fields.values() for inner in models_in(field.annotation)]
    return found


def every_model() -> set[type[Model]]:
    """Every model of the package."""
    values = (value for module in MODULES for value in vars(module).values())
    return {value for value in values if isinstance(value, type) and issubclass(value, Model) and value is not Model}


def test_the_content_models_are_those_that_claims_and_evidence_are_made_of() -> None:
    assert set(CONTENT_MODELS) == reachable(ClaimBase, *CLAIM_CLASSES, Evidence)


@pytest.mark.parametrize("model", CONTENT_MODELS, ids=lambda model: model.__name__)
def test_every_field_is_reviewed_or_editorial_and_not_both(model: type[Model]) -> None:
    """Every model field is marked reviewed or editorial; a test fails for a field that is neither."""
    assert reviewed_fields(model) | editorial_fields(model) == set(model.model_fields)
    assert not reviewed_fields(model) & editorial_fields(model)


@pytest.mark.parametrize("model", CONTENT_MODELS, ids=lambda model: model.__name__)
def test_a_new_field_fails_until_somebody_decides(model: type[Model]) -> None:
    grown = create_model("Grown", __base__=model, added=(str, ""))
    with pytest.raises(UndecidedFieldError, match=r"of Grown neither reviewed nor editorial, or both: \['added'\]"):
        reviewed_fields(grown)


def test_a_field_that_is_both_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fields, "_EDITORIAL", {claim.Caveat: frozenset({"text"})})
    with pytest.raises(UndecidedFieldError, match=r"of Caveat .*\['text'\]"):
        reviewed_fields(claim.Caveat)


def test_a_field_that_is_gone_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fields, "_REVIEWED", {claim.Relation: frozenset({"kind", "claim", "weight"})})
    with pytest.raises(UndecidedFieldError, match=r"of Relation .*\['weight'\]"):
        reviewed_fields(claim.Relation)


def test_every_other_model_says_what_binds_it_instead() -> None:
    assert every_model() == set(CONTENT_MODELS) | reachable(*OTHER_MODELS)
    assert all(OTHER_MODELS.values())
