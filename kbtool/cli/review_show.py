"""`kbtool review show`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from kbtool.cli.base import as_of_option, base_option, colour_wanted, today
from kbtool.cli.browse import record_ids
from kbtool.cli.review_desk import claim_named, open_desk


@click.command(short_help="Show a claim as a reviewer needs it, with what changed.")
@click.argument("claim", shell_complete=record_ids)
@base_option
@as_of_option
def show(claim: str, kb: Path | None, as_of: date | None) -> None:
    """Show a claim with all that an approval covers, what was decided about it, and what changed since.

    Statement, verdict, caveats with what they rest on, evidence with its stance, the quotes marked in their paragraph;
    decisions and reports; the words dropped and added since the last approval, field by field. The last line is
    the digest of what was shown: give it as --seen, so that you decide about nothing else.

    \b
    Example:
      kbtool review show calmer-60-percent-2019
    """
    from kbtool.cli.page import terminal_page
    from kbtool.cli.review_page import review_page

    opened = open_desk(kb, as_of or today())
    lines = review_page(terminal_page(bold=colour_wanted()), opened, claim_named(opened.base, claim))
    click.echo("\n".join(lines), color=True)
