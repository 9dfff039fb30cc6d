"""HTML: the document and the page around it."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool.ingest import read_epub, read_html
from kbtool.ingest.document import Document, Refusal
from tests.ingest.made import blocks, read, refused
from tests.ingest.test_read_text import check_blocks
from tests.shared import SHARED, needs_shared

# ruff: noqa: E501 - a page has long lines
PAGE = """<!DOCTYPE html><html lang="en-US"><head><meta charset="utf-8"><title> Tea and sleep | Site </title>
<meta name="author" content="https://example.org/ann"><meta name="dc.creator" content="Ann Example">
<meta property="article:published_time" content="soon"><meta name="date" content="2020-01-02">
<meta name="empty" content=""><meta content="x">
<link rel="canonical" href="https://example.org/tea"><link rel="license" href="https://example.org/licence">
<script type="application/ld+json">{"@graph": [{"@type": "Thing"}, {"@type": ["MedicalWebPage"], "headline": "Tea, told",
"dateModified": "2021-02-03", "publisher": {"name": "Example Press"}}]}</script>
<script type="application/ld+json">{no json</script><script>var a = 1;</script><style>p {}</style></head><body>
<a class="skip-link" href="#main">Skip to content</a>
<header><a href="/">Home</a></header>
<nav><ul><li><a href="/a">Coffee</a></li><li><a href="/b">Cocoa</a></li><li><a href="/c">Milk</a></li></ul></nav>
<div class="cookie-banner"><p>We use cookies to make this site better for everybody who comes here.</p></div>
<main><article><header><h1>Tea and sleep</h1></header>
<p>Tea has caffeine, which keeps some people awake for hours after the last cup of the day.<sup><a href="#fn1">1</a></sup></p>
<p>Most adults can drink several cups a day without any trouble.<br><br>Others feel it at once.<br>They sleep badly<br>for hours.</p>
<h2>What <em>helps</em></h2>
<ul><li>Drink it early in the day</li><li><p>Take less of it</p></li></ul>
<ul><li><a href="/x">Cups</a></li><li><a href="/y">Pots</a></li><li><a href="/z">Leaves</a></li></ul>
<table><caption>Caffeine</caption><tr><th>Drink</th><th>mg</th></tr><tr><td>Tea</td><td>30</td></tr></table>
<blockquote><p>A quoted sentence stands here.</p></blockquote>
<pre>a = 1
b = 2</pre>
<figure><img alt="no text"><figcaption>A cup of tea.</figcaption></figure>
<div hidden><p>What a page hides until somebody opens it is read like the rest of it.</p></div>
<details><summary>More on this</summary><p>Folded away, but part of the document all the same.</p></details>
<section class="footnotes"><ol><li id="fn1">A note on caffeine. <a href="#r">\u21a9\ufe0e</a></li></ol></section>
<div class="share"><a href="#">Share on Facebook</a></div>
<p>Share this page</p>
<button>Print</button><template><p>never</p></template><noscript>never</noscript>
</article><aside>Related: coffee and sleep, told by others in another place.</aside></main>
<footer><p>\u00a9 2020 Example Press</p></footer><p>Copyright 2020 Example Press. All rights reserved.</p></body></html>"""


def test_what_belongs_to_the_page_is_boiler_plate() -> None:
    found = blocks(read(read_html.read_html(PAGE.encode())))
    page = {words for kind, words in found if kind == "boiler-plate"}
    assert {"Coffee", "Cocoa", "Milk", "Home", "Skip to content", "Cups", "Pots", "Leaves"} <= page
    assert {"Share on Facebook", "Share this page", "Print", "\u00a9 2020 Example Press"} <= page
    assert any("cookies" in words for words in page)
    assert [each for each in found if each[0] != "boiler-plate"] == [
        ("heading", "Tea and sleep"),
        ("paragraph", "Tea has caffeine, which keeps some people awake for hours after the last cup of the day.[1]"),
        ("paragraph", "Most adults can drink several cups a day without any trouble."),
        ("paragraph", "Others feel it at once."),
        ("paragraph", "They sleep badly for hours."),
        ("heading", "What helps"),
        ("list-item", "Drink it early in the day"),
        ("list-item", "Take less of it"),
        ("caption", "Caffeine"),
        ("table-cell", "Drink"),
        ("table-cell", "mg"),
        ("table-cell", "Tea"),
        ("table-cell", "30"),
        ("quote", "A quoted sentence stands here."),
        ("code", "a = 1\nb = 2"),
        ("caption", "A cup of tea."),
        ("paragraph", "What a page hides until somebody opens it is read like the rest of it."),
        ("heading", "More on this"),
        ("paragraph", "Folded away, but part of the document all the same."),
        ("footnote", "A note on caffeine."),
    ]


def test_facts_are_what_the_page_tells() -> None:
    facts = read(read_html.read_html(PAGE.encode())).facts
    assert (facts.title, facts.authors, facts.publisher) == ("Tea, told", ("Ann Example",), "Example Press")
    assert (facts.published, facts.modified, facts.language) == ("2020-01-02", "2021-02-03", "en-US")
    assert (facts.licence, facts.address) == ("https://example.org/licence", "https://example.org/tea")


def test_a_page_without_metadata_has_no_facts() -> None:
    facts = read(read_html.read_html(b"<html><body><p>Tea has caffeine.</p><a rel=license>x</a></body></html>")).facts
    assert (facts.title, facts.authors, facts.published, facts.licence, facts.address) == (None, (), None, None, None)


@pytest.mark.parametrize(
    ("data", "authors"),
    [
        ('[{"@type": "Article", "author": [{"name": "Ann"}, "Ben", "https://x.example", 3]}]', ("Ann", "Ben")),
        ('[1, {"@type": ["Article", 2]}]', ()),
        ('{"@type": 5}', ()),
        ("{no", ()),
        ('{"@graph": 3}', ()),
        ('"text"', ()),
    ],
)
def test_linked_data_of_any_shape(data: str, authors: tuple[str, ...]) -> None:
    page = f'<html><head><script type="application/ld+json">{data}</script></head><body><p>Text here.</p></body></html>'
    assert read(read_html.read_html(page.encode())).facts.authors == authors


def test_the_method_names_versions() -> None:
    method = read(read_html.read_html(PAGE.encode())).method
    assert method.startswith("kbtool-html/1 trafilatura/")
    assert " libxml2/" in method


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('<meta charset="iso-8859-2"><p>\u017elu\u0165 je barva.</p>'.encode("iso-8859-2"), "\u017elu\u0165 je barva."),
        ('<?xml version="1.0" encoding="utf-8"?><html><body><p>caf\u00e9</p></body></html>'.encode(), "caf\u00e9"),
        ("<p>\u05e9\u05dc\u05d5\u05dd \u200f5 &shy;mg e\ufb00ect</p>".encode(), "\u05e9\u05dc\u05d5\u05dd 5 mg effect"),
        (b"<p>a<b>b</b>c <i>d</i></p>tail", "abc d"),
        (b"<p>one <!-- no --> two<?pi x?></p>", "one two"),
        (b"<p>see <a href='#x'><sup>2</sup></a> and <sup>th</sup> <a href='#y'>3</a></p>", "see [2] and th 3"),
        (b"<p>x<a role='doc-noteref' href='#x'>4</a></p>", "x[4]"),
    ],
)
def test_letters_come_out_right(content: bytes, words: str) -> None:
    assert blocks(read(read_html.read_html(content)))[0][1] == words


@pytest.mark.parametrize("content", [b"<html></html>", b"<p> </p>", b"<!-- x -->", b"<script>x()</script>", b"<", b" "])
def test_a_page_without_words_is_refused(content: bytes) -> None:
    assert refused(read_html.read_html(content)) == "there are no words in the file"


def test_what_is_no_text_is_refused() -> None:
    assert refused(read_html.read_html(b"<p>\x00\x01\x02</p>")) == "the file is no text"


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_html, "find_spec", lambda name: None)
    made = read_html.read_html(PAGE.encode())
    assert "not installed" in refused(made)
    assert refused(read_epub.read_epub(b"PK")).startswith("EPUB cannot be read")


def test_an_extractor_that_fails_is_no_witness(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> str:
        raise RecursionError

    monkeypatch.setattr(sys.modules.get("trafilatura") or __import__("trafilatura"), "extract", fail)
    found = blocks(read(read_html.read_html(PAGE.encode())))
    assert ("heading", "Tea and sleep") in found
    assert ("boiler-plate", "Coffee") in found


def test_a_long_line_outside_the_main_element_may_belong_to_the_document() -> None:
    long = "This sentence is long enough that it does not stand in the main text by chance at all."
    main = "".join(f"<p>Sentence number {n} of the main part of this document stands here.</p>" for n in range(40))
    page = f"<html><body><div><p>{long}</p></div><div id=a>{main}</div></body></html>"
    assert ("paragraph", long) in blocks(read(read_html.read_html(page.encode())))


def test_deep_nesting_ends_no_walk() -> None:
    page = "<div>" * 100_000 + "deep words here"
    assert isinstance(read_html.read_html(page.encode()), Document | Refusal)
    assert "deep" in read(read_html.read_html(("<div>" * 200 + "deep words here").encode())).text


def test_a_page_with_ten_thousand_paragraphs_is_quick() -> None:
    page = "".join(f"<p>Paragraph {n} says that tea number {n} has caffeine in it.</p>" for n in range(10_000))
    assert len(read(read_html.read_html(page.encode())).blocks) == 10_000


@given(st.text(st.sampled_from("ab1 <>/pdivulihtable\n&;\"'=")))
@settings(deadline=None, max_examples=60)
def test_blocks_of_any_page_hold_its_letters(text: str) -> None:
    """In order, not overlapping; every letter and digit of the text is inside one, bullets may be outside."""
    made = read_html.read_html(f"<p>a{text}".encode())
    if isinstance(made, Document):
        check_blocks(made)


@needs_shared
def test_no_menu_entry_of_real_pages_is_taken_for_the_document() -> None:
    assert SHARED is not None
    menu = {"Exposure to Hazardous Materials", "Former POWs", "Special Claims", "Home", "Skip to Content"}
    for path in sorted((SHARED / "testdata/health-docs/html").glob("*.html"))[:3]:
        said = {words for kind, words in blocks(read(read_html.read_html(path.read_bytes()))) if kind != "boiler-plate"}
        assert not said & menu
