"""`kbtool probe`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from kbtool.cli.base import Unusable, as_of_option, base_option, finish, read_named, today
from kbtool.cli.reading import format_option
from kbtool.diagnostics import ExitStatus


@click.command(short_help="Plant faults in a scratch copy and demand that each is caught.")
@base_option
@as_of_option
@format_option("text", "json")
@click.option("--mutate", is_flag=True, help="Also switch each rule off and demand that some fault gets through.")
def probe(kb: Path | None, as_of: date | None, format_: str, mutate: bool) -> None:
    """Test the gates: plant faults in a scratch copy of the base and demand that the right rule catches each.

    The base itself is never touched. Decisions, keys and waivers are left out of the copy, since nobody but their
    owners can sign; made-up people approve a few claims of it with made-up keys, so that approvals can be attacked.

    \b
    Exit status: 0 all caught (with --mutate: and every rule missed when off); 1 something got through;
    2 nothing could be planted.

    \b
    Examples:
      kbtool probe
      kbtool probe --mutate
      kbtool probe --format json --as-of 2026-12-31
    """
    from kbtool.probe.mutate import mutation_score
    from kbtool.probe.run import probe as run
    from kbtool.probe.show import as_json, as_text

    _, shown, found = read_named(kb)
    outcome = run(found.files, as_of or today())
    if not outcome.caught:
        reason = outcome.skipped[0].reason
        raise Unusable(f"no fault can be planted in {shown!r}: {reason}", f"run 'kbtool validate --kb {shown}'")
    score = mutation_score(outcome) if mutate else None
    click.echo((as_json if format_ == "json" else as_text)(outcome, score, shown), nl=False)
    failed = outcome.missed or (score and score.unnoticed)
    finish(ExitStatus.FINDINGS if failed else ExitStatus.OK)
