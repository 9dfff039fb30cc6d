"""Trusty URIs: our own module RA, held against the specification and against the nanopub library."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool.export.quads import STRING, Graph, Triple
from kbtool.export.trusty import BLANK, code_in, code_of
from tests.export.linked import dataset_of, graphs_of
from tests.shared import SHARED, needs_shared

CODE = "RA" + "x" * 43
INTEGER = "http://www.w3.org/2001/XMLSchema#integer"

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def blanked(graphs: Iterable[Graph], code: str) -> list[Graph]:
    """The same graphs, sorted, with a blank wherever the code stands in an address."""

    def address(text: str) -> str:
        return text.replace(code, BLANK)

    def triple(each: Triple) -> Triple:
        subject, predicate, is_literal, text, datatype = each
        return (address(subject), address(predicate), is_literal, text if is_literal else address(text), datatype)

    return sorted((address(graph), sorted(set(map(triple, triples)))) for graph, triples in graphs)


def code_by_library(dataset: rdflib.Dataset, code: str) -> str:
    """The code that the nanopub library works out."""
    from nanopub.trustyuri.rdf import RdfHasher

    quads = [(name if isinstance(name, str) else None, s, p, o) for s, p, o, name in dataset.quads()]
    return RdfHasher.make_hash(quads, hashstr=code)


def dataset_from(graphs: Iterable[Graph]) -> rdflib.Dataset:
    """Graphs as rdflib has them."""
    dataset = rdflib.Dataset()
    for name, triples in graphs:
        for subject, predicate, is_literal, text, kind in triples:
            object_ = _literal(text, kind) if is_literal else rdflib.URIRef(text)
            dataset.graph(rdflib.URIRef(name)).add((rdflib.URIRef(subject), rdflib.URIRef(predicate), object_))
    return dataset


def _literal(text: str, kind: str) -> rdflib.Literal:
    if kind.startswith("@"):
        return rdflib.Literal(text, lang=kind[1:])
    return rdflib.Literal(text, datatype=rdflib.URIRef(kind), normalize=False)


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
ADDRESSES = st.sampled_from(
    [f"https://example.org/{name}" for name in ("a", "a/b", "a#b", "é", CODE, f"{CODE}#Head", f"{CODE}/x", "Z")]
)
OBJECTS = st.one_of(
    st.tuples(st.just(False), ADDRESSES, st.just("")),
    st.tuples(st.just(True), TEXTS, st.sampled_from([STRING, INTEGER, "@en", "@en-gb"])),
)
TRIPLES = st.builds(lambda subject, predicate, said: (subject, predicate, *said), ADDRESSES, ADDRESSES, OBJECTS)
GRAPHS = st.dictionaries(ADDRESSES, st.lists(TRIPLES, min_size=1, max_size=6), min_size=1, max_size=4)


@settings(max_examples=60, deadline=None)
@given(graphs=GRAPHS)
def test_the_code_is_the_one_of_the_nanopub_library(graphs: dict[str, list[Triple]]) -> None:
    """Module RA works on RDF content, possibly covering multiple named graphs, and allows for self-references."""
    dataset = dataset_from(graphs.items())
    assert code_of(blanked(graphs.items(), CODE)) == code_by_library(dataset, CODE)


@settings(max_examples=50, deadline=None)
@given(graphs=GRAPHS, added=TRIPLES)
def test_a_statement_more_is_another_code(graphs: dict[str, list[Triple]], added: Triple) -> None:
    """The address ends in a digest of the statements: who has the address can tell whether the words are the same."""
    before = blanked(graphs.items(), CODE)
    name, triples = next(iter(graphs.items()))
    after = blanked({**graphs, name: [*triples, added]}.items(), CODE)
    assert (code_of(before) == code_of(after)) == (before == after)


@pytest.mark.parametrize(
    ("address", "code"),
    [
        (f"https://example.org/{CODE}", CODE),
        (f"https://example.org/r1.{CODE}", CODE),
        (f"https://example.org/#{CODE}", CODE),
        (f"https://example.org/{CODE}#assertion", None),
        (f"https://example.org/x{CODE}", None),
        (f"https://example.org/{CODE[:-1]}", None),
        ("https://example.org/FA" + "x" * 43, None),
        ("", None),
    ],
)
def test_the_code_in_an_address(address: str, code: str | None) -> None:
    assert code_in(address) == code


def _plain() -> list[Path]:
    return sorted((SHARED / "testdata/nanopub-testsuite/valid/plain").glob("*.trig")) if SHARED else []


@needs_shared
@pytest.mark.parametrize("path", _plain(), ids=lambda path: path.stem)
def test_published_nanopublications_get_the_code_that_the_library_gives_them(path: Path) -> None:
    dataset = dataset_of(path.read_bytes())
    graphs = graphs_of(dataset)
    assert code_of(blanked(graphs, CODE)) == code_by_library(dataset, CODE)
    assert sum(len(triples) for _, triples in graphs) == len(dataset)
