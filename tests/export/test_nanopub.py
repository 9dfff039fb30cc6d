"""Nanopublications: their structure, their trusty URIs, and that no claim goes without its caveats."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.namespace import DCTERMS, FOAF, PROV, RDF

from kbtool.export.nanopub import NanopubExporter
from kbtool.export.nanopub_before import nanopubs_in
from kbtool.export.nanopub_setting import CONTRACT
from kbtool.release.gate import GATES
from kbtool.release.release import Release, make_release
from tests.export.linked import KBT, NP, NPX, as_written, dataset_of, from_nanopubs, graphs_of, one
from tests.export.linked_full import full_release
from tests.export.nanopub_checker import problems
from tests.export.small import AS_OF, CONFIG, base_of, claim_of, files_of, record, small_release
from tests.golden import check_golden
from tests.shared import SHARED, needs_shared

GOLDEN = Path(__file__).parent / "golden" / "nanopub"
OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
BASE = "https://example.org/claims/"
TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)

MOST_STATEMENTS = 1200
"""What nanopublication networks take."""

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """The files of the full release."""
    return files_of(NanopubExporter(), full_release())


def single(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files that hold one nanopublication each."""
    return {path: raw for path, raw in files.items() if path.count("/") > 1}


def index_of(files: dict[str, bytes]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files["nanopub/index.json"])
    return found


def part(dataset: rdflib.Dataset, predicate: rdflib.URIRef) -> rdflib.Graph:
    """One of the graphs that the head names."""
    return dataset.graph(one(found for _, _, found, _ in dataset.quads((None, predicate, None, None))))


def test_each_is_well_formed_and_has_the_code_of_its_statements(files: dict[str, bytes]) -> None:
    assert len(single(files)) == 39
    for path, raw in single(files).items():
        assert (path, problems(dataset_of(raw))) == (path, [])
        assert len(dataset_of(raw)) <= MOST_STATEMENTS


def test_the_nanopub_library_finds_them_valid() -> None:
    """The library is an oracle: it wants four graphs that refer to each other, and works out the code itself."""
    with as_written():
        from nanopub.nanopub import Nanopub

        for raw in single(files_of(NanopubExporter(), small_release())).values():
            graph = rdflib.ConjunctiveGraph()
            graph.parse(data=raw, format="trig")
            found = Nanopub(rdf=graph)
            assert found.is_valid
            assert found.has_valid_trusty


def test_a_changed_word_is_noticed(files: dict[str, bytes]) -> None:
    raw = files["nanopub/open-text/cost.trig"]
    for before, after in ((b'"=2+2"', b'"=2+3"'), (b"kb:position", b"kb:place"), (b'"A publisher"', b'"Another"')):
        assert before in raw
        (problem,) = problems(dataset_of(raw.replace(before, after, 1)))
        assert problem.startswith("the statements have the code RA")


def _suite(kind: str) -> list[Path]:
    return sorted((SHARED / "testdata/nanopub-testsuite" / kind / "plain").glob("*.trig")) if SHARED else []


@needs_shared
@pytest.mark.parametrize("path", _suite("valid"), ids=lambda path: path.stem)
def test_our_checker_takes_what_the_test_suite_calls_valid(path: Path) -> None:
    assert problems(dataset_of(path.read_bytes())) == []


WRONG = {
    "assertion_graph_uri_not_matching": "is not below the nanopublication",
    "emptyinfo": "the pubinfo is empty",
    "extragraph": "is not one of the four",
    "illtyped_datatypes_in_assertion": "'two' is no http://www.w3.org/2001/XMLSchema#integer",
    "noprovlink": "the provenance says nothing of what it is about",
    "pubinfo_graph_uri_not_matching": "is not below the nanopublication",
}


@needs_shared
@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("path", _suite("invalid"), ids=lambda path: path.stem)
def test_our_checker_refuses_what_the_test_suite_calls_invalid(path: Path) -> None:
    assert any(WRONG[path.stem] in problem for problem in problems(dataset_of(path.read_bytes())))


def test_whoever_takes_the_assertion_has_the_caveats_and_the_verdict(files: dict[str, bytes]) -> None:
    """Caveats travel: the label, the words and the basis stand in the assertion, beside the statement."""
    assertion = part(dataset_of(files["nanopub/open-text/cost.trig"]), NP.hasAssertion)
    claim = one(assertion.subjects(RDF.type, KBT.Claim))
    caveats = list(assertion.objects(claim, KBT.caveat))
    assert len(caveats) == 4
    kinds = {one(assertion.objects(caveat, KBT.caveatKind)) for caveat in caveats}
    labels = {str(one(assertion.objects(kind, rdflib.SKOS.prefLabel))) for kind in kinds}
    assert labels == {"Limited evidence", "Untraced citation", "unknown-kind"}
    assert {str(one(assertion.objects(None, basis))) for basis in (KBT.basisEvidence, KBT.basisClaim)} == {
        f"{BASE}evidence/a-trial",
        f"{BASE}open-text/usage",
    }
    selector = one(assertion.objects(one(assertion.objects(None, KBT.basisQuote)), OA.hasSelector))
    assert [str(one(assertion.objects(selector, name))) for name in (OA.exact, OA.prefix)] == ["may", "it "]
    verdict = one(assertion.objects(claim, KBT.verdict))
    rating = one(assertion.objects(verdict, KBT.rating))
    assert str(one(assertion.objects(rating, rdflib.SKOS.prefLabel))) == "Supported"
    assert str(one(assertion.objects(claim, KBT.notice))) == "not reviewed by a qualified person"


def test_provenance_and_publication_info(files: dict[str, bytes]) -> None:
    dataset = dataset_of(files["nanopub/open-text/efficacy.trig"])
    assertion, provenance, pubinfo = (
        part(dataset, name) for name in (NP.hasAssertion, NP.hasProvenance, NP.hasPublicationInfo)
    )
    sources = {str(each) for each in provenance.objects(assertion.identifier, PROV.wasDerivedFrom)}
    assert sources == {f"{BASE}sources/open-text", f"{BASE}evidence/a-trial"}
    assert str(one(provenance.objects(None, DCTERMS.bibliographicCitation))).startswith("Doe J, et al. (2011).")
    this = one(subject for subject, _, _, _ in dataset.quads((None, RDF.type, NP.Nanopublication, None)))
    said = {str(predicate): str(object_) for predicate, object_ in pubinfo.predicate_objects(this)}
    assert said[str(DCTERMS.created)] == "2026-01-31T00:00:00Z"
    assert said[str(DCTERMS.license)] == "https://creativecommons.org/licenses/by/4.0/"
    assert said[str(FOAF.primaryTopic)] == f"{BASE}open-text/efficacy"
    assert (said[str(KBT.contract)], said[str(KBT.generator)]) == (CONTRACT, "kbtool")
    release = one(pubinfo.subjects(RDF.type, KBT.Release))
    assert str(one(pubinfo.objects(release, KBT.asOf))) == "2026-01-31"
    assert str(one(pubinfo.objects(release, KBT.validUntil))) == "2028-01-09"
    assert "medical advice" in map(str, pubinfo.objects())
    claim = rdflib.URIRef(f"{BASE}open-text/efficacy")
    assert str(one(pubinfo.objects(claim, KBT.standing))).endswith("/approved")
    assert list(pubinfo.objects(claim, KBT.notice)) == []
    assert len(list(pubinfo.objects(claim, KBT.decision))) == 3


def test_a_withdrawn_claim_is_retracted(files: dict[str, bytes]) -> None:
    """Nothing vanishes: a withdrawn claim leaves a tombstone in every export."""
    dataset = dataset_of(files["nanopub/withdrawn/closed-text/usage.trig"])
    assertion = part(dataset, NP.hasAssertion)
    claim = rdflib.URIRef(f"{BASE}closed-text/usage")
    assert one(assertion.objects(None, NPX.retracts)) == claim
    assert one(assertion.subjects(RDF.type, KBT.WithdrawnClaim)) == claim
    assert one(assertion.objects(claim, DCTERMS.isReplacedBy)) == rdflib.URIRef(f"{BASE}closed-text/cost")
    assert str(one(assertion.objects(claim, KBT.reason))) == "@nobody said so"
    assert list(assertion.objects(claim, KBT.statement)) == []
    provenance = part(dataset, NP.hasProvenance)
    decision = one(provenance.objects(assertion.identifier, PROV.wasGeneratedBy))
    assert str(one(provenance.objects(decision, PROV.wasAssociatedWith))) == f"{BASE}reviewers/example-editor"
    unsigned = part(dataset_of(files["nanopub/withdrawn/closed-text/definition.trig"]), NP.hasProvenance)
    assert list(unsigned.objects(None, PROV.wasGeneratedBy)) == []


@pytest.mark.parametrize("gate", GATES)
def test_the_index_lists_what_stands_and_what_does_not(gate: str) -> None:
    release = full_release(gate)
    found = files_of(NanopubExporter(), release)
    index = index_of(found)
    listed = {each["file"]: each["nanopub"] for each in [*index["current"], *index["retractions"]]}
    heads = {path: this_of(raw) for path, raw in single(found).items()}
    assert listed == heads
    assert [each["claim"] for each in index["current"]] == [released.claim.id for released in release.claims]
    assert [(each["id"], each["reason"]) for each in index["held"]] == [(each.id, each.reason) for each in release.held]
    gone = [held.id for held in release.held] + [tombstone.id for tombstone in release.tombstones]
    assert index["invalidated"] == sorted(f"{BASE}{id_}" for id_ in gone)
    assert index["release"]["id"] == release.id
    assert index["release"]["valid_until"] == "2028-01-09"
    assert index["contract"] == NanopubExporter().contract


def this_of(raw: bytes) -> str:
    return str(one(subject for subject, _, _, _ in dataset_of(raw).quads((None, RDF.type, NP.Nanopublication, None))))


def test_all_of_them_stand_in_one_stream(files: dict[str, bytes]) -> None:
    together = {graph for raw in single(files).values() for graph, _ in graphs_of(dataset_of(raw))}
    assert {graph for graph, _ in graphs_of(dataset_of(files["nanopub/all.trig"]))} == together
    assert len(together) == 4 * len(single(files))


def test_without_claims_there_is_an_index_and_an_empty_stream() -> None:
    found = files_of(NanopubExporter(), make_release(base_of([claim_of("usage", "x")]), GATES["approved"], AS_OF))
    assert found["nanopub/all.trig"] == b""
    assert index_of(found)["current"] == []
    assert set(found) == {"nanopub/all.trig", "nanopub/index.json"}


def test_a_licence_and_publisher_without_address_go_out_as_text() -> None:
    licences = CONFIG.licences.model_copy(update={"data": "ours alone"})
    base = base_of([claim_of("usage", "x")])
    changed = record(CONFIG.model_copy(update={"licences": licences}))
    found = files_of(NanopubExporter(), make_release(replace(base, config=changed), GATES["any"], AS_OF))
    pubinfo = part(dataset_of(found["nanopub/open-text/usage.trig"]), NP.hasPublicationInfo)
    assert list(pubinfo.objects(None, DCTERMS.license)) == []
    assert str(one(pubinfo.objects(None, KBT.dataLicence))) == "ours alone"
    assert list(pubinfo.objects(None, KBT.url)) == []


@settings(max_examples=15, deadline=None)
@given(texts=st.lists(TEXT, min_size=1, max_size=4))
def test_hostile_text_stays_text(texts: list[str]) -> None:
    """Hostile text stays text, and the code is still the one of the statements."""
    caveats = [{"kind": "limited-evidence", "text": text} for text in texts]
    release = make_release(base_of([claim_of("usage", texts[0], caveats=caveats)]), GATES["any"], AS_OF)
    found = files_of(NanopubExporter(), release)
    assert from_nanopubs(found) == {"open-text/usage": (texts, "not reviewed by a qualified person")}
    assert problems(dataset_of(found["nanopub/open-text/usage.trig"])) == []


def test_golden_files() -> None:
    found = files_of(NanopubExporter(), small_release())
    for path, content in found.items():
        check_golden(GOLDEN / path, content)
    accepted = {path.relative_to(GOLDEN).as_posix() for path in GOLDEN.rglob("*") if path.is_file()}
    assert accepted == set(found)


def test_an_older_reader_reads_a_newer_file(files: dict[str, bytes]) -> None:
    """Statements are only added within a version of the contract, and readers ignore what they do not know."""
    raw = files["nanopub/all.trig"]
    newer = raw.replace(b"\n    kb:polarity ", b'\n    kb:shine "bright" ;\n    kb:polarity ')
    assert newer != raw
    assert from_nanopubs({"nanopub/all.trig": newer}) == from_nanopubs({"nanopub/all.trig": raw})


def _after(release: Release, files: dict[str, bytes]) -> Release:
    """The release as it is made when the files of the one before it are known."""
    before = nanopubs_in(files["nanopub/index.json"])
    assert before is not None
    return replace(release, nanopubs=before)


def test_newer_ones_supersede_and_retract_by_address() -> None:
    """From release to release: what is said anew supersedes, what was withdrawn is retracted, what is held is kept."""
    claim, other = claim_of("usage", "x"), claim_of("cost", "y")
    first = files_of(NanopubExporter(), make_release(base_of([claim, other]), GATES["any"], AS_OF))
    addresses = {each["claim"]: each["nanopub"] for each in index_of(first)["current"]}
    lost = {"ref": "lost-study", "stance": "context", "directness": "direct", "finding": "x"}
    held = claim_of("cost", "y", evidence=[lost])
    second = files_of(NanopubExporter(), _after(make_release(base_of([claim, held]), GATES["any"], AS_OF), first))
    (said,) = index_of(second)["current"]
    pubinfo = part(dataset_of(second["nanopub/open-text/usage.trig"]), NP.hasPublicationInfo)
    superseded = rdflib.URIRef(addresses["open-text/usage"])
    assert one(pubinfo.subject_objects(NPX.supersedes)) == (rdflib.URIRef(said["nanopub"]), superseded)
    assert index_of(second)["held"][0]["earlier"] == [addresses["open-text/cost"]]
    assert set(addresses.values()) < set(index_of(second)["invalidated"])
    gone = [claim_of(kind, "x", review={"status": "withdrawn"}) for kind in ("usage", "cost")]
    third = files_of(NanopubExporter(), _after(make_release(base_of(gone), GATES["any"], AS_OF), second))
    retracted = {"open-text/usage": said["nanopub"], "open-text/cost": addresses["open-text/cost"]}
    assert {each["claim"]: each["retracts"] for each in index_of(third)["retractions"]} == {
        id_: [address] for id_, address in retracted.items()
    }
    fourth = files_of(NanopubExporter(), _after(make_release(base_of(gone), GATES["any"], AS_OF), third))
    for before, after in zip(index_of(third)["retractions"], index_of(fourth)["retractions"], strict=True):
        assertion = part(dataset_of(fourth[after["file"]]), NP.hasAssertion)
        assert str(one(assertion.objects(None, NPX.retracts))) == retracted[after["claim"]]
        assert after["supersedes"] == [before["nanopub"]]
        assert problems(dataset_of(fourth[after["file"]])) == []


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"\xff",
        b"[" * 100_000,
        b"{}",
        b'{"current": [{"claim": "a/b"}], "held": [], "retractions": []}',
        b'{"current": [{"claim": "a/b", "nanopub": 5}], "held": [], "retractions": []}',
        b'{"current": [{"claim": "a/b", "nanopub": "https://example.org/x"}], "held": [], "retractions": []}',
        b'{"current": [], "held": [{"id": "a/b", "earlier": 5}], "retractions": []}',
        b'{"current": [{"claim": "a/b", "nanopub": "x> <y/RA%s"}], "held": [], "retractions": []}' % (b"x" * 43),
    ],
)
def test_what_is_no_index_is_not_taken_for_one(raw: bytes) -> None:
    assert nanopubs_in(raw) is None
