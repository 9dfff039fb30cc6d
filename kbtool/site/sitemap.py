"""`sitemap.xml` and `robots.txt`, for the address at which the site is to be served."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import escape

from kbtool.release.artifact import Artifact
from kbtool.site import paths

_MOST = 50_000
"""Addresses in one file, as the sitemap protocol (sitemaps.org, 0.9) allows."""

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap(base_url: str, pages: Sequence[str], day: str) -> Iterator[Artifact]:
    """The sitemap of the pages, in several files and an index where one may not hold them all, and `robots.txt`."""
    lots = [pages[start : start + _MOST] for start in range(0, len(pages), _MOST)]
    if len(lots) == 1:
        yield _urls("sitemap.xml", base_url, lots[0], day)
    else:
        names = [f"sitemap-{number}.xml" for number in range(1, len(lots) + 1)]
        for name, lot in zip(names, lots, strict=True):
            yield _urls(name, base_url, lot, day)
        entries = [f"<sitemap><loc>{escape(base_url + name)}</loc><lastmod>{day}</lastmod></sitemap>" for name in names]
        yield _xml("sitemap.xml", "sitemapindex", entries)
    yield Artifact("robots.txt", f"User-agent: *\nAllow: /\nSitemap: {base_url}sitemap.xml\n".encode())


def _urls(path: str, base_url: str, pages: Sequence[str], day: str) -> Artifact:
    stem = escape(base_url)
    entries = [f"<url><loc>{stem}{paths.address_of(page)}</loc><lastmod>{day}</lastmod></url>" for page in pages]
    return _xml(path, "urlset", entries)


def _xml(path: str, root: str, entries: Sequence[str]) -> Artifact:
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<{root} xmlns="{_NAMESPACE}">', *entries, f"</{root}>", ""]
    return Artifact(path, "\n".join(lines).encode())
