"""schema.org's own shapes, context and classes, read for tests; nothing is fetched."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterable
from functools import cache
from typing import Any

from rdflib import RDF, RDFS, Graph, Namespace, URIRef

from tests.shared import SHARED

SCHEMA = Namespace("http://schema.org/")
SH = Namespace("http://www.w3.org/ns/shacl#")


@cache
def _context() -> dict[str, Any]:
    assert SHARED is not None
    context: dict[str, Any] = json.loads((SHARED / "testdata/schemaorg/schemaorgcontext.jsonld").read_bytes())[
        "@context"
    ]
    return context


@cache
def _turtle(name: str) -> Graph:
    assert SHARED is not None
    return Graph().parse(SHARED / "testdata/schemaorg" / name, format="turtle")


def triples_of(documents: Iterable[dict[str, Any]]) -> Graph:
    """The triples of some JSON-LD documents whose context is schema.org's."""
    bare = [{name: value for name, value in each.items() if name != "@context"} for each in documents]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Of rdflib's own names, inside its own parser.
        return Graph().parse(data=json.dumps({"@context": _context(), "@graph": bare}), format="json-ld")


def conforms(graph: Graph) -> tuple[bool, str]:
    """Whether the repaired shapes find nothing, and what they find."""
    from pyshacl import validate

    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # The shapes refer to themselves; pyshacl backs out of each circle with a warning.
        found = validate(
            graph,
            shacl_graph=_turtle("schemaorg-shapes-literals-repaired.shacl"),
            ont_graph=_turtle("schemaorg-subclasses.shacl"),
        )
    return bool(found[0]), str(found[2])


@cache
def properties_of(kind: URIRef) -> frozenset[URIRef]:
    """The properties that schema.org gives a type, with those of the types above it."""
    shapes, classes = _turtle("schemaorg-shapes-literals-repaired.shacl"), _turtle("schemaorg-subclasses.shacl")
    found: set[URIRef] = set()
    for above in classes.transitive_objects(kind, RDFS.subClassOf):
        for shape in shapes.subjects(SH.targetClass, above):
            found |= {
                URIRef(str(path))
                for each in shapes.objects(shape, SH.property)
                for path in shapes.objects(each, SH.path)
            }
    return frozenset(found)


def strangers(graph: Graph) -> set[tuple[str, str]]:
    """Type and property wherever a node has a property that schema.org does not give its type."""
    found: set[tuple[str, str]] = set()
    for node, _, kind in graph.triples((None, RDF.type, None)):
        known = properties_of(URIRef(str(kind)))
        found |= {
            (str(kind).removeprefix(SCHEMA), str(name).removeprefix(SCHEMA))
            for name in graph.predicates(node)
            if name != RDF.type and name not in known
        }
    return found
