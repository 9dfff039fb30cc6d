"""Words to write JSON Schemas with; each gives a new schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kbtool.release.jsontext import JsonObject


def closed(description: str, /, **properties: Any) -> JsonObject:
    """Give an object of exactly these properties, all required."""
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def with_more(schema: JsonObject, /, **properties: Any) -> JsonObject:
    """Give the closed object schema with more properties, or others in their place, all required."""
    required = list(dict.fromkeys([*schema["required"], *properties]))
    return {**schema, "properties": {**schema["properties"], **properties}, "required": required}


def without(schema: JsonObject, name: str) -> JsonObject:
    """Give the object schema without one property."""
    properties = {key: value for key, value in schema["properties"].items() if key != name}
    return {**schema, "properties": properties, "required": [key for key in schema["required"] if key != name]}


def said(schema: JsonObject, description: str) -> JsonObject:
    """Give the schema with a description."""
    return {**schema, "description": description}


def ref(name: str, description: str = "") -> JsonObject:
    """Point at a definition."""
    reference = {"$ref": f"#/$defs/{name}"}
    return {**reference, "description": description} if description else reference


def list_of(items: JsonObject, description: str) -> JsonObject:
    """Give a list of such items."""
    return {"type": "array", "items": items, "description": description}


def or_null(schema: JsonObject, description: str) -> JsonObject:
    """Give a value that may be null."""
    return {"anyOf": [schema, {"type": "null"}], "description": description}
