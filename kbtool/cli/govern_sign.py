"""`kbtool govern sign`."""

from __future__ import annotations

from pathlib import Path

import click

from kbtool.cli.base import Refused, Unusable, base_option
from kbtool.cli.governing import accepted, keys_option, open_governed, read_file_of, settle, signed_with
from kbtool.cli.signing import passphrase_option


@click.command(short_help="Sign a proposal; with the last signature it is put into the base.")
@click.argument("proposal", type=click.Path(path_type=Path))
@base_option
@keys_option
@passphrase_option
def sign(proposal: Path, kb: Path | None, keys: tuple[Path, ...], passphrase_file: Path | None) -> None:
    """Sign PROPOSAL with a root key, once it is the base as you see it that it is about.

    What it changes is printed. The signature is added to the file; with the last one that it takes, the base gets its
    governance file, and the proposal may be deleted.

    \b
    Example:
      kbtool govern sign joins.json --key ben.pem
    """
    from kbtool.cli.govern_status import describe
    from kbtool.review.propose import out_of_date, read_proposal

    if not keys:
        raise Unusable("no key is named", "add --key FILE with your private root key")
    governed = open_governed(kb)
    raw = read_file_of(proposal)
    found = accepted(read_proposal(raw))
    if refusal := out_of_date(found, governed.base, governed.config):
        raise Refused(refusal.message, refusal.hint)
    describe(found, governed.chain)
    settle(signed_with(found, keys, passphrase_file, governed), governed, (), proposal, raw)
