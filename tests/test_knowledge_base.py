"""The shipped knowledge base, read, checked and exported through the functions that the commands use."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kbtool.engine.check import Checked, check
from kbtool.export import EXPORTERS, run_exporters
from kbtool.model.claim import Citation, ClaimBase, StudyFinding
from kbtool.quotes.coverage import Coverage, coverage
from kbtool.records.assemble import Loaded, assemble
from kbtool.release.artifact import content_of
from kbtool.release.gate import GATES
from kbtool.release.release import make_release
from kbtool.store.read import read_base

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kbtool.model.evidence import Evidence
    from kbtool.model.source import Source
    from kbtool.records.base import KnowledgeBase

ROOT = Path(__file__).resolve().parents[1]
CLAIMS = ROOT / "claims"
PAGE = ROOT / "docs" / "knowledge-base-decisions.md"
AS_OF = date(2026, 11, 23)
DOCUMENT = "ketamine-fibromyalgia"
ARTICLE = "a6af629badb138bdb2e5948503389235a8558f3d095c414e642d7853c7ad4ead"
UNTRACED = {
    "journal-of-clinical-rheumatology-2012": {"study-2012-published", "relief-70-percent-2012"},
    "journal-of-anesthesia-and-clinical-research-2013": {"study-2013-published", "improved-68-percent-2013"},
}
NUMBERS_OF_THE_ARTICLE = {"2012", "70", "2013", "68"}
SECOND_READING = {"applied": 85, "in part": 6, "not applied": 2}

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    """The shipped base as the commands read it."""
    read = read_base(CLAIMS, "claims")
    assert read.diagnostics == ()
    return assemble(read.files)


@pytest.fixture(scope="module")
def checked(loaded: Loaded) -> Checked:
    """Its check as of a fixed day."""
    return check(loaded, AS_OF)


@pytest.fixture(scope="module")
def base(loaded: Loaded) -> KnowledgeBase:
    """The base itself."""
    assert loaded.base is not None
    return loaded.base


@pytest.fixture(scope="module")
def claims(base: KnowledgeBase) -> Mapping[str, ClaimBase]:
    """Its claims by slug."""
    return {name.removeprefix(f"{DOCUMENT}/"): record.model for name, record in base.claims.items()}


@pytest.fixture(scope="module")
def evidence(base: KnowledgeBase) -> Mapping[str, Evidence]:
    """Its evidence by id."""
    return {name: record.model for name, record in base.evidence.items()}


@pytest.fixture(scope="module")
def source(base: KnowledgeBase) -> Source:
    """Its one source."""
    return base.sources[DOCUMENT].model


@pytest.fixture(scope="module")
def artifacts(base: KnowledgeBase) -> Mapping[str, bytes]:
    """What the exporters make of all its claims, by path."""
    exported = run_exporters(EXPORTERS.values(), make_release(base, GATES["any"], AS_OF))
    assert exported.refusals == ()
    return {file.path: content_of(file) for file in exported.artifacts}


def test_validates_without_an_error_and_with_the_warnings_that_stay(checked: Checked) -> None:
    """Verdicts that rest on second-hand views only say so."""
    found = {(d.severity.value, d.rule, d.subject.partition("/")[2]) for d in checked.diagnostics}
    assert found == {
        ("warning", "second-hand-verdict", "fibromyalgia-chronic-pain-condition"),
        ("warning", "second-hand-verdict", "fibromyalgia-localized-tenderness"),
    }


def test_holds_what_the_decisions_page_says_it_holds(
    claims: Mapping[str, ClaimBase], evidence: Mapping[str, Evidence]
) -> None:
    ratings = Counter(claim.verdict.rating for claim in claims.values())
    page = PAGE.read_text(encoding="utf-8")
    labels = {"partly-supported": "partly supported", "not-checkable": "not checkable"}
    told = ", ".join(f"{count} {labels.get(rating, rating)}" for rating, count in ratings.most_common())
    assert f"| claims | {len(claims)}: " in page
    assert f"| evidence records | {len(evidence)}: " in page
    row = next(line for line in page.splitlines() if line.startswith("| verdicts |"))
    assert sorted(row.removeprefix("| verdicts |").strip(" |").split(", ")) == sorted(told.split(", "))


def test_decisions_page_accounts_for_every_correction() -> None:
    page = PAGE.read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \|.*\| (applied|in part|not applied)\b[^|]*\|$", page, re.MULTILINE)
    assert sorted(int(number) for number, _ in rows) == list(range(1, 94))
    assert Counter(outcome for _, outcome in rows) == SECOND_READING
    assert "93: 85 applied, 6 in part, 2 not applied" in page


def test_decisions_page_names_only_records_that_exist(
    claims: Mapping[str, ClaimBase], evidence: Mapping[str, Evidence]
) -> None:
    named = set(re.findall(r"`([a-z0-9]+(?:-[a-z0-9]+)+)`", PAGE.read_text(encoding="utf-8")))
    assert len(named) > 50
    assert named - claims.keys() - evidence.keys() - {DOCUMENT} == set()


def test_article_is_the_one_under_check(base: KnowledgeBase, source: Source) -> None:
    stored = (CLAIMS / "sources" / DOCUMENT / f"{ARTICLE}.txt").read_bytes()
    assert hashlib.sha256(stored).hexdigest() == source.text.digest == ARTICLE
    assert base.texts[DOCUMENT] == stored.decode("utf-8")


def test_sentences_cover_the_article_in_order(base: KnowledgeBase, source: Source) -> None:
    assert len(source.sentences) == 32
    assert coverage(base.texts[DOCUMENT], source.sentences).gaps == ()
    ends = {base.texts[DOCUMENT][end - 1] for _, end in source.sentences}
    assert ends <= {".", "?"}


def _account(base: KnowledgeBase, source: Source, claims: Mapping[str, ClaimBase]) -> Coverage:
    quotes = [quote for claim in claims.values() for quote in claim.source.quotes]
    spans = [(quote.start, quote.end) for quote in quotes if quote.start is not None and quote.end is not None]
    assert len(spans) == len(quotes)
    spans += [(skip.start, skip.end) for skip in source.skipped]
    spans += [(connective.start, connective.end) for connective in source.connectives]
    return coverage(base.texts[DOCUMENT], spans)


def test_every_letter_and_digit_is_accounted_for(
    base: KnowledgeBase, source: Source, claims: Mapping[str, ClaimBase]
) -> None:
    account = _account(base, source, claims)
    assert account.gaps == ()
    assert account.accounted == account.counted > 3_000


@pytest.mark.parametrize(
    "left_out",
    [
        {"relief-70-percent-2012"},
        {"ketamine-party-drug", "ketamine-recreational-hallucinogenic"},
        {"comprehensive-plan-components", "part-of-comprehensive-plan"},
    ],
)
def test_words_of_claims_left_out_are_found(
    left_out: set[str], base: KnowledgeBase, source: Source, claims: Mapping[str, ClaimBase]
) -> None:
    assert left_out <= claims.keys()
    kept = {slug: claim for slug, claim in claims.items() if slug not in left_out}
    assert _account(base, source, kept).gaps != ()


def test_every_quote_stands_where_it_says(base: KnowledgeBase, claims: Mapping[str, ClaimBase]) -> None:
    text = base.texts[DOCUMENT]
    off = [slug for slug, c in claims.items() for q in c.source.quotes if text[q.start : q.end] != q.exact]
    assert off == []


def test_every_claim_is_a_machine_made_draft_and_none_is_approved(
    base: KnowledgeBase, claims: Mapping[str, ClaimBase]
) -> None:
    assert {claim.review.status for claim in claims.values()} == {"draft"}
    assert {claim.drafted.machine for claim in claims.values()} == {True}
    assert base.reviewers.model.reviewers == ()
    assert make_release(base, GATES["approved"], AS_OF).claims == ()


def _typed_texts(claim: ClaimBase) -> Iterator[str]:
    own = set(type(claim).model_fields) - set(ClaimBase.model_fields) - {"type"}
    dumped = claim.model_dump(mode="json", include=own)
    yield from _texts(dumped)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, str):
        yield value


def test_typed_fields_and_statements_hold_only_numbers_of_the_article(claims: Mapping[str, ClaimBase]) -> None:
    typed = {n for claim in claims.values() for text in _typed_texts(claim) for n in _NUMBER.findall(text)}
    stated = {n for claim in claims.values() for n in _NUMBER.findall(claim.statement)}
    assert typed == stated == NUMBERS_OF_THE_ARTICLE


def test_as_stated_is_verbatim(base: KnowledgeBase, claims: Mapping[str, ClaimBase]) -> None:
    text = base.texts[DOCUMENT].casefold()
    own = [(slug, words) for slug, claim in claims.items() for words in _as_stated(claim.model_dump(mode="json"))]
    assert len(own) > 150
    assert [(slug, words) for slug, words in own if words.casefold() not in text] == []


def _as_stated(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if "as_stated" in value:
            yield value["as_stated"]
        for item in value.values():
            yield from _as_stated(item)


@pytest.mark.parametrize("study", sorted(UNTRACED))
def test_claims_on_an_untraced_study_are_unverifiable_and_say_so(
    study: str, claims: Mapping[str, ClaimBase], evidence: Mapping[str, Evidence]
) -> None:
    assert evidence[study].status.state == "untraced"
    leaning = {s: c for s, c in claims.items() if isinstance(c, StudyFinding | Citation) and c.study.ref == study}
    assert leaning.keys() == UNTRACED[study]
    for claim in leaning.values():
        bases = {c.basis.evidence for c in claim.caveats if c.kind == "untraced-citation" and c.basis}
        assert claim.verdict.rating == "unverifiable"
        assert bases == {study}
        assert {link.stance for link in claim.evidence} == {"context"}


def test_findings_depend_on_their_citations(claims: Mapping[str, ClaimBase]) -> None:
    for finding, citation in (
        ("relief-70-percent-2012", "study-2012-published"),
        ("improved-68-percent-2013", "study-2013-published"),
    ):
        assert ("depends-on", f"{DOCUMENT}/{citation}") in {(r.kind, r.claim) for r in claims[finding].relations}


def test_restated_claims_name_each_other_and_are_rated_alike(claims: Mapping[str, ClaimBase]) -> None:
    pairs = {(c.id, r.claim) for c in claims.values() for r in c.relations if r.kind == "restates"}
    cure = (f"{DOCUMENT}/ketamine-not-a-cure", f"{DOCUMENT}/ketamine-not-a-cure-conclusion")
    assert pairs == {cure, cure[::-1]}
    rated = {claims[name.removeprefix(f"{DOCUMENT}/")].verdict.rating for name in cure}
    assert rated == {"supported"}


def test_twin_claims_weigh_shared_evidence_alike(claims: Mapping[str, ClaimBase]) -> None:
    twins = ("ketamine-recently-emerged-promising", "ketamine-promising-option-conclusion")
    first, second = ({link.ref: link.stance for link in claims[slug].evidence} for slug in twins)
    shared = first.keys() & second.keys()
    assert len(shared) > 3
    assert {ref: first[ref] for ref in shared} == {ref: second[ref] for ref in shared}


def test_no_caveat_text_stands_twice_unless_on_the_same_claim(claims: Mapping[str, ClaimBase]) -> None:
    places: dict[str, list[str | None]] = defaultdict(list)
    for claim in claims.values():
        for caveat in claim.caveats:
            places[" ".join(caveat.text.casefold().split())].append(caveat.basis.claim if caveat.basis else None)
    repeated = {text: on for text, on in places.items() if len(on) > 1 and (None in on or len(set(on)) > 1)}
    assert repeated == {}
    assert len(places) > 100


def test_no_unclear_result_contradicts(claims: Mapping[str, ClaimBase]) -> None:
    """Vocabulary: "a missing or unclear effect is no contradiction"."""
    unclear = re.compile(r"no clear evidence|weak or no evidence|not studied|no strong evidence", re.IGNORECASE)
    against = [
        (c.id, e.ref)
        for c in claims.values()
        for e in c.evidence
        if e.stance == "contradicts" and unclear.search(e.finding)
    ]
    assert against == []


def test_a_certainty_is_one_that_a_review_states(
    claims: Mapping[str, ClaimBase], evidence: Mapping[str, Evidence]
) -> None:
    given = {slug: c.verdict.certainty for slug, c in claims.items() if c.verdict.certainty}
    assert given.keys() == {"ketamine-powerful-antidepressant"}
    for certainty in given.values():
        stated = evidence[certainty.stated_by].certainty_stated or ""
        assert certainty.level.replace("-", " ") in stated


def test_an_identifier_belongs_to_one_record(evidence: Mapping[str, Evidence]) -> None:
    kinds = ("doi", "pmid", "pmcid")
    found = Counter((k, v) for e in evidence.values() for k in kinds if (v := getattr(e.identifiers, k)))
    assert len(found) > 60
    assert [pair for pair, count in found.items() if count > 1] == []
    assert [v for kind, v in found if kind == "doi" and v != v.lower()] == []


def test_no_record_talks_about_how_it_was_made() -> None:
    working = re.compile(r"dossier|second reading|\bseed\b|corrections? of\b|the brief\b", re.IGNORECASE)
    texts = {path: path.read_text(encoding="utf-8") for path in CLAIMS.rglob("*.yaml")}
    assert len(texts) > 130
    assert [str(path) for path, text in texts.items() if working.search(text)] == []


def test_spelling_of_percentages_is_one(claims: Mapping[str, ClaimBase], evidence: Mapping[str, Evidence]) -> None:
    texts = {claim.id: claim.model_dump_json() for claim in claims.values()}
    texts |= {name: each.model_dump_json() for name, each in evidence.items()}
    assert [name for name, text in texts.items() if re.search(r"\d\s+%", text)] == []


NOT_REVIEWED = "not reviewed"


def test_json_says_of_every_claim_that_it_is_not_reviewed(
    artifacts: Mapping[str, bytes], claims: Mapping[str, ClaimBase]
) -> None:
    document = json.loads(artifacts["claims.json"])
    assert NOT_REVIEWED in document["release"]["notice"]
    _all_marked(document["claims"], claims)


def test_ndjson_says_of_every_claim_that_it_is_not_reviewed(
    artifacts: Mapping[str, bytes], claims: Mapping[str, ClaimBase]
) -> None:
    lines = [json.loads(line) for line in artifacts["claims.ndjson"].decode("utf-8").splitlines()]
    _all_marked([line.get("claim", line) for line in lines], claims)


def _all_marked(items: list[dict[str, Any]], claims: Mapping[str, ClaimBase]) -> None:
    caveats = {item["id"]: [caveat["text"] for caveat in item["caveats"]] for item in items}
    assert caveats == {claim.id: [caveat.text for caveat in claim.caveats] for claim in claims.values()}
    assert [item["id"] for item in items if NOT_REVIEWED not in (item["review"]["notice"] or "")] == []


@pytest.mark.parametrize(("table", "key"), [("claims.csv", "id"), ("caveats.csv", "claim"), ("evidence.csv", "claim")])
def test_csv_says_in_every_row_that_the_claim_is_not_reviewed(
    table: str, key: str, artifacts: Mapping[str, bytes], claims: Mapping[str, ClaimBase]
) -> None:
    rows = list(csv.DictReader(io.StringIO(artifacts[table].decode("utf-8-sig"), newline="")))
    assert [row for row in rows if NOT_REVIEWED not in row["review_notice"]] == []
    expected = claims.values() if table != "caveats.csv" else [c for c in claims.values() if c.caveats]
    assert {row[key] for row in rows} == {claim.id for claim in expected}


def test_csv_carries_every_caveat(artifacts: Mapping[str, bytes], claims: Mapping[str, ClaimBase]) -> None:
    rows = list(csv.DictReader(io.StringIO(artifacts["caveats.csv"].decode("utf-8-sig"), newline="")))
    told = Counter((row["claim"], row["text"]) for row in rows)
    assert told == Counter((claim.id, caveat.text) for claim in claims.values() for caveat in claim.caveats)
