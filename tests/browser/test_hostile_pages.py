"""Hostile text in a browser: nothing runs, nothing is asked for elsewhere, nothing breaks the layout."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from kbtool.export.site import SiteExporter
from tests.browser.conftest import PHONE, Built, built, visiting
from tests.browser.frames import in_frames
from tests.browser.test_pages import OVERFLOW, overflow
from tests.export.hostile import CANARY, OWN, hostile_release
from tests.export.small import files_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """The site of the hostile base."""
    with ExitStack() as stack:
        yield built(files_of(SiteExporter(), hostile_release(len(OWN))), tmp_path_factory.mktemp("hostile"), stack)


SEEN = f"""(window) => {{
  const ran = [window.{CANARY}, window.parent.{CANARY}].find((each) => each !== undefined);
  const wide = ({OVERFLOW})(window);
  return ran === undefined && !wide ? null : [ran, wide];
}}"""


def test_nothing_runs_and_nothing_breaks_the_layout(browser: Browser, hostile: Built) -> None:
    """In the browser, nothing runs and nothing breaks the layout: on every page, on a phone.

    Left out is the page for wrong addresses, which has nothing of the data and is made for one address of a server.
    """
    pages = [path for path in hostile.files if path.endswith(".html") and path != "404.html"]
    claims = [path for path in pages if path.startswith("open-text/hostile-")]
    assert len(claims) == len(OWN)
    with visiting(browser, hostile.server) as visit:
        found = in_frames(visit.page, hostile.server, pages, PHONE, SEEN)
        assert visit.faults == []
    assert {path: seen for path, seen in found.items() if seen} == {}
    assert len(found) == len(pages) > len(claims)


def test_nothing_of_it_runs_in_search_or_beside_the_text(browser: Browser, hostile: Built) -> None:
    """What scripts put into pages is text too."""
    with visiting(browser, hostile.folder, viewport=PHONE) as visit:
        page = visit.page
        page.goto(hostile.folder + "claims.html")
        for words in ("script", "onerror", "evil", "img", '"', "{{"):
            page.fill("#find", words)
            page.wait_for_selector("#results .item")
            while page.get_by_role("button", name="Show").is_visible():
                page.get_by_role("button", name="Show").click()
            assert page.locator("#results script, #results img, #results iframe").count() == 0
            assert overflow(page) is None
        page.goto(hostile.folder + "open-text/index.html")
        page.evaluate("document.querySelectorAll('.ref').forEach(ref => ref.click())")
        assert page.locator(".card:visible").count() == 1
        assert page.evaluate(f"typeof window.{CANARY}") == "undefined"
        assert visit.faults == []
