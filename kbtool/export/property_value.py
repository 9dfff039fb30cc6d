"""What ClaimReview has no place for, as PropertyValues of schema.org: caveats with their basis, standing, release.

Plain schema.org, so that no reader needs a context of ours. `propertyID` says which property it is; the list is part of
the contract `claimreview/1` and stands in docs/export-claimreview.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kbtool.release.uris import claim_uri, decision_uri, evidence_uri, term_uri

if TYPE_CHECKING:
    from kbtool.export.readable import Citation
    from kbtool.release.jsontext import JsonObject


def property_value(
    id_: str,
    value: object,
    *,
    name: str | None = None,
    description: str | None = None,
    url: str | None = None,
) -> JsonObject:
    """One property; parts that are None are left out. Its keys are sorted, as those of all objects of this format.

    >>> property_value("as-of", "2026-01-31", name=None)
    {'@type': 'PropertyValue', 'propertyID': 'kbtool:as-of', 'value': '2026-01-31'}
    """
    made: JsonObject = {"@type": "PropertyValue"}
    if description is not None:
        made["description"] = description
    if name is not None:
        made["name"] = name
    made["propertyID"] = f"kbtool:{id_}"
    if url is not None:
        made["url"] = url
    made["value"] = value
    return made


def claim_properties(claim: JsonObject, stem: str, citation: Citation) -> Iterator[JsonObject]:
    """Everything about a claim that has no property of its own; caveats first, in their order."""
    yield from (_caveat(caveat, stem, citation) for caveat in claim["caveats"])
    yield from _review(claim["review"], stem)
    yield property_value("claim-id", claim["id"])
    yield property_value("claim-type", claim["type"], name=claim["type_label"])
    yield property_value("polarity", claim["polarity"])
    if certainty := claim["verdict"]["certainty"]:
        source = evidence_uri(stem, certainty["stated_by"])
        yield property_value(
            "certainty", certainty["level"], name=certainty["label"], description=certainty["outcome"], url=source
        )
    yield from _drafted(claim["drafted"])


def release_properties(release: JsonObject) -> Iterator[JsonObject]:
    """Which release a statement is from, for which day it holds and until when."""
    yield property_value("release", release["id"])
    yield property_value("gate", release["gate"], description=release["gate_explanation"])
    yield property_value("as-of", release["as_of"])
    if release["valid_until"]:
        yield property_value("valid-until", release["valid_until"])


def _caveat(caveat: JsonObject, stem: str, citation: Citation) -> JsonObject:
    kind = {
        "@id": term_uri(stem, "caveat_kinds", caveat["kind"]),
        "@type": "DefinedTerm",
        "name": caveat["label"],
        "termCode": caveat["kind"],
    }
    basis = _basis(caveat["basis"], stem, citation)
    said = property_value("caveat", caveat["text"], name=caveat["label"])
    return {**said, "valueReference": [kind, basis] if basis else [kind]}


def _basis(basis: JsonObject | None, stem: str, citation: Citation) -> JsonObject | None:
    if basis is None:
        return None
    if "quote" in basis:
        return property_value("basis-quote", basis["quote"]["exact"])
    if "evidence" in basis:
        slug = basis["evidence"]
        return property_value("basis-evidence", slug, url=evidence_uri(stem, slug), description=citation(slug))
    return property_value("basis-claim", basis["claim"], url=claim_uri(stem, basis["claim"]))


def _review(review: JsonObject, stem: str) -> Iterator[JsonObject]:
    yield property_value("standing", review["standing"], name=review["standing_label"], description=review["reason"])
    if review["notice"]:
        yield property_value("notice", review["notice"])
    for name in ("approved_on", "lapses_on"):
        if review[name]:
            yield property_value(name.replace("_", "-"), review[name])
    for approver in review["approvers"]:
        yield property_value("approver", approver["id"], description=", ".join(approver["roles"]) or None)
    for decision in review["decisions"]:
        yield property_value(
            "decision",
            decision["kind"],
            name=decision["kind_label"],
            description=f"{decision['on']}, by {decision['reviewer']}"
            + ("" if decision["counts"] else "; does not count"),
            url=decision_uri(stem, decision["file"]),
        )


def _drafted(drafted: JsonObject) -> Iterator[JsonObject]:
    yield property_value("drafted-by", drafted["by"], description=drafted["method"])
    yield property_value("drafted-on", drafted["on"])
    yield property_value("machine-drafted", drafted["machine"])
