"""The usual order of keys."""

from __future__ import annotations

import pytest

from kbtool.model.claim import CLAIM_CLASSES, ClaimBase
from kbtool.schemas.key_order import claim_order, has_order, order_for

CLAIM = "tea/x.yaml"


@pytest.mark.parametrize(
    ("name", "data", "path", "first"),
    [
        ("kb.yaml", {}, (), ["title", "description", "language"]),
        ("kb.yaml", {}, ("schema",), ["folder", "version"]),
        ("reviewers.yaml", {}, ("reviewers", 0), ["id", "name", "roles"]),
        ("sources/tea.yaml", {}, (), ["document", "title", "language"]),
        ("sources/tea.yaml", {}, ("skipped", 3), ["exact", "start", "end"]),
        ("evidence/x.yaml", {}, ("citation",), ["type", "title", "author"]),
        ("evidence/x.yaml", {}, ("citation", "author", 0), ["family", "given", "literal"]),
        ("vocabulary.yaml", {}, ("ratings", "supported"), ["label", "definition", "needs"]),
        ("policy.yaml", {}, ("caveats", 0, "when"), ["types", "ratings", "polarity"]),
        (CLAIM, {"type": "efficacy"}, (), ["id", "type", "statement", "polarity", "hedges", "intervention", "outcome"]),
        (CLAIM, {"type": "efficacy"}, ("direction",), ["as_stated", "code"]),
        (CLAIM, {"type": "efficacy"}, ("size",), ["as_stated", "value", "unit"]),
        (CLAIM, {"type": "efficacy"}, ("caveats", 0, "basis", "quote"), ["exact", "start", "end"]),
        (CLAIM, {"type": "nonsense"}, (), ["id", "type", "statement", "polarity", "hedges", "source"]),
        (CLAIM, {"type": ["list"]}, (), ["id", "type"]),
        (CLAIM, None, (), ["id", "type"]),
    ],
)
def test_keys_stand_as_the_models_say(name: str, data: object, path: tuple[str | int, ...], first: list[str]) -> None:
    assert list(order_for(name, data)(path))[: len(first)] == first


@pytest.mark.parametrize(
    "path", [("nowhere",), ("population", "x"), ("statement", 0), ("hedges", 0), ("statement", "deeper", "still")]
)
def test_where_the_models_say_nothing_there_is_no_order(path: tuple[str | int, ...]) -> None:
    assert list(order_for(CLAIM, {"type": "efficacy"})(path)) == []


@pytest.mark.parametrize("kind", CLAIM_CLASSES)
def test_the_order_of_a_claim_names_each_field_once(kind: type[ClaimBase]) -> None:
    order = list(claim_order(kind)(()))
    assert sorted(order) == sorted(kind.model_fields)


@pytest.mark.parametrize(
    ("name", "known"),
    [("kb.yaml", True), (CLAIM, True), ("vocabulary.yaml", True), ("sources/tea/x.txt", False), ("x.yaml", False)],
)
def test_only_records_have_an_order(name: str, known: bool) -> None:
    assert has_order(name) is known
