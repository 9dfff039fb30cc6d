"""A second opinion on nanopublications: structure and trusty URI, checked on what rdflib reads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import rdflib
from rdflib.namespace import RDF

from kbtool.export.trusty import code_in, code_of
from tests.export.linked import NP, graphs_of
from tests.export.test_trusty import blanked

PARTS = {"assertion": NP.hasAssertion, "provenance": NP.hasProvenance, "pubinfo": NP.hasPublicationInfo}


def problems(dataset: rdflib.Dataset) -> list[str]:
    """What is wrong with a nanopublication; nothing where it is well-formed and its code, if any, fits."""
    heads = list(dataset.quads((None, RDF.type, NP.Nanopublication, None)))
    if len(heads) != 1:
        return [f"{len(heads)} nanopublications where one is wanted"]
    this, _, _, head = heads[0]
    graphs: dict[str, Any] = {}
    for name, predicate in PARTS.items():
        named = list(dataset.graph(head).objects(this, predicate))
        if len(named) != 1:
            return [f"the head names {len(named)} graphs for its {name}"]
        graphs[name] = named[0]
    found = [*_graphs(dataset, this, [head, *graphs.values()]), *_content(dataset, this, graphs)]
    return [*found, *_literals(dataset), *_trusty(dataset, str(this))]


def _graphs(dataset: rdflib.Dataset, this: Any, names: list[Any]) -> Iterator[str]:
    if len({*names, this}) != 5:
        yield "the head, the three graphs and the whole have not five addresses"
    yield from (f"graph {name} is not below the nanopublication" for name in names if not name.startswith(this))
    strange = {name for _, _, _, name in dataset.quads()} - set(names)
    yield from (f"graph {name} is not one of the four" for name in strange)


def _content(dataset: rdflib.Dataset, this: Any, graphs: dict[str, Any]) -> Iterator[str]:
    yield from (f"the {name} is empty" for name, graph in graphs.items() if not len(dataset.graph(graph)))
    for name, about in (("provenance", graphs["assertion"]), ("pubinfo", this)):
        graph = dataset.graph(graphs[name])
        if not (any(graph.objects(about)) or any(graph.subjects(None, about))):
            yield f"the {name} says nothing of what it is about"


def _literals(dataset: rdflib.Dataset) -> Iterator[str]:
    for _, _, said, _ in dataset.quads():
        if isinstance(said, rdflib.Literal) and said.ill_typed:
            yield f"'{said}' is no {said.datatype}"


def _trusty(dataset: rdflib.Dataset, this: str) -> Iterator[str]:
    code = code_in(this)
    if code and code != (found := code_of(blanked(graphs_of(dataset), code))):
        yield f"the statements have the code {found}"
