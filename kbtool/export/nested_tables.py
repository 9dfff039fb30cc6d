"""The tables of the Parquet files: the lists of `claims.json`, one table each, with the columns of its JSON Schema.

Two lists are laid out anew: the fields that only some types of claim have become a list `fields` of one form, so that
a new type of claim does not change the columns; and the vocabulary becomes a list of terms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kbtool.export.fields import OWN_FIELDS
from kbtool.export.rows import all_decisions, own_fields, vocabulary_terms
from kbtool.export.schema_words import closed, list_of, said

if TYPE_CHECKING:
    from kbtool.release.jsontext import JsonObject

_TEXT = {"type": "string"}
_OWN = frozenset(OWN_FIELDS)


@dataclass(frozen=True, slots=True)
class KeyOf:
    """A column whose values are keys of another table."""

    column: str
    table: str
    key: str


@dataclass(frozen=True, slots=True)
class NestedTable:
    """One table."""

    name: str
    holds: str
    """What a row of it is, in one sentence."""
    schema: Callable[[Mapping[str, JsonObject]], JsonObject]
    """The JSON Schema of a row, given the definitions of the release's schema."""
    items: Callable[[JsonObject], Iterable[JsonObject]]
    """The rows of a release document, in order; what one lacks is null."""
    key: tuple[str, ...]
    """The columns that tell its rows apart."""
    keys_of: tuple[KeyOf, ...] = ()


def _release(document: JsonObject) -> Iterator[JsonObject]:
    yield document["release"]


def _sources(document: JsonObject) -> Iterator[JsonObject]:
    yield from document["sources"]


def _evidence(document: JsonObject) -> Iterator[JsonObject]:
    yield from document["evidence"]


def _claims(document: JsonObject) -> Iterator[JsonObject]:
    for claim in document["claims"]:
        common = {name: value for name, value in claim.items() if name not in _OWN}
        yield {**common, "fields": list(own_fields(claim))}


def _held(document: JsonObject) -> Iterator[JsonObject]:
    yield from document["held"]


def _withdrawn(document: JsonObject) -> Iterator[JsonObject]:
    yield from document["withdrawn"]


def _term_schema(_: Mapping[str, JsonObject]) -> JsonObject:
    return closed(
        "A code of the vocabulary.",
        list=said(_TEXT, "The list it stands in: claim_types, caveat_kinds, ratings, ..."),
        position=said({"type": "integer"}, "Its place in the list, from 1."),
        code=said(_TEXT, "The code, as the other tables have it."),
        label=said(_TEXT, "What readers see."),
        definition=said(_TEXT, "What it means."),
    )


def _claim_schema(definitions: Mapping[str, JsonObject]) -> JsonObject:
    """What every type of claim has, taken from one of them, and the list of its own fields."""
    usage = definitions["Usage"]
    common = {name: schema for name, schema in usage["properties"].items() if name not in _OWN}
    common["type"] = said(_TEXT, common["type"]["description"])
    common["fields"] = list_of(_field_schema(), "The fields that claims of this type have, e.g. dose or result.")
    return closed("A claim.", **common)


def _field_schema() -> JsonObject:
    field = closed(
        "A field of the claim's own type.",
        name=said(_TEXT, "Name of the field."),
        not_stated=said({"type": "boolean"}, "Whether the document is known to give nothing for it."),
        as_stated=said(_TEXT, "The words of the document, verbatim."),
        value=said(_TEXT, "The number that those words give, as decimal text."),
        unit=said(_TEXT, "The unit of the number, in UCUM where one exists."),
        code=said(_TEXT, "The code of those words, where the vocabulary has a list for them."),
        ref=said(_TEXT, "Id of the study's evidence record."),
    )
    return {**field, "required": ["name", "not_stated"]}


def _decision_schema(definitions: Mapping[str, JsonObject]) -> JsonObject:
    subject = {
        "claim": said(_TEXT, "Id of the claim, where it is out."),
        "withdrawn": said(_TEXT, "Id of the claim, where it was withdrawn."),
    }
    decision = definitions["Decision"]
    return {**decision, "properties": {**subject, **decision["properties"]}}


NESTED_TABLES: tuple[NestedTable, ...] = (
    NestedTable(
        "release",
        "The one release that these files hold.",
        lambda definitions: definitions["Release"],
        _release,
        ("id",),
    ),
    NestedTable("terms", "One code of the vocabulary.", _term_schema, vocabulary_terms, ("list", "code")),
    NestedTable(
        "sources",
        "One document of which claims are made.",
        lambda definitions: definitions["Source"],
        _sources,
        ("document",),
    ),
    NestedTable(
        "evidence",
        "One study, guideline, notice or page that a claim cites.",
        lambda definitions: definitions["Evidence"],
        _evidence,
        ("id",),
    ),
    NestedTable(
        "claims",
        "One claim that is out, with every caveat that must be shown with it.",
        _claim_schema,
        _claims,
        ("id",),
    ),
    NestedTable(
        "held",
        "One claim that is kept back.",
        lambda definitions: definitions["Held"],
        _held,
        ("id",),
    ),
    NestedTable(
        "withdrawn",
        "What remains of a withdrawn claim, which may not be shown any more.",
        lambda definitions: definitions["Withdrawn"],
        _withdrawn,
        ("id",),
    ),
    NestedTable(
        "decisions",
        "One decision on a claim that is out, or the one that withdrew a claim.",
        _decision_schema,
        all_decisions,
        ("file",),
        (KeyOf("claim", "claims", "id"), KeyOf("withdrawn", "withdrawn", "id")),
    ),
)
"""In an order in which each refers only to those before it."""
