"""The index of the search: everything that is shown of a claim there, in parts, the same each time."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

from kbtool.release.view import document_of
from kbtool.site.contents import Contents, contents_of
from kbtool.site.embed import CARD, card_integrity
from kbtool.site.search_index import FORMAT, HEAD, MOST_IN_A_PART, search_files
from tests.export.small import claim_of, small_release
from tests.site.reading import by_class, page, site, words


def read(content: bytes) -> tuple[int, Any]:
    """Number and JSON of a file of the index."""
    found = re.fullmatch(r"kbtoolSearchPart\((\d+), '(.*)'\);\n", content.decode())
    assert found
    text = re.sub(r"\\(u202[89]|.)", lambda each: chr(int(each[1][1:], 16)) if len(each[1]) > 1 else each[1], found[2])
    return int(found[1]), json.loads(text)


def contents(gate: str = "any") -> Contents:
    return contents_of(document_of(small_release(gate)))


def test_every_claim_is_there_with_everything_that_may_not_be_parted_from_it() -> None:
    head, part = (read(file.content)[1] for file in search_files(contents()))
    claims, texts = contents().claims, part["texts"]
    assert (head["format"], head["total"], head["parts"]) == (FORMAT, len(claims), 1)
    assert {row[0] for row in part["rows"]} == set(claims)
    for id_, type_, verdict, standing, notice, caveats, statement, quotes, evidence in part["rows"]:
        claim = claims[id_]
        assert (type_, verdict, standing) == (claim["type"], claim["verdict"]["rating"], claim["review"]["standing"])
        assert (texts[notice] if notice >= 0 else None) == claim["review"]["notice"]
        assert [(kind, texts[text]) for kind, text in caveats] == [(c["kind"], c["text"]) for c in claim["caveats"]]
        assert (statement, quotes) == (claim["statement"], [quote["exact"] for quote in claim["source"]["quotes"]])
        assert len(evidence) == len(claim["evidence"])
    assert len(set(texts)) == len(texts)


def test_the_head_names_what_facets_offer_and_what_is_not_shown() -> None:
    _, head = read(next(search_files(contents())).content)
    facets = {facet["key"]: dict(facet["terms"]) for facet in head["facets"]}
    assert facets["verdict"]["supported"] == "Supported"
    assert facets["caveat"]["-"] == "No caveat recorded"
    assert facets["caveat"]["unknown-kind"] == "unknown-kind"
    assert facets["document"] == {"open-text": "[open-text]", "closed-text": "[closed-text]"}
    assert set(head["marks"]) == set(facets["verdict"])
    absent = {id_: (state, reason) for id_, state, reason in head["absent"]}
    assert absent["closed-text/usage"] == ("withdrawn", "@nobody said so")
    assert absent["closed-text/held"][0] == "held back"
    approved = read(next(search_files(contents("approved"))).content)[1]
    assert "-" not in dict(approved["facets"][1]["terms"])


def test_a_large_base_comes_in_parts() -> None:
    one = contents().claims["open-text/usage"]
    claims = {f"open-text/c-{n}": {**one, "id": f"open-text/c-{n}"} for n in range(MOST_IN_A_PART + 1)}
    files = list(search_files(replace(contents(), claims=claims, order={"open-text": tuple(claims)})))
    assert [file.path for file in files] == [HEAD, "search-index-1.js", "search-index-2.js"]
    parts = [read(file.content) for file in files[1:]]
    assert [(number, len(part["rows"])) for number, part in parts] == [(1, MOST_IN_A_PART), (2, 1)]
    assert parts[1][1]["rows"][0][0] == f"open-text/c-{MOST_IN_A_PART}"


def test_a_base_without_claims_has_a_head_alone() -> None:
    (head,) = search_files(replace(contents(), claims={}, order={}))
    assert read(head.content)[1]["parts"] == 0


def test_every_page_of_the_list_asks_for_the_search_and_its_index() -> None:
    scripts = [each.get("src") for each in page("claims.html").iter("script") if each.get("src")]
    assert scripts == ["search.js", HEAD]
    assert {"search.js", HEAD, "search-index-1.js", CARD} <= set(site())


def test_the_html_to_paste_is_dated_and_holds_every_caveat() -> None:
    """A copy-and-paste HTML snippet for sites without scripts, dated; and the same around the card."""
    claim = claim_of("usage", "x")
    plain, card = (words(each) for each in by_class(page(f"{claim.id}/index.html"), "embed"))
    for text in (plain, card):
        assert "as of 2026-01-31" in text
        assert "not reviewed by a qualified person" in text
        assert "Caveat three of usage" in text
    assert f'data-kbtool-claim="https://example.org/claims/{claim.id}/claim.json" data-kbtool-id="{claim.id}"' in card
    assert f'src="https://example.org/claims/{CARD}" integrity="{card_integrity()}" crossorigin="anonymous"' in card
    assert "script" not in plain.partition("HTML")[0]
