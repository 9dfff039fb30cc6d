"""The usual order of the keys of a record, taken from its model."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from kbtool.diagnostics import Path
from kbtool.model.base import Model
from kbtool.model.base_config import BaseConfig, Reviewers
from kbtool.model.claim import CLAIM_TYPES, ClaimBase
from kbtool.model.evidence import Evidence
from kbtool.model.policy import Policy
from kbtool.model.source import Source
from kbtool.model.vocabulary import Vocabulary
from kbtool.records.layout import FileKind, kind_of

Order = Callable[[Path], Sequence[str]]
"""The keys of the mapping at a path in the order they should stand in."""

_MODELS: Mapping[FileKind, type[Model]] = {
    FileKind.CONFIG: BaseConfig,
    FileKind.REVIEWERS: Reviewers,
    FileKind.SOURCE: Source,
    FileKind.EVIDENCE: Evidence,
    FileKind.CLAIM: ClaimBase,
}
"""The model of each kind of record; a claim's own is chosen by its type."""

_SCHEMA_FILES: Mapping[str, type[Model]] = {"vocabulary.yaml": Vocabulary, "policy.yaml": Policy}

_BEFORE_FIELDS = ("id", "type", "statement", "polarity", "hedges")
"""What stands in a claim before the fields of its type."""


def has_order(name: str) -> bool:
    """Whether a file of this name (inside its base, or in the schema folder) has a usual order."""
    return kind_of(name) in _MODELS or name in _SCHEMA_FILES


def order_for(name: str, data: object) -> Order:
    """The order for the record in the file `name`, for which `has_order` holds; `data` tells the type of a claim."""
    if name in _SCHEMA_FILES:
        return order_of(_SCHEMA_FILES[name])
    if kind_of(name) is FileKind.CLAIM:
        type_ = data.get("type") if isinstance(data, dict) else None
        return claim_order(CLAIM_TYPES.get(type_, ClaimBase) if isinstance(type_, str) else ClaimBase)
    return order_of(_MODELS[kind_of(name)])


@cache
def order_of(model: type[Model]) -> Order:
    """The order that a model's fields stand in, at every depth."""
    known: dict[tuple[str | bool, ...], Sequence[str]] = {}

    def order(path: Path) -> Sequence[str]:
        kinds = tuple(part if isinstance(part, str) else True for part in path)
        if kinds not in known:
            here: Any = model
            for part in path:
                here = _inside(here, part)
            known[kinds] = _keys(here)
        return known[kinds]

    return order


@cache
def claim_order(model: type[ClaimBase]) -> Order:
    """The order of a claim: what it says, the fields of its type, then what it rests on."""
    inner = order_of(model)
    own = [name for name in _names(model) if name not in ClaimBase.model_fields and name != "type"]
    rest = [name for name in ClaimBase.model_fields if name not in _BEFORE_FIELDS]
    top = (*_BEFORE_FIELDS, *own, *rest)
    return lambda path: inner(path) if path else top


def _keys(annotation: Any) -> Sequence[str]:
    return next((_names(choice) for choice in _choices(annotation) if _is_model(choice)), ())


def _names(model: type[Model]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


def _inside(annotation: Any, part: str | int) -> Any:
    """The type of what stands at one part of a path, or None where the model says nothing of it."""
    for choice in _choices(annotation):
        if _is_model(choice):
            fields = {field.alias or name: field.annotation for name, field in choice.model_fields.items()}
            if part in fields:
                return fields[str(part)]
        elif get_origin(choice) in {tuple, dict}:
            return get_args(choice)[0 if get_origin(choice) is tuple else 1]
    return None


def _choices(annotation: Any) -> Iterator[Any]:
    """The types that an annotation stands for, with unions and `Annotated` taken apart."""
    if get_origin(annotation) is Annotated:
        yield from _choices(get_args(annotation)[0])
    elif get_origin(annotation) in {Union, UnionType}:
        for choice in get_args(annotation):
            yield from _choices(choice)
    else:
        yield annotation


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, Model)
