"""A claim of our own exports back to the record that it was made of: labels and what others show of it fall away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from kbtool.model.base import Model
from kbtool.model.claim import CLAIM, CLAIM_TYPES, ClaimBase


def own_record(value: Mapping[str, Any]) -> dict[str, Any] | None:
    """The data of a claim's record as YAML files have it, or None where the value is no whole claim.

    Decisions stay where they were made, so its status is `draft`.
    """
    kind = CLAIM_TYPES.get(str(value.get("type")))
    if kind is None:
        return None
    known = {name: value[name] for name in kind.model_fields if name in value}
    plain: dict[str, Any] = _texts(_known(known, kind))
    plain["review"] = {"status": "draft"}
    try:
        CLAIM.validate_python(plain)
    except ValidationError:
        return None
    return plain


def same_claim(first: ClaimBase, second: Mapping[str, Any]) -> bool:
    """Whether a record says what a claim's data say, apart from status and from notes, which are not exported."""
    other = CLAIM.validate_python(dict(second))
    apart = {"review", "notes"}
    return first.model_dump(exclude=apart) == other.model_dump(exclude=apart)


def _known(value: Any, kind: Any) -> Any:
    """The value without the keys that the model has no field for, at every depth."""
    if isinstance(value, list):
        return [_known(item, _inner(kind)) for item in value]
    if isinstance(value, dict):
        model = _model(kind, value)
        if model is None:
            return value
        fields = {field.alias or name: field.annotation for name, field in model.model_fields.items()}
        return {key: _known(item, fields[key]) for key, item in value.items() if key in fields and item is not None}
    return value


def _inner(kind: Any) -> Any:
    """The type of the items of a list."""
    return getattr(kind, "__args__", (None,))[0]


def _model(kind: Any, value: Mapping[str, Any]) -> type[Model] | None:
    """The model that a mapping is read with: of several, the one that has most of its keys."""
    models = [each for each in _leaves(kind) if isinstance(each, type) and issubclass(each, Model)]
    return max(
        models,
        key=lambda model: (len(model.model_fields.keys() & value.keys()), -len(model.model_fields)),
        default=None,
    )


def _leaves(kind: Any) -> list[Any]:
    """The types that an annotation is made of."""
    inner = getattr(kind, "__args__", None)
    if isinstance(kind, type) and not inner:
        return [kind]
    return [leaf for each in inner or () for leaf in _leaves(each)]


def _texts(value: Any) -> Any:
    """The value with every number and truth as the text that YAML files have."""
    if isinstance(value, dict):
        return {key: _texts(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_texts(item) for item in value]
    return ("true" if value else "false") if isinstance(value, bool) else str(value)
