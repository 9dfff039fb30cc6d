"""`kbtool status`."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from kbtool.cli.base import as_of_option, base_option, check_base, colour_wanted, usable
from kbtool.cli.reading import format_option, reading_of


@click.command(short_help="Sum up a base: claims by type, verdict and standing; coverage.")
@base_option
@as_of_option
@format_option("text", "json")
def status(kb: Path | None, as_of: date | None, format_: str) -> None:
    """Sum up a base: what it holds by kind, how much of each document is accounted for, what the check finds.

    The exit status says only whether there was a base to sum up; 'kbtool validate' is the gate.

    \b
    Examples:
      kbtool status
      kbtool status --kb my-base/claims --as-of 2026-12-31
      kbtool status --format json
    """
    from kbtool.cli.page import terminal_page
    from kbtool.cli.summary import summary_lines, summary_of

    outcome = check_base(kb, as_of)
    summary = summary_of(outcome, reading_of(usable(outcome), outcome.as_of))
    if format_ == "json":
        click.echo(json.dumps(summary, indent=2, ensure_ascii=False, sort_keys=True))
    else:
        click.echo("\n".join(summary_lines(terminal_page(bold=colour_wanted()), summary)), color=True)
