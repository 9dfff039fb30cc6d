"""Every kind of page in a browser: accessible, quiet, narrow enough, readable with scripts off and on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.axe import COLOURS, violations
from tests.browser.conftest import DESK, PHONE, Built, visiting
from tests.browser.frames import in_frames

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


OVERFLOW = """(window) => {
  const {document, innerWidth} = window;
  const wide = document.documentElement.scrollWidth - innerWidth;
  return wide <= 0 ? null : [wide, ...Array.from(document.querySelectorAll("main *, footer *"))
    .filter((each) => each.getBoundingClientRect().right > innerWidth + 1).slice(0, 3)
    .map((each) => each.outerHTML.slice(0, 120))];
}"""


def overflow(page: Page) -> Any:
    """How much wider than the screen the page is, in pixels, with what sticks out."""
    return page.evaluate(f"({OVERFLOW})(window)")


@pytest.mark.parametrize("where", ["folder", "server"])
def test_pages_ask_for_nothing_elsewhere_and_break_no_policy(browser: Browser, real: Built, where: str) -> None:
    """A static site that works from a web server and from the disk, without any outside request; none is too wide."""
    address, wide = getattr(real, where), {}
    with visiting(browser, address, viewport=PHONE) as visit:
        for kind, path in kinds_of(real).items():
            if where == "server" or kind != "404":  # that page is made for one address: of a server
                visit.page.goto(address + path)
                assert visit.page.locator("main h1").count() == 1
                wide[kind] = overflow(visit.page)
        visit.page.wait_for_load_state("networkidle")
        assert visit.faults == []
    assert {kind: found for kind, found in wide.items() if found} == {}


SCHEMES: tuple[Any, ...] = ("light", "dark")

Looks = tuple[tuple[Any, Any, tuple[str, ...]], ...]
LOOKS: Looks = ((DESK, "light", ()), (PHONE, "dark", ()))
"""All rules of axe on a wide screen and on the narrowest one, light and dark."""

FURTHER_LOOKS: Looks = ((PHONE, "light", COLOURS), (DESK, "dark", COLOURS))
"""The rules that look at colours, the other way round: for pages that show other things on another screen."""


def faults_of(page: Page, looks: Looks) -> dict[str, Any]:
    """What axe finds in each of the looks, and where the page is too wide."""
    found: dict[str, Any] = {}
    for size, scheme, rules in looks:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        found[f"{size['width']}, {scheme}"] = violations(page, *rules)
        found[f"{size['width']}, overflow"] = overflow(page)
    return {look: what for look, what in found.items() if what}


def test_no_page_has_an_axe_violation(browser: Browser, small: Built, real: Built) -> None:
    """Zero axe violations on every page type, light and dark, in headless Chromium; 320 px to wide screens."""
    found = {}
    pages = {f"small {kind}": small.server + path for kind, path in kinds_of(small).items()}
    pages |= {f"real {kind}": real.server + path for kind, path in kinds_of(real).items() if kind == "claim"}
    with visiting(browser, small.server, real.server, reduced_motion="reduce") as visit:
        for kind, address in pages.items():
            visit.page.goto(address)
            if kind.endswith("claims"):
                visit.page.fill("#find", "it")
                visit.page.wait_for_selector("#results .item")
            is_rich = kind.split()[1] in _RICH
            found[kind] = faults_of(visit.page, (*LOOKS, *FURTHER_LOOKS) if is_rich else LOOKS)
    assert {kind: faults for kind, faults in found.items() if faults} == {}


_RICH = {"index", "claim", "document", "claims"}
"""Kinds of pages that show other things on another screen."""


def test_an_open_claim_has_no_axe_violation(browser: Browser, real: Built) -> None:
    document = next(path for kind, path in kinds_of(real).items() if kind.startswith("document"))
    with visiting(browser, real.server, reduced_motion="reduce") as visit:
        visit.page.goto(real.server + document)
        visit.page.locator(".ref").first.click()
        assert faults_of(visit.page, (*LOOKS, *FURTHER_LOOKS)) == {}
        assert visit.page.locator(".card:visible").count() == 1


ABOVE = """(window) => {
  const {document, getComputedStyle} = window;
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
    with visiting(browser, real.server) as visit:
        found = in_frames(visit.page, real.server, claims, PHONE, ABOVE)
        assert visit.faults == []
    low = {path: seen for path, seen in found.items() if seen["above"] > PHONE["height"]}
    named = sum(bool(seen["isNamed"]) for seen in found.values())
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
