"""One released claim as a node of linked data, made of its JSON view.

What has no address of its own (quotes, caveats, links to evidence, the verdict) is a part of the claim's node. Keys of
the parts, and of their parts, are sorted; those of the claim's node are not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbtool.export.linked_claim_words import STATED_FIELDS, stated_name
from kbtool.export.linked_nodes import decision_nodes, numbered, present, reviewer_node, term
from kbtool.release.uris import claim_uri, evidence_uri, source_uri, term_uri

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kbtool.release.jsontext import JsonObject

_CODED = {"direction": "directions", "seriousness": "seriousness", "strength": "strengths"}
"""Fields whose `code` is a vocabulary term, and the list it is of."""


def claim_node(claim: JsonObject, stem: str) -> JsonObject:
    """The whole claim; `stem` is that of all addresses."""
    return {**assertion_node(claim, stem), **provenance_of(claim, stem), **review_of(claim, stem)}


def assertion_node(claim: JsonObject, stem: str) -> JsonObject:
    """What the document says, what checking found of it, and every caveat: what may never be taken apart."""
    return {
        "id": claim_uri(stem, claim["id"]),
        "type": ["Claim", "Entity"],
        "identifier": claim["id"],
        "claimType": term(stem, "claim_types", claim["type"], claim["type_label"]),
        "statement": claim["statement"],
        "polarity": claim["polarity"],
        **present(hedges=claim["hedges"], notice=claim["review"]["notice"]),
        **_stated(claim, stem),
        "verdict": _verdict(claim, stem),
        **present(
            caveats=[_caveat(place, caveat, claim, stem) for place, caveat in enumerate(claim["caveats"], 1)],
            relations=[_relation(place, relation, stem) for place, relation in enumerate(claim["relations"], 1)],
        ),
    }


def provenance_of(claim: JsonObject, stem: str) -> JsonObject:
    """Where the claim and its verdict come from."""
    source = source_uri(stem, claim["source"]["document"])
    return {
        "wasDerivedFrom": {"id": source, "title": claim["source"]["title"]},
        "quotes": [_quote(quote, source, position=place) for place, quote in enumerate(claim["source"]["quotes"], 1)],
        **present(evidence=[_link(place, link, stem) for place, link in enumerate(claim["evidence"], 1)]),
        "wasGeneratedBy": _drafting(claim["drafted"]),
    }


def review_of(claim: JsonObject, stem: str) -> JsonObject:
    """How the claim stands, and by whose decisions."""
    review = claim["review"]
    decisions = decision_nodes(review["decisions"], stem, claim_uri(stem, claim["id"]))
    return {
        "status": term_uri(stem, "statuses", review["status"]),
        "standing": term(stem, "statuses", review["standing"], review["standing_label"]),
        "reason": review["reason"],
        **present(
            approvedOn=review["approved_on"],
            lapsesOn=review["lapses_on"],
            approvers=[reviewer_node(each["id"], each["roles"], stem) for each in review["approvers"]],
            decisions=numbered(decisions),
            tags=claim["tags"],
        ),
    }


def _stated(claim: JsonObject, stem: str) -> JsonObject:
    """The fields that restate the document."""
    found = {name: _value(field, claim[field], stem) for field, name in _STATED if field in claim}
    study = claim.get("study")
    return {**found, "study": evidence_uri(stem, study["ref"])} if study else found


_STATED = tuple((field, stated_name(field)) for field in STATED_FIELDS)


def _value(field: str, stated: JsonObject | str, stem: str) -> JsonObject:
    if isinstance(stated, str):
        return {"id": "kb:NotStated"}
    if len(stated) == 1:
        return {"asStated": stated["as_stated"], "type": "Stated"}
    code, unit, value = (stated.get(name) for name in ("code", "unit", "value"))
    return {
        "asStated": stated["as_stated"],
        **present(code=term_uri(stem, _CODED[field], code) if code else None),
        "type": "Stated",
        **present(unit=unit, value=value),
    }


def _quote(quote: JsonObject, source: str, **position: int) -> JsonObject:
    return {
        "hasSelector": list(_selectors(quote)),
        "hasSource": source,
        **position,
        "type": ["Quote", "SpecificResource"],
        "wasQuotedFrom": source,
    }


def _selectors(quote: JsonObject) -> Iterator[JsonObject]:
    words = {"exact": quote["exact"]}
    for name in ("prefix", "suffix"):
        if quote.get(name):
            words[name] = quote[name]
    words["type"] = "TextQuoteSelector"
    yield words
    if place := present(end=quote.get("end"), start=quote.get("start")):
        yield {**place, "type": "TextPositionSelector"}


def _caveat(place: int, caveat: JsonObject, claim: JsonObject, stem: str) -> JsonObject:
    return {
        **(_basis(caveat["basis"], claim, stem) if caveat["basis"] else {}),
        "caveatKind": term(stem, "caveat_kinds", caveat["kind"], caveat["label"]),
        "position": place,
        "text": caveat["text"],
        "type": "Caveat",
    }


def _basis(basis: JsonObject, claim: JsonObject, stem: str) -> JsonObject:
    found: JsonObject = {}
    if other := basis.get("claim"):
        found["basisClaim"] = claim_uri(stem, other)
    if evidence := basis.get("evidence"):
        found["basisEvidence"] = evidence_uri(stem, evidence)
    if quote := basis.get("quote"):
        found["basisQuote"] = _quote(quote, source_uri(stem, claim["source"]["document"]))
    return found


def _link(place: int, link: JsonObject, stem: str) -> JsonObject:
    locator = link["locator"]
    return {
        "directness": term(stem, "directness", link["directness"], link["directness_label"]),
        "finding": link["finding"],
        **({} if locator is None else {"locator": locator}),
        "position": place,
        "record": {"bibliographicCitation": link["citation"], "id": evidence_uri(stem, link["ref"])},
        "stance": term(stem, "stances", link["stance"], link["stance_label"]),
        "type": "EvidenceLink",
    }


def _verdict(claim: JsonObject, stem: str) -> JsonObject:
    verdict, certainty = claim["verdict"], claim["verdict"]["certainty"]
    cited = sorted({evidence_uri(stem, link["ref"]) for link in claim["evidence"]})
    return {
        **present(certainty=_certainty(certainty, stem) if certainty else None),
        "rating": term(stem, "ratings", verdict["rating"], verdict["label"]),
        "rationale": verdict["rationale"],
        "type": ["Verdict", "Entity"],
        **present(wasDerivedFrom=cited),
    }


def _certainty(certainty: JsonObject, stem: str) -> JsonObject:
    return {
        "certaintyLevel": term(stem, "certainty_levels", certainty["level"], certainty["label"]),
        "outcome": certainty["outcome"],
        "statedBy": evidence_uri(stem, certainty["stated_by"]),
        "type": "Certainty",
    }


def _relation(place: int, relation: JsonObject, stem: str) -> JsonObject:
    return {
        "position": place,
        "relatedClaim": claim_uri(stem, relation["claim"]),
        "relationKind": term(stem, "relation_kinds", relation["kind"], relation["label"]),
        "type": "Relation",
    }


def _drafting(drafted: JsonObject) -> JsonObject:
    return {
        "date": drafted["on"],
        "machine": drafted["machine"],
        "method": drafted["method"],
        "type": ["Drafting", "Activity"],
        "wasAssociatedWith": {"name": drafted["by"], "type": "Agent"},
    }
