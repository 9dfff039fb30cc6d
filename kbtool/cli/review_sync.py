"""`kbtool review sync`."""

from __future__ import annotations

from pathlib import Path

import click

from kbtool.cli.base import Refused, base_option, today
from kbtool.cli.review_desk import open_desk, writing


@click.command(short_help="Write the review status of every record as it was decided.")
@base_option
def sync(kb: Path | None) -> None:
    """Write the status of every record that is not what its decisions amount to; nothing else changes.

    Of a record only the one word after 'status:' is written. Every decision does that by itself; this is for a base
    that was merged, or whose decisions came from elsewhere.

    \b
    Example:
      kbtool review sync
    """
    from kbtool.review.edits import Refusal, status_changes
    from kbtool.store.decide import write_edits

    opened = open_desk(kb, today())
    changes = list(status_changes(opened.base, opened.desk.state))
    done = [change for change in changes if not isinstance(change, Refusal)]
    refused = [change for change in changes if isinstance(change, Refusal)]
    with writing():
        write_edits(opened.root, [change.edit for change in done])
    for change in done:
        click.echo(f"{change.claim}: {change.before} -> {change.after}")
    click.echo(f"{len(done)} of {len(opened.base.claims)} records changed")
    if refused:
        raise Refused(refused[0].message, refused[0].hint)
