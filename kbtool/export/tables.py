"""The five tables of a release: their columns, and what stands in each.

An item is what one row is made of: `{"release": …}` with `claim`, `caveat`, `link`, `held` or `withdrawn` as the table
has it, each in the form that the JSON files give it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kbtool.export.fields import stated_fields

if TYPE_CHECKING:
    from kbtool.release.jsontext import JsonObject

Columns = Mapping[str, "Callable[[JsonObject], object]"]
"""The columns in order; each gives its cell for an item: text, a number, a truth value or None for an empty cell."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table."""

    path: str
    columns: Columns
    items: Callable[[JsonObject], Iterator[JsonObject]]
    """The items of a release document, in order."""


def _claims(document: JsonObject) -> Iterator[JsonObject]:
    for claim in document["claims"]:
        yield {"release": document["release"], "claim": claim}


def _caveats(document: JsonObject) -> Iterator[JsonObject]:
    for item in _claims(document):
        for position, caveat in enumerate(item["claim"]["caveats"], start=1):
            yield {**item, "caveat": caveat, "position": position}


def _links(document: JsonObject) -> Iterator[JsonObject]:
    for item in _claims(document):
        for position, link in enumerate(item["claim"]["evidence"], start=1):
            yield {**item, "link": link, "position": position}


def _held(document: JsonObject) -> Iterator[JsonObject]:
    for held in document["held"]:
        yield {"release": document["release"], "held": held}


def _withdrawn(document: JsonObject) -> Iterator[JsonObject]:
    for withdrawn in document["withdrawn"]:
        yield {"release": document["release"], "withdrawn": withdrawn}


def _basis(caveat: JsonObject) -> tuple[str, str]:
    """The kind of thing a caveat rests on and what it is, as text; empty where it rests on nothing."""
    for kind, what in (caveat["basis"] or {}).items():
        return kind, what["exact"] if kind == "quote" else what
    return "", ""


def _lines(texts: Iterator[str]) -> str:
    return "\n".join(texts)


def _certainty(claim: JsonObject) -> str:
    certainty = claim["verdict"]["certainty"]
    return f"{certainty['label']} for {certainty['outcome']}, stated by {certainty['stated_by']}" if certainty else ""


def _approver(approver: JsonObject) -> str:
    return f"{approver['id']} ({', '.join(approver['roles'])})"


_CLAIM: Columns = {
    "id": lambda item: item["claim"]["id"],
    "type": lambda item: item["claim"]["type"],
    "type_label": lambda item: item["claim"]["type_label"],
    "statement": lambda item: item["claim"]["statement"],
    "review_notice": lambda item: item["claim"]["review"]["notice"],
    "caveats": lambda item: _lines(f"{caveat['label']}: {caveat['text']}" for caveat in item["claim"]["caveats"]),
    "rating": lambda item: item["claim"]["verdict"]["rating"],
    "rating_label": lambda item: item["claim"]["verdict"]["label"],
    "rationale": lambda item: item["claim"]["verdict"]["rationale"],
    "certainty": lambda item: _certainty(item["claim"]),
    "polarity": lambda item: item["claim"]["polarity"],
    "hedges": lambda item: _lines(iter(item["claim"]["hedges"])),
    "fields": lambda item: _lines(stated_fields(item["claim"])),
    "document": lambda item: item["claim"]["source"]["document"],
    "document_title": lambda item: item["claim"]["source"]["title"],
    "quotes": lambda item: _lines(quote["exact"] for quote in item["claim"]["source"]["quotes"]),
    "evidence": lambda item: _lines(f"{link['ref']} ({link['stance_label']})" for link in item["claim"]["evidence"]),
    "relations": lambda item: _lines(f"{link['kind']} {link['claim']}" for link in item["claim"]["relations"]),
    "standing": lambda item: item["claim"]["review"]["standing"],
    "standing_label": lambda item: item["claim"]["review"]["standing_label"],
    "standing_reason": lambda item: item["claim"]["review"]["reason"],
    "approved_on": lambda item: item["claim"]["review"]["approved_on"],
    "lapses_on": lambda item: item["claim"]["review"]["lapses_on"],
    "approvers": lambda item: _lines(_approver(each) for each in item["claim"]["review"]["approvers"]),
    "drafted_by": lambda item: item["claim"]["drafted"]["by"],
    "drafted_on": lambda item: item["claim"]["drafted"]["on"],
    "drafted_method": lambda item: item["claim"]["drafted"]["method"],
    "drafted_machine": lambda item: item["claim"]["drafted"]["machine"],
    "tags": lambda item: _lines(iter(item["claim"]["tags"])),
    "uri": lambda item: item["claim"]["uri"],
}

_CAVEAT: Columns = {
    "claim": lambda item: item["claim"]["id"],
    "position": lambda item: item["position"],
    "kind": lambda item: item["caveat"]["kind"],
    "label": lambda item: item["caveat"]["label"],
    "text": lambda item: item["caveat"]["text"],
    "basis_kind": lambda item: _basis(item["caveat"])[0],
    "basis": lambda item: _basis(item["caveat"])[1],
    "review_notice": lambda item: item["claim"]["review"]["notice"],
}

_LINK: Columns = {
    "claim": lambda item: item["claim"]["id"],
    "position": lambda item: item["position"],
    "ref": lambda item: item["link"]["ref"],
    "stance": lambda item: item["link"]["stance"],
    "stance_label": lambda item: item["link"]["stance_label"],
    "directness": lambda item: item["link"]["directness"],
    "directness_label": lambda item: item["link"]["directness_label"],
    "finding": lambda item: item["link"]["finding"],
    "locator": lambda item: item["link"]["locator"],
    "kind": lambda item: item["link"]["kind"],
    "kind_label": lambda item: item["link"]["kind_label"],
    "citation": lambda item: item["link"]["citation"],
    "doi": lambda item: item["link"]["identifiers"].get("doi"),
    "pmid": lambda item: item["link"]["identifiers"].get("pmid"),
    "pmcid": lambda item: item["link"]["identifiers"].get("pmcid"),
    "other_identifiers": lambda item: _lines(
        iter([*item["link"]["identifiers"]["registry"], *item["link"]["identifiers"]["other"]])
    ),
    "status": lambda item: item["link"]["status"]["state"],
    "status_on": lambda item: item["link"]["status"]["on"],
    "seen": lambda item: item["link"]["seen"]["how"],
    "seen_at": lambda item: _lines(iter(item["link"]["seen"]["at"])),
    "review_notice": lambda item: item["claim"]["review"]["notice"],
}

_HELD: Columns = {
    "id": lambda item: item["held"]["id"],
    "standing": lambda item: item["held"]["standing"],
    "standing_label": lambda item: item["held"]["standing_label"],
    "reason": lambda item: item["held"]["reason"],
}

_WITHDRAWN: Columns = {
    "id": lambda item: item["withdrawn"]["id"],
    "on": lambda item: item["withdrawn"]["on"],
    "reason": lambda item: item["withdrawn"]["reason"],
    "successor": lambda item: item["withdrawn"]["successor"],
    "uri": lambda item: item["withdrawn"]["uri"],
}

_RELEASE: Columns = {
    "release": lambda item: item["release"]["id"],
    "gate": lambda item: item["release"]["gate"],
    "as_of": lambda item: item["release"]["as_of"],
    "licence": lambda item: item["release"]["licences"]["data"],
}

TABLES: tuple[Table, ...] = (
    Table("claims.csv", {**_CLAIM, **_RELEASE}, _claims),
    Table("caveats.csv", {**_CAVEAT, **_RELEASE}, _caveats),
    Table("evidence.csv", {**_LINK, **_RELEASE}, _links),
    Table("held.csv", {**_HELD, **_RELEASE}, _held),
    Table("withdrawn.csv", {**_WITHDRAWN, **_RELEASE}, _withdrawn),
)
"""The tables; each ends with the release it is of."""
