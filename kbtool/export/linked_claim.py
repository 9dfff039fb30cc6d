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
            caveats=numbered(_caveat(caveat, claim, stem) for caveat in claim["caveats"]),
            relations=numbered(_relation(relation, stem) for relation in claim["relations"]),
        ),
    }


def provenance_of(claim: JsonObject, stem: str) -> JsonObject:
    """Where the claim and its verdict come from."""
    document = claim["source"]["document"]
    return {
        "wasDerivedFrom": {"id": source_uri(stem, document), "title": claim["source"]["title"]},
        "quotes": numbered(_quote(quote, source_uri(stem, document)) for quote in claim["source"]["quotes"]),
        **present(evidence=numbered(_link(link, stem) for link in claim["evidence"])),
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
    found = {stated_name(field): _value(field, claim[field], stem) for field in STATED_FIELDS if field in claim}
    study = claim.get("study")
    return {**found, **present(study=evidence_uri(stem, study["ref"]) if study else None)}


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


def _quote(quote: JsonObject, source: str) -> JsonObject:
    around = present(prefix=quote.get("prefix") or None, suffix=quote.get("suffix") or None)
    words = {"exact": quote["exact"], **around, "type": "TextQuoteSelector"}
    place = present(end=quote.get("end"), start=quote.get("start"))
    return {
        "hasSelector": [words, *([{**place, "type": "TextPositionSelector"}] if place else [])],
        "hasSource": source,
        "type": ["Quote", "SpecificResource"],
        "wasQuotedFrom": source,
    }


def _caveat(caveat: JsonObject, claim: JsonObject, stem: str) -> JsonObject:
    return {
        **(_basis(caveat["basis"], claim, stem) if caveat["basis"] else {}),
        "caveatKind": term(stem, "caveat_kinds", caveat["kind"], caveat["label"]),
        "text": caveat["text"],
        "type": "Caveat",
    }


def _basis(basis: JsonObject, claim: JsonObject, stem: str) -> JsonObject:
    quote, evidence, other = (basis.get(name) for name in ("quote", "evidence", "claim"))
    return present(
        basisClaim=claim_uri(stem, other) if other else None,
        basisEvidence=evidence_uri(stem, evidence) if evidence else None,
        basisQuote=_quote(quote, source_uri(stem, claim["source"]["document"])) if quote else None,
    )


def _link(link: JsonObject, stem: str) -> JsonObject:
    return {
        "directness": term(stem, "directness", link["directness"], link["directness_label"]),
        "finding": link["finding"],
        **present(locator=link["locator"]),
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


def _relation(relation: JsonObject, stem: str) -> JsonObject:
    return {
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
