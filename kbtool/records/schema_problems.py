"""What the models refuse, in words: pydantic's errors as rule, sentence, path and hint."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from kbtool.diagnostics import Path
from kbtool.model.claim import CLAIM_TYPES

_TYPE_NAMES: Mapping[str, str] = {"str": "text", "dict": "a mapping", "list": "a list"}
_WANTED: Mapping[str, str] = {
    "string_type": "text",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "dict_type": "a mapping",
    "tuple_type": "a list",
    "list_type": "a list",
}
_HINTS: Mapping[str, str] = {
    "date_form": "write YYYY-MM-DD",
    "number_form": "write digits alone",
    "truth_form": "write one of the two",
    "blank_text": "write the text, or leave the entry out where it may be missing",
}
"""What to do about the models' own errors, by their type."""


@dataclass(frozen=True, slots=True)
class SchemaProblem:
    """One thing that a model refuses; `at_key` where the key itself is at fault rather than its value."""

    rule: str
    message: str
    path: Path
    at_key: bool = False
    hint: str = ""


def schema_problems(error: ValidationError, data: object, model: type[BaseModel] | None) -> list[SchemaProblem]:
    """Every error of `error` in words; `model` is the class validated against, None for the union of claims."""
    return [_problem(details, data, model) for details in error.errors(include_url=False) if not _is_echo(details)]


def _is_echo(details: ErrorDetails) -> bool:
    """Whether a list is called too short only because its items were refused, each with an error of its own."""
    return details["type"] == "too_short" and bool(details["input"])


def _problem(details: ErrorDetails, data: object, model: type[BaseModel] | None) -> SchemaProblem:
    kind, path = details["type"], real_path(data, details["loc"])
    if kind in {"missing", "union_tag_not_found"}:
        return _missing_key(details, path)
    if kind == "extra_forbidden":
        return _unknown_key(path, _keys_at(data, model, path[:-1]))
    if kind == "union_tag_invalid":
        return _unknown_value(("type",), details["ctx"]["tag"], sorted(CLAIM_TYPES))
    if kind == "literal_error":
        return _unknown_value(path, details["input"], _offered(details["ctx"]["expected"]))
    if kind in _WANTED:
        got = _TYPE_NAMES.get(type(details["input"]).__name__, "something else")
        return SchemaProblem("schema-type", f"{_last_name(path)!r} must be {_WANTED[kind]}, not {got}", path)
    return SchemaProblem("schema-value", *_value_words(details, path))


def _missing_key(details: ErrorDetails, path: Path) -> SchemaProblem:
    if details["type"] == "union_tag_not_found":
        hint = f"add 'type:' with one of {_listed(sorted(CLAIM_TYPES))}"
        return SchemaProblem("schema-missing", "key 'type' is missing", ("type",), hint=hint)
    name = str(details["loc"][-1])
    hint = f"add '{name}:' to '{_last_name(path)}'" if path else f"add '{name}:' here"
    return SchemaProblem("schema-missing", f"key {name!r} is missing", (*path, name), hint=hint)


def real_path(data: object, loc: Sequence[int | str]) -> Path:
    """The parts of a pydantic location that stand in `data`; tags of unions and missing keys do not."""
    path: list[int | str] = []
    for part in loc:
        if (isinstance(data, dict) and part in data) or (
            isinstance(data, list) and isinstance(part, int) and part < len(data)
        ):
            data = data[part]  # type: ignore[index]
            path.append(part)
    return tuple(path)


def _unknown_key(path: Path, known: Sequence[str]) -> SchemaProblem:
    name = str(path[-1]) if path else "?"
    near = get_close_matches(name, known, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"known here: {_listed(sorted(known))}"
    return SchemaProblem("schema-unknown-key", f"key {name!r} is not known here", path, at_key=True, hint=hint)


def _unknown_value(path: Path, value: object, offered: Sequence[str]) -> SchemaProblem:
    near = get_close_matches(str(value), offered, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"one of {_listed(offered)}"
    return SchemaProblem("unknown-term", f"{_short(value)} is no {_last_name(path)}", path, hint=hint)


def _value_words(details: ErrorDetails, path: Path) -> tuple[str, Path, bool, str]:
    kind, name, value = details["type"], _last_name(path), details["input"]
    context: dict[str, Any] = details.get("ctx") or {}
    if kind == "string_pattern_mismatch":
        return f"{_short(value)} is not the form of {name!r}", path, False, _form_hint(str(context["pattern"]))
    if kind == "string_too_long":
        return f"{name!r} is longer than {context['max_length']} characters", path, False, "shorten it"
    if kind == "too_short":
        return f"{name!r} needs at least {context['min_length']} item", path, False, "add one"
    return f"{name!r}: {details['msg'][:1].lower()}{details['msg'][1:]}", path, False, _HINTS.get(kind, "")


def _form_hint(pattern: str) -> str:
    forms: tuple[tuple[str, str], ...] = (
        ("/[a-z0-9]", "an id is '<document>/<slug>': lower-case words and digits joined by single hyphens"),
        ("^[a-z0-9]+", "use lower-case words and digits joined by single hyphens"),
        ("{64}", "a digest is 64 hexadecimal digits in lower case"),
        ("https?", "write the whole address, beginning with http:// or https://"),
        ("^-?(0|", "write a decimal number: digits, perhaps a minus sign and a point"),
        ("{4}", "write YYYY, YYYY-MM or YYYY-MM-DD"),
    )
    return next((words for part, words in forms if part in pattern), f"it must match {pattern}")


def _keys_at(data: object, model: type[BaseModel] | None, path: Path) -> list[str]:
    """The keys that the model knows at `path`."""
    kind = data.get("type") if isinstance(data, dict) else None
    found = model or (CLAIM_TYPES.get(kind) if isinstance(kind, str) else None)
    for part in path:
        field = next((f for n, f in found.model_fields.items() if (f.alias or n) == part), None) if found else None
        if field is not None:
            found = next(iter(_models_in(field.annotation)), None)
    return [field.alias or name for name, field in found.model_fields.items()] if found else []


def _models_in(annotation: object) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [found for part in get_args(annotation) for found in _models_in(part)]


def _offered(expected: str) -> list[str]:
    return [part.strip().strip("'") for part in expected.replace(" or ", ",").split(",")]


def _last_name(path: Path) -> str:
    return next((str(part) for part in reversed(path) if isinstance(part, str)), "record")


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)


def _short(value: object) -> str:
    if not isinstance(value, str):
        return _TYPE_NAMES.get(type(value).__name__, "this value")
    return repr(value if len(value) <= 60 else f"{value[:57]}...")
