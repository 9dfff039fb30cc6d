"""The schemas of the record format: what they let through and what they refuse."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from kbtool.model.claim import CLAIM, CLAIM_CLASSES
from kbtool.schemas.catalogue import DIALECT, SCHEMAS
from tests.schemas.made import (
    REPOSITORY,
    as_editors_read,
    data_of,
    records,
    schema_name,
    schemas,
    validator,
    vocabulary,
)

BASES = (REPOSITORY / "claims", REPOSITORY / "tests" / "cases" / "base")
RECORDS = [(base.name, name, raw) for base in BASES for name, raw in records(base)]
RECORDS += [
    ("schema", name, (REPOSITORY / "schema" / name).read_bytes()) for name in ("vocabulary.yaml", "policy.yaml")
]
CASES = sorted((REPOSITORY / "tests" / "cases").glob("schema-*/*")) + sorted(
    (REPOSITORY / "tests" / "cases").glob("unknown-term/*")
)
SCHEMA_FAULT = re.compile(rb"# expect(?:-top)?: (?:schema-(?!version)|unknown-term)")
ONLY_PYTHON = {"id-ends-in-line-feed": "in JSON Schema $ stands for the very end; Python lets a line end follow"}


def objects(schema: Any) -> Iterator[dict[str, Any]]:
    """Every schema within a schema that lists properties."""
    if isinstance(schema, dict):
        if isinstance(schema.get("properties"), dict):
            yield schema
        for value in schema.values():
            yield from objects(value)
    if isinstance(schema, list):
        for item in schema:
            yield from objects(item)


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_is_a_schema_with_a_head(name: str) -> None:
    schema = schemas()[name]
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == DIALECT
    assert schema["$id"] == f"urn:kbtool:schema:1:{name}"
    assert next(iter(schema)) == "$schema"
    assert schema["title"] == SCHEMAS[name].purpose


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_is_closed_and_describes_every_field(name: str) -> None:
    found = list(objects(schemas()[name]))
    assert found
    for part in found:
        assert part["additionalProperties"] is False
        for field, inner in part["properties"].items():
            assert inner.get("description"), field


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_reference_leads_somewhere_and_nothing_lies_idle(name: str) -> None:
    text = json.dumps(schemas()[name])
    wanted = set(re.findall(r'"#/\$defs/([^"]+)"', text))
    assert wanted == set(schemas()[name].get("$defs", {}))


def test_no_null_and_no_word_of_pydantic_is_left() -> None:
    text = json.dumps(schemas())
    assert '"null"' not in text
    assert '"discriminator"' not in text
    assert '"ge"' not in text


@pytest.mark.parametrize(("base", "name", "raw"), RECORDS, ids=[f"{base}/{name}" for base, name, _ in RECORDS])
def test_every_record_is_valid_as_the_loader_and_as_an_editor_reads_it(base: str, name: str, raw: bytes) -> None:
    check = validator(schema_name(name))
    assert [error.message for error in check.iter_errors(data_of(raw))] == []
    assert [error.message for error in check.iter_errors(as_editors_read(raw))] == []


def broken() -> Iterator[tuple[Path, str, bytes]]:
    """Every file of the cases that must be flagged for its schema: its case, its name, its bytes."""
    for case in CASES:
        for name, raw in records(case):
            if SCHEMA_FAULT.search(raw) and case.name not in ONLY_PYTHON:
                yield case, name, raw


BROKEN = list(broken())


@pytest.mark.parametrize(
    ("case", "name", "raw"), BROKEN, ids=[f"{case.parent.name}/{case.name}" for case, _, _ in BROKEN]
)
def test_what_the_loader_refuses_for_its_form_is_not_valid(case: Path, name: str, raw: bytes) -> None:
    assert not validator(schema_name(name.removeprefix("schema/"))).is_valid(data_of(raw))


def test_there_are_broken_cases() -> None:
    assert len(BROKEN) > 20


EXAMPLE = data_of((REPOSITORY / "claims/ketamine-fibromyalgia/relief-70-percent-2012.yaml").read_bytes())
JUNK: list[Any] = [
    "",
    " ",
    "x",
    "not-stated",
    "2026-02-30",
    "true",
    "-1",
    "12",
    "1.5",
    "no",
    [],
    {},
    ["x"],
    {"as_stated": "x"},
]


def places(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every value below the top."""
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in inner:
        yield (*path, key)
        yield from places(value, (*path, key))


def changed(path: tuple[Any, ...], junk: Any, how: str) -> Any:
    """The example with one value replaced or removed, or with an unknown key beside it."""
    data = deepcopy(EXAMPLE)
    holder = data
    for part in path[:-1]:
        holder = holder[part]
    if how == "replace":
        holder[path[-1]] = junk
    elif how == "remove":
        del holder[path[-1]]
    elif isinstance(holder, dict):
        holder["unknown"] = junk
    return data


def is_model(data: Any) -> bool:
    """Whether the models take the data."""
    try:
        CLAIM.validate_python(data)
    except ValidationError:
        return False
    return True


@given(st.sampled_from(list(places(EXAMPLE))), st.sampled_from(JUNK), st.sampled_from(["replace", "remove", "add"]))
def test_schema_and_models_agree(path: tuple[Any, ...], junk: Any, how: str) -> None:
    """Of data as the loader gives it the schema lets through what the models let through, and terms that exist."""
    data = changed(path, junk, how)
    if validator("claim").is_valid(data):
        assert is_model(data)
    elif is_model(data):
        reasons = json.dumps([[str(part) for part in error.absolute_path] for error in leaves(data)])
        assert re.search(r'"(kind|stance|directness|rating|level|code)"', reasons), reasons


def leaves(data: Any) -> Iterator[Any]:
    """The errors of the claim's own type."""
    for error in validator("claim").iter_errors(data):
        yield from error.context or [error]


def test_terms_of_the_vocabulary_are_offered_with_their_meaning() -> None:
    kind = schemas()["claim"]["$defs"]["Caveat"]["properties"]["kind"]
    terms = vocabulary().caveat_kinds
    assert kind["enum"] == list(terms)
    assert kind["enumDescriptions"][0] == f"{next(iter(terms.values())).label}: {next(iter(terms.values())).definition}"
    code = schemas()["claim"]["$defs"]["Safety"]["properties"]["seriousness"]["oneOf"][0]["properties"]["code"]
    assert code["enum"] == list(vocabulary().seriousness)
    types = schemas()["policy"]["$defs"]["When"]["properties"]["types"]["items"]
    assert types["enum"] == list(vocabulary().claim_types)


def test_every_type_of_claim_has_its_label_and_usual_order() -> None:
    parts = schemas()["claim"]["$defs"]
    assert [parts[kind.__name__]["title"] for kind in CLAIM_CLASSES] == [
        t.label for t in vocabulary().claim_types.values()
    ]
    names = list(parts["Efficacy"]["properties"])
    assert names[:6] == ["id", "type", "statement", "polarity", "hedges", "intervention"]
    assert names[-3:] == ["review", "tags", "notes"]


@pytest.mark.parametrize(
    ("path", "value", "valid"),
    [
        (("result", "value"), 70, True),
        (("result", "as_stated"), 70.5, True),
        (("source", "quotes", 0, "start"), 1947, True),
        (("source", "quotes", 0, "start"), -1, False),
        (("source", "quotes", 0, "start"), 1.5, False),
        (("drafted", "machine"), True, True),
        (("drafted", "machine"), "yes", False),
        (("statement",), None, False),
        (("statement",), True, False),
        (("verdict", "rating"), False, False),
        (("id",), 7, False),
    ],
)
def test_numbers_of_other_readers_pass_where_text_could_be_one(path: tuple[Any, ...], value: Any, valid: bool) -> None:
    assert validator("claim").is_valid(changed(path, value, "replace")) is valid
