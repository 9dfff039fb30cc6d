"""Files of signed statements to typed values: envelope, in-toto statement, name and digest, or a problem."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from kbtool.model.base import Model
from kbtool.model.decision import ErrorReport, GovernanceStatement, ReviewStatement
from kbtool.records.layout import BaseFile
from kbtool.review.content import digest_of
from kbtool.review.dsse import IN_TOTO, Envelope, EnvelopeProblem, read_envelope, read_written, write_envelope
from kbtool.review.problem import ReviewProblem

S = TypeVar("S", bound=Model)

_BACK = "restore the file, or delete it where it was never logged"

_DECISION = re.compile(r"decisions/([^/]+/[^/]+)/([0-9a-f]{64})\.json")
_GOVERNANCE = re.compile(r"governance/(\d{4})-([0-9a-f]{64})\.json")
_REPORT = re.compile(r"reports/([^/]+/[^/]+)/([0-9a-f]{64})\.json")


@dataclass(frozen=True, slots=True)
class Signed(Generic[S]):
    """A statement with the envelope and file it came in."""

    file: str
    digest: str
    envelope: Envelope
    statement: S


def read_decisions(files: Mapping[str, BaseFile]) -> tuple[list[Signed[ReviewStatement]], list[ReviewProblem]]:
    """Every decision file as a statement about the claim it lies under; the others as problems."""
    found, problems = [], []
    for match, file in files_named(_DECISION, files):
        read = _signed(file, match[2], ReviewStatement, "decision", match[1])
        if isinstance(read, ReviewProblem):
            problems.append(read)
        elif (about := read.statement.subject[0].name) != match[1]:
            message = f"the decision is about {about!r} and lies under {match[1]!r}"
            hint = "a decision never moves to another claim"
            problems.append(ReviewProblem("wrong-subject", file.name, message, hint, match[1]))
        else:
            found.append(read)
    return found, problems


def files_named(form: re.Pattern[str], files: Mapping[str, BaseFile]) -> Iterator[tuple[re.Match[str], BaseFile]]:
    """The files whose names have a form, in order, each behind its match."""
    matches = sorted(filter(None, map(form.fullmatch, files)), key=itemgetter(0))
    return ((match, files[match[0]]) for match in matches)


def decision_files(files: Mapping[str, BaseFile]) -> dict[str, str]:
    """Name of the file of each decision, readable or not, by the digest in it."""
    return {match[2]: match[0] for match in filter(None, map(_DECISION.fullmatch, files))}


def read_governance(files: Mapping[str, BaseFile]) -> tuple[list[Signed[GovernanceStatement]], list[ReviewProblem]]:
    """Every governance file in the order of their numbers."""
    found, problems = [], []
    for match, file in files_named(_GOVERNANCE, files):
        read = _signed(file, match[2], GovernanceStatement, "governance", "")
        if isinstance(read, ReviewProblem):
            problems.append(read)
        else:
            found.append(read)
    return found, problems


def read_reports(files: Mapping[str, BaseFile]) -> tuple[dict[str, tuple[str, ErrorReport]], list[ReviewProblem]]:
    """Readers' reports by digest, with the claim each lies under."""
    found: dict[str, tuple[str, ErrorReport]] = {}
    problems = []
    for match, file in files_named(_REPORT, files):
        report = _report(file, match[2])
        if isinstance(report, ReviewProblem) or report.claim != match[1]:
            message = "the file is no report about this claim"
            problems.append(ReviewProblem("malformed-report", file.name, message, "delete it, or restore it"))
        else:
            found[match[2]] = (match[1], report)
    return found, problems


def _report(file: BaseFile, digest: str) -> ErrorReport | ReviewProblem:
    """The report, or a problem without words; the caller has them."""
    unreadable = ReviewProblem("malformed-report", file.name, "")
    value = read_json(file.raw)
    if digest_of(file.raw) != digest or value is None:
        return unreadable
    try:
        return ErrorReport.model_validate(value)
    except ValidationError:
        return unreadable


def _signed(file: BaseFile, digest: str, model: type[S], what: str, subject: str) -> Signed[S] | ReviewProblem:
    if digest_of(file.raw) != digest:
        message = f"the bytes of this {what} file are not the ones that its name promises"
        hint = "restore the file from the repository's history; it is never edited"
        return ReviewProblem("decision-altered", file.name, message, hint, subject)
    envelope = _envelope(file.raw)
    if isinstance(envelope, EnvelopeProblem):
        return ReviewProblem("malformed-decision", file.name, envelope.message, envelope.hint, subject)
    statement = read_statement(envelope, model)
    if isinstance(statement, str):
        return ReviewProblem("malformed-decision", file.name, statement, _BACK, subject)
    return Signed(file.name, digest, envelope, statement)


def _envelope(raw: bytes) -> Envelope | EnvelopeProblem:
    """The envelope of a file, in its one form.

    Other spellings of one envelope would be files of their own: a decision taken back could be played again.
    """
    if written := read_written(raw):
        return written
    envelope = read_envelope(raw)
    if isinstance(envelope, Envelope) and write_envelope(envelope) != raw:
        return EnvelopeProblem("the envelope is not written in its one form", "restore the file as the tool wrote it")
    return envelope


def read_statement(envelope: Envelope, model: type[S]) -> S | str:
    """The in-toto statement in an envelope, or why there is none of that kind; signatures are not looked at."""
    value = read_json(envelope.payload) if envelope.payload_type == IN_TOTO else None
    if value is None:
        return "the envelope holds no in-toto statement"
    try:
        return model.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        return f"the signed statement does not fit: {where}: {first['msg'].lower()}"


class _RepeatedKeyError(ValueError):
    """A JSON object has a key twice; never leaves this module."""


def read_json(raw: bytes) -> Any | None:
    """The JSON value of UTF-8 bytes, or None: repeated keys, floats and deep nesting are refused."""
    if raw.count(b"[") + raw.count(b"{") > 10_000:
        return None
    try:
        return json.loads(raw.decode(), object_pairs_hook=_object, parse_float=_refused, parse_constant=_refused)
    except (ValueError, RecursionError):
        return None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise _RepeatedKeyError
    return value


def _refused(text: str) -> Any:
    raise ValueError(text)
