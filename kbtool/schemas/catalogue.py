"""Every schema of the record format: its name, what it is for and how it is made."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kbtool.ingest.verdict_words import VerdictWords
from kbtool.model.base import SCHEMA_VERSION, Model
from kbtool.model.base_config import BaseConfig, Reviewers
from kbtool.model.claim import CLAIM_CLASSES, CLAIM_TYPES, ClaimBase
from kbtool.model.evidence import Evidence
from kbtool.model.policy import Policy
from kbtool.model.source import Source
from kbtool.model.vocabulary import Vocabulary
from kbtool.schemas.described import described, tidy
from kbtool.schemas.generator import Schema, definitions
from kbtool.schemas.key_order import claim_order
from kbtool.schemas.terms import with_terms

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_MADE = "Made by 'kbtool schema --write' from the record models and vocabulary.yaml; do not edit."
_REFERENCE = re.compile(r'"#/\$defs/([^"]+)"')


@dataclass(frozen=True, slots=True)
class Entry:
    """One schema of the format."""

    purpose: str
    """What it describes, in a few words."""
    make: Callable[[Vocabulary], Schema]
    """Makes it for a vocabulary, without its head."""


def record_schemas(vocabulary: Vocabulary) -> dict[str, Schema]:
    """Every schema of the record format by name, with the terms of a vocabulary."""
    return {name: headed(name, entry.purpose, entry.make(vocabulary)) for name, entry in SCHEMAS.items()}


def headed(name: str, purpose: str, schema: Schema) -> Schema:
    """The schema with its dialect, its identifier and where it comes from at its head."""
    head = {
        "$schema": DIALECT,
        "$id": f"urn:kbtool:schema:{SCHEMA_VERSION}:{name}",
        "$comment": _MADE,
        "title": purpose,
    }
    whole: Schema = tidy({**schema, **head})
    return whole


def _claim(vocabulary: Vocabulary) -> Schema:
    parts = _parts(CLAIM_CLASSES, vocabulary)
    for type_, kind in CLAIM_TYPES.items():
        label = vocabulary.claim_types[type_].label if type_ in vocabulary.claim_types else type_
        parts[kind.__name__] = _claim_of(parts[kind.__name__], kind, label)
    return {"type": "object", "oneOf": _references(CLAIM_CLASSES), "$defs": _sorted(parts)}


def _claim_of(schema: Schema, kind: type[ClaimBase], label: str) -> Schema:
    """The schema of one type of claim with its fields in the usual order and its label as title."""
    fields = schema["properties"]
    return {**schema, "title": label, "properties": {name: fields[name] for name in claim_order(kind)(())}}


def _one(model: type[Model]) -> Callable[[Vocabulary], Schema]:
    def make(vocabulary: Vocabulary) -> Schema:
        parts = _parts((model,), vocabulary)
        root = parts.pop(model.__name__)
        return {**root, "$defs": _sorted(parts)} if parts else root

    return make


def _parts(models: Sequence[type[Model]], vocabulary: Vocabulary) -> dict[str, Schema]:
    """The definitions that models need, with terms; those that terms have replaced are left out."""
    made = described(definitions(models))
    filled: dict[str, Schema] = with_terms(made, vocabulary, made.get("Coded", {}))
    text = json.dumps(filled)
    wanted = set(_REFERENCE.findall(text)) | {model.__name__ for model in models}
    return {name: schema for name, schema in filled.items() if name in wanted}


def _references(models: Sequence[type[Model]]) -> list[Schema]:
    return [{"$ref": f"#/$defs/{model.__name__}"} for model in models]


def _sorted(parts: Mapping[str, Schema]) -> dict[str, Schema]:
    return dict(sorted(parts.items()))


SCHEMAS: Mapping[str, Entry] = {
    "claim": Entry("A claim: <document>/<slug>.yaml", _claim),
    "evidence": Entry("An evidence record: evidence/<slug>.yaml", _one(Evidence)),
    "source": Entry("A source record: sources/<document>.yaml", _one(Source)),
    "kb": Entry("What a base is: kb.yaml", _one(BaseConfig)),
    "reviewers": Entry("Who may review: reviewers.yaml", _one(Reviewers)),
    "vocabulary": Entry("The lists of terms: vocabulary.yaml", _one(Vocabulary)),
    "policy": Entry("What needs what: policy.yaml", _one(Policy)),
    "verdict-words": Entry("What verdict words of others amount to: verdict-words.yaml", _one(VerdictWords)),
}
"""Every schema by name, in the order in which they are listed."""
