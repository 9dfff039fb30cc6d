"""Fetching pages politely: who asks is said, robots.txt is heeded, nothing is asked for twice or in haste.

Only http and https; a page that has not changed is not sent again (ETag, Last-Modified, max-age); what is slow, large
or redirected without end is given up. The standard library does the talking. Nothing that is fetched is run or
followed.
"""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.message import Message
from typing import IO, Any
from urllib.parse import urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

from kbtool import __version__
from kbtool.store.fetch_cache import Cached, PageCache

AGENT = f"kbtool/{__version__} (source check)"
"""How kbtool names itself."""
_NAME = "kbtool"
_MOST_REDIRECTS = 5
_CHUNK = 65_536
_LONGEST_WAIT = 30.0
"""Seconds between two requests to one site at the most, whatever its robots.txt asks for."""
_LONGEST_FRESH = 86_400.0
"""Seconds for which a page is not asked for again at the most, whatever it says."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a fetch may cost."""

    seconds: float = 20.0
    """For one page, from first to last byte."""
    most_bytes: int = 20 * 1024 * 1024
    pause: float = 1.0
    """Seconds between two requests to one site."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was fetched."""

    url: str
    body: bytes
    media_type: str
    charset: str | None
    is_cached: bool
    """Whether it was kept from before, and has not changed since."""


class FetchFailed(Exception):  # noqa: N818 - it says what happened, as messages do
    """A page was not fetched; `message` is one sentence, `hint` says what to do next."""

    def __init__(self, message: str, hint: str = "") -> None:
        """Keep the message and the hint."""
        super().__init__(message)
        self.message = message
        self.hint = hint


@dataclass(slots=True)
class Fetcher:
    """Fetches pages one after the other; it remembers each site's robots.txt and when it last asked there."""

    cache: PageCache | None = None
    limits: Limits = Limits()
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    _robots: dict[str, RobotFileParser | None] = field(default_factory=dict)
    """By site; None where its robots.txt could not be had, so that nothing is fetched there."""
    _asked: dict[str, float] = field(default_factory=dict)

    def fetch(self, url: str) -> Page:
        """The page at an address; raises FetchFailed."""
        known = self.cache.get(url) if self.cache else None
        if known and self.now() < known.fresh_until:
            return _page(url, known, is_cached=True)
        try:
            return self._fetched(url, known)
        except FetchFailed:
            raise
        except urllib.error.HTTPError as error:
            error.close()
            raise FetchFailed(f"{url!r} answers with status {error.code}", _hint_of(error.code)) from None
        except (OSError, http.client.HTTPException, ValueError) as error:
            reason = getattr(error, "reason", error)
            raise FetchFailed(
                f"{url!r} cannot be reached: {str(reason).lower() or type(error).__name__}", "try again later"
            ) from None

    def _fetched(self, url: str, known: Cached | None) -> Page:
        at, headers = url, _conditions(known)
        for _ in range(_MOST_REDIRECTS + 1):
            self._check_allowed(at)
            answer = self._ask(at, headers)
            with answer:
                if answer.status == http.client.NOT_MODIFIED and known:
                    kept = _refreshed(known, answer.headers, self.now())
                    return self._kept(url, kept, is_cached=True)
                if target := _redirect(answer, at):
                    at = target
                    continue
                if answer.status != http.client.OK:
                    raise FetchFailed(f"{at!r} answers with status {answer.status}", _hint_of(answer.status))
                body = self._body(answer, at)
                return self._kept(url, _cached(answer.headers, body, self.now()), is_cached=False)
        raise FetchFailed(f"{url!r} redirects more than {_MOST_REDIRECTS} times", "give the address that it ends at")

    def _kept(self, url: str, page: Cached, *, is_cached: bool) -> Page:
        if self.cache:
            self.cache.put(url, page)
        return _page(url, page, is_cached=is_cached)

    def _check_allowed(self, url: str) -> None:
        if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname:
            raise FetchFailed(f"{url!r} is no address of the web", "only http and https are fetched")
        robots = self._robots_of(_site(url))
        if robots is None:
            raise FetchFailed(f"the site of {url!r} does not say whether it may be fetched", "try again later")
        if not robots.can_fetch(_NAME, url):
            raise FetchFailed(f"the site of {url!r} asks programs not to fetch it", "look at the page by hand")

    def _robots_of(self, site: str) -> RobotFileParser | None:
        """What a site asks of programs (RFC 9309): no file allows all, a site that fails allows nothing."""
        if site not in self._robots:
            self._robots[site] = self._read_robots(site)
        return self._robots[site]

    def _read_robots(self, site: str) -> RobotFileParser | None:
        parser = RobotFileParser()
        lines: list[str] = []
        try:
            with self._ask(f"{site}/robots.txt", {}) as answer:
                if answer.status == http.client.OK:
                    lines = self._body(answer, site).decode(errors="replace").splitlines()
        except urllib.error.HTTPError as error:
            error.close()
            if error.code >= http.client.INTERNAL_SERVER_ERROR:
                return None
        parser.parse(lines)
        return parser

    def _ask(self, url: str, headers: Mapping[str, str]) -> Any:
        """One request, not before the site's pause is over."""
        site = _site(url)
        if site in self._asked:
            self.sleep(max(0.0, self._asked[site] + self._pause(site) - self.clock()))
        given = {"User-Agent": AGENT, "Accept-Encoding": "identity", **headers}
        request = urllib.request.Request(url, headers=given)  # noqa: S310 - the scheme is checked before
        try:
            return _OPENER.open(request, timeout=self.limits.seconds)
        finally:
            self._asked[site] = self.clock()

    def _pause(self, site: str) -> float:
        robots = self._robots.get(site)
        asked = robots.crawl_delay(_NAME) if robots else None
        return min(_LONGEST_WAIT, max(self.limits.pause, float(asked or 0)))

    def _body(self, answer: IO[bytes], url: str) -> bytes:
        """The whole body; gives up on what is longer or slower than the limits."""
        parts, size, until = [], 0, self.clock() + self.limits.seconds
        while chunk := answer.read(_CHUNK):
            size += len(chunk)
            parts.append(chunk)
            if size > self.limits.most_bytes:
                raise FetchFailed(f"{url!r} has more than {self.limits.most_bytes:,} bytes", "look at it by hand")
            if self.clock() > until:
                raise FetchFailed(f"{url!r} takes more than {self.limits.seconds:g} seconds", "try again later")
        return b"".join(parts)


class _Plain(urllib.request.HTTPRedirectHandler):
    """Follows nothing by itself, so that each address is checked before it is asked; "not modified" is an answer."""

    def http_error_302(self, req: Any, fp: Any, code: int, msg: str, headers: Message) -> Any:
        """Hand out the answer itself."""
        del req, code, msg, headers
        return fp

    http_error_301 = http_error_303 = http_error_304 = http_error_307 = http_error_308 = http_error_302


_OPENER = urllib.request.build_opener(_Plain)
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


def _site(url: str) -> str:
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, "", "", ""))


def _redirect(answer: Any, url: str) -> str | None:
    from urllib.parse import urljoin  # noqa: PLC0415 - only where a page has moved

    target = answer.headers.get("Location")
    return urljoin(url, target) if answer.status in _REDIRECTS and target else None


def _conditions(known: Cached | None) -> dict[str, str]:
    """Ask for the page only where it has changed since."""
    given = {"If-None-Match": known.etag, "If-Modified-Since": known.modified} if known else {}
    return {name: value for name, value in given.items() if value}


def _cached(headers: Message, body: bytes, now: float) -> Cached:
    return Cached(
        body=body,
        media_type=headers.get_content_type(),
        charset=headers.get_content_charset(),
        etag=headers.get("ETag", ""),
        modified=headers.get("Last-Modified", ""),
        fresh_until=_fresh_until(headers, now),
    )


def _refreshed(known: Cached, headers: Message, now: float) -> Cached:
    return Cached(known.body, known.media_type, known.charset, known.etag, known.modified, _fresh_until(headers, now))


def _fresh_until(headers: Message, now: float) -> float:
    """Until when the page says that it may be used without asking again."""
    said = [part.strip().lower() for part in headers.get("Cache-Control", "").split(",")]
    if "no-cache" in said or "no-store" in said:
        return now
    ages = [part.removeprefix("max-age=") for part in said if part.startswith("max-age=")]
    return now + min(_LONGEST_FRESH, float(ages[0])) if ages and ages[0].isdecimal() else now


def _page(url: str, kept: Cached, *, is_cached: bool) -> Page:
    return Page(url, kept.body, kept.media_type, kept.charset, is_cached)


def _hint_of(code: int) -> str:
    gone = {http.client.NOT_FOUND, http.client.GONE}
    return "the page is gone; note where else the text is found" if code in gone else "try again later"
