"""What axe-core finds in a page that a browser shows."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page


@cache
def _axe() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")


COLOURS = ("color-contrast", "link-in-text-block")
"""The rules that look at colours."""


def violations(page: Page, *rules: str) -> list[list[str]]:
    """Rule and first element of each violation, of the named rules or of all; nothing is loaded that the page lacks."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(_axe())
    found: list[list[str]] = page.evaluate(
        """async (rules) => {
          const only = rules.length ? {runOnly: rules} : {};
          const found = await axe.run(document, {resultTypes: ["violations"], preload: false, ...only});
          return found.violations.map((each) => [each.id, each.nodes[0].html.slice(0, 200)]);
        }""",
        list(rules),
    )
    return found
