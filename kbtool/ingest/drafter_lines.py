"""What another drafter is told and what it may answer: JSON, an object a line, by the number of the sentence."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kbtool.ingest.document import Document
from kbtool.ingest.draft_values import Drafts
from kbtool.model.claim import CLAIM_TYPES, ClaimBase
from kbtool.model.vocabulary import Vocabulary

PROTOCOL = "kbtool-drafter/1"
"""Name and version of what is said between kbtool and a drafter."""

LINE_LIMIT = 262_144
"""Bytes of one answer at the most."""
_ANSWER_KEYS = frozenset({"sentence", "claims", "skip"})
_OURS = frozenset({*ClaimBase.model_fields, "type", "study"})
"""What a drafter may not fill in as a typed field."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a drafter made of one sentence: claims, or the reason to skip it."""

    sentence: int
    claims: tuple[Mapping[str, Any], ...] = ()
    skip: str | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything that a drafter answered, and why some lines were refused."""

    by_sentence: Mapping[int, Answer] = field(default_factory=dict)
    refused: tuple[str, ...] = ()


def request_lines(document: Document, drafts: Drafts, id_: str, vocabulary: Vocabulary) -> bytes:
    """What a drafter reads: a line about the task, then a line for each sentence with what stands around it."""
    lines = [_task(document, id_, vocabulary), *_sentences(document, drafts)]
    return "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines).encode()


def _task(document: Document, id_: str, vocabulary: Vocabulary) -> dict[str, Any]:
    return {
        "protocol": PROTOCOL,
        "document": id_,
        "title": document.facts.title,
        "language": document.facts.language,
        "claim_types": {name: fields_of(name) for name in CLAIM_TYPES if may_draft(name)},
        "caveat_kinds": {name: entry.definition for name, entry in vocabulary.caveat_kinds.items()},
        "skip_reasons": {name: entry.definition for name, entry in vocabulary.skip_reasons.items()},
        "hedges": [word for hedge in vocabulary.hedges.values() for word in hedge.words],
        "negations": list(vocabulary.negations),
    }


def may_draft(type_: str) -> bool:
    """Whether a drafter may give claims of a type: those that name a study need a record, which is ours to make."""
    return "study" not in CLAIM_TYPES[type_].model_fields


def fields_of(type_: str) -> list[str]:
    """The typed fields of a claim type, the required ones with a star."""
    fields = CLAIM_TYPES[type_].model_fields
    return [f"{name}*" if field.is_required() else name for name, field in fields.items() if name not in _OURS]


def _sentences(document: Document, drafts: Drafts) -> Iterator[dict[str, Any]]:
    text, units = document.text, drafts.units
    for number, unit in enumerate(units):
        if unit.leads:
            continue
        line: dict[str, Any] = {
            "sentence": number,
            "text": text[slice(*unit.span)],
            "kind": unit.kind,
            "under": list(unit.trail),
            "before": text[slice(*units[number - 1].span)] if number else "",
            "after": text[slice(*units[number + 1].span)] if number + 1 < len(units) else "",
        }
        yield line | ({"lead": text[slice(*unit.parts[0])]} if len(unit.parts) > 1 else {})


def read_answers(raw: bytes) -> Answers:
    """The answers of a drafter; a line that is none is refused with a reason, and the others stand."""
    found: dict[int, Answer] = {}
    refused: list[str] = []
    for number, line in enumerate(raw.split(b"\n"), 1):
        if not line.strip():
            continue
        answer = _answer(line)
        if isinstance(answer, str):
            refused.append(f"line {number} of the answers: {answer}")
        elif answer.sentence in found:
            refused.append(f"line {number} of the answers: sentence {answer.sentence} was answered before")
        else:
            found[answer.sentence] = answer
    return Answers(found, tuple(refused))


def _answer(line: bytes) -> Answer | str:
    """One answer, or why it is none."""
    data = _object(line)
    if isinstance(data, str):
        return data
    if unknown := sorted(data.keys() - _ANSWER_KEYS):
        return f"has the unknown key {unknown[0]!r}"
    sentence, claims, skip = data.get("sentence"), data.get("claims", []), data.get("skip")
    if not isinstance(sentence, int) or isinstance(sentence, bool):
        return "names no sentence by its number"
    if not isinstance(claims, list) or not all(isinstance(claim, dict) for claim in claims):
        return "has 'claims' that are no list of objects"
    if bool(claims) == (skip is not None) or not isinstance(skip, str | None):
        return "gives neither claims nor the reason of a skip, or both"
    return Answer(sentence, tuple(claims), skip)


def _object(line: bytes) -> dict[str, Any] | str:
    """The JSON object of a line, or why it holds none."""
    if len(line) > LINE_LIMIT:
        return f"has more than {LINE_LIMIT:,} bytes"
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        return "is no JSON"
    return data if isinstance(data, dict) else "is no JSON object"
