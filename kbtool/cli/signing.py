"""A private key as a command gets it: its file, and the passphrase from a file, the environment or a prompt."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kbtool.cli.base import F, Unusable, shown_path
from kbtool.store.interrupt import undone_on_interrupt

if TYPE_CHECKING:
    from kbtool.review.keys import PrivateKey

PASSPHRASE = "KBTOOL_PASSPHRASE"  # noqa: S105 - the name of the variable
"""The variable that may hold the passphrase of a key."""


def passphrase_option(command: F) -> F:
    """`--passphrase-file FILE`."""
    return click.option(
        "--passphrase-file",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="Read the key's passphrase from FILE.  [default: $KBTOOL_PASSPHRASE, or ask]",
    )(command)


def signing_key(path: Path, passphrase_file: Path | None) -> PrivateKey:
    """The private key of a file; raises Unusable where there is none, or its passphrase is not the right one."""
    from kbtool.review.keys import KeyProblem, read_private
    from kbtool.store.files import FileRefused
    from kbtool.store.keyfile import is_open_to_others, read_key_file

    try:
        pem = read_key_file(path)
        if is_open_to_others(path):
            click.echo(
                f"kbtool: warning: others can read the key {shown_path(path)!r}; run 'chmod 600' on it", err=True
            )
    except FileRefused as error:
        raise Unusable(error.message, error.hint) from None
    key = read_private(pem, _passphrase(pem, passphrase_file))
    if isinstance(key, KeyProblem):
        raise Unusable(f"the key {shown_path(path)!r} cannot be used: {key.message}", key.hint)
    return key


def _passphrase(pem: bytes, file: Path | None) -> bytes | None:
    if known := passphrase_given(file):
        return known
    if b"ENCRYPTED PRIVATE KEY" in pem and sys.stdin.isatty():
        with undone_on_interrupt():
            given = str(click.prompt("Passphrase of the key", hide_input=True, err=True))
        return given.encode(errors="surrogateescape")
    return None


def passphrase_given(file: Path | None) -> bytes | None:
    """The passphrase of a file (without the end of its line) or of the environment; None where there is neither."""
    from kbtool.store.files import FileRefused, read_file

    if file is None:
        return os.environ.get(PASSPHRASE, "").encode(errors="surrogateescape") or None
    try:
        found = read_file(file).removesuffix(b"\n").removesuffix(b"\r")
    except FileRefused as error:
        raise Unusable(error.message, error.hint) from None
    if not found:
        raise Unusable(f"the file {shown_path(file)!r} holds no passphrase", "write the passphrase on its first line")
    return found
