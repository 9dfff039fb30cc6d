"""The columns of a nested table, derived from a JSON Schema, so that schema, tables and their descriptions agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from kbtool.release.jsontext import JsonObject

Kind = Literal["text", "day", "whole number", "truth value", "list", "structure"]
"""What a field holds."""

_PLAIN: Mapping[str, Kind] = {"string": "text", "integer": "whole number", "boolean": "truth value"}
_NULL = {"type": "null"}
_DEFINITION = "#/$defs/"


@dataclass(frozen=True, slots=True)
class Field:
    """One column, or one part of a structure."""

    name: str
    holds: str
    """What it holds, in one sentence."""
    kind: Kind
    null: bool
    """Whether it may be missing."""
    parts: tuple[Field, ...] = ()
    """Of a structure its parts; of a list the one thing that its items are; else none."""


def fields_of(schema: JsonObject, definitions: Mapping[str, JsonObject]) -> tuple[Field, ...]:
    """The fields of an object schema, in its order. Raises TypeError for a schema that no table can take."""
    fields = [_field(name, part, definitions) for name, part in schema["properties"].items()]
    return tuple(field if field.name in schema["required"] else replace(field, null=True) for field in fields)


def paths(fields: Iterable[Field], above: str = "") -> Iterator[tuple[str, Field]]:
    """Every field with its path, depth first: `verdict`, `verdict.rating`; `caveats`, `caveats[].text`."""
    for field in fields:
        yield f"{above}{field.name}", field
        yield from _inside(field, f"{above}{field.name}")


def _inside(field: Field, path: str) -> Iterator[tuple[str, Field]]:
    if field.kind == "list":
        yield from _inside(field.parts[0], f"{path}[]")
    else:
        yield from paths(field.parts, f"{path}.")


def _field(name: str, schema: JsonObject, definitions: Mapping[str, JsonObject]) -> Field:
    if "$ref" in schema:
        target = _field(name, definitions[schema["$ref"].removeprefix(_DEFINITION)], definitions)
        return replace(target, holds=schema.get("description", target.holds))
    holds = schema.get("description", "")
    if "anyOf" in schema:
        return replace(_field(name, _one_choice(schema), definitions), holds=holds, null=True)
    if "properties" in schema:
        return Field(name, holds, "structure", null=False, parts=fields_of(schema, definitions))
    if schema.get("type") == "array":
        items = schema["items"] if "items" in schema else schema["prefixItems"][0]
        return Field(name, holds, "list", null=False, parts=(_field("element", items, definitions),))
    if schema.get("format") == "date":
        return Field(name, holds, "day", null=False)
    return Field(name, holds, _plain(schema), null=False)


def _one_choice(schema: JsonObject) -> JsonObject:
    choices = [choice for choice in schema["anyOf"] if choice != _NULL]
    if len(choices) != 1:
        raise TypeError(f"a column is of one kind or null, and this is not: {schema}")
    return dict(choices[0])


def _plain(schema: JsonObject) -> Kind:
    kind = _PLAIN.get(str(schema.get("type", "string" if "enum" in schema else "")))
    if kind is None:
        raise TypeError(f"no table has a column of this: {schema}")
    return kind
