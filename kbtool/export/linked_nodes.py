"""Small nodes that the linked-data formats are put together from: terms, days, whatever is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from kbtool.release.uris import decision_uri, reviewer_uri, term_uri

if TYPE_CHECKING:
    from kbtool.release.jsontext import JsonObject

_FORMS = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}
"""XSD type of YYYY, YYYY-MM and YYYY-MM-DD."""


def present(**values: Any) -> JsonObject:
    """Those values that are there: neither null nor an empty list."""
    return {name: value for name, value in values.items() if value is not None and value != []}


def term(stem: str, vocabulary: str, code: str, label: str) -> JsonObject:
    """A vocabulary term with its label, so that nobody has to look it up; its address ends in its code."""
    return {"id": term_uri(stem, vocabulary, code), "prefLabel": label}


def midnight(day: str) -> str:
    """The beginning of a UTC day: PROV knows moments only."""
    return f"{day}T00:00:00Z"


def partial_day(text: str) -> JsonObject:
    """A year, month or day with the XSD type of its form."""
    return {"@type": _FORMS[len(text)], "@value": text}


def numbered(nodes: Iterable[JsonObject]) -> list[JsonObject]:
    """The same nodes, each with its place, since a graph has no order; keys are sorted."""
    return [dict(sorted({**node, "position": place}.items())) for place, node in enumerate(nodes, 1)]


def decision_nodes(decisions: Iterable[JsonObject], stem: str, claim: str) -> Iterator[JsonObject]:
    """Decisions on a claim as PROV activities; `claim` is its address."""
    for decision in decisions:
        yield {
            "contentDigest": decision["content"],
            "counts": decision["counts"],
            "date": decision["on"],
            "decisionKind": decision["kind"],
            "decisionLabel": decision["kind_label"],
            "id": decision_uri(stem, decision["file"]),
            "identifier": decision["file"],
            "type": ["Decision", "Activity"],
            "used": claim,
            "wasAssociatedWith": reviewer_node(decision["reviewer"], decision["roles"], stem),
        }


def reviewer_node(id_: str, roles: list[str], stem: str) -> JsonObject:
    """A reviewer by id and roles, as a PROV agent."""
    return {
        "id": reviewer_uri(stem, id_),
        "identifier": id_,
        **present(role=roles),
        "type": ["Reviewer", "Agent"],
    }


def maker(contract: str) -> JsonObject:
    """Which program made a file, by which contract."""
    return {"generator": "kbtool", "contract": contract}
