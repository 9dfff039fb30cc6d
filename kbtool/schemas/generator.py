"""The models' own JSON Schemas, with what their validating functions ask for, which pydantic cannot see by itself.

A plain YAML scalar is text to kbtool. Other YAML readers, the ones in editors among them, take `2012` for a number and
`true` for a truth value. So every text in whose form a number can stand accepts a number too, and numbers and truth
values are accepted as text. That is the one place where these schemas are wider than the loader.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema

from kbtool.model import base

if TYPE_CHECKING:
    from pydantic_core import core_schema

Schema = dict[str, Any]
"""A JSON Schema as plain values."""

_BY_FUNCTION: Mapping[Any, Schema] = {
    vars(base)["_whole_number"]: {
        "type": ["integer", "string"],
        "minimum": 0,
        "maximum": 999_999_999_999,
        "pattern": "^(0|[1-9][0-9]{0,11})$",
    },
    vars(base)["_truth"]: {"type": ["boolean", "string"], "pattern": "^(true|false)$"},
    vars(base)["_date"]: {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    vars(base)["_partial_day"]: {
        "type": ["string", "number"],
        "pattern": "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$",
    },
    vars(base)["_not_blank"]: {"type": ["string", "number"], "pattern": "\\S"},
}
"""What a validating function of the models lets through."""

_A_NUMBER = "2012"
"""Stands for every plain number in asking whether a pattern leaves room for one."""


class _Generator(GenerateJsonSchema):
    """Pydantic's generator, told what the models' functions and patterns mean."""

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        known = _BY_FUNCTION.get(schema["function"]["function"])
        return dict(known) if known else super().function_before_schema(schema)

    def function_after_schema(self, schema: core_schema.AfterValidatorFunctionSchema) -> JsonSchemaValue:
        known = _BY_FUNCTION.get(schema["function"]["function"])
        return dict(known) if known else super().function_after_schema(schema)

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        made = super().str_schema(schema)
        if "pattern" not in made:
            return {**made, "type": ["string", "number"]}
        pattern = made["pattern"].replace("\\d", "[0-9]")
        return {**made, "pattern": pattern, "type": ["string", "number"] if re.search(pattern, _A_NUMBER) else "string"}


def definitions(models: Sequence[type[BaseModel]]) -> dict[str, Schema]:
    """The schema of each model, and of every model inside it, by class name; references point to `#/$defs/<name>`."""
    roots = [(model, "validation") for model in models]
    _, schema = models_json_schema(roots, by_alias=True, schema_generator=_Generator)  # type: ignore[arg-type]
    return dict(schema["$defs"])
