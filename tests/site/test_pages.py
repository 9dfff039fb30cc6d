"""What single kinds of pages show; a few of them as goldens."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kbtool.model.claim import ClaimBase
from kbtool.release.gate import GATES
from kbtool.release.release import Release, make_release
from kbtool.release.reviewed import Reviewed
from kbtool.site import items
from kbtool.site.claim_page import density
from kbtool.site.coverage import accounted_words
from kbtool.site.evidence_names import short_name
from kbtool.site.marks import MARKS, OTHER, heaviest, mark_of
from kbtool.site.structured import data_block, web_page
from tests.export.small import AS_OF, base_of, claim_of, record, small_claims, small_release, small_review
from tests.golden import check_golden
from tests.site.reading import (
    TEXT,
    by_class,
    by_id,
    marked_claims,
    marked_release,
    page,
    parsed,
    site,
    site_of,
    with_text,
    words,
)

GOLDEN = Path(__file__).parent / "golden"

GOLDENS = (
    ("any", "index.html"),
    ("any", "open-text/efficacy/index.html"),
    ("any", "closed-text/index.html"),
    ("any", "evidence/a-trial/index.html"),
    ("any", "audit.html"),
    ("any", "not-shown.html"),
    ("approved", "open-text/cost/index.html"),
    ("marked", "open-text/index.html"),
    ("marked", "open-text/usage/index.html"),
    ("marked", "sources/open-text/index.html"),
)


@pytest.mark.parametrize(("name", "path"), GOLDENS)
def test_the_page_is_as_accepted(name: str, path: str) -> None:
    check_golden(GOLDEN / name / path.replace("/", "_"), site(name)[path])


def test_the_claim_json_is_as_accepted() -> None:
    check_golden(GOLDEN / "claim.json", site()["open-text/efficacy/claim.json"])


# The document


def shown_text(name: str = "marked") -> str:
    """The text of the document as its page shows it, without what the page adds."""
    text = by_id(page("open-text/index.html", name), "text")
    added = {id(part) for kind in ("ref", "skip-why") for each in by_class(text, kind) for part in each.iter()}
    return "\n\n".join("".join(_own(each, added)) for each in text.iter("p") if not each.get("class"))


def _own(element: Any, added: set[int]) -> list[str]:
    if id(element) in added:
        return []
    found = [element.text or ""]
    for child in element:
        found += [*_own(child, added), child.tail or ""]
    return found


def test_the_page_of_a_document_shows_its_text_letter_by_letter() -> None:
    """Quotes are verbatim, and so is the text they stand in."""
    assert shown_text() == "\n\n".join(re.split(r"\n\s*\n", TEXT.replace("\r", " ")))


def test_words_that_claims_share_are_marked_by_the_most_cautious_verdict() -> None:
    marks = by_class(page("open-text/index.html", "marked"), "q")
    found = {words(mark): (mark.get("class"), mark.get("data-claims")) for mark in marks}
    assert found["The pill"][0] == "q v-contradicted"
    assert len(str(found["The pill"][1]).split()) == 3
    assert found["may"][0] == found["some"][0] == "q v-supported"
    assert found["it is"][0] == found["cheap"][0] == "q v-contradicted"
    assert found["A second line"][0] == "q v-other"


def test_each_mark_ends_in_the_number_of_its_claim_and_numbers_rise() -> None:
    root = page("open-text/index.html", "marked")
    numbers = [int(words(ref).lstrip("\u2060")) for ref in by_class(root, "ref")]
    assert numbers == [1, 2, 3, 4, 5, 6, 7, 8]
    for number, ref in zip(numbers, by_class(root, "ref"), strict=True):
        card = by_id(root, str(ref.get("href")).removeprefix("#"))
        assert f"Claim {number} " in words(card)
        assert str(ref.get("aria-label")).startswith(f"Claim {number}: ")


def test_claims_without_a_certain_place_are_named_below_the_text() -> None:
    root = page("open-text/index.html", "marked")
    assert "do not stand at one certain place" in words(by_id(root, "text"))
    assert "does not hold these words at one certain place" in words(page("open-text/guidance/index.html", "marked"))


def test_skipped_passages_are_shown_on_demand_with_their_reason() -> None:
    root = page("open-text/index.html", "marked")
    (skip,) = by_class(root, "skip")
    assert words(skip) == "Is it? [Heading]"
    assert by_id(root, "show-skipped").get("type") == "checkbox"
    assert "a question" in words(page("sources/open-text/index.html", "marked"))


def test_of_a_document_whose_text_may_not_go_out_there_are_quotes_only() -> None:
    """The rights of the source decide whether full text or only quotes go out."""
    for path in ("closed-text/index.html", "sources/closed-text/index.html", "closed-text/cost/index.html"):
        assert "may not go out" not in words(page(path)), path
    assert by_class(page("closed-text/index.html"), "quotes")


def test_a_text_without_skipped_passages_has_no_switch() -> None:
    files = site_of(make_release(with_text(base_of(marked_claims()), TEXT.replace("Is it?", "It is.")), *gate()))
    root = parsed(files["open-text/index.html"])
    assert by_class(root, "switch") == []
    assert by_id(root, "show-skipped").get("hidden") is not None


def gate() -> tuple[Any, Any]:
    """Gate and day of the releases here."""
    return GATES["any"], AS_OF


# A claim


def test_caveats_stand_right_after_statement_and_verdict() -> None:
    main = by_class(page("open-text/efficacy/index.html"), "claim-main")[0]
    assert [each.get("class") or each.get("aria-labelledby") for each in main][:2] == ["claim-head", "caveats"]


@pytest.mark.parametrize(
    ("statement", "caveats", "expected"),
    [(100, [], ""), (100, [100, 200], ""), (100, [300, 300], "dense"), (180, [400, 400, 400], "packed")],
)
def test_long_caveats_are_set_closer_on_a_phone(statement: int, caveats: list[int], expected: str) -> None:
    given = [{"label": "A label", "text": "x" * size} for size in caveats]
    assert density({"statement": "y" * statement, "caveats": given}) == expected


def test_a_packed_claim_names_all_kinds_of_caveats_first() -> None:
    long = "x y " * 80
    caveats = [{"kind": kind, "text": long} for kind in ("limited-evidence", "untraced-citation", "limited-evidence")]
    files = site_of(release_of([claim_of("cost", "It costs.", caveats=caveats), claim_of("usage", "It is used.")]))
    root = parsed(files["open-text/cost/index.html"])
    assert words(by_id(root, "caveats")) == "3 caveats: Limited evidence, Untraced citation, Limited evidence"
    assert len(by_class(root, "bases")[0]) == 3


def release_of(claims: list[ClaimBase], review: Reviewed | None = None) -> Release:
    """A release of some claims."""
    return make_release(base_of(claims), *gate(), review=review or Reviewed())


def test_relations_are_shown_both_ways() -> None:
    others = [
        claim_of("usage", "It is used.", relations=[], caveats=[]),
        claim_of("cost", "It costs.", relations=[{"kind": "see-also", "claim": "open-text/usage"}], caveats=[]),
        claim_of("safety", "It is safe.", relations=[{"kind": "see-also", "claim": "open-text/nobody"}]),
    ]
    files = site_of(release_of(others))
    used = words(by_class(parsed(files["open-text/usage/index.html"]), "relations")[0])
    assert "Named by another claim as “See also”: It costs. Supported no caveat recorded" in used
    assert "A caveat there rests on this claim: It is safe." in used
    safe = parsed(files["open-text/safety/index.html"])
    assert "open-text/nobody (not in this release)" in words(by_class(safe, "relations")[0])


def test_a_caveat_may_rest_on_a_claim_that_is_not_there() -> None:
    claim = claim_of(
        "cost", "It costs.", caveats=[{"kind": "limited-evidence", "text": "t", "basis": {"claim": "a/b"}}]
    )
    root = parsed(site_of(release_of([claim]))["open-text/cost/index.html"])
    assert "Rests on another claim (not in this release)." in words(by_class(root, "caveats")[0])


def test_a_denied_claim_and_one_without_anything_say_so() -> None:
    bare: dict[str, Any] = {"caveats": [], "evidence": [], "relations": [], "hedges": [], "polarity": "denied"}
    root = parsed(site_of(release_of([claim_of("cost", "It costs nothing.", **bare)]))["open-text/cost/index.html"])
    found = words(root)
    assert "Polarity the document denies it" in found
    assert "No evidence is cited for or against this claim." in found
    assert "None is recorded for this claim." in found
    assert "There is no decision by anybody on this claim." in found


def test_numbers_of_a_field_are_given_where_they_say_more_than_the_words() -> None:
    amounts = [{"as_stated": "4%", "value": "4", "unit": "%"}, {"as_stated": "four", "value": "4"}]
    for amount, shown in zip(amounts, ("“4%”", "“four” 4"), strict=True):
        claim = claim_of("cost", "It costs.", amount=amount)
        root = parsed(site_of(release_of([claim]))["open-text/cost/index.html"])
        (row,) = [row for row in by_class(root, "fields")[0] if words(row).startswith("Amount")]
        assert words(row) == f"Amount{shown}".replace("“", "").replace("”", "")


def test_the_citation_names_verdict_caveats_and_standing() -> None:
    cited = words(by_class(page("open-text/usage/index.html"), "cite")[0])
    for part in (
        "Verdict: Supported",
        "4 caveats",
        "standing: Draft, not reviewed by a qualified person",
        "2026-01-31",
    ):
        assert part in cited


def test_the_snippet_is_sound_html_with_caveats_standing_and_day() -> None:
    root = page("open-text/usage/index.html")
    snippet = "".join(by_class(root, "embed")[0].find(".//pre").itertext())  # type: ignore[union-attr]
    pasted = parsed(f"<!doctype html><title>x</title>{snippet}".encode())
    found = words(pasted.find(".//blockquote"))
    for part in ("Caveat one of usage", "Draft: not reviewed by a qualified person", "as of 2026-01-31"):
        assert part in found


def test_the_claim_review_in_the_page_is_json_and_ends_no_script() -> None:
    hostile = claim_of("cost", "</script><script>alert(1)</script> & <!-- \u2028", caveats=[])
    raw = site_of(release_of([hostile]))["open-text/cost/index.html"]
    (block,) = [each for each in parsed(raw).iter("script") if each.get("type") == "application/ld+json"]
    assert json.loads(str(block.text))["claimReviewed"] == hostile.statement
    assert raw.count(b"</script") == 1


def test_data_blocks_hold_no_markup() -> None:
    block = data_block({"a": "</script>&<!--\u2029"})
    assert not re.search("[<>&\u2028\u2029]", block)
    assert json.loads(block) == {"a": "</script>&<!--\u2029"}


# Review


def test_a_page_was_last_reviewed_on_the_day_of_its_oldest_approval() -> None:
    """`lastReviewed` of a page is the oldest approval among its claims."""
    files = site("approved")
    claims = [json.loads(raw) for path, raw in files.items() if path.endswith("/claim.json")]
    oldest = min(each["released"]["review"]["approved_on"] for each in claims if each["released"])
    assert structured_of(files["index.html"])["lastReviewed"] == oldest
    assert structured_of(files["index.html"])["reviewedBy"]
    assert "lastReviewed" not in structured_of(site("any")["index.html"])
    assert "Last reviewed on" in words(page("open-text/index.html", "approved"))
    assert "Last reviewed on" not in words(page("open-text/index.html", "any"))


def structured_of(raw: bytes) -> dict[str, Any]:
    """The JSON-LD of a page."""
    (block,) = [each for each in parsed(raw).iter("script") if each.get("type") == "application/ld+json"]
    found: dict[str, Any] = json.loads(str(block.text))
    return found


def test_home_says_who_reviewed_what() -> None:
    nobody = parsed(site_of(marked_release())["index.html"])
    assert "Nobody qualified has reviewed any of this." in words(nobody)
    assert "2 of 13 claims are approved." in words(page("index.html", "any"))
    all_ = words(page("index.html", "approved"))
    assert "Every claim here is approved." in all_
    assert "example-clinician (clinician): 1 claim, the last on 10 January 2026" in all_


def test_an_approver_whose_decisions_are_not_shown_is_named_without_a_day() -> None:
    review = replace(small_review(), decisions={})
    found = words(parsed(site_of(release_of(small_claims(), review))["index.html"]))
    assert "example-clinician (clinician): 1 claim" in found
    assert "the last on" not in found


def test_an_approver_without_roles_is_named_alone() -> None:
    review = replace(small_review(), roles={})
    files = site_of(release_of(small_claims(), review))
    head = by_class(parsed(files["open-text/efficacy/index.html"]), "verdict-line")[0]
    assert words(head).endswith("Approved: by example-clinician, example-editor")


def test_a_web_page_without_a_full_review_says_nothing_of_one() -> None:
    release = {
        "language": "en",
        "title": "t",
        "base_url": "https://example.org/",
        "publisher": {"name": "p"},
        "licences": {"data": "CC0-1.0"},
    }
    assert "lastReviewed" not in web_page(release, "t", None, ["somebody"])
    assert web_page(release, "t", "2026-01-01", ["a"])["reviewedBy"] == [{"@type": "Person", "identifier": "a"}]


# Lists


def test_a_long_list_is_parted_and_its_parts_are_linked(monkeypatch: pytest.MonkeyPatch) -> None:
    from kbtool.site import lists

    monkeypatch.setattr(lists, "MOST_ON_A_PAGE", 5)
    assert items.MOST_ON_A_PAGE == 100
    files = site_of(small_release())
    parts = ["claims.html", "claims.page-2.html", "claims.page-3.html"]
    shown = [[each.get("data-claim") for each in by_class(parsed(files[part]), "item")] for part in parts]
    assert [len(part) for part in shown] == [5, 5, 3]
    assert sorted(str(each) for part in shown for each in part) == sorted(
        {str(each) for part in shown for each in part}
    )
    links = [words(link) for link in by_class(parsed(files[parts[1]]), "pager")[0].iter("a")]
    assert links == ["1 to 5", "6 to 10", "11 to 13"]


def test_a_base_without_claims_has_a_site_that_says_so() -> None:
    files = site_of(release_of([]))
    assert "No claim is shown." in words(parsed(files["claims.html"]))
    assert "No evidence is cited." in words(parsed(files["evidence.html"]))
    home = words(parsed(files["index.html"]))
    assert "Nobody qualified has reviewed any of this." in home


def test_a_term_says_how_much_uses_it() -> None:
    texts = {
        path: words(page(f"vocabulary/{path}/index.html"))
        for path in (
            "stances/supports",
            "skip_reasons/heading",
            "evidence_kinds/bibliographic-trace",
            "stances/context",
        )
    }
    assert "claims here use it." in texts["stances/supports"]
    assert "This term is about words of a document." in texts["skip_reasons/heading"]
    assert "1 work" in texts["evidence_kinds/bibliographic-trace"]
    assert "0 claims here use it." in texts["stances/context"]


def test_careful_claims_are_cut_off_with_their_number() -> None:
    kinds = ["cost", "usage", "safety", "definition", "mechanism", "citation", "guidance"]
    verdict = {"rating": "unverifiable", "rationale": "nothing was found"}
    files = site_of(release_of([claim_of(kind, f"About {kind}.", verdict=verdict) for kind in kinds]))
    assert "Shown: 6 of 7." in words(parsed(files["index.html"]))


def test_evidence_that_must_be_warned_of_says_so_wherever_it_is_named() -> None:
    base = base_of(small_claims())
    data = base.evidence["a-trial"].model.model_dump(mode="json", by_alias=True, exclude_none=True)
    data["status"] = {**data["status"], "state": "retracted"}
    data |= {"overlaps": ["untraced-study", "not-in-the-base"], "limits": "small", "certainty_stated": "low for relief"}
    retracted = type(base.evidence["a-trial"].model).model_validate(data)
    base = replace(base, evidence={**base.evidence, "a-trial": record(retracted)})
    files = site_of(make_release(base, *gate()))
    for path in ("evidence/a-trial/index.html", "evidence.html", "open-text/usage/index.html"):
        assert "Retracted" in words(parsed(files[path])), path
    assert "not-in-the-base" in words(parsed(files["evidence/a-trial/index.html"]))


# Names and looks


@pytest.mark.parametrize(
    ("citation", "name"),
    [
        ({"author": [{"family": "Doe"}], "issued": "2011"}, "Doe 2011"),
        ({"author": [{"family": "Doe"}, {"literal": "et al."}], "issued": "2011"}, "Doe et al. 2011"),
        ({"author": [{"given": "A"}, {"family": "B"}, {"family": "C"}]}, "A et al."),
        ({"author": [{}], "publisher": "An agency", "issued": "2011-05-06"}, "An agency 2011"),
        ({"container-title": "A journal"}, "A journal"),
        ({"title": f"A title {'that goes on ' * 9}"}, "A title that goes on that goes on that goes on that goes on …"),
        ({}, "a-slug"),
    ],
)
def test_a_work_has_a_short_name(citation: dict[str, Any], name: str) -> None:
    assert short_name({"id": "a-slug", "citation": citation}) == name


def test_every_verdict_has_a_symbol_and_a_line_of_its_own() -> None:
    """By verdict, never by colour alone."""
    looks = [*MARKS.values(), OTHER]
    assert len({mark.symbol for mark in looks}) == len({mark.pattern for mark in looks}) == len(looks)
    css = site()["site.css"].decode()
    for mark in looks:
        assert f".{mark.css}" in css
        assert f"--v-line: {mark.pattern.split()[-2]}" in css
    assert mark_of("an editor's own") is OTHER
    assert heaviest(["supported", "contradicted", "unverifiable"]) is MARKS["contradicted"]


@pytest.mark.parametrize(
    ("letters", "left", "said"),
    [
        (10, 0, "Every one of its 10 letters, digits and signs is accounted for."),
        (2000, 1, "Over 99% of its letters, digits and signs are accounted for; 1 letter, digit or sign are not."),
        (10, 5, "50% of its letters, digits and signs are accounted for; 5 letters, digits and signs are not."),
    ],
)
def test_coverage_in_words(letters: int, left: int, said: str) -> None:
    assert accounted_words({"letters": letters, "unaccounted": left}) == said


def test_texts_in_another_language_say_so() -> None:
    base = base_of(small_claims())
    german = base.config.model.model_copy(update={"language": "de"})
    files = site_of(make_release(replace(base, config=record(german)), *gate()))
    root = parsed(files["open-text/usage/index.html"])
    assert root.get("lang") == "en"
    heading = root.find(".//h1")
    assert heading is not None
    assert heading.get("lang") == "de"


def test_a_publisher_with_an_address_is_linked() -> None:
    base = base_of(small_claims())
    publisher = base.config.model.publisher.model_copy(update={"url": "https://example.org/us"})
    config = base.config.model.model_copy(update={"publisher": publisher})
    files = site_of(make_release(replace(base, config=record(config)), *gate()))
    assert b'<a href="https://example.org/us" rel="external noreferrer">' in files["open-text/usage/index.html"]
