"""The list of changes and the feeds."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from kbtool.export.change_words import showable, title_of
from kbtool.export.changes import ChangesExporter
from kbtool.export.changes_contract import changes_schema
from kbtool.release.changed import KINDS
from kbtool.release.gate import GATES
from kbtool.release.jsontext import pretty
from kbtool.release.release import Release, make_release
from kbtool.release.since import changes_since
from kbtool.release.snapshot import EarlierRelease, earlier_release
from kbtool.release.view import document_of
from tests.export.small import AS_OF, base_of, claim_of, files_of, small_claims, small_release, small_review
from tests.golden import check_golden

GOLDEN = Path(__file__).parent / "golden"
VALIDATOR = Draft202012Validator(changes_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)
ATOM = "{http://www.w3.org/2005/Atom}"


NEW = {"open-text/guidance", "closed-text/usage"}
"""Ids that are not in the earlier release."""


def later_release() -> Release:
    """The small release a step later: a claim added, one withdrawn, one gone, one reworded with a caveat less."""
    before = [claim for claim in small_claims() if claim.id not in NEW]
    before += [claim_of("usage", "was said", id="open-text/gone")]
    old = earlier_release(pretty(document_of(make_release(base_of(before), GATES["any"], AS_OF))))
    assert isinstance(old, EarlierRelease)
    usage = claim_of("usage", "tea may help", caveats=[{"kind": "limited-evidence", "text": "only <one>"}])
    now = [usage if claim.id == usage.id else claim for claim in small_claims()]
    release = make_release(base_of(now), GATES["any"], AS_OF, review=small_review())
    return replace(release, changes=changes_since(old, release))


@cache
def made(*, later: bool) -> dict[str, bytes]:
    return files_of(ChangesExporter(), later_release() if later else small_release())


def listed(*, later: bool) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(made(later=later)["changes.json"])
    return found


@pytest.mark.parametrize("later", [False, True])
def test_the_list_is_as_its_schema_says(*, later: bool) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(listed(later=later))] == []


def test_the_schema_is_closed_and_described() -> None:
    Draft202012Validator.check_schema(changes_schema())
    entry = listed(later=True)["claims"][0]
    for changed in ({**entry, "more": 1}, {**entry, "state": "lost"}, {**entry, "changes": []}):
        assert not VALIDATOR.is_valid({**listed(later=True), "claims": [changed]})
    objects = [part for part in changes_schema()["$defs"].values() if "properties" in part]
    assert len(objects) > 10
    assert all(field.get("description") for part in objects for field in part["properties"].values())


@pytest.mark.parametrize("path", ChangesExporter().files)
def test_golden_files_since_an_earlier_release(path: str) -> None:
    check_golden(GOLDEN / "changes-since" / path, made(later=True)[path])


def test_kinds_are_counted_and_words_are_there_before_and_after() -> None:
    found = listed(later=True)
    assert set(found["counts"]) == set(KINDS)
    assert (found["counts"]["added"], found["counts"]["vanished"], found["counts"]["published"]) == (1, 1, 0)
    assert found["policy_changed"] is False
    by_id = {entry["id"]: entry for entry in found["claims"]}
    words = next(c for c in by_id["open-text/usage"]["changes"] if c["kind"] == "reworded")
    assert (words["label"], words["what"], words["after"]) == ("Reworded", "statement", "tea may help")
    assert words["before"].startswith("70 %")
    assert by_id["open-text/gone"] | {"changes": []} == {
        "id": "open-text/gone",
        "uri": "https://example.org/claims/open-text/gone",
        "change_uri": f"https://example.org/claims/releases/{found['release']['id']}#open-text/gone",
        "state": "gone",
        "changes": [],
        "claim": None,
        "held": None,
        "withdrawn": None,
    }
    assert by_id["open-text/usage"]["claim"]["caveats"][0]["text"] == "only <one>"


def test_without_an_earlier_release_nothing_is_known_of_the_policy() -> None:
    found = listed(later=False)
    assert (found["since"], found["policy_changed"]) == (None, None)
    release = later_release()
    assert release.changes
    assert release.changes.since
    unknown = replace(release.changes, since=replace(release.changes.since, policy=None))
    files = files_of(ChangesExporter(), replace(release, changes=unknown))
    assert json.loads(files["changes.json"])["policy_changed"] is None


@pytest.mark.parametrize("later", [False, True])
def test_atom_is_as_its_standard_says(*, later: bool) -> None:
    """RFC 4287, sections 4.1.1, 4.1.2 and 4.2.6: what a feed and an entry must have, and once."""
    feed = ET.fromstring(made(later=later)["feed.atom"])
    entries = feed.findall(f"{ATOM}entry")
    assert feed.tag == f"{ATOM}feed"
    for part in (feed, *entries):
        for name in ("id", "title", "updated"):
            (found,) = part.findall(f"{ATOM}{name}")
            assert found.text
        assert re.fullmatch(r"https://[^\s<>]+", part.findtext(f"{ATOM}id") or "")
        moment = datetime.fromisoformat(part.findtext(f"{ATOM}updated") or "")
        assert (moment.date(), moment.utcoffset().total_seconds()) == (AS_OF, 0)  # type: ignore[union-attr]
        links = {(link.get("rel"), link.get("type"), link.get("hreflang")) for link in part.findall(f"{ATOM}link")}
        assert len(links) == len(part.findall(f"{ATOM}link"))
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "A publisher"
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries) == len(listed(later=later)["claims"])
    assert all(entry.find(f"{ATOM}content").get("type") == "html" for entry in entries)  # type: ignore[union-attr]


def test_a_feed_reader_sees_notice_caveats_and_withdrawals() -> None:
    feed = feedparser.parse(made(later=True)["feed.atom"])
    assert not feed.bozo
    entries = {entry.link.removeprefix("https://example.org/claims/"): entry for entry in feed.entries}
    usage = entries["open-text/usage"]
    kinds = "Reworded, Source or findings changed, Verdict changed, Caveat dropped, Caveat changed"
    assert usage.title.startswith(f"{kinds}: \u201ctea may help\u201d")
    assert usage.title.endswith("[Supported; not reviewed by a qualified person]")
    assert "Caveat (Limited evidence): only &lt;one&gt; [no basis stated]" in usage.content[0].value
    assert "Not reviewed by a qualified person. Standing on 2026-01-31" in usage.content[0].value
    assert [tag.term for tag in usage.tags][:1] == ["reworded"]
    gone = entries["closed-text/usage"].content[0].value
    assert "Withdrawn on 2026-01-10: @nobody said so. Do not show this claim any more." in gone
    assert "In its place: closed-text/cost" in gone
    assert entries["open-text/gone"].title == "Vanished: open-text/gone"
    assert "Do not show this claim any more" in entries["open-text/gone"].content[0].value
    assert "not reviewed" not in entries["open-text/efficacy"].title


def test_json_feed_is_as_its_standard_says() -> None:
    """JSON Feed 1.1: version, title and items; an item has a unique id and a content; our own keys begin with `_`."""
    feed = json.loads(made(later=True)["feed.json"])
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    known = {"version", "title", "home_page_url", "feed_url", "description", "language", "authors", "items"}
    assert {name for name in feed if not name.startswith("_")} == known
    ids = [item["id"] for item in feed["items"]]
    assert len(set(ids)) == len(ids) > 5
    for item in feed["items"]:
        assert {name for name in item if not name.startswith("_")} == {
            "id", "url", "title", "content_html", "content_text", "date_modified", "tags",
        }  # fmt: skip
        assert (
            "not reviewed" in item["content_text"].lower()
            or item["_kbtool"]["claim"] is None
            or "Approved" in item["content_text"]
        )
    assert feed["_kbtool"]["valid_until"] == "2028-01-09"


def test_a_publisher_with_an_address() -> None:
    release = small_release()
    publisher = release.config.publisher.model_copy(update={"url": "https://example.org/who?a=1&b"})
    named = replace(release, config=release.config.model_copy(update={"publisher": publisher}))
    files = files_of(ChangesExporter(), named)
    assert feedparser.parse(files["feed.atom"]).feed.author_detail.href == "https://example.org/who?a=1&b"
    assert json.loads(files["feed.json"])["authors"] == [
        {"name": "A publisher", "url": "https://example.org/who?a=1&b"}
    ]


def test_an_approved_release_needs_no_notice() -> None:
    files = files_of(ChangesExporter(), small_release("approved"))
    assert "Not reviewed" not in (feedparser.parse(files["feed.atom"]).feed.subtitle)
    assert json.loads(files["feed.json"])["_kbtool"]["notice"] is None


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_one_that_xml_can_hold(text: str) -> None:
    """Hostile text stays text in every format."""
    assert ET.fromstring(f"<a>{escaped(showable(text))}</a>").text in (showable(text), None)


def escaped(text: str) -> str:
    """A text in XML, by hand."""
    return "".join(f"&#{ord(character)};" for character in text)


@pytest.mark.parametrize("text", ["]]>", "<script>", "&amp;", "\x00\x1b\ufffe", "\r\n\t", '"', "\u2028\u0085"])
def test_hostile_text_comes_back_from_the_feed(text: str) -> None:
    claim = claim_of("usage", f"a{text}b", caveats=[{"kind": "limited-evidence", "text": f"c{text}d"}])
    release = make_release(base_of([claim]), GATES["any"], AS_OF)
    feed = ET.fromstring(files_of(ChangesExporter(), release)["feed.atom"])
    assert f"\u201c{showable(f'a{text}b')}\u201d" in (feed.findtext(f"{ATOM}entry/{ATOM}title") or "")


def test_a_title_is_no_bare_statement() -> None:
    """A list of titles must not look like a list of facts."""
    for entry in listed(later=False)["claims"]:
        title = title_of(entry)
        assert title.startswith(entry["changes"][0]["label"])
        assert entry["claim"] is None or f"[{entry['claim']['verdict']['label']}" in title
