"""`kbtool review queue`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kbtool.cli.base import as_of_option, base_option, colour_wanted, today
from kbtool.cli.reading import format_option
from kbtool.cli.review_desk import Opened, open_desk, reviewer_named

if TYPE_CHECKING:
    from kbtool.cli.page import Page
    from kbtool.review.queue import Item


@click.command(short_help="List what needs a look, most harmful first, with the reasons.")
@base_option
@as_of_option
@click.option("--for", "for_", metavar="ID", help="Only what this reviewer can do something about.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Only the first N.")
@format_option("text", "json")
def queue(kb: Path | None, as_of: date | None, for_: str | None, limit: int | None, format_: str) -> None:
    """List the claims that need a look, each with the reasons.

    The most harmful come first: highest risk by the policy, then longest overdue, then oldest draft. With --for, what a
    reviewer drafted or has decided already is left out, claims that wait for a role they hold come first within their
    risk, and the claims of absent colleagues who named them are marked.

    \b
    Examples:
      kbtool review queue
      kbtool review queue --for example-clinician --limit 5
    """
    from kbtool.cli.page import terminal_page

    opened = open_desk(kb, as_of or today())
    items = _items(opened, for_)
    shown = items[:limit]
    if format_ == "json":
        click.echo(json.dumps(_json(opened, items, shown, for_), indent=2, ensure_ascii=False, sort_keys=True))
    else:
        click.echo("\n".join(_text(terminal_page(bold=colour_wanted()), opened, items, shown)), color=True)


def _items(opened: Opened, for_: str | None) -> tuple[Item, ...]:
    from kbtool.review.queue import queue as whole_queue
    from kbtool.review.queue import queue_for

    if for_ is None:
        return whole_queue(opened.base, opened.desk.state, opened.as_of)
    return queue_for(opened.base, opened.desk.state, opened.as_of, reviewer_named(opened.base, for_))


def _json(opened: Opened, items: tuple[Item, ...], shown: tuple[Item, ...], for_: str | None) -> dict[str, Any]:
    rows = [
        {
            "claim": item.claim,
            "statement": item.statement,
            "risk": item.risk,
            "standing": item.standing,
            "reasons": list(item.reasons),
            "drafted": item.drafted.isoformat(),
            "lapsed": item.lapsed.isoformat() if item.lapsed else None,
            "role": item.role or None,
            "stands_in_for": sorted(item.stands_in_for),
        }
        for item in shown
    ]
    head = {"format": "kbtool/queue/1", "as_of": opened.as_of.isoformat(), "for": for_, "total": len(items)}
    return {**head, "claims": rows}


def _text(page: Page, opened: Opened, items: tuple[Item, ...], shown: tuple[Item, ...]) -> Iterator[str]:
    from kbtool.cli.page import clean, count, paragraph

    if not items:
        yield f"nothing needs a look as of {opened.as_of}"
        return
    for number, item in enumerate(shown, 1):
        yield from paragraph(
            page, f"{item.claim}  ({item.risk} risk, {item.standing.replace('-', ' ')})", 4, first=f"{number}."
        )
        yield from paragraph(page, clean(item.statement), 4)
        for reason in (*item.reasons, *_own_reasons(item)):
            yield from paragraph(page, clean(reason), 6, first="    -")
        yield ""
    needs = "needs" if len(items) == 1 else "need"
    first = "" if len(shown) == len(items) else f"; shown: the first {len(shown)}"
    yield f"{count(len(items), 'claim')} {needs} a look as of {opened.as_of}{first}"


def _own_reasons(item: Item) -> Iterator[str]:
    if item.role:
        yield f"you can give the approval by a {item.role}"
    for absent in sorted(item.stands_in_for):
        yield f"{absent}, who decided about it before, is away and named you; decide with --acting-for {absent}"
