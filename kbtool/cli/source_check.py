"""`kbtool source check`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kbtool.cli.base import base_option, finish, today
from kbtool.cli.reading import format_option
from kbtool.cli.source_base import Opened, open_base, source_named
from kbtool.diagnostics import ExitStatus

if TYPE_CHECKING:
    from kbtool.ingest.drift import Drift
    from kbtool.report.jsontext import Json
    from kbtool.store.fetch import Fetcher, Page

FORMAT = "kbtool/source-check/1"
"""Name and version of the JSON, whose keys are `format`, `as_of` and `findings`: each {document, where, state, message,
words}, `where` "stored" or an address, `state` one of same, drifted, unknown."""

_MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one text: the stored one, or a page."""

    document: str
    where: str
    """`stored`, or the address of a page."""
    state: str
    """`same`, `drifted`, or `unknown` where it could not be had."""
    message: str
    words: tuple[str, ...] = ()
    """The sentences that do not stand on a page."""


@click.command(short_help="Say whether stored texts, and live pages, are what was recorded.")
@click.argument("documents", metavar="[ID]...", nargs=-1)
@base_option
@format_option("text", "json")
@click.option("--fetch", is_flag=True, help="Look at the live pages too, at every address that the record names.")
@click.option("--no-cache", is_flag=True, help="With --fetch: neither use nor keep pages of earlier runs.")
@click.option(
    "--timeout", type=click.FloatRange(1, 300), default=20.0, show_default=True, metavar="SECONDS", help="For one page."
)
def check(
    documents: tuple[str, ...], kb: Path | None, format_: str, *, fetch: bool, no_cache: bool, timeout: float
) -> None:
    """Say of each source whether its stored texts are the ones recorded; with --fetch also whether its pages drifted.

    A page has drifted where a sentence of the stored text does not stand on it any more. Pages are fetched one at a
    time, with a pause, as their robots.txt allows, and not again where they have not changed.

    \b
    Exit status: 0 nothing drifted; 1 something drifted or could not be had; 2 no base or no such source.

    \b
    Examples:
      kbtool source check
      kbtool source check tea --fetch
    """
    opened = open_base(kb, today())
    names = [source_named(opened.base, name) for name in documents] or sorted(opened.base.sources)
    found = [_stored(opened, name) for name in names]
    if fetch:
        fetcher = _fetcher(timeout, with_cache=not no_cache)
        found += [each for name in names for each in _live(opened, name, fetcher)]
    _show(found, format_)
    finish(ExitStatus.FINDINGS if any(each.state != "same" for each in found) else ExitStatus.OK)


def _stored(opened: Opened, document: str) -> Finding:
    """What reading the base found of the stored texts of a document."""
    folder = f"sources/{document}/"
    mine = (
        problem
        for problem in opened.problems
        if problem.rule.startswith("source-text")
        and (problem.subject == document or problem.subject.startswith(folder))
    )
    problem = next(mine, None)
    if problem:
        return Finding(document, "stored", "drifted", f"{problem.message}; {problem.hint}")
    text, older = opened.base.sources[document].model.text, len(opened.older(document))
    also = f", and {older} older" if older else ""
    return Finding(document, "stored", "same", f"the stored text is the one recorded ({text.bytes:,} bytes){also}")


def _fetcher(timeout: float, *, with_cache: bool) -> Fetcher:
    from kbtool.store.cache_place import cache_folder
    from kbtool.store.fetch import Fetcher, Limits
    from kbtool.store.fetch_cache import PageCache

    folder = cache_folder(os.environ) if with_cache else None
    return Fetcher(PageCache(folder / "pages") if folder else None, Limits(seconds=timeout))


def _live(opened: Opened, document: str, fetcher: Fetcher) -> Iterator[Finding]:
    from kbtool.store.fetch import FetchFailed

    source = opened.base.sources[document].model
    urls = dict.fromkeys(place.url for place in (*source.found, *source.copies) if place.url)
    if not urls:
        yield Finding(document, "live", "same", "the record names no address to look at")
    for url in urls:
        try:
            yield _compared(opened, document, fetcher.fetch(url))
        except FetchFailed as error:
            yield Finding(document, url, "unknown", f"{error.message}; {error.hint}")


def _compared(opened: Opened, document: str, page: Page) -> Finding:
    from kbtool.ingest.drift import drift_of
    from kbtool.ingest.page_text import page_text

    stored, words = opened.base.texts.get(document), page_text(page.body, page.media_type, page.charset)
    if stored is None or words is None:
        what = "the stored text cannot be read" if stored is None else f"it is {page.media_type!r}, no page of text"
        return Finding(document, page.url, "unknown", f"not compared: {what}")
    found = drift_of(stored, opened.base.sources[document].model.sentences, words)
    since = ", which has not changed since it was last fetched" if page.is_cached else ""
    message = f"{found.standing} of {found.sentences} sentences stand on the page{since}"
    return Finding(document, page.url, "drifted" if found.drifted else "same", message, _drifted(stored, found))


def _drifted(stored: str, found: Drift) -> tuple[str, ...]:
    return tuple(f"{each.outcome}: {stored[slice(*each.old)]}" for each in found.drifted)


def _show(found: list[Finding], format_: str) -> None:
    if format_ == "json":
        from kbtool.report.jsontext import json_text

        value: Json = {
            "format": FORMAT,
            "as_of": today().isoformat(),
            "findings": [_as_json(each) for each in found],
        }
        click.echo(json_text(value), nl=False)
        return
    for line in (line for each in found for line in _lines(each)):
        click.echo(line)


def _as_json(each: Finding) -> Json:
    return {
        "document": each.document,
        "where": each.where,
        "state": each.state,
        "message": each.message,
        "words": list(each.words),
    }


def _lines(each: Finding) -> Iterator[str]:
    from kbtool.cli.page import clean

    yield clean(f"{each.document}: {'' if each.where == 'stored' else f'{each.where}: '}{each.message}")
    yield from (f"  {clean(words)}" for words in each.words[:_MOST_SHOWN])
    if len(each.words) > _MOST_SHOWN:
        yield f"  and {len(each.words) - _MOST_SHOWN} more; --format json lists all"
