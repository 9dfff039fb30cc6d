"""The terms of a base's vocabulary as the values that a schema allows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kbtool.model.vocabulary import Vocabulary
    from kbtool.schemas.generator import Schema

MARK = "x-kbtool-vocabulary"
"""The keyword under which a field names its list of terms."""

_CODED = {"$ref": "#/$defs/Coded"}


def with_terms(schema: Any, vocabulary: Vocabulary, coded: Schema) -> Any:
    """The schema with the terms of the list at every field that names one.

    `coded` is the schema of a value with its term; a field that holds one gets a copy with the terms of its own list.
    """
    if isinstance(schema, list):
        return [with_terms(item, vocabulary, coded) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if MARK in schema and schema.get("type") is None:
        own = _marked_code(coded, schema[MARK])
        inner = {key: _replaced(value, own) for key, value in schema.items() if key != MARK}
        return with_terms(inner, vocabulary, coded)
    inner = {key: with_terms(value, vocabulary, coded) for key, value in schema.items()}
    return _allowed(inner, vocabulary) if MARK in schema else inner


def _allowed(field: Schema, vocabulary: Vocabulary) -> Schema:
    terms = getattr(vocabulary, field[MARK])
    kept = {key: value for key, value in field.items() if key not in {"pattern", "maxLength"}}
    words = [f"{term.label}: {term.definition}" for term in terms.values()]
    return {**kept, "type": "string", "enum": list(terms), "enumDescriptions": words}


def _marked_code(coded: Schema, list_name: str) -> Schema:
    code = {**coded["properties"]["code"], MARK: list_name}
    return {**coded, "properties": {**coded["properties"], "code": code}}


def _replaced(schema: Any, own: Schema) -> Any:
    """The schema with `own` wherever it points to the general coded value."""
    if schema == _CODED:
        return own
    if isinstance(schema, list):
        return [_replaced(item, own) for item in schema]
    return {key: _replaced(value, own) for key, value in schema.items()} if isinstance(schema, dict) else schema
