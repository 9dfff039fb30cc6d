"""Fetching pages from a small server on this machine: politely, with limits, and not twice."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kbtool.store.fetch import AGENT, Fetcher, FetchFailed, Limits
from kbtool.store.fetch_cache import PageCache

PAGE = b"<p>Plumberry tea may not relieve hiccups.</p>"


@dataclass
class Site:
    """What a server answers by path, and what it was asked."""

    url: str = ""
    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def paths(self) -> list[str]:
        """What was asked for, robots.txt aside."""
        return [path for path, _ in self.asked if path != "/robots.txt"]


@pytest.fixture
def site() -> Iterator[Site]:
    """A server that answers what the test says."""
    made = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.asked.append((self.path, dict(self.headers)))
            status, headers, body = made.answers.get(self.path, (404, {}, b""))
            if "ETag" in headers and self.headers["If-None-Match"] == headers["ETag"]:
                status, body = 304, b""
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.url = f"http://127.0.0.1:{server.server_port}"
    made.answers["/page"] = (200, {"Content-Type": "text/html; charset=utf-8", "ETag": '"one"'}, PAGE)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield made
    server.shutdown()
    server.server_close()
    thread.join()


def fetcher(cache: Path | None = None, **limits: float) -> Fetcher:
    given = Limits(**{"pause": 0.0, "seconds": 5.0} | limits)  # type: ignore[arg-type]
    return Fetcher(PageCache(cache) if cache else None, given)


def failed(made: Fetcher, url: str) -> str:
    with pytest.raises(FetchFailed) as error:
        made.fetch(url)
    return error.value.message


def test_a_page_is_fetched_by_name_and_after_robots(site: Site) -> None:
    page = fetcher().fetch(f"{site.url}/page")
    assert (page.body, page.media_type, page.charset, page.is_cached) == (PAGE, "text/html", "utf-8", False)
    assert [path for path, _ in site.asked] == ["/robots.txt", "/page"]
    assert all(headers["User-Agent"] == AGENT for _, headers in site.asked)


def test_a_page_that_has_not_changed_is_not_sent_again(site: Site, tmp_path: Path) -> None:
    first = fetcher(tmp_path / "pages").fetch(f"{site.url}/page")
    second = fetcher(tmp_path / "pages").fetch(f"{site.url}/page")
    assert (first.is_cached, second.is_cached, second.body) == (False, True, PAGE)
    assert site.asked[-1][1]["If-None-Match"] == '"one"'
    site.answers["/page"] = (200, {"Content-Type": "text/plain", "ETag": '"two"'}, b"new")
    third = fetcher(tmp_path / "pages").fetch(f"{site.url}/page")
    assert (third.is_cached, third.body, third.media_type) == (False, b"new", "text/plain")


@pytest.mark.parametrize(
    ("said", "requests"), [("max-age=600", 1), ("max-age=600, no-cache", 2), ("max-age=soon", 2), ("private", 2)]
)
def test_a_page_that_says_it_is_fresh_is_not_asked_for(site: Site, tmp_path: Path, said: str, requests: int) -> None:
    site.answers["/page"] = (200, {"Content-Type": "text/html", "Cache-Control": said}, PAGE)
    for _ in range(2):
        assert fetcher(tmp_path).fetch(f"{site.url}/page").body == PAGE
    assert len(site.paths()) == requests


def test_a_damaged_cache_is_no_cache(site: Site, tmp_path: Path) -> None:
    fetcher(tmp_path).fetch(f"{site.url}/page")
    kept = next(tmp_path.iterdir())
    for raw in (b"", b"{}\n", kept.read_bytes() + b"more", b"[1]\nx", b'\xff"\n'):
        kept.write_bytes(raw)
        assert not fetcher(tmp_path).fetch(f"{site.url}/page").is_cached


def test_a_cache_that_cannot_be_written_is_left_out(site: Site, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert fetcher(tmp_path / "file" / "pages").fetch(f"{site.url}/page").body == PAGE


@pytest.mark.parametrize(
    ("robots", "message"),
    [
        ((200, {}, b"User-agent: *\nDisallow: /page\n"), "asks programs not to fetch it"),
        ((200, {}, b"User-agent: kbtool\nDisallow: /\n"), "asks programs not to fetch it"),
        ((503, {}, b""), "does not say whether it may be fetched"),
    ],
)
def test_robots_are_heeded(site: Site, robots: tuple[int, dict[str, str], bytes], message: str) -> None:
    site.answers["/robots.txt"] = robots
    assert message in failed(fetcher(), f"{site.url}/page")
    assert site.paths() == []


def test_a_site_is_asked_with_a_pause(site: Site) -> None:
    waits: list[float] = []
    site.answers["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 7\n")
    made = Fetcher(None, Limits(pause=1.0), clock=lambda: 100.0, sleep=waits.append)
    made.fetch(f"{site.url}/page")
    made.fetch(f"{site.url}/page")
    assert waits == [7.0, 7.0]


def test_redirects_are_followed_and_checked_one_by_one(site: Site) -> None:
    site.answers["/old"] = (302, {"Location": "/page"}, b"")
    site.answers["/out"] = (301, {"Location": "file:///etc/hostname"}, b"")
    site.answers["/round"] = (307, {"Location": "/round"}, b"")
    site.answers["/secret"] = (302, {"Location": "/closed"}, b"")
    site.answers["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /closed\n")
    assert fetcher().fetch(f"{site.url}/old").body == PAGE
    assert "is no address of the web" in failed(fetcher(), f"{site.url}/out")
    assert "redirects more than 5 times" in failed(fetcher(), f"{site.url}/round")
    assert "asks programs not to fetch it" in failed(fetcher(), f"{site.url}/secret")


@pytest.mark.parametrize(
    ("status", "message"), [(404, "answers with status 404"), (500, "status 500"), (204, "status 204"), (302, "302")]
)
def test_other_answers(site: Site, status: int, message: str) -> None:
    site.answers["/page"] = (status, {}, b"")
    assert message in failed(fetcher(), f"{site.url}/page")


def test_what_is_large_or_slow_is_given_up(site: Site) -> None:
    site.answers["/page"] = (200, {}, b"x" * 1000)
    assert "more than 10 bytes" in failed(fetcher(most_bytes=10), f"{site.url}/page")
    ticks = iter(range(0, 1000, 9))
    slow = Fetcher(None, Limits(seconds=5.0, pause=0.0), clock=lambda: float(next(ticks)), sleep=lambda _: None)
    assert "takes more than 5 seconds" in failed(slow, f"{site.url}/page")


@pytest.mark.parametrize("url", ["file:///etc/hostname", "ftp://example.org/x", "http:///x", "nonsense"])
def test_only_the_web(url: str) -> None:
    assert "is no address of the web" in failed(fetcher(), url)


def test_a_site_that_is_not_there() -> None:
    assert "cannot be reached" in failed(fetcher(), "http://127.0.0.1:1/page")
    assert "cannot be reached" in failed(fetcher(), "http://[::1/page")
