"""ClaimReview: schema.org's shapes, our rules for what the shapes miss, the feed, and that nothing gets lost."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kbtool.export.claimreview import ClaimReviewExporter
from kbtool.export.rating_scale import BEST, RATING_SCALE, WORST
from kbtool.export.readable import basis_words
from kbtool.release.release import Release
from tests.export import schema_org
from tests.export.claimreview_rules import RULES, SCALE, WITHOUT_NUMBER, caveats, problems
from tests.export.small import CONFIG, VOCABULARY, files_of, small_claims, small_release
from tests.golden import check_golden
from tests.shared import needs_shared

GOLDEN = Path(__file__).parent / "golden"
HOST = "example.org"
Json = dict[str, Any]


def _documents(release: Release | None = None) -> dict[str, Json]:
    files = files_of(ClaimReviewExporter(), release or small_release())
    return {path: json.loads(content) for path, content in files.items()}


@pytest.fixture(scope="module")
def documents() -> dict[str, Json]:
    return _documents()


@pytest.fixture(scope="module")
def reviews(documents: dict[str, Json]) -> dict[str, Json]:
    return {path: each for path, each in documents.items() if each["@type"] == "ClaimReview"}


@pytest.fixture(scope="module")
def feed(documents: dict[str, Json]) -> Json:
    return documents["claimreview/feed.jsonld"]


def _properties(node: Json, name: str) -> list[Any]:
    return [each["value"] for each in node["additionalProperty"] if each["propertyID"] == f"kbtool:{name}"]


def test_each_claim_has_a_file_and_all_are_in_the_feed(reviews: dict[str, Json], feed: Json) -> None:
    assert set(reviews) == {f"claimreview/{each.claim.id}.jsonld" for each in small_release().claims}
    inside = [item for element in feed["dataFeedElement"] for item in element["item"] if item["@type"] == "ClaimReview"]
    assert inside == [{k: v for k, v in each.items() if k != "@context"} for each in reviews.values()]


def test_our_rules_find_nothing(reviews: dict[str, Json]) -> None:
    assert {path: found for path, each in reviews.items() if (found := problems(each, HOST))} == {}


GOOD = "claimreview/open-text/usage.jsonld"

PLANTED: dict[str, Any] = {
    "required": lambda each: each | {"claimReviewed": ""},
    "host": lambda each: each | {"url": "https://example.net/claims/open-text/usage"},
    "verdict-in-claim": lambda each: each | {"claimReviewed": "False: it helps"},
    "scale": lambda each: each | {"reviewRating": each["reviewRating"] | {"bestRating": 1}},
    "word": lambda each: each | {"reviewRating": each["reviewRating"] | {"ratingValue": 1}},
    "caveats": lambda each: (
        each | {"reviewRating": each["reviewRating"] | {"ratingExplanation": "not reviewed by a qualified person"}}
    ),
    "review": lambda each: each | {"creativeWorkStatus": "Draft"},
}


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_finds_the_fault_that_it_is_for(rule: str, reviews: dict[str, Json]) -> None:
    assert problems(PLANTED[rule](reviews[GOOD]), HOST) == [rule]


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"reviewRating": "Supported"}, "required"),
        ({"reviewRating": {"name": "Supported"}}, "required"),
        ({"url": "http://example.org/claims/open-text/usage"}, "host"),
        ({"reviewRating": {"ratingValue": "3", "worstRating": 1, "bestRating": 3}}, "scale"),
        ({"reviewRating": {"ratingValue": 4, "worstRating": 1, "bestRating": 3}}, "scale"),
        ({"reviewRating": {"ratingValue": 3}}, "scale"),
        ({"reviewRating": {"name": "Supported", "alternateName": "Supported"}}, "word"),
    ],
)
def test_other_faults_that_the_rules_find(change: Json, rule: str, reviews: dict[str, Json]) -> None:
    assert rule in problems(reviews[GOOD] | change, HOST)


@needs_shared
def test_the_shapes_of_schema_org_find_nothing(reviews: dict[str, Json], feed: Json) -> None:
    """One that is approved, and a feed with one that is not, a held claim and both kinds of tombstone."""
    part = feed | {"dataFeedElement": feed["dataFeedElement"][-4:]}
    approved = reviews["claimreview/open-text/efficacy.jsonld"]
    ok, found = schema_org.conforms(schema_org.triples_of([approved, part]))
    assert ok, found


@needs_shared
@pytest.mark.parametrize("fault", [{"reviewRating": "Supported"}, {"dateModified": {"@type": "Thing"}}])
def test_the_shapes_find_planted_faults(fault: Json, reviews: dict[str, Json]) -> None:
    assert not schema_org.conforms(schema_org.triples_of([reviews[GOOD] | fault]))[0]


@needs_shared
def test_every_property_is_one_that_schema_org_gives_the_type_but_for_the_documented_extension(
    reviews: dict[str, Json], feed: Json
) -> None:
    graph = schema_org.triples_of([*reviews.values(), feed])
    assert {name for _, name in schema_org.strangers(graph)} == {"additionalProperty"}
    planted = schema_org.triples_of([reviews[GOOD] | {"claimReviewd": "x", "telephone": "1"}])
    assert ("ClaimReview", "telephone") in schema_org.strangers(planted)


@needs_shared
def test_no_key_gets_lost_when_the_files_are_read_as_linked_data(reviews: dict[str, Json]) -> None:
    review = reviews["claimreview/open-text/efficacy.jsonld"]
    terms = {str(name).removeprefix(schema_org.SCHEMA) for name in schema_org.triples_of([review]).predicates()}
    assert _keys(review) - {"@type", "@id", "@context"} <= terms


def _keys(value: Any) -> set[str]:
    if isinstance(value, list):
        return {key for item in value for key in _keys(item)}
    return set(value) | {k for item in value.values() for k in _keys(item)} if isinstance(value, dict) else set()


def test_the_scale_is_one_table_and_uncheckable_ratings_have_no_number(reviews: dict[str, Json], feed: Json) -> None:
    ratings = VOCABULARY.ratings
    assert {number: ratings[code].label for code, number in RATING_SCALE.items()} == SCALE
    assert (min(SCALE), max(SCALE)) == (WORST, BEST)
    assert {ratings[code].label for code in ratings if code not in RATING_SCALE} == set(WITHOUT_NUMBER)
    assert _properties(feed, "rating-scale") == ["1 = Contradicted; 2 = Partly supported; 3 = Supported"]
    numbers = {each["reviewRating"]["name"]: each["reviewRating"].get("ratingValue") for each in reviews.values()}
    assert numbers == {word: number for number, word in SCALE.items()} | dict.fromkeys(WITHOUT_NUMBER)


def test_every_caveat_is_in_the_explanation_and_in_the_extension_with_what_it_rests_on(
    reviews: dict[str, Json],
) -> None:
    for claim in small_claims():
        review = reviews.get(f"claimreview/{claim.id}.jsonld")
        if review is None:
            continue
        assert [text for _, text in caveats(review)] == [caveat.text for caveat in claim.caveats]
        assert all(caveat.text in review["reviewRating"]["ratingExplanation"] for caveat in claim.caveats)
    bases = [each["valueReference"][1:] for each in review_caveats(reviews[GOOD])]
    assert [[each["value"] for each in basis] for basis in bases] == [["a-trial"], ["may"], ["open-text/usage"], []]


def review_caveats(review: Json) -> list[Json]:
    return [each for each in review["additionalProperty"] if each["propertyID"] == "kbtool:caveat"]


def test_dates_and_standing_of_an_approved_and_of_an_unreviewed_claim(reviews: dict[str, Json]) -> None:
    approved, draft = reviews["claimreview/open-text/efficacy.jsonld"], reviews[GOOD]
    assert (approved["datePublished"], approved["dateModified"]) == ("2026-01-10", "2026-01-31")
    assert (approved["expires"], approved["creativeWorkStatus"]) == ("2028-01-10", "Approved")
    assert approved["reviewRating"]["alternateName"] == "Supported"
    assert _properties(approved, "approver") == ["example-clinician", "example-editor"]
    assert _properties(approved, "notice") == []
    assert (draft["datePublished"], "expires" in draft) == ("2026-01-31", False)
    assert draft["reviewRating"]["alternateName"] == "Supported (not reviewed by a qualified person)"
    assert _properties(draft, "notice") == ["not reviewed by a qualified person"]


def test_the_feed_says_which_release_it_is_and_has_what_is_held_and_withdrawn(feed: Json) -> None:
    release = small_release()
    assert (feed["@id"], feed["version"]) == (f"https://example.org/claims/releases/{release.id}", release.id)
    assert (feed["dateModified"], _properties(feed, "valid-until"), feed["expires"]) == (
        "2026-01-31",
        ["2028-01-09"],
        "2028-01-10",
    )
    gone = {
        item["@id"]: (element, item) for element in feed["dataFeedElement"] for item in element["item"] if "@id" in item
    }
    stem = "https://example.org/claims/closed-text"
    assert {uri: item["creativeWorkStatus"] for uri, (_, item) in gone.items()} == {
        f"{stem}/held": "Held",
        f"{stem}/definition": "Withdrawn",
        f"{stem}/usage": "Withdrawn",
    }
    element, item = gone[f"{stem}/usage"]
    assert (element["dateDeleted"], _properties(item, "successor")) == ("2026-01-10", ["closed-text/cost"])
    assert "dateDeleted" not in gone[f"{stem}/definition"][0]
    assert _properties(gone[f"{stem}/held"][1], "held") == [release.held[0].reason]


def test_a_release_without_claims_still_has_a_feed() -> None:
    release = replace(small_release(), claims=(), held=(), tombstones=(), sources=(), evidence=(), previous="0" * 16)
    (feed,) = _documents(release).values()
    assert feed["dataFeedElement"] == []
    assert _properties(feed, "previous-release") == ["0" * 16]
    assert "expires" not in feed
    assert "creativeWorkStatus" not in feed


def test_what_is_known_of_the_document_and_its_publisher_goes_out_and_nothing_is_made_up() -> None:
    release = small_release()
    source = release.sources[1]
    place = {"url": "https://example.org/a|b", "on": "2026-01-01", "note": "seen"}
    known = source.source.model_validate(
        source.source.model_dump(mode="json")
        | {"publisher": "A clinic", "published": "2025-05-05", "found": [place], "copies": [place]}
    )
    config = CONFIG.model_validate(
        CONFIG.model_dump(mode="json", by_alias=True)
        | {
            "publisher": {"name": "P", "url": "https://example.org/p"},
            "licences": {"data": "MIT OR X", "code": "X", "texts": "X"},
        }
    )
    known_release = replace(release, config=config, sources=(release.sources[0], replace(source, source=known)))
    review = _documents(known_release)[GOOD]
    item = review["itemReviewed"]
    assert item["author"] == {"@type": "Organization", "name": "A clinic"}
    assert item["datePublished"] == "2025-05-05"
    assert item["appearance"]["url"] == ["https://example.org/a%7Cb"]
    assert review["author"]["url"] == "https://example.org/p"
    assert review["license"] == {"@type": "CreativeWork", "name": "MIT OR X"}
    unknown = _documents()[GOOD]["itemReviewed"]
    assert not {"author", "datePublished", "url"} & (unknown.keys() | unknown["appearance"].keys())


def test_a_file_can_stand_in_a_script_element_as_it_is() -> None:
    """Markup in every text field stays text, also where a page holds the file between script tags."""
    for content in files_of(ClaimReviewExporter(), small_release()).values():
        text = content.decode()
        assert not re.search("[<>&\x7f\u0085\u2028\u2029]", text)
        assert json.loads(text)
    statement = _documents()["claimreview/open-text/guidance.jsonld"]["claimReviewed"]
    assert statement == next(claim.statement for claim in small_claims() if claim.id == "open-text/guidance")
    assert "<script>alert(1)</script> &" in statement


def test_an_older_reader_reads_a_newer_file() -> None:
    """Fields are only added within a version; readers ignore what they do not know."""
    newer = _documents()[GOOD]
    newer["timeRequired"] = "PT5M"
    newer["additionalProperty"].append({"@type": "PropertyValue", "propertyID": "kbtool:new", "value": "x"})
    assert _older_reader(newer) == _older_reader(_documents()[GOOD])


def _older_reader(review: Json) -> tuple[Any, ...]:
    """The documented minimum of `claimreview/1`."""
    return (
        review["url"],
        review["claimReviewed"],
        review["reviewRating"]["alternateName"],
        review["reviewRating"].get("ratingValue"),
        review["reviewRating"]["ratingExplanation"],
        _properties(review, "caveat"),
        _properties(review, "standing"),
        _properties(review, "as-of"),
    )


@pytest.mark.parametrize(
    ("basis", "words"),
    [
        (None, "no basis stated"),
        ({"quote": {"exact": "may"}}, "rests on the words \u201cmay\u201d"),
        ({"evidence": "a-trial"}, "rests on the evidence a-trial: <a-trial>"),
        ({"claim": "text/slug"}, "rests on the claim text/slug"),
    ],
)
def test_what_a_caveat_rests_on_in_words(basis: Json | None, words: str) -> None:
    assert basis_words(basis, lambda slug: f"<{slug}>") == words


def test_the_page_names_every_property_of_the_extension(documents: dict[str, Json]) -> None:
    page = (GOLDEN.parents[2] / "docs" / "export-claimreview.md").read_text(encoding="utf-8")
    used = set(re.findall(r'"propertyID": "(kbtool:[^"]+)"', json.dumps(documents)))
    assert {name for name in used if f"`{name}`" not in page} == set()
    assert len(used) > 20


def test_golden_files() -> None:
    files = files_of(ClaimReviewExporter(), small_release())
    for path, content in files.items():
        check_golden(GOLDEN / path, content)
    accepted = {path.relative_to(GOLDEN).as_posix() for path in (GOLDEN / "claimreview").rglob("*") if path.is_file()}
    assert accepted == set(files)


def test_the_example_of_the_page_runs(tmp_path: Path) -> None:
    page = (GOLDEN.parents[2] / "docs" / "export-claimreview.md").read_text(encoding="utf-8")
    (program,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    for path, content in files_of(ClaimReviewExporter(), small_release()).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    ran = subprocess.run([sys.executable, "-X", "utf8", "-c", program], cwd=tmp_path, capture_output=True, check=True)
    assert "Caveat three of usage" in ran.stdout.decode()
