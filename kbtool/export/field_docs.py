"""The descriptions of model fields, read from the docstrings that stand under them in the source.

Only the making of schemas needs this; reading source text is too slow for every start.
"""

from __future__ import annotations

import ast
import inspect
from functools import cache
from itertools import pairwise
from textwrap import dedent
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kbtool.model.base import Model


def field_docs(model: type[Model]) -> dict[str, str]:
    """Description by the name a field has in files, for its own and its inherited fields."""
    written = {name: text for kind in reversed(model.__mro__) for name, text in _own_docs(kind).items()}
    return {(field.alias or name): written[name] for name, field in model.model_fields.items() if name in written}


@cache
def _own_docs(kind: type) -> dict[str, str]:
    if not kind.__module__.startswith("kbtool."):
        return {}
    definition = ast.parse(dedent(inspect.getsource(kind))).body[0]
    body = definition.body if isinstance(definition, ast.ClassDef) else []
    docs = {}
    for field, below in pairwise(body):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and _is_text(below):
            docs[field.target.id] = _text(below)
    return docs


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _text(node: ast.stmt) -> str:
    return " ".join(ast.literal_eval(node.value).split()) if isinstance(node, ast.Expr) else ""
