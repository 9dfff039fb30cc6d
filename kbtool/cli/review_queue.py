"""`kbtool review queue`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kbtool.cli.base import as_of_option, base_option, colour_wanted, speed_options, today
from kbtool.cli.reading import format_option

if TYPE_CHECKING:
    from kbtool.cli.checkup import Speed
    from kbtool.cli.page import Page
    from kbtool.engine.waiting import Waiting


@click.command(short_help="List what needs a look, most harmful first, with the reasons.")
@base_option
@as_of_option
@click.option("--for", "for_", metavar="ID", help="Only what this reviewer can do something about.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Only the first N.")
@format_option("text", "json")
@speed_options
def queue(
    kb: Path | None,
    as_of: date | None,
    for_: str | None,
    limit: int | None,
    format_: str,
    no_cache: bool,
    jobs: int | None,
) -> None:
    """List the claims that need a look, each with the reasons.

    The most harmful come first: highest risk by the policy, then longest overdue, then oldest draft. With --for, what a
    reviewer drafted or has decided already is left out, claims that wait for a role they hold come first within their
    risk, and the claims of absent colleagues who named them are marked.

    \b
    Examples:
      kbtool review queue
      kbtool review queue --for example-clinician --limit 5
    """
    from kbtool.cli.checkup import Speed
    from kbtool.cli.page import terminal_page

    day = as_of or today()
    if for_:
        items = _queue_for(for_, kb, day)
        shown, total = items[:limit], len(items)
    else:
        shown, total = _queue(kb, day, Speed(no_cache=no_cache, jobs=jobs), limit)
    if format_ == "json":
        click.echo(json.dumps(_json(day, total, shown, for_), indent=2, ensure_ascii=False, sort_keys=True))
    else:
        click.echo("\n".join(_text(terminal_page(bold=colour_wanted()), day, total, shown)), color=True)


def _queue(kb: Path | None, day: date, speed: Speed, limit: int | None) -> tuple[list[Waiting], int]:
    """The first claims that need a look, from the rows of the base, and how many there are."""
    from kbtool.cli.boards import say_problems, shown_board
    from kbtool.engine.waiting import waiting

    with shown_board(kb, day, speed) as at:
        say_problems(at.board)
        return waiting(at.board, limit)


def _queue_for(for_: str, kb: Path | None, day: date) -> list[Waiting]:
    """Those that one reviewer can do something about."""
    from kbtool.cli.review_desk import open_desk, reviewer_named
    from kbtool.engine.waiting import Waiting
    from kbtool.review.queue import queue_for

    opened = open_desk(kb, day)
    items = queue_for(opened.base, opened.desk.state, day, reviewer_named(opened.base, for_))
    return [
        Waiting(
            claim=item.claim,
            statement=item.statement,
            risk=item.risk,
            standing=item.standing,
            reasons=item.reasons,
            drafted=item.drafted.isoformat(),
            lapsed=item.lapsed.isoformat() if item.lapsed else None,
            role=item.role,
            stands_in_for=tuple(sorted(item.stands_in_for)),
        )
        for item in items
    ]


def _json(day: date, total: int, shown: Sequence[Waiting], for_: str | None) -> dict[str, Any]:
    rows = [
        {
            "claim": item.claim,
            "statement": item.statement,
            "risk": item.risk,
            "standing": item.standing,
            "reasons": list(item.reasons),
            "drafted": item.drafted,
            "lapsed": item.lapsed,
            "role": item.role or None,
            "stands_in_for": list(item.stands_in_for),
        }
        for item in shown
    ]
    head = {"format": "kbtool/queue/1", "as_of": day.isoformat(), "for": for_, "total": total}
    return {**head, "claims": rows}


def _text(page: Page, day: date, total: int, shown: Sequence[Waiting]) -> Iterator[str]:
    from kbtool.cli.page import clean, count, paragraph

    if not total:
        yield f"nothing needs a look as of {day}"
        return
    for number, item in enumerate(shown, 1):
        yield from paragraph(
            page, f"{item.claim}  ({item.risk} risk, {item.standing.replace('-', ' ')})", 4, first=f"{number}."
        )
        yield from paragraph(page, clean(item.statement), 4)
        for reason in (*item.reasons, *_own_reasons(item)):
            yield from paragraph(page, clean(reason), 6, first="    -")
        yield ""
    needs = "needs" if total == 1 else "need"
    first = "" if len(shown) == total else f"; shown: the first {len(shown)}"
    yield f"{count(total, 'claim')} {needs} a look as of {day}{first}"


def _own_reasons(item: Waiting) -> Iterator[str]:
    if item.role:
        yield f"you can give the approval by a {item.role}"
    for absent in item.stands_in_for:
        yield f"{absent}, who decided about it before, is away and named you; decide with --acting-for {absent}"
