"""What the models refuse, in words that a person can act on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from kbtool.diagnostics import Path
from kbtool.model.base_config import BaseConfig
from kbtool.model.claim import CLAIM
from kbtool.model.evidence import Evidence
from kbtool.records.schema_problems import real_path, schema_problems
from kbtool.yamlsource.parse import parse
from tests.rules.bases import tiny_base

CLAIM_FILE = "plumberry-tea/trial-of-two-doses.yaml"


def data_of(name: str) -> Any:
    """The data of a file of the tiny base."""
    return parse(tiny_base()[name]).data


def _put(path: Path, value: object) -> Callable[[Any], None]:
    def change(data: Any) -> None:
        for part in path[:-1]:
            data = data[part]
        data[path[-1]] = value

    return change


def _drop(*path: str | int) -> Callable[[Any], None]:
    def change(data: Any) -> None:
        for part in path[:-1]:
            data = data[part]
        del data[path[-1]]

    return change


TABLE: list[tuple[str, Callable[[Any], None], tuple[str, str, Path, str]]] = [
    (
        "top key missing",
        _drop("statement"),
        ("schema-missing", "key 'statement' is missing", ("statement",), "add 'statement:' here"),
    ),
    (
        "type missing",
        _drop("type"),
        ("schema-missing", "key 'type' is missing", ("type",), "add 'type:' with one of 'administration'"),
    ),
    (
        "inner key missing",
        _drop("verdict", "rationale"),
        ("schema-missing", "key 'rationale' is missing", ("verdict", "rationale"), "add 'rationale:' to 'verdict'"),
    ),
    (
        "key missing in a list",
        _drop("caveats", 1, "text"),
        ("schema-missing", "key 'text' is missing", ("caveats", 1, "text"), "add 'text:' to 'caveats'"),
    ),
    (
        "key near to one",
        _put(("statment",), "x"),
        ("schema-unknown-key", "key 'statment' is not known here", ("statment",), "did you mean 'statement'?"),
    ),
    (
        "key of a quote",
        _put(("source", "quotes", 0, "exakt"), "x"),
        (
            "schema-unknown-key",
            "key 'exakt' is not known here",
            ("source", "quotes", 0, "exakt"),
            "did you mean 'exact'?",
        ),
    ),
    (
        "key like none",
        _put(("verdict", "zzz"), "x"),
        (
            "schema-unknown-key",
            "key 'zzz' is not known here",
            ("verdict", "zzz"),
            "known here: 'certainty', 'rating', 'rationale'",
        ),
    ),
    (
        "key in a union",
        _put(("comparator", "valeu"), "x"),
        ("schema-unknown-key", "key 'valeu' is not known here", ("comparator", "valeu"), ""),
    ),
    (
        "type near to one",
        _put(("type",), "study-findin"),
        ("unknown-term", "'study-findin' is no type", ("type",), "did you mean 'study-finding'?"),
    ),
    (
        "type like none",
        _put(("type",), "zzz"),
        ("unknown-term", "'zzz' is no type", ("type",), "one of 'administration'"),
    ),
    ("type is a list", _put(("type",), ["usage"]), ("unknown-term", "", ("type",), "")),
    (
        "status near to one",
        _put(("review", "status"), "drafted"),
        ("unknown-term", "'drafted' is no status", ("review", "status"), "did you mean 'draft'?"),
    ),
    (
        "status is a list",
        _put(("review", "status"), ["draft"]),
        ("unknown-term", "a list is no", ("review", "status"), ""),
    ),
    (
        "list for text",
        _put(("statement",), ["a"]),
        ("schema-type", "'statement' must be text, not a list", ("statement",), ""),
    ),
    (
        "mapping for text",
        _put(("statement",), {"a": "b"}),
        ("schema-type", "'statement' must be text, not a mapping", ("statement",), ""),
    ),
    (
        "text for mapping",
        _put(("verdict",), "fine"),
        ("schema-type", "'verdict' must be a mapping, not text", ("verdict",), ""),
    ),
    (
        "text for list",
        _put(("caveats",), "none"),
        ("schema-type", "'caveats' must be a list, not text", ("caveats",), ""),
    ),
    (
        "text in a list of mappings",
        _put(("caveats", 0), "none"),
        ("schema-type", "'caveats' must be a mapping, not text", ("caveats", 0), ""),
    ),
    (
        "slug",
        _put(("source", "document"), "A B"),
        ("schema-value", "'A B' is not the form of 'document'", ("source", "document"), "use lower-case words"),
    ),
    (
        "id",
        _put(("id",), "../../etc/passwd"),
        ("schema-value", "'../../etc/passwd' is not the form of 'id'", ("id",), "an id is '<document>/<slug>'"),
    ),
    (
        "decimal",
        _put(("result", "value"), "1,5"),
        ("schema-value", "'1,5' is not the form of 'value'", ("result", "value"), "write a decimal number"),
    ),
    (
        "day",
        _put(("drafted", "on"), "2026-02-30"),
        ("schema-value", "'on': '2026-02-30' is not a day of the calendar", ("drafted", "on"), "write YYYY-MM-DD"),
    ),
    (
        "count",
        _put(("source", "quotes", 0, "start"), "9" * 5_000),
        ("schema-value", "'start': '999", ("source", "quotes", 0, "start"), ""),
    ),
    (
        "list for a count",
        _put(("source", "quotes", 0, "start"), ["472"]),
        (
            "schema-value",
            "'start': a list is not a whole number",
            ("source", "quotes", 0, "start"),
            "write digits alone",
        ),
    ),
    (
        "no quotes",
        _put(("source", "quotes"), []),
        ("schema-value", "'quotes' needs at least 1 item", ("source", "quotes"), ""),
    ),
    ("blank", _put(("statement",), "  "), ("schema-value", "'statement': text is empty", ("statement",), "")),
    (
        "too long",
        _put(("tags",), ["a" * 101]),
        ("schema-value", "'tags' is longer than 100 characters", ("tags", 0), ""),
    ),
]


@pytest.mark.parametrize(("change", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_a_refusal_of_a_claim_is_put_in_words(
    change: Callable[[Any], None], expected: tuple[str, str, Path, str]
) -> None:
    data = data_of(CLAIM_FILE)
    change(data)
    with pytest.raises(ValidationError) as raised:
        CLAIM.validate_python(data)
    (problem,) = schema_problems(raised.value, data, None)
    rule, message, path, hint = expected
    assert (problem.rule, problem.path) == (rule, path)
    assert problem.message.startswith(message)
    assert problem.hint.startswith(hint)
    assert problem.at_key is (rule == "schema-unknown-key")
    assert len(problem.message) < 200


@pytest.mark.parametrize(
    ("name", "model", "change", "words"),
    [
        (
            "evidence/made-up-trial.yaml",
            Evidence,
            _put(("seen", "at", 0), "trial.example.org"),
            "write the whole address",
        ),
        ("evidence/made-up-trial.yaml", Evidence, _put(("citation", "issued"), "March 2024"), "write YYYY, YYYY-MM or"),
        ("evidence/made-up-trial.yaml", Evidence, _put(("citation", "URl"), "x"), "did you mean 'URL'?"),
        (
            "evidence/made-up-trial.yaml",
            Evidence,
            _put(("citation", "container_title"), "x"),
            "did you mean 'container-title'?",
        ),
        ("kb.yaml", BaseConfig, _put(("language",), "English"), "it must match"),
        ("kb.yaml", BaseConfig, _put(("schema", "folders"), "x"), "did you mean 'folder'?"),
    ],
)
def test_a_refusal_of_another_record_has_a_hint(
    name: str, model: type[Evidence | BaseConfig], change: Callable[[Any], None], words: str
) -> None:
    data = data_of(name)
    change(data)
    with pytest.raises(ValidationError) as raised:
        model.model_validate(data)
    (problem,) = schema_problems(raised.value, data, model)
    assert problem.hint.startswith(words)


def test_items_that_are_refused_do_not_make_their_list_too_short() -> None:
    data = data_of(CLAIM_FILE)
    for quote in data["source"]["quotes"]:
        quote["start"] = "x"
    with pytest.raises(ValidationError) as raised:
        CLAIM.validate_python(data)
    assert [p.path for p in schema_problems(raised.value, data, None)] == [
        ("source", "quotes", 0, "start"),
        ("source", "quotes", 1, "start"),
    ]


@pytest.mark.parametrize(
    ("loc", "path"),
    [
        (("usage", "agent", "stated", "as_stated"), ("agent", "as_stated")),
        (("quotes", 1, "start"), ("quotes",)),
        (("quotes", 0, "start"), ("quotes", 0)),
        ((), ()),
    ],
)
def test_parts_of_a_location_that_stand_in_no_file_are_left_out(loc: Path, path: Path) -> None:
    assert real_path({"agent": {"as_stated": "tea"}, "quotes": [{"exact": "x"}]}, loc) == path
