"""Linked data as other programs read it: graphs of JSON-LD and TriG, and what a reader finds of each claim in them."""

from __future__ import annotations

import json
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import rdflib
from pyld import jsonld
from pyld.canon import URDNA2015
from rdflib.namespace import DCTERMS, RDF

from kbtool.export.linked_word import KB
from kbtool.export.quads import STRING, Graph, Triple

KBT = rdflib.Namespace(KB)
NP = rdflib.Namespace("http://www.nanopub.org/nschema#")
NPX = rdflib.Namespace("http://purl.org/nanopub/x/")

Claims = dict[str, tuple[list[str], str | None]]
"""Caveat texts and review notice by claim id, as a reader of the files finds them."""


@contextmanager
def as_written() -> Iterator[None]:
    """Has rdflib keep literals as they are written, `1.10` as `1.10`, and not complain of its own old calls."""
    before = rdflib.NORMALIZE_LITERALS
    rdflib.NORMALIZE_LITERALS = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            yield
    finally:
        rdflib.NORMALIZE_LITERALS = before


def parsed(raw: bytes | str, format_: str) -> rdflib.Graph:
    """The triples of a text."""
    graph = rdflib.Graph()
    with as_written():
        graph.parse(data=raw, format=format_)
    return graph


def by_pyld(document: dict[str, Any]) -> rdflib.Graph:
    """The triples that PyLD finds in a JSON-LD document."""
    return parsed(jsonld.to_rdf(document, {"format": "application/n-quads"}), "nquads")


def by_rdflib(raw: bytes) -> rdflib.Graph:
    """The triples that rdflib finds in a JSON-LD document."""
    return parsed(raw, "json-ld")


def canonical(triples: Iterable[tuple[Any, Any, Any]]) -> str:
    """The triples as N-Quads in the one form that does not depend on how blank nodes are named (URDNA2015)."""
    quads = [
        {"subject": _term(subject), "predicate": _term(predicate), "object": _term(object_)}
        for subject, predicate, object_ in triples
    ]
    return str(URDNA2015().main({"@default": quads}, {"format": "application/n-quads"}))


def _term(term: Any) -> dict[str, str]:
    """A term of rdflib's as PyLD has it."""
    if isinstance(term, rdflib.BNode):
        return {"type": "blank node", "value": f"_:{term}"}
    if isinstance(term, rdflib.Literal):
        return {"type": "literal", "value": str(term), "datatype": str(term.datatype or STRING)}
    return {"type": "IRI", "value": str(term)}


@lru_cache(maxsize=128)
def dataset_of(trig: bytes) -> rdflib.Dataset:
    """The graphs of a TriG file."""
    dataset = rdflib.Dataset()
    with as_written():
        dataset.parse(data=trig, format="trig")
    return dataset


def graphs_of(dataset: rdflib.Dataset) -> tuple[Graph, ...]:
    """The graphs as `kbtool.export.quads` has them."""
    graphs = defaultdict(set)
    for subject, predicate, object_, graph in dataset.quads():
        graphs[str(graph)].add(triple_of(subject, predicate, object_))
    return tuple((name, sorted(graphs[name])) for name in sorted(graphs))


def triple_of(subject: Any, predicate: Any, object_: Any) -> Triple:
    """A triple of rdflib's as `kbtool.export.quads` has it."""
    if not isinstance(object_, rdflib.Literal):
        return (str(subject), str(predicate), False, str(object_), "")
    kind = f"@{object_.language}" if object_.language else str(object_.datatype or STRING)
    return (str(subject), str(predicate), True, str(object_), kind)


def claims_in(graph: rdflib.Graph, notices: rdflib.Graph) -> Claims:
    """What a reader finds of each claim; the notices may stand in a graph of their own."""
    found: Claims = {}
    for claim in graph.subjects(RDF.type, KBT.Claim):
        identifier = str(one(graph.objects(claim, DCTERMS.identifier)))
        caveats = sorted(graph.objects(claim, KBT.caveat), key=lambda each: int(one(graph.objects(each, KBT.position))))
        texts = [str(one(graph.objects(caveat, KBT.text))) for caveat in caveats]
        notice = next(notices.objects(claim, KBT.notice), None)
        found[identifier] = (texts, None if notice is None else str(notice))
    return found


def one(found: Iterable[Any]) -> Any:
    """The one thing found."""
    (only,) = found
    return only


def from_jsonld(files: dict[str, bytes]) -> Claims:
    """What a reader of the JSON-LD export finds."""
    graph = by_pyld(json.loads(files["jsonld/claims.jsonld"]))
    return claims_in(graph, graph)


def from_nanopubs(files: dict[str, bytes]) -> Claims:
    """What a reader of the nanopublications finds who takes nothing but their assertions."""
    dataset = dataset_of(files["nanopub/all.trig"])
    assertions = rdflib.Graph()
    for _, _, name, _ in dataset.quads((None, NP.hasAssertion, None, None)):
        assertions += dataset.graph(str(name))
    return claims_in(assertions, assertions)
