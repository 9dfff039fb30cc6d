"""What holds for every page of a site."""

from __future__ import annotations

import posixpath
import re
from itertools import pairwise
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

import pytest

from kbtool.site.frame import POLICY
from tests.export.small import HOSTILE, small_claims
from tests.site.reading import by_class, page, pages, site, words

SITES = ("any", "approved", "marked")
LOADED = {"script": "src", "img": "src", "iframe": "src", "source": "src", "object": "data", "embed": "src"}


@pytest.mark.parametrize("name", SITES)
def test_every_page_is_sound_html_with_landmarks_and_one_heading(name: str) -> None:
    for path, root in pages(name):
        assert root.get("lang") == "en", path
        assert [len(list(root.iter(tag))) for tag in ("title", "main", "h1", "footer")] == [1, 1, 1, 1], path
        ids = [each.get("id") for each in root.iter() if each.get("id")]
        assert len(ids) == len(set(ids)), path
        assert words(root.find(".//h1")), path
        assert words(root.find(".//title")), path


@pytest.mark.parametrize("name", SITES)
def test_headings_leave_no_level_out(name: str) -> None:
    for path, root in pages(name):
        levels = [int(each.tag[1]) for each in root.iter() if re.fullmatch("h[1-6]", str(each.tag))]
        assert all(after <= before + 1 for before, after in pairwise(levels)), (path, levels)


@pytest.mark.parametrize("name", SITES)
def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere(name: str) -> None:
    for path, root in pages(name):
        metas = [each for each in root.iter("meta") if each.get("http-equiv") == "Content-Security-Policy"]
        assert [each.get("content") for each in metas] == [POLICY], path
        assert list(root.iter("style")) == [], path
        for each in root.iter():
            assert not [key for key in each.keys() if key == "style" or key.startswith("on")], path  # noqa: SIM118
            assert each.tag not in {"form", "base", "iframe", "object", "embed"}, path
        for script in root.iter("script"):
            assert script.get("type") == "application/ld+json" or (script.get("src") and not script.text), path


@pytest.mark.parametrize("name", SITES)
def test_nothing_is_loaded_from_elsewhere(name: str) -> None:
    """Without any outside request."""
    for path, root in pages(name):
        loaded = [
            each.get(LOADED[each.tag]) for each in root.iter() if each.tag in LOADED and each.get(LOADED[each.tag])
        ]
        loaded += [each.get("href") for each in root.iter("link") if each.get("rel") in {"stylesheet", "icon"}]
        for address in loaded:
            assert not urlsplit(address or "").scheme, path
            assert not (address or "").startswith("//"), path
    assert not re.search(rb"@import|url\(", site(name)["site.css"])


@pytest.mark.parametrize("name", SITES)
def test_every_link_leads_to_a_file_and_to_a_place_in_it(name: str) -> None:
    files = site(name)
    found = dict(pages(name))
    ids = {path: {each.get("id") for each in root.iter()} for path, root in found.items()}
    for path, root in found.items():
        for address in _addresses(root):
            parts = urlsplit(address)
            if parts.scheme:
                assert parts.scheme in {"http", "https"}, (path, address)
                continue
            target = _target(path, parts.path)
            assert target in files, (path, address)
            if parts.fragment:
                assert unquote(parts.fragment) in ids[target], (path, address)


def _addresses(root: Element) -> list[str]:
    return [str(each.get("href")) for each in root.iter() if each.get("href") is not None]


def _target(path: str, address: str) -> str:
    """The file that an address on a page names; the page for wrong addresses names them from the host."""
    if path == "404.html" and address not in {"", "site.css"}:
        return address.removeprefix("/claims/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), address)) if address else path


@pytest.mark.parametrize("name", SITES)
def test_every_page_is_reached_from_the_first(name: str) -> None:
    found, reached, open_ = dict(pages(name)), {"404.html"}, ["index.html"]
    while open_:
        path = open_.pop()
        if path in reached or path not in found:
            continue
        reached.add(path)
        addresses = [urlsplit(address) for address in _addresses(found[path])]
        open_ += [_target(path, each.path) for each in addresses if not each.scheme]
    assert set(found) - reached == set()


def test_a_page_says_that_its_claims_are_not_reviewed() -> None:
    """A record that no qualified person has reviewed says so everywhere it is shown."""
    for path, root in pages("any"):
        assert "not reviewed by a qualified person" in words(root).lower(), path
        for item in [*by_class(root, "item"), *by_class(root, "card"), *by_class(root, "claim")]:
            told = "not reviewed by a qualified person" in words(item)
            assert told or "Approved" in words(item), path


def test_every_claim_that_is_listed_has_its_caveats_with_it() -> None:
    """An exporter never drops a caveat."""
    caveats = {claim.id: [caveat.text for caveat in claim.caveats] for claim in small_claims()}
    seen = 0
    for path, root in pages("any"):
        for item in by_class(root, "item"):
            for text in caveats[str(item.get("data-claim"))]:
                seen += 1
                assert _readable(text) in words(item), path
    assert seen > 200


def test_hostile_text_stays_text() -> None:
    """Markup in every text field of a page is made harmless."""
    for claim in small_claims():
        path = f"{claim.id}/index.html"
        root = page(path) if path in site() else None
        if root is not None and by_class(root, "claim"):
            assert words(root.find(".//h1")) == _readable(claim.statement)
    statements = {claim.statement for claim in small_claims()}
    assert statements >= set(HOSTILE)


def _readable(text: str) -> str:
    return " ".join(re.sub("[\x00-\x08\x0e-\x1f\x7f-\x9f]", "\ufffd", text).split())
