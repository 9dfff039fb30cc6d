"""`kbtool waive`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from kbtool.cli.base import DayParam, Refused, base_option, check_base, usable
from kbtool.cli.find_record import find_record
from kbtool.cli.review_desk import not_after_today, on_option, writing


@click.command(short_help="Make a dated exception to a rule for one record.")
@click.argument("rule")
@click.argument("record")
@base_option
@click.option("--reason", required=True, help="Why the finding is accepted.")
@click.option("--by", required=True, metavar="ID", help="The reviewer who grants it.")
@click.option("--until", type=DayParam(), metavar="DATE", required=True, help="The last day on which it holds.")
@on_option("on which it is granted")
def waive(rule: str, record: str, kb: Path | None, reason: str, by: str, until: date, on: date | None) -> None:
    """Accept what RULE finds in RECORD, for its present content and until a day.

    The exception is a file under waivers/. It is counted in every check; it lapses when the record changes or its last
    day is over, and is an error from then on. Locked rules cannot be waived.

    \b
    Example:
      kbtool waive caveat-repeated tea/hot-water --reason "said twice on purpose" --by ben --until 2027-01-31
    """
    from kbtool.review.edits import Refusal
    from kbtool.review.waiving import Asked, waive
    from kbtool.rules import PAGES
    from kbtool.store.decide import write_edits

    day = not_after_today(on)
    outcome = check_base(kb, day)
    base = usable(outcome)
    asked = Asked(rule, find_record(base, record)[1], reason, by, day, until)
    granted = waive(asked, base, outcome.diagnostics, {name: page.locked for name, page in PAGES.items()})
    if isinstance(granted, Refusal):
        raise Refused(granted.message, granted.hint)
    with writing():
        write_edits(outcome.root, [granted.edit])
    for each in granted.silenced:
        click.echo(f"waived until {until}: {each.location.file}:{each.location.line}: {each.message}")
    click.echo(f"written: {outcome.shown}/{granted.edit.name}")
