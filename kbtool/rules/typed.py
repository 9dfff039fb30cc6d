"""The typed values of a claim: the fields of its type that hold words of the document."""

from __future__ import annotations

from functools import cache

from kbtool.diagnostics import Path
from kbtool.model.base import Coded, Quantity, Stated
from kbtool.model.claim import ClaimBase

TypedValue = Stated | Quantity | Coded
_TYPED = (Stated, Quantity, Coded)


def typed_values(claim: ClaimBase) -> tuple[tuple[Path, TypedValue], ...]:
    """The fields of the claim's type that hold words of the document, with their paths."""
    fields = _own_fields(type(claim))
    return tuple([(path, value) for path in fields if isinstance(value := getattr(claim, path[0]), _TYPED)])


@cache
def _own_fields(type_: type[ClaimBase]) -> tuple[tuple[str], ...]:
    """Paths of the fields of a claim type beyond those of every claim, none of which holds a typed value."""
    return tuple((name,) for name in type_.model_fields if name not in ClaimBase.model_fields)
