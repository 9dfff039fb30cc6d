"""The document with its claims: opened by keyboard, by a click, by an address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.conftest import Built, visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser

DOCUMENT = "ketamine-fibromyalgia/index.html"


def test_the_keyboard_goes_from_the_text_to_a_claim_and_back(browser: Browser, real: Built) -> None:
    """A click or the keyboard opens the claim beside the text."""
    with visiting(browser, real.folder) as visit:
        page = visit.page
        page.goto(real.folder + "index.html")
        page.keyboard.press("Tab")
        assert page.locator(":focus").inner_text() == "Skip to the content"
        page.get_by_role("link", name="Text", exact=True).focus()
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/{DOCUMENT}")
        page.locator(".ref").first.focus()
        page.keyboard.press("Enter")
        opened = page.locator(".card:visible")
        assert opened.count() == 1
        first = opened.get_attribute("id")
        assert page.evaluate("document.activeElement.id") == first
        page.keyboard.press("ArrowRight")
        page.wait_for_function("id => document.activeElement.id !== id", arg=first)
        assert page.locator(".card:visible").get_attribute("id") != first
        page.keyboard.press("Escape")
        assert page.locator(".card:visible").count() == 0
        assert "ref" in (page.evaluate("document.activeElement.className") or "")
        page.keyboard.press("Enter")
        page.locator(".card:visible .card-end a").first.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/ketamine-fibromyalgia/*/index.html")
        assert page.locator("article.claim .caveats").is_visible()
        assert visit.faults == []


def test_a_click_on_marked_words_opens_their_claim(browser: Browser, real: Built) -> None:
    with visiting(browser, real.folder) as visit:
        page = visit.page
        page.goto(real.folder + DOCUMENT)
        mark = page.locator("mark[data-claims]").first
        mark.click()
        assert page.locator(".card:visible").count() == 1
        assert "is-open" in (mark.get_attribute("class") or "")
        assert visit.faults == []


def test_an_address_leads_to_each_claim(browser: Browser, real: Built) -> None:
    """A deep link to each."""
    with visiting(browser, real.server) as visit:
        page = visit.page
        page.goto(real.server + DOCUMENT)
        ids = page.eval_on_selector_all(".card", "cards => cards.map(card => card.id)")
        assert len(ids) > 50
        for id_ in (ids[0], ids[len(ids) // 2], ids[-1]):
            page.goto("about:blank")
            page.goto(f"{real.server}{DOCUMENT}#{id_}")
            assert page.locator(".card:visible").get_attribute("id") == id_
            assert page.locator("mark.is-open").first.is_visible()
