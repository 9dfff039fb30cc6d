"""TriG, as another program reads what we write; and web addresses as IRIs."""

from __future__ import annotations

import json

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool.export.iri import iri
from kbtool.export.quads import RDF_TYPE, STRING, Triple
from kbtool.export.trig import Names, prefix_lines, quoted, trig
from tests.export.linked import dataset_of, graphs_of
from tests.export.test_trusty import INTEGER
from tests.shared import SHARED, needs_shared

PREFIXES = {
    "sub": "https://example.org/a#",
    "this": "https://example.org/a",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
ADDRESSES = st.sampled_from(
    ["https://example.org/a", "https://example.org/a#b", "https://example.org/a#1", "https://example.org/é", RDF_TYPE]
)
OBJECTS = st.one_of(
    st.tuples(st.just(False), ADDRESSES, st.just("")),
    st.tuples(st.just(True), TEXTS, st.sampled_from([STRING, INTEGER, "@en", "https://example.org/type"])),
)
TRIPLES = st.builds(lambda subject, predicate, said: (subject, predicate, *said), ADDRESSES, ADDRESSES, OBJECTS)


def written(graphs: list[tuple[str, list[Triple]]]) -> str:
    return prefix_lines(PREFIXES) + trig(graphs, Names(PREFIXES))


@settings(max_examples=60, deadline=None)
@given(graphs=st.dictionaries(ADDRESSES, st.lists(TRIPLES, max_size=8), max_size=3))
def test_rdflib_reads_what_was_written(graphs: dict[str, list[Triple]]) -> None:
    """Hostile text stays text: every statement is read back as it was, and no other."""
    wanted = [(name, sorted(set(triples))) for name, triples in sorted(graphs.items())]
    found = graphs_of(dataset_of(written(wanted).encode()))
    assert found == tuple((name, triples) for name, triples in wanted if triples)


@needs_shared
def test_naughty_strings_are_read_back() -> None:
    assert SHARED is not None
    (path,) = (SHARED / "testdata/naughty-strings").glob("*.json")
    texts = sorted({text for text in json.loads(path.read_bytes()) if "\x00" not in text})
    triples: list[Triple] = [("https://example.org/a", "https://example.org/b", True, text, STRING) for text in texts]
    assert graphs_of(dataset_of(written([("https://example.org/g", triples)]).encode())) == (
        ("https://example.org/g", triples),
    )


def test_the_layout() -> None:
    this, part = "https://example.org/a", "https://example.org/a#b"
    triples: list[Triple] = [
        (this, RDF_TYPE, False, part, ""),
        (this, part, True, "1", INTEGER),
        (this, part, True, "one", STRING),
        (this, "https://example.org/a#1", False, RDF_TYPE, ""),
        (part, part, True, "eins", "@de"),
    ]
    assert trig([(part, triples), (this, [])], Names(PREFIXES)) == (
        "\nsub:b {\n"
        "  this: a sub:b ;\n"
        '    sub:b "1"^^xsd:integer,\n'
        '      "one" ;\n'
        "    <https://example.org/a#1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> .\n"
        '  sub:b sub:b "eins"@de .\n'
        "}\n"
    )


def test_few_short_names_are_kept() -> None:
    names = Names(PREFIXES)
    for number in range(5000):
        assert names[f"https://example.org/a#n{number}"] == f"sub:n{number}"
    assert len(names) < 1000


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("plain", '"plain"'),
        ('say "no"\n\t\r\\', '"say \\"no\\"\\n\\t\\r\\\\"'),
        ("\u202eturned\u2028\x85\x1b", '"\\u202Eturned\\u2028\\u0085\\u001B"'),
        ("5 µg ≥ é 👍", '"5 µg ≥ é 👍"'),
    ],
)
def test_what_is_escaped(text: str, form: str) -> None:
    assert quoted(text) == form


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("https://example.org/a?b=c&d=(e)#f", "https://example.org/a?b=c&d=(e)#f"),
        ("https://example.org/é/a%20b", "https://example.org/é/a%20b"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://example.org/a|b\\c^d`e{f}", "https://example.org/a%7Cb%5Cc%5Ed%60e%7Bf%7D"),
        ("https://[::1]/[a]?[b]#[c]#d", "https://[::1]/%5Ba%5D?%5Bb%5D#%5Bc%5D%23d"),
        ("https://example.org/\u202ea\x1bb\ue000", "https://example.org/%E2%80%AEa%1Bb%EE%80%80"),
        ("https://exa|mple.org", "https://exa%7Cmple.org"),
        ("urn:x y", "urn:x%20y"),
    ],
)
def test_an_address_as_an_iri(address: str, form: str) -> None:
    assert iri(address) == form
    assert iri(form) == form


@settings(max_examples=60, deadline=None)
@given(rest=st.text(st.characters(exclude_categories=["Cs"])))
def test_any_address_that_a_record_may_hold_is_an_iri_that_readers_take(rest: str) -> None:
    """No address breaks a line or a statement."""
    address = iri(f"https://example.org/{rest}")
    line = f"<{address}> <https://example.org/p> <{address}> .\n"
    graph = rdflib.Graph()
    graph.parse(data=line, format="nt")
    assert {str(node) for node in graph.subjects()} == {address}
