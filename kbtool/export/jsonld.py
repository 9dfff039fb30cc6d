"""`jsonld/claims.jsonld`: the whole release as linked data, one node a line, with its context in it and beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kbtool.export.exporter import Artifact, CaveatLost, OutputFile, Streamed
from kbtool.export.iri import iri
from kbtool.export.linked_claim import claim_node
from kbtool.export.linked_context import context, context_document
from kbtool.export.linked_nodes import maker
from kbtool.export.linked_records import evidence_node, source_node
from kbtool.export.linked_release import held_node, release_node, vocabulary_nodes, withdrawn_node
from kbtool.release.jsontext import in_order, one_line, one_line_in_order, pretty, rows_of
from kbtool.release.uris import release_uri
from kbtool.release.view import document_parts, header_of

if TYPE_CHECKING:
    from kbtool.release.jsontext import JsonObject, Parts
    from kbtool.release.release import Release

CONTRACT = "jsonld/1"
PATH, CONTEXT_PATH = "jsonld/claims.jsonld", "jsonld/context.jsonld"


@dataclass(frozen=True, slots=True)
class JsonldExporter:
    """The whole release as linked data."""

    name: str = "jsonld"
    purpose: str = "for graph databases and whoever joins the claims with other linked data"
    standard: str = "JSON-LD 1.1, with PROV-O, SKOS, Dublin Core and Web Annotation terms"
    contract: str = CONTRACT
    files: tuple[str, ...] = (PATH, CONTEXT_PATH)
    cannot_carry: tuple[str, ...] = ("editors' notes",)

    def export(self, release: Release) -> Iterator[OutputFile | CaveatLost]:
        """`claims.jsonld`, whose context is embedded, and `context.jsonld`, the same with definitions."""
        yield Streamed(PATH, lambda: _lines(release))
        yield Artifact(CONTEXT_PATH, pretty(context_document()))


def nodes(release: Release) -> Iterator[JsonObject]:
    """Everything of a release, one node at a time: the release first, then the vocabulary, then what rests on both.

    Keys are sorted on every level. Every node has a list as `type`, so that a reader who knows no linked data need not
    ask what it is.
    """
    header, parts = header_of(release), document_parts(release)
    stem = iri(header["base_url"])
    yield in_order({**release_node(header, stem), **maker(CONTRACT)})
    yield from map(in_order, vocabulary_nodes(parts["vocabulary"], stem))
    yield from map(in_order, _records(parts, stem))
    address = release_uri(stem, header["id"])
    for claim in rows_of(parts, "claims"):
        yield dict(sorted({**claim_node(claim, stem), "isPartOf": address}.items()))
    for held in rows_of(parts, "held"):
        yield in_order({**held_node(held, stem, address), "type": ["HeldClaim"]})
    for tombstone in rows_of(parts, "withdrawn"):
        yield in_order(withdrawn_node(tombstone, stem, address))


def _records(parts: Parts, stem: str) -> Iterator[JsonObject]:
    vocabulary = parts["vocabulary"]
    yield from (source_node(source, stem, vocabulary) for source in rows_of(parts, "sources"))
    yield from (evidence_node(evidence, stem, vocabulary) for evidence in rows_of(parts, "evidence"))


def _lines(release: Release) -> Iterator[bytes]:
    yield b'{"@context":' + one_line(context()).removesuffix(b"\n") + b',"@graph":[\n'
    before = b""
    for node in nodes(release):
        yield before + one_line_in_order(node).removesuffix(b"\n")
        before = b",\n"
    yield b"\n]}\n"
