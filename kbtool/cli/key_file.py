"""`kbtool key new` and `kbtool key show`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kbtool.cli.base import Refused, Unusable, shown_path, today
from kbtool.cli.signing import passphrase_given, passphrase_option, signing_key
from kbtool.store.interrupt import undone_on_interrupt

if TYPE_CHECKING:
    from kbtool.review.keys import PublicKey


@click.command(short_help="Make a signing key; the private half stays outside of any base.")
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE", required=True, help="Where to put the private key."
)
@passphrase_option
def new(out: Path, passphrase_file: Path | None) -> None:
    """Make an Ed25519 key to sign decisions with, and print what goes into reviewers.yaml.

    FILE is made with rights for you alone, never inside a base and never over another file. With a passphrase it is
    useless to whoever finds it; take a long one. Keep a copy in a safe place: nobody can make the same key again.

    \b
    Examples:
      kbtool key new --out ~/.kbtool/key.pem
      kbtool key new --out key.pem --passphrase-file words.txt
    """
    from kbtool.review.keys import MAX_PASSPHRASE, new_key
    from kbtool.store.files import FileRefused
    from kbtool.store.keyfile import repository_around, write_new_key

    passphrase = passphrase_given(passphrase_file) or _new_passphrase()
    if passphrase and len(passphrase) > MAX_PASSPHRASE:
        raise Unusable(f"the passphrase has more than {MAX_PASSPHRASE} bytes", "take a shorter one")
    key = new_key()
    try:
        write_new_key(out, key.to_pem(passphrase))
    except FileRefused as error:
        raise Refused(error.message, error.hint) from None
    if repository := repository_around(out):
        where = f"{shown_path(out)!r} lies in the git repository {shown_path(repository)!r}"
        click.echo(f"kbtool: warning: {where}; see that it is never committed", err=True)
    locked = "locked with the passphrase" if passphrase else "without a passphrase"
    click.echo(f"the private key stands in {shown_path(out)}, {locked}\n")
    _print_public(key.public())


@click.command(short_help="Print the public half of a key file, and its id.")
@click.argument("file", type=click.Path(path_type=Path))
@passphrase_option
def show(file: Path, passphrase_file: Path | None) -> None:
    """Print what of a private key goes into reviewers.yaml, and the id that signatures call it by.

    \b
    Example:
      kbtool key show ~/.kbtool/key.pem
    """
    _print_public(signing_key(file, passphrase_file).public())


def _new_passphrase() -> bytes | None:
    """A passphrase asked for twice at a terminal; empty for none."""
    if not sys.stdin.isatty():
        return None
    text = "Passphrase for the new key (empty for none)"
    with undone_on_interrupt():
        words = click.prompt(text, hide_input=True, confirmation_prompt=True, default="", show_default=False, err=True)
    return str(words).encode(errors="surrogateescape") or None


def _print_public(public: PublicKey) -> None:
    click.echo("in reviewers.yaml, among the keys of the reviewer:")
    click.echo(f"      - public: {public.to_text()}")
    click.echo(f"        since: {today().isoformat()}\n")
    click.echo(f"key id: {public.key_id()}")
