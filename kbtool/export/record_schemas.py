"""The schemas of the record models in the form in which exports write them.

An export leaves out a field that has no value and always writes one that has a default; so null is no alternative
here, and a field with a default is required.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic.json_schema import models_json_schema

from kbtool.export.field_docs import field_docs
from kbtool.model.base import Model
from kbtool.model.base_config import IntendedUse, Licences, Publisher
from kbtool.model.claim import CLAIM_CLASSES
from kbtool.model.evidence import Evidence
from kbtool.model.source import Source
from kbtool.model.vocabulary import Vocabulary

if TYPE_CHECKING:
    from kbtool.release.jsontext import JsonObject

_ROOTS: tuple[type[Model], ...] = (*CLAIM_CLASSES, Evidence, Source, Vocabulary, Publisher, Licences, IntendedUse)
_NULL = {"type": "null"}


def record_schemas() -> dict[str, JsonObject]:
    """The schema of every record model that exports use, by class name."""
    roots = [(root, "validation") for root in _ROOTS]
    _, schema = models_json_schema(roots, by_alias=True)  # type: ignore[arg-type]
    kinds = {kind.__name__: kind for kind in _all_models(Model)}
    return {name: _as_written(definition, kinds[name]) for name, definition in schema["$defs"].items()}


def _all_models(kind: type[Model]) -> list[type[Model]]:
    return [kind, *(model for child in kind.__subclasses__() for model in _all_models(child))]


def _as_written(definition: JsonObject, model: type[Model]) -> JsonObject:
    docs = field_docs(model)
    properties = {
        name: {**_bare(field), "description": docs.get(name, field.get("description", ""))}
        for name, field in definition["properties"].items()
    }
    required = [name for name, field in definition["properties"].items() if field.get("default", True) is not None]
    return {
        "type": "object",
        "description": definition["description"],
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _bare(schema: Any) -> Any:
    """The schema without titles, defaults and the alternative null."""
    if isinstance(schema, list):
        return [_bare(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {key: _bare(value) for key, value in schema.items() if key not in {"title", "default", "discriminator"}}
    choices = [choice for choice in kept.get("anyOf", ()) if choice != _NULL]
    if len(choices) == 1:
        return {**{key: value for key, value in kept.items() if key != "anyOf"}, **choices[0]}
    return {**kept, "anyOf": choices} if choices else kept
