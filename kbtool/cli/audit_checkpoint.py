"""`kbtool audit checkpoint`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from kbtool.cli.base import Refused, base_option
from kbtool.cli.review_desk import not_after_today, on_option, open_desk, writing
from kbtool.cli.signing import passphrase_option, signing_key


@click.command(short_help="Take up what waits into the log, and sign it.")
@base_option
@click.option("--key", type=click.Path(path_type=Path), metavar="FILE", required=True, help="The log's private key.")
@passphrase_option
@on_option("of the checkpoint")
def checkpoint(kb: Path | None, key: Path, passphrase_file: Path | None, on: date | None) -> None:
    """Put every decision and governance file that waits into the log, in one order, and sign a checkpoint over it.

    Run it in one place, on the published branch: two checkpoints made on two branches conflict, and are meant to.
    Nothing is logged where the log does not hold, or where anything that waits does not.

    \b
    Exit status: 0 taken up, or nothing waited; 1 refused; 2 no base or no key.

    \b
    Example:
      kbtool audit checkpoint --key log.pem
    """
    from kbtool.review.base64text import encode
    from kbtool.review.edits import Refusal
    from kbtool.review.sequence import sequence
    from kbtool.store.decide import write_edits

    day = not_after_today(on)
    opened = open_desk(kb, day)
    made = sequence(opened.base, opened.desk.state, signing_key(key, passphrase_file), day)
    if isinstance(made, Refusal):
        raise Refused(made.message, made.hint)
    if not made.added:
        click.echo("nothing waits for the log")
        return
    with writing():
        write_edits(opened.root, made.edits)
    size = made.checkpoint.size if made.checkpoint else 0
    for number, entry in enumerate(made.added, size - len(made.added)):
        click.echo(f"  {number:6}  {entry.on}  {entry.name}")
    if made.checkpoint:
        click.echo(f"checkpoint of {size} entries, root {encode(made.checkpoint.root)}")
