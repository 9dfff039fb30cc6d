"""Web Annotations: every MUST of the W3C's tests, selectors that find their words, and that nothing gets lost."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import warnings
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph
from rdflib.compare import isomorphic

from kbtool.export import webannotation
from kbtool.export.linked_claim import claim_node
from kbtool.export.linked_compact import compact
from kbtool.export.linked_context import context
from kbtool.export.linked_word import PREFIXES
from kbtool.export.quote_place import AROUND, around, selectors
from kbtool.export.webannotation import WebAnnotationExporter
from kbtool.release.gate import GATES
from kbtool.release.release import Release, make_release
from kbtool.release.view import claim_views
from tests.export.small import AS_OF, CONFIG, TEXTS, base_of, claim_of, files_of, small_claims, small_release
from tests.export.w3c_annotations import broken
from tests.golden import check_golden
from tests.shared import needs_shared

GOLDEN = Path(__file__).parent / "golden"
Json = dict[str, Any]
STEM = "https://example.org/claims"


def _documents(release: Release | None = None) -> dict[str, Json]:
    files = files_of(WebAnnotationExporter(), release or small_release())
    return {path: json.loads(content) for path, content in files.items()}


def _items(documents: dict[str, Json]) -> dict[str, Json]:
    return {item["id"]: item for each in documents.values() for item in each.get("items", ())}


@pytest.fixture(scope="module")
def documents() -> dict[str, Json]:
    return _documents()


@pytest.fixture(scope="module")
def items(documents: dict[str, Json]) -> dict[str, Json]:
    return _items(documents)


USAGE = f"{STEM}/open-text/usage#quote-1"


@needs_shared
def test_every_must_holds_of_every_annotation_taken_out_of_its_page(items: dict[str, Json]) -> None:
    assert {name: found for name, item in items.items() if (found := broken(item))} == {}


@needs_shared
def test_every_must_holds_of_collection_and_pages(documents: dict[str, Json]) -> None:
    assert {path: found for path, each in documents.items() if (found := broken(each))} == {}


@needs_shared
@pytest.mark.parametrize(
    "fault",
    [
        {"@context": "https://schema.org"},
        {"id": "no address"},
        {"target": None},
        {"created": "2026-01-31"},
        {"target": {"source": f"{STEM}/x", "selector": {"type": "TextQuoteSelector"}}},
        {"body": {"type": "TextualBody", "value": "x", "source": f"{STEM}/x"}},
    ],
)
def test_planted_faults_break_a_must(fault: Json, items: dict[str, Json]) -> None:
    planted = {name: value for name, value in {**items[USAGE], **fault}.items() if value is not None}
    assert broken(planted)


def test_each_quote_has_an_annotation_and_each_held_or_withdrawn_claim_has_a_notice(items: dict[str, Json]) -> None:
    release = small_release()
    quotes = [f"{STEM}/{r.claim.id}#quote-{n}" for r in release.claims for n, _ in enumerate(r.claim.source.quotes, 1)]
    held = [f"{STEM}/{each.id}#held" for each in release.held]
    gone = [f"{STEM}/{each.id}#withdrawn" for each in release.tombstones]
    assert list(items) == [*quotes, *held, *gone]
    assert {item["motivation"] for name, item in items.items() if "#quote" in name} == {"assessing"}


def test_the_text_of_the_body_has_verdict_caveats_standing_and_release(items: dict[str, Json]) -> None:
    for claim in small_claims():
        item = items.get(f"{STEM}/{claim.id}#quote-1")
        if item is None:
            continue
        text = item["body"][0]["value"]
        assert claim.statement in text
        assert all(caveat.text in text for caveat in claim.caveats)
        assert f"Release {small_release().id}, as of 2026-01-31, valid until 2028-01-09." in text
    text = items[USAGE]["body"][0]["value"]
    assert "\nVerdict: Supported\nNot reviewed by a qualified person. Standing on 2026-01-31: Draft (" in text
    assert "Standing on 2026-01-31: Approved (" in items[f"{STEM}/open-text/efficacy#quote-1"]["body"][0]["value"]


def test_the_structured_body_says_the_same_triples_as_the_linked_data_export(items: dict[str, Json]) -> None:
    for claim in claim_views(small_release()):
        node = dict(items[f"{claim['uri']}#quote-1"]["body"][1])
        release = node.pop("dcterms:isPartOf")
        assert release["id"] == f"{STEM}/releases/{small_release().id}"
        short = {"@context": {"id": "@id", "type": "@type", **PREFIXES}, **node}
        whole = {"@context": context(), **claim_node(claim, f"{STEM}/")}
        assert isomorphic(_graph(short), _graph(whole))


def _graph(document: Json) -> Graph:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Of rdflib's own names, inside its own parser.
        return Graph().parse(data=json.dumps(document), format="json-ld")


def test_compact_names_keep_lists_addresses_and_typed_values() -> None:
    node = {"id": "x:y", "type": ["Claim", "Entity"], "hedges": ["may"], "hasSource": "x:z", "date": {"@value": "2020"}}
    assert compact({**node, "text": "t", "counts": True, "position": [1, 2]}) == {
        "id": "x:y",
        "type": ["kb:Claim", "prov:Entity"],
        "kb:hedges": {"@list": ["may"]},
        "oa:hasSource": {"id": "x:z"},
        "dcterms:date": {"@value": "2020"},
        "kb:text": "t",
        "kb:counts": True,
        "kb:position": [{"@type": "xsd:nonNegativeInteger", "@value": place} for place in (1, 2)],
    }


def test_selectors_find_their_words_in_the_stored_text(items: dict[str, Json]) -> None:
    """Start and end count code points from 0, the end is exclusive; prefix, exact and suffix stand there in a row."""
    text = TEXTS["open-text"]
    found = [item["target"] for name, item in items.items() if "/open-text/" in name]
    assert found
    for target in found:
        quote, position = target["selector"]
        assert text[position["start"] : position["end"]] == quote["exact"]
        whole = quote["prefix"] + quote["exact"] + quote["suffix"]
        assert text.count(whole) == 1
        assert text.index(whole) + len(quote["prefix"]) == position["start"]


def test_of_a_source_that_may_only_be_quoted_nothing_around_the_quote_goes_out(items: dict[str, Json]) -> None:
    target = items[f"{STEM}/closed-text/cost#quote-1"]["target"]
    assert target["selector"] == [
        {"type": "TextQuoteSelector", "exact": "it costs"},
        {"type": "TextPositionSelector", "start": 0, "end": 8},
    ]
    assert "cached" not in target["state"]
    text = b"".join(files_of(WebAnnotationExporter(), small_release()).values()).decode()
    assert "A text that may not go out" not in text


def test_the_state_names_the_stored_text(items: dict[str, Json]) -> None:
    source = next(each.source for each in small_release().sources if each.source.document == "open-text")
    assert items[USAGE]["target"]["state"] == {
        "type": "TimeState",
        "sourceDate": "2026-01-01T00:00:00Z",
        "cached": f"{STEM}/sources/open-text/{source.text.digest}.txt",
        "kb:digest": source.text.digest,
    }


QUOTE = {"exact": "yes", "start": None, "end": None}


@pytest.mark.parametrize(
    ("quote", "text", "position"),
    [
        (QUOTE, "no, yes", (4, 7)),
        (QUOTE | {"start": 9, "end": 12}, "yes, no, yes", (9, 12)),
        (QUOTE | {"start": 1, "end": 4}, "no, yes", (4, 7)),
        (QUOTE | {"prefix": "o, "}, "yes, no, yes", (9, 12)),
        (QUOTE, "yes, no, yes", None),
        (QUOTE, "no", None),
        (QUOTE | {"start": 1, "end": 4}, None, (1, 4)),
    ],
)
def test_where_the_words_stand(quote: Json, text: str | None, position: tuple[int, int] | None) -> None:
    found = list(selectors(quote, text))
    places = [(each["start"], each["end"]) for each in found if each["type"] == "TextPositionSelector"]
    assert places == ([position] if position else [])


def test_without_a_sure_place_the_selector_says_what_the_record_says() -> None:
    (quote,) = selectors(QUOTE | {"prefix": "o, ", "suffix": "!"}, None)
    assert quote == {"type": "TextQuoteSelector", "exact": "yes", "prefix": "o, ", "suffix": "!"}


@given(text=st.text(alphabet="ab \u0301\u200d\U0001f3fd\r\n\U0001f44d", min_size=1, max_size=200), data=st.data())
def test_what_stands_around_makes_the_place_unique(text: str, data: st.DataObject) -> None:
    """Where `exact` is not unique, context makes it so."""
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    prefix, suffix = around(text, start, end)
    whole = prefix + text[start:end] + suffix
    assert text[start - len(prefix) : end + len(suffix)] == whole
    assert whole == text or text.find(whole, text.find(whole) + 1) == -1


def test_where_the_usual_length_is_not_enough_more_is_given() -> None:
    prefix, suffix = around("ab" * AROUND * 3, AROUND * 3, AROUND * 3 + 2)
    assert (len(prefix), len(suffix)) == (AROUND * 3, AROUND * 3 - 2)


def test_prefix_and_suffix_do_not_cut_through_a_character() -> None:
    family, accent = "\U0001f468\u200d\U0001f469", "e\u0301"
    text = f"start {family}{'-' * (AROUND - 1)}here{'.' * (AROUND - 1)}{accent} end"
    at = text.index("here")
    prefix, suffix = around(text, at, at + 4)
    assert prefix.startswith(family)
    assert suffix.endswith(accent)
    line_end = f"a\r\n{'-' * (AROUND - 1)}here"
    assert around(line_end, len(line_end) - 4, len(line_end))[0].startswith("\r\n")


def test_parts_of_a_passage_say_which_part_they_are() -> None:
    quotes = [{"exact": words} for words in ("Thumbs up", "a family")]
    claim = claim_of("usage", "x", source={"document": "open-text", "quotes": quotes})
    items = _items(_documents(make_release(base_of([claim]), GATES["any"], AS_OF)))
    texts = [item["body"][0]["value"] for item in items.values()]
    assert ["Part 1 of 2 of the passage" in text for text in texts] == [True, False]
    assert "Part 2 of 2 of the passage" in texts[1]
    assert "valid until" not in texts[0]


def test_pages_are_chained_in_both_directions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webannotation, "PAGE", 2)
    documents = _documents()
    pages = {each["id"]: each for each in documents.values() if each["type"] == "AnnotationPage"}
    collection = documents["webannotation/collection.jsonld"]
    address, before, seen = collection["first"], None, 0
    while address:
        page = pages.pop(address)
        assert (page.get("prev"), page["startIndex"], page["partOf"]["id"]) == (before, seen, collection["id"])
        assert len(page["items"]) <= 2
        address, before, seen = page.get("next"), address, seen + len(page["items"])
    assert (pages, seen, before) == ({}, collection["total"], collection["last"])
    release = f"{STEM}/releases/{small_release().id}"
    assert collection["id"] == f"{release}/webannotation/collection.jsonld"


def test_a_page_holds_one_document_only(documents: dict[str, Json]) -> None:
    for path, each in documents.items():
        sources = {
            item["target"]["source"]["id"] for item in each.get("items", ()) if item["motivation"] == "assessing"
        }
        assert sources <= {f"{STEM}/sources/{path.split('/')[1]}"}


@needs_shared
def test_a_release_with_nothing_in_it_is_a_collection_without_pages() -> None:
    release = replace(small_release(), claims=(), held=(), tombstones=(), sources=(), evidence=())
    ((path, collection),) = _documents(release).items()
    assert (path, collection["total"]) == ("webannotation/collection.jsonld", 0)
    assert broken(collection) == []
    assert not {"first", "last", "kb:notice"} & collection.keys()


def test_what_is_known_of_document_and_publisher_goes_out() -> None:
    release = small_release()
    source = release.sources[1]
    place = {"url": "https://example.org/a|b", "on": "2026-01-01", "note": "seen"}
    known = source.source.model_validate(source.source.model_dump(mode="json") | {"found": [place]})
    changed = CONFIG.model_dump(mode="json", by_alias=True) | {
        "publisher": {"name": "P", "url": "https://example.org/p"},
        "licences": {"data": "of our own", "code": "X", "texts": "X"},
    }
    config = CONFIG.model_validate(changed)
    found = replace(release, config=config, sources=(release.sources[0], replace(source, source=known)))
    item = _items(_documents(found))[USAGE]
    assert item["target"]["source"]["via"] == ["https://example.org/a%7Cb"]
    assert item["creator"] == {"type": "Organization", "name": "P", "homepage": "https://example.org/p"}
    assert "rights" not in item


def test_notices_say_why_and_what_takes_the_place(items: dict[str, Json]) -> None:
    gone = items[f"{STEM}/closed-text/usage#withdrawn"]
    assert (gone["motivation"], gone["target"]) == ("moderating", f"{STEM}/closed-text/usage")
    assert gone["body"][0]["value"].splitlines()[:3] == [
        "Claim closed-text/usage",
        "Withdrawn on 2026-01-10: @nobody said so",
        f"Its place is taken by {STEM}/closed-text/cost",
    ]
    undated = items[f"{STEM}/closed-text/definition#withdrawn"]["body"][0]["value"]
    assert "\nWithdrawn: the record says" in undated
    held = items[f"{STEM}/closed-text/held#held"]["body"]
    assert held[0]["value"].startswith("Claim closed-text/held\nHeld back: it cites evidence 'lost-study'")
    assert "kb:HeldClaim" in held[1]["type"]


def test_an_older_reader_reads_a_newer_file(items: dict[str, Json]) -> None:
    """Fields are only added within a version; readers ignore what they do not know."""
    newer = json.loads(json.dumps(items[USAGE]))
    newer |= {"audience": {"type": "Audience"}}
    newer["body"].append({"type": "TextualBody", "purpose": "tagging", "value": "new"})
    newer["target"]["selector"].append({"type": "CssSelector", "value": "p"})
    newer["target"]["state"] |= {"kb:new": "x"}
    assert _older_reader(newer) == _older_reader(items[USAGE])


def _older_reader(item: Json) -> tuple[Any, ...]:
    """The documented minimum of `webannotation/1`."""
    text = next(body for body in item["body"] if body.get("purpose") == item["motivation"])
    claim = next(body for body in item["body"] if body.get("id"))
    by_type = {selector["type"]: selector for selector in item["target"]["selector"]}
    return (
        item["id"],
        text["value"],
        [caveat["kb:text"] for caveat in claim["kb:caveat"]],
        claim["kb:standing"]["id"],
        item["target"]["source"]["id"],
        by_type["TextQuoteSelector"]["exact"],
        (by_type["TextPositionSelector"]["start"], by_type["TextPositionSelector"]["end"]),
        item["target"]["state"]["kb:digest"],
    )


def test_golden_files() -> None:
    files = files_of(WebAnnotationExporter(), small_release())
    for path, content in files.items():
        check_golden(GOLDEN / path, content)
    accepted = {path.relative_to(GOLDEN).as_posix() for path in (GOLDEN / "webannotation").rglob("*") if path.is_file()}
    assert accepted == set(files)


def test_the_example_of_the_page_runs(tmp_path: Path) -> None:
    page = (GOLDEN.parents[2] / "docs" / "export-webannotation.md").read_text(encoding="utf-8")
    (program,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    for path, content in files_of(WebAnnotationExporter(), small_release()).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    ran = subprocess.run([sys.executable, "-X", "utf8", "-c", program], cwd=tmp_path, capture_output=True, check=True)
    assert "Caveat three of usage" in ran.stdout.decode()
