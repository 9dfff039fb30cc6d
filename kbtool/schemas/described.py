"""Schemas as people meet them in an editor: every field described in the words that stand under it in the models."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from kbtool.export.field_docs import field_docs
from kbtool.model.base import NOT_STATED, Model

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kbtool.schemas.generator import Schema

_NULL = {"type": "null"}
_DROPPED = frozenset({"title", "discriminator", "ge"})
"""Titles made of field names, and words of pydantic that are none of JSON Schema."""
_FIRST = ("$schema", "$id", "$comment", "title", "description", "type", "const", "enum", "enumDescriptions", "default")
_NOT_STATED = "The document gives no value."
_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")


def described(definitions: Mapping[str, Schema]) -> dict[str, Schema]:
    """The definitions with a description at every field, closed, and without the null that YAML records never hold."""
    kinds = {kind.__name__: kind for kind in _models(Model)}
    return {name: _described(_plain(schema), kinds[name]) for name, schema in definitions.items()}


def _models(kind: type[Model]) -> Iterator[type[Model]]:
    yield kind
    for child in kind.__subclasses__():
        yield from _models(child)


def _described(schema: Schema, model: type[Model]) -> Schema:
    docs = field_docs(model)
    properties = {name: {**field, "description": docs[name]} for name, field in schema["properties"].items()}
    title = _WORD.sub(" ", model.__name__).capitalize()
    return {"title": title, **schema, "properties": properties, "additionalProperties": False}


def _plain(schema: Any) -> Any:
    """The schema without titles made of field names, and without null as an alternative or a default."""
    if isinstance(schema, list):
        return [_plain(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {key: _inside(key, value) for key, value in schema.items() if key not in _DROPPED}
    if kept.get("default", "") is None:
        del kept["default"]
    if kept.get("const") == NOT_STATED:
        kept["description"] = _NOT_STATED
    if "patternProperties" in kept:
        kept["additionalProperties"] = False
    choices = [choice for choice in kept.pop("anyOf", ()) if choice != _NULL]
    if len(choices) == 1:
        return {**choices[0], **kept}
    return {**kept, "anyOf": choices} if choices else kept


def tidy(schema: Any) -> Any:
    """The schema with what says most about a field first; nothing else changes."""
    if isinstance(schema, list):
        return [tidy(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    keys = [*(key for key in _FIRST if key in schema), *(key for key in schema if key not in _FIRST)]
    return {key: _tidy_inside(key, schema[key]) for key in keys}


def _tidy_inside(key: str, value: Any) -> Any:
    if key in {"properties", "$defs"}:
        return {name: tidy(field) for name, field in value.items()}
    return tidy(value)


def _inside(key: str, value: Any) -> Any:
    """The plain form of a keyword's value; under `properties` the keys are names of fields and none is dropped."""
    if key == "properties":
        return {name: _plain(field) for name, field in value.items()}
    return _plain(value)
