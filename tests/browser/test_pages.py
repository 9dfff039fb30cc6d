"""Every kind of page in a browser: accessible, quiet, narrow enough, readable with scripts off and on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.axe import violations
from tests.browser.conftest import DESK, PHONE, Built, visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TOP = ("index", "claims", "browse", "evidence", "glossary", "audit", "not-shown", "404")


def kinds_of(site: Built) -> dict[str, str]:
    """One page of each kind, by kind; of folders with pages in them, the first page."""
    found = {name: f"{name}.html" for name in TOP}
    for path in site.files:
        if not path.endswith("/index.html"):
            continue
        first, *rest = path.split("/")
        if first == "vocabulary":
            found.setdefault("term with a list" if b'class="item"' in site.files[path] else "term", path)
        elif first in {"sources", "evidence", "decisions", "reviewers", "releases"}:
            found.setdefault(first, path)
        elif len(rest) == 1:
            found.setdefault(f"document {first}", path)
        else:
            is_gone = b'class="page gone"' in site.files[path]
            found.setdefault("claim gone" if is_gone else "claim", path)
    return found


def overflow(page: Page) -> Any:
    """How much wider than the screen the page is, in pixels, with what sticks out."""
    return page.evaluate(
        """() => {
          const wide = document.documentElement.scrollWidth - innerWidth;
          return wide <= 0 ? null : [wide, ...Array.from(document.querySelectorAll("main *, footer *"))
            .filter((each) => each.getBoundingClientRect().right > innerWidth + 1).slice(0, 3)
            .map((each) => each.outerHTML.slice(0, 120))];
        }"""
    )


@pytest.mark.parametrize("where", ["folder", "server"])
def test_pages_ask_for_nothing_elsewhere_and_break_no_policy(browser: Browser, real: Built, where: str) -> None:
    """A static site that works from a web server and from the disk, without any outside request."""
    address = getattr(real, where)
    with visiting(browser, address) as visit:
        for kind, path in kinds_of(real).items():
            if where == "server" or kind != "404":  # that page is made for one address: of a server
                visit.page.goto(address + path)
                assert visit.page.locator("main h1").count() == 1
        visit.page.wait_for_load_state("networkidle")
        assert visit.faults == []


def test_no_page_has_an_axe_violation(browser: Browser, small: Built, real: Built) -> None:
    """Zero axe violations on every page type, light and dark, in headless Chromium."""
    found = {}
    pages = {f"small {kind}": small.server + path for kind, path in kinds_of(small).items()}
    pages |= {f"real {kind}": real.server + path for kind, path in kinds_of(real).items() if kind.split()[0] in _RICH}
    with visiting(browser, small.server, real.server, reduced_motion="reduce") as visit:
        page = visit.page
        for kind, address in pages.items():
            page.emulate_media(color_scheme="light")
            page.goto(address)
            if kind.endswith("claims"):
                page.fill("#find", "it")
                page.wait_for_selector("#results .item")
            found[kind] = violations(page)
            page.emulate_media(color_scheme="dark")  # of all rules this one alone looks at colours
            found[f"{kind}, dark"] = violations(page, "color-contrast")
    assert {kind: ids for kind, ids in found.items() if ids} == {}


_RICH = {"claim", "document"}
"""Kinds of pages that have more on them in a real base than in the small one."""


def test_an_open_claim_has_no_axe_violation(browser: Browser, real: Built) -> None:
    document = next(path for kind, path in kinds_of(real).items() if kind.startswith("document"))
    with visiting(browser, real.server, reduced_motion="reduce") as visit:
        for size in (DESK, PHONE):
            visit.page.set_viewport_size(size)  # type: ignore[arg-type]
            visit.page.goto(real.server + document)
            visit.page.locator(".ref").first.click()
            assert violations(visit.page) == []


def test_no_page_is_wider_than_a_phone(browser: Browser, small: Built, real: Built) -> None:
    """320 px to wide screens."""
    found = {}
    with visiting(browser, small.folder, real.folder, viewport=PHONE) as visit:
        for site in (small, real):
            for kind, path in kinds_of(site).items():
                if kind == "404":
                    continue  # made for one address of a server
                visit.page.goto(site.folder + path)
                found[f"{kind} {path}"] = overflow(visit.page)
    assert {path: wide for path, wide in found.items() if wide} == {}


ABOVE = """() => {
  const bottom = (element) => element.getBoundingClientRect().bottom;
  const named = document.querySelector(".caveats-named");
  const isNamed = named && getComputedStyle(named).display !== "none";
  const statement = document.querySelector("h1.statement"), verdict = document.querySelector(".verdict-line");
  const text = document.querySelector(".caveats .caveat-text") ?? document.querySelector(".caveats p");
  const all = document.querySelector(".caveats");
  return {
    above: Math.round(Math.max(...[statement, verdict, isNamed ? named : all, text].map(bottom))),
    whole: Math.round(bottom(all)), isNamed,
  };
}"""


def test_caveats_are_never_below_the_fold_on_a_phone(browser: Browser, real: Built) -> None:
    """Caveats next to the statement, never below the fold on a phone.

    At 320 by 568 pixels statement, verdict and every caveat are on the first screen; where all their words do not fit,
    the kinds of all of them are, and the whole first one.
    """
    claims = [
        path for path, raw in real.files.items() if path.endswith("index.html") and b'<article class="claim' in raw
    ]
    low, named = {}, 0
    with visiting(browser, real.folder, viewport=PHONE) as visit:
        for path in claims:
            visit.page.goto(real.folder + path)
            seen = visit.page.evaluate(ABOVE)
            named += bool(seen["isNamed"])
            if seen["above"] > PHONE["height"]:
                low[path] = seen
    assert len(claims) > 50
    assert low == {}
    assert named < len(claims) / 3


def test_pages_are_readable_with_scripts_off(browser: Browser, real: Built) -> None:
    """Readable with scripts off: lists, marks, cards and skipped passages need none."""
    kinds = kinds_of(real)
    document = next(path for kind, path in kinds.items() if kind.startswith("document"))
    with visiting(browser, real.server, java_script_enabled=False) as visit:
        page = visit.page
        page.goto(real.server + "claims.html")
        assert page.locator("#claim-list .item").count() > 50
        assert page.locator("#facets").is_hidden()
        page.goto(real.server + document)
        assert page.locator(".card:visible").count() == 0
        page.locator(".ref").first.click()
        assert page.locator(".card:visible").count() == 1
        assert page.locator(".card:visible .item-caveats, .card:visible .item-none").is_visible()
        page.locator(".card:visible .close").click()
        assert page.locator(".card:visible").count() == 0
        page.locator("label.switch").click()
        assert page.locator(".skip-why").first.is_visible()
        assert visit.faults == []


def test_on_paper_every_caveat_is_printed(browser: Browser, real: Built) -> None:
    document = next(path for kind, path in kinds_of(real).items() if kind.startswith("document"))
    with visiting(browser, real.server, viewport={"width": 700, "height": 1000}) as visit:
        page = visit.page
        page.emulate_media(media="print")
        page.goto(real.server + document)
        assert page.locator(".card").count() == page.locator(".card:visible").count() > 50
        page.goto(real.server + "claims.html")
        page.wait_for_selector("#find", state="attached")
        assert page.locator("#facets").is_hidden()
        assert page.locator(".item-caveats").first.is_visible()
        assert overflow(page) is None


def test_nothing_moves_for_those_who_want_no_motion(browser: Browser, real: Built) -> None:
    with visiting(browser, real.server, reduced_motion="reduce") as visit:
        visit.page.goto(real.server + "index.html")
        moving = "getComputedStyle(document.documentElement).scrollBehavior"
        assert visit.page.evaluate(moving) == "auto"
        assert visit.page.evaluate("document.getAnimations().length") == 0
