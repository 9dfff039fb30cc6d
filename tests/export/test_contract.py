"""The JSON Schemas of the exports."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from kbtool.export.contract import claim_schema, claims_schema
from kbtool.export.field_docs import field_docs
from kbtool.model.base import Model
from kbtool.model.claim import CLAIM_CLASSES, Efficacy
from kbtool.model.evidence import Reference
from kbtool.release.view import document_of
from tests.export.small import small_release

DOCUMENTS = [document_of(small_release(gate)) for gate in ("any", "approved")]
WHOLE = Draft202012Validator(claims_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)
LINE = Draft202012Validator(claim_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)


def objects(schema: Any) -> Iterator[dict[str, Any]]:
    """Every object schema within a schema."""
    if isinstance(schema, dict):
        if isinstance(schema.get("properties"), dict):
            yield schema
        for value in schema.values():
            yield from objects(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from objects(value)


@pytest.mark.parametrize("schema", [claims_schema(), claim_schema()])
def test_closed_and_described(schema: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(schema)
    found = list(objects(schema))
    assert len(found) > 20
    assert all(each["additionalProperties"] is False and each["description"] for each in found)
    assert not [name for each in found for name, field in each["properties"].items() if not field.get("description")]
    assert "notes" not in json.dumps(list(schema["$defs"]["Efficacy"]["properties"]))


def test_only_what_is_used_is_defined() -> None:
    assert "Source" in claims_schema()["$defs"]
    assert "Source" not in claim_schema()["$defs"]
    assert "Caveat" not in claims_schema()["$defs"]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_what_goes_out_is_valid(document: dict[str, Any]) -> None:
    assert [error.message for error in WHOLE.iter_errors(document)] == []
    assert all(LINE.is_valid(claim) for claim in document["claims"])


def test_every_type_was_tried() -> None:
    assert len({claim["type"] for claim in DOCUMENTS[0]["claims"]}) == len(CLAIM_CLASSES)


@pytest.mark.parametrize(
    ("key", "value"),
    [("extra", 1), ("caveats", None), ("caveats", [{"kind": "x"}]), ("review", {}), ("type", "other"), ("uri", None)],
)
def test_what_is_not_so_is_refused(key: str, value: object) -> None:
    assert not LINE.is_valid({**deepcopy(DOCUMENTS[0]["claims"][0]), key: value})


def test_field_docs_are_inherited_and_go_by_the_name_in_files() -> None:
    assert field_docs(Efficacy)["statement"].startswith("What the document says")
    assert field_docs(Efficacy)["outcome"] == "What is said to change."
    assert field_docs(Reference)["container-title"] == "Journal, site or book."


def test_a_field_without_docstring_has_no_description() -> None:
    class Bare(Model):
        """Nothing is said of its fields."""

        one: str
        two: str = "x"

    assert field_docs(Bare) == {}
