"""The JSON-LD export: two readers find the same triples, and everything of the release is among them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyld import jsonld
from rdflib.namespace import DCTERMS, PROV, RDF, SKOS

from kbtool.export.iri import iri
from kbtool.export.jsonld import JsonldExporter, nodes
from kbtool.export.linked_claim_words import STATED_FIELDS
from kbtool.export.linked_context import WORDS, context, context_document
from kbtool.export.linked_word import CLASS, INDIVIDUAL, KB, full
from kbtool.export.quads import Triple, statements
from kbtool.release.gate import GATES
from kbtool.release.release import Release, make_release
from kbtool.release.view import document_of
from tests.export.linked import KBT, by_pyld, by_rdflib, canonical, claims_in, one, parsed, triple_of
from tests.export.linked_full import full_release, stated_fields
from tests.export.small import AS_OF, HOSTILE, base_of, claim_of, files_of, small_claims, small_release
from tests.golden import check_golden
from tests.shared import SHARED, needs_shared

GOLDEN = Path(__file__).parent / "golden" / "jsonld"
SCHEMA = Path(__file__).parents[2] / "schema"
OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
BASE = "https://example.org/claims/"
TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)


def raw_of(release: Release) -> bytes:
    return files_of(JsonldExporter(), release)["jsonld/claims.jsonld"]


def document(release: Release) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(raw_of(release))
    return found


@pytest.fixture(scope="module")
def graph() -> rdflib.Graph:
    """The full release as PyLD reads it."""
    return by_pyld(document(full_release()))


@pytest.mark.parametrize("gate", GATES)
@pytest.mark.parametrize("release_of", [small_release, full_release])
def test_two_readers_find_the_same_triples(release_of: Any, gate: str) -> None:
    raw = raw_of(release_of(gate))
    one_, other = by_pyld(json.loads(raw)), by_rdflib(raw)
    assert len(one_) > 100
    assert canonical(one_) == canonical(other)


def test_our_own_reading_of_the_nodes_is_theirs() -> None:
    """The nanopublications are written by the same table of words: both formats say the same."""
    for node in nodes(full_release()):
        ours = {_as_rdflib(triple) for triple in statements(node, "part:")}
        assert canonical(ours) == canonical(by_pyld({"@context": context(), **node}))


def _as_rdflib(triple: Triple) -> tuple[Any, Any, Any]:
    subject, predicate, is_literal, text, datatype = triple
    said = rdflib.Literal(text, datatype=rdflib.URIRef(datatype), normalize=False) if is_literal else _node(text)
    return _node(subject), rdflib.URIRef(predicate), said


def _node(address: str) -> rdflib.URIRef | rdflib.BNode:
    part = address.removeprefix("part:")
    return rdflib.URIRef(address) if part == address else rdflib.BNode(part)


def test_no_property_is_dropped_in_expansion() -> None:
    for node in nodes(full_release()):
        (expanded,) = jsonld.expand({"@context": context(), **node})
        assert sorted(_keys_of(expanded)) == sorted(_wanted(node))


def _wanted(node: Any) -> Iterator[str]:
    """The keys that must stand in the expansion, each as often as it is there."""
    if isinstance(node, list):
        for each in node:
            yield from _wanted(each)
    elif isinstance(node, dict) and "@value" not in node and [*node] != ["id"]:
        for key, value in node.items():
            yield {"id": "@id", "type": "@type"}.get(key) or full(WORDS[key].iri)
            yield from _wanted(value)


def _keys_of(expanded: Any) -> Iterator[str]:
    if isinstance(expanded, list):
        for each in expanded:
            yield from _keys_of(each)
    elif isinstance(expanded, dict) and "@list" in expanded:
        yield from _keys_of(expanded["@list"])
    elif isinstance(expanded, dict) and "@value" not in expanded and [*expanded] != ["@id"]:
        for key, value in expanded.items():
            yield key
            yield from _keys_of(value)


def test_everything_of_the_release_is_among_the_triples(graph: rdflib.Graph) -> None:
    """Caveats travel, and so does the rest: each text, number and date of `claims.json` is a literal or an IRI."""
    literals = {str(each) for each in graph.objects() if isinstance(each, rdflib.Literal)}
    addresses = " ".join(sorted({str(each) for each in graph.all_nodes() if isinstance(each, rdflib.URIRef)})) + " "
    lost = [text for text in set(_scalars(document_of(full_release()))) if not _found(text, literals, addresses)]
    assert lost == []


def _found(text: str, literals: set[str], addresses: str) -> bool:
    return (
        text in literals
        or f"/{text} " in addresses
        or f"{KB}{ {'not-stated': 'NotStated'}.get(text) } " in addresses
        or (text.startswith("http") and f"{iri(text)} " in addresses)
    )


def _scalars(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for each in value.values():
            yield from _scalars(each)
    elif isinstance(value, list):
        for each in value:
            yield from _scalars(each)
    elif value is not None:
        yield str(value).lower() if isinstance(value, bool) else str(value)


def test_every_word_of_the_context_is_used() -> None:
    used = set(_used(list(nodes(full_release()))))
    assert {name for name, word in WORDS.items() if word.values != INDIVIDUAL} == used


def _used(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for each in value:
            yield from _used(each)
    elif isinstance(value, dict) and "@value" not in value:
        for key, each in value.items():
            if key == "type":
                yield from each if isinstance(each, list) else [each]
            elif key != "id":
                yield key
                yield from _used(each)


def test_every_word_of_ours_is_defined_beside_the_context() -> None:
    defined = parsed(json.dumps(context_document()), "json-ld")
    ours = {rdflib.URIRef(full(word.iri)) for word in WORDS.values() if word.iri.startswith("kb:")}
    assert set(defined.subjects(rdflib.RDFS.comment)) == ours
    assert set(defined.objects(None, RDF.type)) == {RDF.Property, rdflib.RDFS.Class, KBT.Stated}
    assert all(str(comment).endswith(".") for comment in defined.objects(None, rdflib.RDFS.comment))
    assert len({word.iri for word in WORDS.values()}) == len(WORDS)


def test_every_field_that_restates_a_document_has_a_word() -> None:
    assert set(STATED_FIELDS) == stated_fields()
    assert list(STATED_FIELDS) == sorted(STATED_FIELDS)


def test_the_context_beside_the_file_is_the_one_in_the_schema_folder_and_in_the_file() -> None:
    files = files_of(JsonldExporter(), small_release())
    beside = files["jsonld/context.jsonld"]
    assert json.loads(beside) == json.loads((SCHEMA / "context.jsonld").read_bytes())
    assert json.loads(beside)["@context"] == document(small_release())["@context"]


def test_golden_files() -> None:
    files = files_of(JsonldExporter(), small_release())
    for path, content in files.items():
        check_golden(GOLDEN / path, content)
    assert tuple(files) == JsonldExporter().files


def test_what_a_graph_database_is_asked(graph: rdflib.Graph) -> None:
    """A caveat is found with its label, its words and what it rests on; the verdict with the statement."""
    question = """
        SELECT ?statement ?rating ?label ?text ?basis WHERE {
          ?claim a kb:Claim ; dcterms:identifier "open-text/cost" ; kb:statement ?statement .
          ?claim kb:verdict/kb:rating/skos:prefLabel ?rating ; kb:caveat ?caveat .
          ?caveat kb:text ?text ; kb:caveatKind/skos:prefLabel ?label ; kb:position ?position .
          OPTIONAL { ?caveat kb:basisEvidence|kb:basisClaim ?basis }
        } ORDER BY ?position
    """
    rows: list[Any] = list(graph.query(question, initNs={"kb": KBT, "dcterms": DCTERMS, "skos": SKOS}))
    words = HOSTILE[9]
    assert [(str(row.statement), str(row.rating)) for row in rows] == [(words, "Supported")] * 4
    assert [(str(row.label), str(row.text)) for row in rows] == [
        ("Limited evidence", f"Caveat one of cost: {words}"),
        ("Limited evidence", "=2+2"),
        ("Untraced citation", "Caveat three of cost"),
        ("unknown-kind", "rests on nothing"),
    ]
    bases = [None if row.basis is None else str(row.basis) for row in rows]
    assert bases == [f"{BASE}evidence/a-trial", None, f"{BASE}open-text/usage", None]


def test_provenance(graph: rdflib.Graph) -> None:
    """Claims come from sources, verdicts from evidence; reviewers stand behind decisions."""
    claim = rdflib.URIRef(f"{BASE}open-text/efficacy")
    assert one(graph.objects(claim, PROV.wasDerivedFrom)) == rdflib.URIRef(f"{BASE}sources/open-text")
    quote = one(graph.objects(claim, KBT.quote))
    assert one(graph.objects(quote, PROV.wasQuotedFrom)) == rdflib.URIRef(f"{BASE}sources/open-text")
    selectors = list(graph.objects(quote, OA.hasSelector))
    assert {str(one(graph.objects(each, RDF.type))) for each in selectors} == {
        str(OA.TextQuoteSelector),
        str(OA.TextPositionSelector),
    }
    verdict = one(graph.objects(claim, KBT.verdict))
    assert one(graph.objects(verdict, PROV.wasDerivedFrom)) == rdflib.URIRef(f"{BASE}evidence/a-trial")
    decisions = list(graph.objects(claim, KBT.decision))
    people = {str(one(graph.objects(each, PROV.wasAssociatedWith))) for each in decisions}
    assert people == {f"{BASE}reviewers/example-{who}" for who in ("clinician", "editor", "reader")}
    assert {str(each) for each in graph.objects(claim, KBT.approver)} < people
    release = one(graph.subjects(RDF.type, KBT.Release))
    assert str(one(graph.objects(release, PROV.generatedAtTime))) == "2026-01-31T00:00:00Z"
    assert str(one(graph.objects(release, PROV.wasRevisionOf))) == f"{BASE}releases/0123456789abcdef"


def test_what_is_held_and_what_was_withdrawn(graph: rdflib.Graph) -> None:
    """Nothing vanishes: a withdrawn claim leaves a tombstone, a claim held back is listed as held, with the reason."""
    held = one(graph.subjects(RDF.type, KBT.HeldClaim))
    assert str(held) == f"{BASE}closed-text/held"
    assert "lost-study" in str(one(graph.objects(held, KBT.reason)))
    gone = rdflib.URIRef(f"{BASE}closed-text/usage")
    assert set(graph.subjects(RDF.type, KBT.WithdrawnClaim)) == {gone, rdflib.URIRef(f"{BASE}closed-text/definition")}
    assert one(graph.objects(gone, DCTERMS.isReplacedBy)) == rdflib.URIRef(f"{BASE}closed-text/cost")
    assert (gone, RDF.type, KBT.Claim) not in graph
    assert (held, RDF.type, KBT.Claim) not in graph


def test_a_text_that_may_not_go_out_does_not(graph: rdflib.Graph) -> None:
    full_texts = {str(text) for text in graph.objects(None, KBT.fullText)}
    assert len(full_texts) == 1
    assert not any("may not go out" in text for text in full_texts)
    assert "SECRET" not in raw_of(full_release()).decode()


@settings(max_examples=10, deadline=None)
@given(texts=st.lists(TEXT, min_size=1, max_size=4))
def test_hostile_text_stays_text(texts: list[str]) -> None:
    """Hostile text stays text, whichever program reads it."""
    caveats = [{"kind": "limited-evidence", "text": text} for text in texts]
    release = make_release(base_of([claim_of("usage", texts[0], caveats=caveats)]), GATES["any"], AS_OF)
    raw = raw_of(release)
    for found in (by_pyld(json.loads(raw)), by_rdflib(raw)):
        assert claims_in(found, found) == {"open-text/usage": (texts, "not reviewed by a qualified person")}
        assert [str(each) for each in found.objects(None, KBT.statement)] == [texts[0]]


@needs_shared
def test_naughty_strings_stay_as_they_are() -> None:
    assert SHARED is not None
    (path,) = (SHARED / "testdata/naughty-strings").glob("*.json")
    texts = [text for text in json.loads(path.read_bytes()) if text.strip() and "\x00" not in text]
    caveats = [{"kind": "limited-evidence", "text": text} for text in texts]
    raw = raw_of(make_release(base_of([claim_of("usage", "x", caveats=caveats)]), GATES["any"], AS_OF))
    found = by_pyld(json.loads(raw))
    assert claims_in(found, found)["open-text/usage"][0] == texts
    assert set(map(triple_texts, by_rdflib(raw))) == set(map(triple_texts, found))


def triple_texts(triple: Any) -> tuple[str, bool, str]:
    """A triple without the names of blank nodes."""
    _, predicate, is_literal, text, _ = triple_of(*triple)
    return (predicate, is_literal, text if is_literal else "")


def test_an_older_reader_reads_a_newer_file() -> None:
    """Fields are only added within a version of the contract, and readers ignore what they do not know."""
    older = document(small_release())
    newer = document(small_release())
    newer["@context"] |= {"shine": f"{KB}shine"}
    for node in newer["@graph"]:
        node["shine"] = "bright"
    read = by_pyld(older), by_pyld(newer)
    assert claims_in(read[0], read[0]) == claims_in(read[1], read[1])
    assert len(claims_in(read[0], read[0])) == len(small_claims()) - 3
    assert len(read[1]) == len(read[0]) + len(newer["@graph"])
    assert {node["contract"] for node in older["@graph"] if "contract" in node} == {JsonldExporter().contract}


def test_one_node_a_line() -> None:
    lines = raw_of(small_release()).decode().split("\n")
    assert len(lines) == len(list(nodes(small_release()))) + 3
    assert all(isinstance(json.loads(line.removesuffix(","))["type"], list) for line in lines[1:-2])


def test_the_classes_are_told_from_the_properties() -> None:
    assert all(word.iri.split(":")[1][0].isupper() == (word.values in {CLASS, INDIVIDUAL}) for word in WORDS.values())
