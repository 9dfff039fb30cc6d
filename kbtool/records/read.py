"""One file's bytes to a typed record, or to the diagnostics that say why not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from kbtool.diagnostics import Diagnostic, Location, Path, Severity
from kbtool.model.claim import CLAIM
from kbtool.records.base import Record
from kbtool.records.characters import odd_characters
from kbtool.records.layout import BaseFile
from kbtool.records.schema_problems import SchemaProblem, schema_problems
from kbtool.yamlsource.parse import parse
from kbtool.yamlsource.places import locate
from kbtool.yamlsource.problems import Problem

M = TypeVar("M", bound=BaseModel)

RECORD_LIMIT = 65_536
"""Bytes that a claim, an evidence record or a configuration file may have."""

SOURCE_LIMIT = 8 * 1024 * 1024
"""Bytes that a source record may have: it lists the sentences of a whole document."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a kind of file must be: how to validate it and how large it may be."""

    validate: Callable[[Any], BaseModel]
    model: type[BaseModel] | None
    limit: int = RECORD_LIMIT


_NEEDED = frozenset({"kb.yaml", "vocabulary.yaml", "policy.yaml"})
_PUT_BACK = "put its text back, from the repository's history or from a base that 'kbtool init DIR' makes"


CLAIM_SHAPE = Shape(CLAIM.validate_python, None)


def shape_of(model: type[BaseModel], limit: int = RECORD_LIMIT) -> Shape:
    """The shape of a file that holds one `model`."""
    return Shape(model.model_validate, model, limit)


def read_record(file: BaseFile, shape: Shape, subject: str) -> tuple[Record[Any] | None, tuple[Diagnostic, ...]]:
    """The record in `file`, or None; and everything that is wrong with it up to the schema.

    A file that the parser refuses gets no schema diagnostics; characters that deceive the eye do not stop it.
    """
    parsed = parse(file.raw, limit=shape.limit)
    if parsed.data is None:
        return None, tuple(
            Diagnostic(
                p.rule,
                Severity.ERROR,
                p.message,
                Location(file.shown, p.line, p.column),
                hint=_hint(p, file),
                subject=subject,
            )
            for p in parsed.problems
        )
    odd = tuple(
        Diagnostic(rule, Severity.ERROR, message, Location(file.shown, line, column), hint=hint, subject=subject)
        for rule, message, line, column, hint in odd_characters(file.raw.decode())
    )
    try:
        return Record(file.shown, file.raw, shape.validate(parsed.data)), odd
    except ValidationError as error:
        problems = schema_problems(error, parsed.data, shape.model)
        return None, (*odd, *_placed(problems, file, subject))


def _hint(problem: Problem, file: BaseFile) -> str:
    """What to do about a problem; a file that no base can do without is not one to delete."""
    is_needed = problem.rule == "yaml-empty-document" and file.name in _NEEDED
    return f"no base is read without {file.name}: {_PUT_BACK}" if is_needed else problem.hint


def _placed(problems: list[SchemaProblem], file: BaseFile, subject: str) -> list[Diagnostic]:
    places = locate(file.raw)
    placed = []
    for problem in problems:
        key = places.key(problem.path) if problem.at_key else None
        place = key or places.nearest(problem.path)
        where = Location(file.shown, place.line, place.column)
        placed.append(
            Diagnostic(
                problem.rule, Severity.ERROR, problem.message, where, problem.path, problem.hint, subject=subject
            )
        )
    return placed


def place_of(record: Record[Any], path: Path) -> Location:
    """Line and column of the value at `path` in the record's file, or of what stands nearest to it."""
    place = locate(record.raw).nearest(path)
    return Location(record.file, place.line, place.column)
