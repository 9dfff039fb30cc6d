"""The four graphs of a nanopublication, made of JSON views: head, assertion, provenance, publication info.

Caveats stand in the assertion, beside the statement and the verdict, so that whoever takes the assertion has them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kbtool.export.linked_claim import assertion_node, provenance_of, review_of
from kbtool.export.linked_nodes import present, term
from kbtool.export.linked_records import card
from kbtool.export.linked_release import withdrawn_node
from kbtool.export.linked_word import full
from kbtool.export.nanopub_setting import NP, NPX, Setting
from kbtool.export.quads import RDF_TYPE, Graph, Triple, link, literal, statements
from kbtool.export.trusty import BLANK, code_of
from kbtool.release.uris import claim_uri, release_uri

if TYPE_CHECKING:
    from kbtool.release.jsontext import JsonObject
    from kbtool.release.parts import EarlierNanopubs

_ABOUT, _LABEL, _ATTRIBUTED = map(full, ("foaf:primaryTopic", "rdfs:label", "prov:wasAttributedTo"))


@dataclass(frozen=True, slots=True)
class Nanopub:
    """One nanopublication."""

    address: str
    """Its trusty URI."""
    blanked: tuple[Graph, ...]
    """Its graphs, with a blank for the code in its own addresses."""


def claim_nanopub(claim: JsonObject, setting: Setting, supersedes: Iterable[str] = ()) -> Nanopub:
    """The nanopublication of a released claim; `supersedes` are the addresses of those that it takes the place of."""
    parts, address = setting.part(""), claim_uri(setting.stem, claim["id"])
    review = {"id": address, **review_of(claim, setting.stem), **present(notice=claim["review"]["notice"])}
    return _made(
        setting,
        assertion=statements(assertion_node(claim, setting.stem), parts),
        provenance=_provenance(claim, address, setting),
        pubinfo=[*_published(address, claim["id"], setting, supersedes), *statements(review, parts)],
    )


def retraction(tombstone: JsonObject, setting: Setting, earlier: EarlierNanopubs) -> Nanopub:
    """The nanopublication that says of a claim that it was withdrawn, and retracts what earlier ones said of it.

    Where no earlier ones are known, it retracts the claim by its own address, which each of them has as its topic.
    """
    node = withdrawn_node(tombstone, setting.stem, release_uri(setting.stem, setting.header["id"]))
    decisions = present(wasGeneratedBy=node.pop("wasInvalidatedBy", None))
    parts, assertion, publisher = map(setting.part, ("", "assertion", "publisher"))
    retracted = earlier.said or (node["id"],)
    return _made(
        setting,
        assertion=[*statements(node, parts), *(link(publisher, f"{NPX}retracts", each) for each in retracted)],
        provenance=[link(assertion, _ATTRIBUTED, publisher), *statements({"id": assertion, **decisions}, parts)],
        pubinfo=_published(node["id"], tombstone["id"], setting, filter(None, [earlier.retraction])),
    )


def _made(setting: Setting, assertion: list[Triple], provenance: list[Triple], pubinfo: list[Triple]) -> Nanopub:
    said = {"Head": _head(setting), "assertion": assertion, "provenance": provenance, "pubinfo": pubinfo}
    graphs = tuple((setting.part(name), _each_once(triples)) for name, triples in said.items())
    return Nanopub(setting.blank.replace(BLANK, code_of(graphs)), graphs)


def _each_once(triples: list[Triple]) -> list[Triple]:
    """The triples sorted, each one once."""
    ordered = sorted(triples)
    return [each for each, before in zip(ordered, [None, *ordered[:-1]], strict=False) if each != before]


def _head(setting: Setting) -> list[Triple]:
    graphs = {"assertion": "hasAssertion", "provenance": "hasProvenance", "pubinfo": "hasPublicationInfo"}
    said = [link(setting.blank, f"{NP}{says}", setting.part(name)) for name, says in graphs.items()]
    return [*said, link(setting.blank, RDF_TYPE, f"{NP}Nanopublication")]


def _provenance(claim: JsonObject, address: str, setting: Setting) -> list[Triple]:
    """What the assertion comes from: the document and its words, the evidence behind the verdict, who wrote it."""
    found, parts = provenance_of(claim, setting.stem), setting.part("")
    pairs = zip(found.get("evidence", ()), claim["evidence"], strict=True)
    links = [_with_card(node, view, setting.stem) for node, view in pairs]
    records = sorted({each["record"]["id"] for each in links})
    made = {
        "id": setting.part("assertion"),
        "wasDerivedFrom": [found["wasDerivedFrom"], *records],
        "wasGeneratedBy": found["wasGeneratedBy"],
    }
    rests = {"id": address, "quotes": found["quotes"], **present(evidence=links)}
    return statements(made, parts) + statements(rests, parts)


def _with_card(node: JsonObject, view: JsonObject, stem: str) -> JsonObject:
    """A link to evidence with all that a claim's view shows of the evidence."""
    kind = term(stem, "evidence_kinds", view["kind"], view["kind_label"])
    return {**node, "record": {**node["record"], "type": ["Evidence", "Entity"], "evidenceKind": kind, **card(view)}}


def _published(about: str, id_: str, setting: Setting, supersedes: Iterable[str]) -> list[Triple]:
    """What a nanopublication says of itself."""
    replaced = [link(setting.blank, f"{NPX}supersedes", each) for each in supersedes]
    return [*setting.published, link(setting.blank, _ABOUT, about), literal(setting.blank, _LABEL, id_), *replaced]
