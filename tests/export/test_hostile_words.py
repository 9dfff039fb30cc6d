"""Hostile text in feeds and annotations: every text that their readers find is the one that was written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from typing import Any
from xml.etree import ElementTree as ET

from kbtool.export.change_words import showable
from tests.export.hostile import hostile_release
from tests.export.test_hostile import made, said_of

_ATOM = "{http://www.w3.org/2005/Atom}"
_STEM = "https://example.org/claims/"
_PARAGRAPH = re.compile(r'<p dir="auto">([^<>]*)</p>')

View = dict[str, Any]


@cache
def views() -> dict[str, View]:
    """The claims by id, from another format in which every character comes back."""
    return {each["id"]: each for each in json.loads(made("json")["claims.json"])["claims"]}


def paragraphs_in(html: str) -> list[str]:
    """The paragraphs of an entry, as a browser has them; there is no markup but theirs."""
    assert _PARAGRAPH.sub("", html) == ""
    return [unescape(found) for found in _PARAGRAPH.findall(html)]


def said_in(paragraphs: list[str], view: View) -> Iterator[str]:
    """Statement, verdict, caveats and reasons, without the words of the format around them."""
    head, verdict, _, *rest = paragraphs
    yield head.removeprefix("A document says: “").removesuffix("”")
    yield verdict.removeprefix("Verdict: ").removesuffix(".")
    for caveat, text in zip(view["caveats"], rest, strict=False):
        yield text.removeprefix(f"Caveat ({showable(caveat['label'])}): ").rpartition(f" [{_basis(caveat, text)}")[0]
    reasons = rest[len(view["caveats"])]
    yield reasons.removeprefix(f"Why “{showable(view['verdict']['label'])}”: ")


def _basis(caveat: View, text: str) -> str:
    """The first words of what a caveat rests on, which follow its text."""
    kind = next(iter(caveat["basis"] or {"none": ""}))
    words = {
        "none": "no basis stated]",
        "quote": "rests on the words “",
        "evidence": f"rests on the evidence {(caveat['basis'] or {}).get('evidence')}: ",
        "claim": f"rests on the claim {(caveat['basis'] or {}).get('claim')}]",
    }[kind]
    assert words in text
    return words


def words_of(view: View) -> list[str]:
    """The same as the record has them, with pictures of the characters that feeds cannot hold."""
    verdict = view["verdict"]
    texts = [view["statement"], verdict["label"], *(caveat["text"] for caveat in view["caveats"])]
    return [showable(text) for text in (*texts, verdict["rationale"])]


def titled(view: View) -> str:
    """The title of a claim's entry."""
    return f"Published: “{view['statement']}” [{view['verdict']['label']}; {view['review']['notice']}]"


def test_every_text_comes_back_from_the_atom_feed() -> None:
    """By a parser of XML, then unescaped as HTML: titles, statements, verdicts, caveats and reasons are equal."""
    feed = ET.fromstring(made("changes")["feed.atom"])
    entries = {str(each.find(f"{_ATOM}link").get("href")): each for each in feed.findall(f"{_ATOM}entry")}  # type: ignore[union-attr]
    assert {address.removeprefix(_STEM) for address in entries} == set(said_of())
    for id_, view in views().items():
        entry = entries[_STEM + id_]
        (content,) = entry.findall(f"{_ATOM}content")
        assert (content.get("type"), list(content)) == ("html", [])
        assert list(said_in(paragraphs_in(content.text or ""), view)) == words_of(view)
        assert entry.findtext(f"{_ATOM}title") == showable(titled(view))


def test_every_text_comes_back_from_the_json_feed() -> None:
    """As in the Atom feed; its plain text has every character, and its own part is the claim as JSON has it."""
    atom = ET.fromstring(made("changes")["feed.atom"])
    contents = [each.findtext(f"{_ATOM}content") for each in atom.findall(f"{_ATOM}entry")]
    items = json.loads(made("changes")["feed.json"])["items"]
    assert [item["content_html"] for item in items] == contents
    found = views()
    for item in items:
        view = found[item["url"].removeprefix(_STEM)]
        plain = "\n\n".join(paragraphs_in(item["content_html"]))
        assert showable(item["content_text"]) == plain
        assert item["content_text"].startswith(f"A document says: “{view['statement']}”\n\nVerdict: ")
        assert all(
            f"\n\nCaveat ({each['label']}): {each['text']} [" in item["content_text"] for each in view["caveats"]
        )
        assert item["title"] == titled(view)
        claim = item["_kbtool"]["claim"]
        assert claim == {name: view[name] for name in claim}


def test_the_list_of_changes_has_every_text_of_what_it_shows() -> None:
    found = views()
    listed = json.loads(made("changes")["changes.json"])["claims"]
    assert [each["id"] for each in listed] == list(found)
    for each in listed:
        assert each["claim"] == {name: found[each["id"]][name] for name in each["claim"]}


def test_every_text_comes_back_from_annotations() -> None:
    """The quotes; statement, caveats and verdict as data; and as words, whole and in order."""
    quotes: dict[str, list[str]] = {}
    for path, raw in made("webannotation").items():
        for item in json.loads(raw).get("items", ()) if "/open-text/" in path else ():
            words, node = item["body"]
            view = views_by_address()[node["id"]]
            exact = [each["exact"] for each in item["target"]["selector"] if each["type"] == "TextQuoteSelector"]
            quotes.setdefault(view["id"], []).extend(exact)
            assert node["kb:statement"] == view["statement"]
            assert [each["kb:text"] for each in node["kb:caveat"]] == [each["text"] for each in view["caveats"]]
            assert node["kb:verdict"]["kb:rationale"] == view["verdict"]["rationale"]
            _in_order(words["value"], view)
    claims = {released.claim.id: released.claim for released in hostile_release().claims}
    assert quotes == {id_: [quote.exact for quote in claim.source.quotes] for id_, claim in claims.items()}


@cache
def views_by_address() -> dict[str, View]:
    """The claims by public identifier."""
    return {view["uri"]: view for view in views().values()}


def _in_order(text: str, view: View) -> None:
    """The statement comes first, then verdict, caveats and reasons, each with every character."""
    verdict = view["verdict"]
    start = f"Claim: {view['statement']}\nVerdict: {verdict['label']}\n"
    assert text.startswith(start)
    at = len(start) - 1
    for caveat in view["caveats"]:
        line = f"\nCaveat ({caveat['label']}): {caveat['text']} ["
        at = text.index(line, at) + len(line)
    assert f"\nWhy “{verdict['label']}”: {verdict['rationale']}\nDrafted by " in text[at:]
