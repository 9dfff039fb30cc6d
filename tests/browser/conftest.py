"""One browser for all tests, and the sites that they look at, each made once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kbtool.cli.base import check_base
from kbtool.cli.export_release import release_of
from kbtool.export.site import SiteExporter
from tests.browser.serving import serving
from tests.export.small import files_of, small_release

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
REPOSITORY = Path(__file__).parents[2]
PHONE = {"width": 320, "height": 568}
DESK = {"width": 1280, "height": 900}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip these tests where there is no browser."""
    if not CHROMIUM.exists():
        for item in items:
            if item.path.parent == Path(__file__).parent:
                item.add_marker(pytest.mark.skip(reason=f"NOT RUN: {CHROMIUM} is not installed"))


_ELSEWHERE = re.compile(r"^(?!file:|http://127\.0\.0\.1:)")
"""Addresses that no test may reach."""


@dataclass(frozen=True, slots=True)
class Built:
    """A site on the disk and on a server."""

    files: Mapping[str, bytes]
    folder: str
    """Its address on the disk."""
    server: str
    """Its address on the server."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A page in the browser, and everything that should not have happened there."""

    page: Page
    faults: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield found
        found.close()


@contextmanager
def visiting(browser: Browser, *allowed: str, **options: Any) -> Iterator[Visit]:
    """A page of a fresh browser context; only the allowed addresses may be asked for, any other is a fault."""
    context: BrowserContext = browser.new_context(**{"viewport": DESK, **options})
    context.set_default_timeout(5000)
    visit = Visit(context.new_page())
    page, faults = visit.page, visit.faults

    def seen(request: Any) -> None:
        if not request.url.startswith(allowed):
            faults.append(f"asked for {request.url}")

    def said(dialog: Any) -> None:
        faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    context.route(_ELSEWHERE, lambda route: route.abort())
    page.on("request", seen)
    page.on("console", lambda message: faults.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: faults.append(f"error: {error}"))
    page.on("dialog", said)
    page.on("popup", lambda popup: faults.append(f"popup: {popup.url}"))
    try:
        yield visit
    finally:
        context.close()


def built(files: Mapping[str, bytes], folder: Path, stack: ExitStack) -> Built:
    """The site of an export's files, written and served for as long as the stack is open."""
    site = {path.removeprefix("site/"): content for path, content in files.items()}
    for path, content in site.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return Built(site, f"{folder.as_uri()}/", stack.enter_context(serving(site)).address)


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """The site of this repository's own base."""
    outcome = check_base(REPOSITORY / "claims", date(2026, 11, 23))
    files = files_of(SiteExporter(), release_of(outcome, "any", None))
    with ExitStack() as stack:
        yield built(files, tmp_path_factory.mktemp("real"), stack)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """The site of the small base: every type, standing and verdict, a held claim and tombstones."""
    with ExitStack() as stack:
        yield built(files_of(SiteExporter(), small_release()), tmp_path_factory.mktemp("small"), stack)
