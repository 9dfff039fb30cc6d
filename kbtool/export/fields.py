"""The fields of a claim's own type as lines of text, for outputs that have no objects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kbtool.model.claim import CLAIM_CLASSES, ClaimBase

if TYPE_CHECKING:
    from kbtool.release.jsontext import JsonObject

_OF_EVERY_CLAIM = frozenset(ClaimBase.model_fields) | {"type"}

OWN_FIELDS: tuple[str, ...] = tuple(
    dict.fromkeys(name for kind in CLAIM_CLASSES for name in kind.model_fields if name not in _OF_EVERY_CLAIM)
)
"""Names of the fields that only some types of claim have, in the order of the models."""


def stated_fields(claim: JsonObject) -> Iterator[str]:
    """`name: words of the document` for each field of its type that the claim has, e.g. `result: 70% [70 %]`."""
    for name in OWN_FIELDS:
        if name in claim:
            yield f"{name}: {_words(claim[name])}"


def _words(value: JsonObject | str) -> str:
    if isinstance(value, str):
        return value
    if "ref" in value:
        return str(value["ref"])
    number = " ".join(str(value[part]) for part in ("value", "unit", "code") if part in value)
    return f"{value['as_stated']} [{number}]" if number else str(value["as_stated"])
