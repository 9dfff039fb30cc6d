"""The schemas of the project's own vocabulary, ready to validate with; and its records as data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from kbtool.model.vocabulary import Vocabulary
from kbtool.records.layout import FileKind, kind_of
from kbtool.schemas.catalogue import record_schemas
from kbtool.yamlsource.parse import parse

REPOSITORY = Path(__file__).resolve().parents[2]
_NAMES = {
    FileKind.CLAIM: "claim",
    FileKind.EVIDENCE: "evidence",
    FileKind.SOURCE: "source",
    FileKind.CONFIG: "kb",
    FileKind.REVIEWERS: "reviewers",
}


def data_of(raw: bytes) -> Any:
    """What the strict loader gives: text, lists and mappings."""
    parsed = parse(raw, limit=len(raw))
    assert parsed.data is not None, parsed.problems
    return parsed.data


@cache
def vocabulary() -> Vocabulary:
    """The project's vocabulary."""
    return Vocabulary.model_validate(data_of((REPOSITORY / "schema" / "vocabulary.yaml").read_bytes()))


@cache
def schemas() -> dict[str, Any]:
    """Every record schema by name."""
    return record_schemas(vocabulary())


@cache
def validator(name: str) -> Draft202012Validator:
    """The validator of a schema, dates included."""
    return Draft202012Validator(schemas()[name], format_checker=Draft202012Validator.FORMAT_CHECKER)


def schema_name(name: str) -> str:
    """The schema for the file of this name inside a base or its schema folder."""
    return _NAMES.get(kind_of(name)) or Path(name).stem


def records(root: Path) -> Iterator[tuple[str, bytes]]:
    """Name inside the base and bytes of every YAML file of a base."""
    for path in sorted(root.rglob("*.yaml")):
        yield path.relative_to(root).as_posix(), path.read_bytes()


class EditorLoader(yaml.SafeLoader):
    """YAML 1.2's core schema as editors read it: numbers, `true` and `false`; no dates, `on` and `no` are text."""


EditorLoader.yaml_implicit_resolvers = {}
for _tag, _form, _first in (
    ("bool", "true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", "null|Null|NULL|~|", "nN~"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
):
    EditorLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_form})$"), list(_first))


def as_editors_read(raw: bytes) -> Any:
    """What an editor makes of a record's bytes."""
    return yaml.load(raw, EditorLoader)
