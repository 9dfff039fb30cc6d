"""The five tables of a release: what stands in their rows.

A row is an object with a value for each column, in the order of the columns: text, a number, a truth value, or None for
an empty cell. What the columns hold stands in `kbtool.export.csv_columns`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kbtool.export.fields import stated_fields

if TYPE_CHECKING:
    from kbtool.release.jsontext import JsonObject


@dataclass(frozen=True, slots=True)
class Table:
    """One table."""

    path: str
    made_of: str
    """The list of a release document that its rows are made of."""
    rows: Callable[[JsonObject], Iterator[JsonObject]]
    """The rows that one object of that list gives, in order, without what the release says of itself."""


def release_cells(release: JsonObject) -> JsonObject:
    """The last columns of every table."""
    return {
        "release": release["id"],
        "gate": release["gate"],
        "as_of": release["as_of"],
        "valid_until": release["valid_until"],
        "licence": release["licences"]["data"],
    }


def _claims(claim: JsonObject) -> Iterator[JsonObject]:
    verdict, review, drafted, source = claim["verdict"], claim["review"], claim["drafted"], claim["source"]
    yield {
        "id": claim["id"],
        "type": claim["type"],
        "type_label": claim["type_label"],
        "statement": claim["statement"],
        "review_notice": review["notice"],
        "caveats": _lines([f"{caveat['label']}: {caveat['text']}" for caveat in claim["caveats"]]),
        "rating": verdict["rating"],
        "rating_label": verdict["label"],
        "rationale": verdict["rationale"],
        "certainty": _certainty(verdict["certainty"]),
        "polarity": claim["polarity"],
        "hedges": _lines(claim["hedges"]),
        "fields": _lines(stated_fields(claim)),
        "document": source["document"],
        "document_title": source["title"],
        "quotes": _lines([quote["exact"] for quote in source["quotes"]]),
        "evidence": _lines([f"{link['ref']} ({link['stance_label']})" for link in claim["evidence"]]),
        "relations": _lines([f"{link['kind']} {link['claim']}" for link in claim["relations"]]),
        "standing": review["standing"],
        "standing_label": review["standing_label"],
        "standing_reason": review["reason"],
        "approved_on": review["approved_on"],
        "lapses_on": review["lapses_on"],
        "approvers": _lines([f"{each['id']} ({', '.join(each['roles'])})" for each in review["approvers"]]),
        "drafted_by": drafted["by"],
        "drafted_on": drafted["on"],
        "drafted_method": drafted["method"],
        "drafted_machine": drafted["machine"],
        "tags": _lines(claim["tags"]),
        "uri": claim["uri"],
    }


def _caveats(claim: JsonObject) -> Iterator[JsonObject]:
    for position, caveat in enumerate(claim["caveats"], start=1):
        kind, what = _basis(caveat)
        yield {
            "claim": claim["id"],
            "position": position,
            "kind": caveat["kind"],
            "label": caveat["label"],
            "text": caveat["text"],
            "basis_kind": kind,
            "basis": what,
            "review_notice": claim["review"]["notice"],
        }


def _links(claim: JsonObject) -> Iterator[JsonObject]:
    for position, link in enumerate(claim["evidence"], start=1):
        identifiers, status, seen = link["identifiers"], link["status"], link["seen"]
        yield {
            "claim": claim["id"],
            "position": position,
            "ref": link["ref"],
            "stance": link["stance"],
            "stance_label": link["stance_label"],
            "directness": link["directness"],
            "directness_label": link["directness_label"],
            "finding": link["finding"],
            "locator": link["locator"],
            "kind": link["kind"],
            "kind_label": link["kind_label"],
            "citation": link["citation"],
            "doi": identifiers.get("doi"),
            "pmid": identifiers.get("pmid"),
            "pmcid": identifiers.get("pmcid"),
            "other_identifiers": _lines([*identifiers["registry"], *identifiers["other"]]),
            "status": status["state"],
            "status_on": status["on"],
            "seen": seen["how"],
            "seen_at": _lines(seen["at"]),
            "review_notice": claim["review"]["notice"],
        }


def _held(held: JsonObject) -> Iterator[JsonObject]:
    yield {name: held[name] for name in ("id", "standing", "standing_label", "reason")}


def _withdrawn(withdrawn: JsonObject) -> Iterator[JsonObject]:
    yield {name: withdrawn[name] for name in ("id", "on", "reason", "successor", "uri")}


def _basis(caveat: JsonObject) -> tuple[str, str]:
    """The kind of thing a caveat rests on and what it is, as text; empty where it rests on nothing."""
    for kind, what in (caveat["basis"] or {}).items():
        return kind, what["exact"] if kind == "quote" else what
    return "", ""


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(texts)


def _certainty(certainty: JsonObject | None) -> str:
    return f"{certainty['label']} for {certainty['outcome']}, stated by {certainty['stated_by']}" if certainty else ""


TABLES: tuple[Table, ...] = (
    Table("claims.csv", "claims", _claims),
    Table("caveats.csv", "claims", _caveats),
    Table("evidence.csv", "claims", _links),
    Table("held.csv", "held", _held),
    Table("withdrawn.csv", "withdrawn", _withdrawn),
)
"""The tables."""
