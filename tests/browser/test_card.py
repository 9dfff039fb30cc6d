"""The claim card on another site: what it shows, and that it shows no verdict where nothing can be confirmed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest

from kbtool.site.embed import CARD, card_integrity
from kbtool.site.templates import asset
from tests.browser.axe import violations
from tests.browser.conftest import DESK, PHONE, Built, Visit, visiting
from tests.browser.serving import Origin, serving
from tests.browser.test_pages import SCHEMES, overflow

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TODAY = datetime.now(UTC).date()
CLAIM = "open-text/efficacy"
UNREVIEWED = "open-text/usage"
WITHDRAWN = "closed-text/usage"
HELD = "closed-text/held"


@pytest.fixture(scope="module")
def publisher(small: Built) -> Iterator[Origin]:
    """The site of the small base, readable from elsewhere, valid for some time from today."""
    with serving(small.files, shared=True) as origin:
        for path, raw in small.files.items():
            if path.endswith("claim.json"):
                file = json.loads(raw)
                file["as_of"], file["valid_until"] = str(TODAY), str(TODAY + timedelta(days=30))
                origin.files[path] = json.dumps(file).encode()
        yield origin


def page_of(publisher: Origin, file: str, *, integrity: str = "", id_: str = "") -> str:
    """A page of another site with a card; it sets a strict policy itself, as careful sites do."""
    policy = f"default-src 'none'; script-src {publisher.address}; connect-src {publisher.address}"
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>x</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        f'<meta name="viewport" content="width=device-width">'
        f'<script src="{publisher.address}{CARD}" integrity="{integrity or card_integrity()}" crossorigin="anonymous"'
        f' defer></script></head><body><main><h1>Elsewhere</h1><div data-kbtool-claim="{publisher.address}{file}"'
        f'{f" data-kbtool-id={id_!r}" if id_ else ""}><p class="before">As it stood before.</p></div>'
        "</main></body></html>"
    )


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another site with one page, and the browser that shows it."""

    host: Origin
    visit: Visit
    publisher: Origin

    def show(
        self, file: str, *, integrity: str = "", id_: str = "", viewport: Any = DESK, scheme: Any = "light"
    ) -> Page:
        """The page of the other site with the card of a file."""
        page = self.visit.page
        self.visit.faults.clear()
        self.host.files["index.html"] = page_of(self.publisher, file, integrity=integrity, id_=id_).encode()
        page.set_viewport_size(viewport)
        page.emulate_media(color_scheme=scheme)
        page.goto(self.host.address)
        return page


@pytest.fixture(scope="module")
def elsewhere(browser: Browser, publisher: Origin) -> Iterator[Elsewhere]:
    """The other site; what a test puts there stays until the next one."""
    with serving({}) as host, visiting(browser, host.address, publisher.address) as visit:
        yield Elsewhere(host, visit, publisher)


def shown(elsewhere: Elsewhere, file: str, **options: Any) -> str:
    """The text of the card, once it says something."""
    text, _ = shown_with_links(elsewhere, file, **options)
    return text


def shown_with_links(elsewhere: Elsewhere, file: str, *, quiet: bool = True, **options: Any) -> tuple[str, list[str]]:
    """The text of the card and the addresses of its links."""
    page = elsewhere.show(file, **options)
    text = _settled(page)
    links = page.eval_on_selector_all(".card a", "links => links.map(link => link.href)")
    assert overflow(page) is None
    assert not page.locator(".before").is_visible()
    assert not quiet or elsewhere.visit.faults == []
    return text, links


def _settled(page: Page) -> str:
    card = page.locator("article.card", has_not_text="Looking up")
    card.wait_for()
    return card.inner_text()


def changed(publisher: Origin, id_: str, **changes: Any) -> str:
    """The path of a file like that of a claim, with other members."""
    file = {**json.loads(publisher.files[f"{id_}/claim.json"]), **changes}
    publisher.files["changed/claim.json"] = json.dumps(file).encode()
    return "changed/claim.json"


def test_a_claim_has_verdict_caveats_standing_and_day(elsewhere: Elsewhere, publisher: Origin) -> None:
    """Always with verdict, caveats, standing and `as_of`."""
    file = json.loads(publisher.files[f"{UNREVIEWED}/claim.json"])
    text, links = shown_with_links(elsewhere, f"{UNREVIEWED}/claim.json", id_=UNREVIEWED)
    claim = file["released"]
    for part in (claim["statement"], claim["verdict"]["label"], claim["review"]["standing_label"]):
        assert part in text
    assert "not reviewed by a qualified person" in text
    assert all(f"{caveat['label']}: {caveat['text']}" in text for caveat in claim["caveats"])
    assert f"As of {TODAY}, valid until {TODAY + timedelta(days=30)}" in text
    assert links == [file["uri"]]


def test_an_approved_claim_has_no_notice(elsewhere: Elsewhere, publisher: Origin) -> None:
    text = shown(elsewhere, f"{CLAIM}/claim.json", scheme="dark", viewport=PHONE)
    assert "Standing: Approved" in text
    assert "not reviewed" not in text


def test_a_withdrawn_claim_is_a_tombstone(elsewhere: Elsewhere, publisher: Origin) -> None:
    """And the tombstone once it is withdrawn: with the reason and what takes its place, even when it is old."""
    text, links = shown_with_links(elsewhere, f"{WITHDRAWN}/claim.json")
    assert "This claim was withdrawn on 2026-01-10." in text
    assert "@nobody said so" in text
    assert links == ["https://example.org/claims/closed-text/cost", "https://example.org/claims/closed-text/usage"]
    old = changed(publisher, WITHDRAWN, valid_until="2026-01-31", as_of="2026-01-30")
    assert "This claim was withdrawn" in shown(elsewhere, old)


def test_a_held_claim_shows_nothing_but_the_reason(elsewhere: Elsewhere, publisher: Origin) -> None:
    text = shown(elsewhere, f"{HELD}/claim.json")
    assert "held back at present" in text
    assert "it is safe" not in text


UNCONFIRMED = "Could not confirm that this still stands."
_BAD: dict[str, tuple[dict[str, Any], str]] = {
    "valid until yesterday": (
        {"valid_until": str(TODAY - timedelta(days=1)), "as_of": "2026-01-01"},
        "was valid until",
    ),
    "dated tomorrow": ({"as_of": str(TODAY + timedelta(days=1))}, "a day that has not come"),
    "another format": ({"format": "kbtool/claim/2"}, "not a claim in a form that is understood"),
    "no day": ({"as_of": None}, "incomplete"),
    "a day in words": ({"valid_until": "soon"}, "incomplete"),
    "no claim": ({"released": None}, "incomplete"),
    "another state": ({"state": "fine"}, "incomplete"),
    "an address that runs": ({"uri": "javascript:alert(1)"}, "incomplete"),
}


@pytest.mark.parametrize("case", _BAD)
def test_what_cannot_be_confirmed_shows_no_verdict(elsewhere: Elsewhere, publisher: Origin, case: str) -> None:
    """Where the data cannot be fetched or `valid_until` has passed it shows no verdict as current."""
    changes, reason = _BAD[case]
    _nothing_said(shown(elsewhere, changed(publisher, CLAIM, **changes)), reason)


@pytest.mark.parametrize("part", ["statement", "verdict", "review", "caveats"])
def test_a_claim_with_a_part_missing_is_not_shown(elsewhere: Elsewhere, publisher: Origin, part: str) -> None:
    claim = deepcopy(json.loads(publisher.files[f"{CLAIM}/claim.json"])["released"])
    del claim[part]
    _nothing_said(shown(elsewhere, changed(publisher, CLAIM, released=claim)), "incomplete")


def test_what_cannot_be_fetched_is_not_shown(elsewhere: Elsewhere, publisher: Origin) -> None:
    publisher.files["bad/claim.json"] = b"<!doctype html>"
    publisher.files["list/claim.json"] = b"[]"
    _nothing_said(shown(elsewhere, "gone/claim.json", quiet=False), "answered 404")
    _nothing_said(shown(elsewhere, "bad/claim.json"), "no JSON")
    _nothing_said(shown(elsewhere, "list/claim.json"), "not a claim")
    _nothing_said(shown(elsewhere, f"{CLAIM}/claim.json", id_="open-text/other"), "about another claim")


def test_a_site_that_may_not_be_read_is_not_shown(browser: Browser, small: Built) -> None:
    """Without the header that lets other sites read the file there is nothing to show."""
    with serving(small.files) as closed, serving({CARD: asset(CARD)}, shared=True) as scripts:
        page = page_of(scripts, "x").replace(f"{scripts.address}x", f"{closed.address}{CLAIM}/claim.json")
        page = page.replace("connect-src ", f"connect-src {closed.address} ")
        with (
            serving({"index.html": page.encode()}) as host,
            visiting(browser, host.address, scripts.address, closed.address) as visit,
        ):
            visit.page.goto(host.address)
            _nothing_said(_settled(visit.page), "could not be reached")


def _nothing_said(text: str, reason: str) -> None:
    assert UNCONFIRMED in text
    assert reason in text
    assert not re.search("Verdict:|Standing:|Supported|Approved", text)


def test_hostile_data_stays_text(elsewhere: Elsewhere, publisher: Origin) -> None:
    """Text nodes only, no markup from data."""
    nasty = "<img src=x onerror=alert(1)><script>alert(1)</script>\u202e"
    claim = json.loads(publisher.files[f"{CLAIM}/claim.json"])["released"]
    claim["statement"] = claim["verdict"]["label"] = claim["verdict"]["rationale"] = nasty
    claim["caveats"] = [{"label": nasty, "text": "W" * 500}]
    text = shown(elsewhere, changed(publisher, CLAIM, released=claim), viewport=PHONE)
    assert text.count("<script>alert(1)</script>") == 4


def test_a_changed_script_does_not_run(elsewhere: Elsewhere) -> None:
    """The integrity hash holds the script to what was published; the dated text stays."""
    page = elsewhere.show(f"{CLAIM}/claim.json", integrity="sha384-" + "A" * 64)
    assert page.locator(".before").is_visible()
    assert any("integrity" in fault for fault in elsewhere.visit.faults)


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["wide", "phone"])
def test_a_card_has_no_axe_violation(elsewhere: Elsewhere, viewport: dict[str, int]) -> None:
    page = elsewhere.show(f"{UNREVIEWED}/claim.json", viewport=viewport)
    _settled(page)
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == []


def test_the_html_to_paste_shows_the_card(
    browser: Browser, small: Built, elsewhere: Elsewhere, publisher: Origin
) -> None:
    """What a claim's page offers for pasting works: as a card with the script, as dated text without."""
    offered = re.findall(r"<pre[^>]*><code>(.*?)</code>", small.files[f"{UNREVIEWED}/index.html"].decode(), re.DOTALL)
    page = unescape(offered[1]).replace("https://example.org/claims/claim-card.js", f"{publisher.address}{CARD}")
    page = page.replace(
        "https://example.org/claims/open-text/usage/claim.json", f"{publisher.address}{UNREVIEWED}/claim.json"
    )
    elsewhere.host.files["pasted.html"] = f"<!doctype html><meta charset=utf-8>{page}".encode()
    address = f"{elsewhere.host.address}pasted.html"
    elsewhere.visit.page.goto(address)
    with visiting(browser, address, java_script_enabled=False) as still:
        still.page.goto(address)
        for text, day in (
            (_settled(elsewhere.visit.page), f"As of {TODAY}"),
            (still.page.inner_text("body"), "as of 2026-01-31"),
        ):
            assert day in text
            assert "not reviewed by a qualified person" in text
