"""Every single edit of one field of a record, as new models: for tests of what an approval binds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Generic, TypeVar, get_args

from kbtool.model.base import Model, Quantity, Stated

M = TypeVar("M", bound=Model)

Pick = Callable[[type[Model]], frozenset[str]]
"""Which fields of a model are edited: `reviewed_fields` or `editorial_fields`."""


@dataclass(frozen=True, slots=True)
class FieldEdit(Generic[M]):
    """A record with one field changed."""

    path: tuple[str | int, ...]
    """The way to the field, by the names in records."""
    model: M


def field_edits(model: M, pick: Pick, inside: Pick) -> Iterator[FieldEdit[M]]:
    """The record with each of the picked fields changed in turn; `inside` says through which fields to look."""
    cls = type(model)
    for name in sorted(cls.model_fields):
        value, alias = getattr(model, name), cls.model_fields[name].alias or name
        if name in pick(cls):
            for changed in _changed(value, tuple(models_in(cls.model_fields[name].annotation))):
                yield FieldEdit((alias,), model.model_copy(update={name: changed}))
        if name in inside(cls):
            for path, changed in _deeper(value, pick, inside):
                yield FieldEdit((alias, *path), model.model_copy(update={name: changed}))


def _deeper(value: Any, pick: Pick, inside: Pick) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    if isinstance(value, Model):
        for edit in field_edits(value, pick, inside):
            yield edit.path, edit.model
    if isinstance(value, tuple):
        for index, item in enumerate(value):
            for path, changed in _deeper(item, pick, inside):
                yield (index, *path), (*value[:index], changed, *value[index + 1 :])


def models_in(annotation: Any) -> Iterator[type[Model]]:
    """Every model that a type can hold."""
    if isinstance(annotation, type) and issubclass(annotation, Model):
        yield annotation
    for part in get_args(annotation):
        yield from models_in(part)


def _changed(value: Any, parts: tuple[type[Model], ...]) -> Iterator[Any]:
    """Other values of the same kind; none where the value is a part with fields of its own.

    `parts` are the models that the field can hold.
    """
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield value + 1
    elif isinstance(value, str):
        yield f"{value} more"
        yield value[:-1] or "other"
    elif isinstance(value, date):
        yield value + timedelta(days=1)
    elif value is None:
        yield from _added(parts)
    elif isinstance(value, tuple):
        yield from (value[:index] + value[index + 1 :] for index in range(len(value)))
        if not parts:
            yield (*value, "one-more")


def _added(parts: tuple[type[Model], ...]) -> Iterator[Any]:
    if not parts:
        yield "words that were not there"
    yield from (part(as_stated="words that were not there") for part in parts if part in {Stated, Quantity})
