"""`kbtool init`."""

from __future__ import annotations

from pathlib import Path

import click

from kbtool.cli.base import Refused, Unusable, shown_path


@click.command(short_help="Start a new base with a small example that validates.")
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
def init(directory: Path) -> None:
    """Make the folder DIR with a new base in it.

    The base holds a small made-up example, a note about tea of four sentences, that validates without errors: change
    it step by step into your own. DIR must not exist yet, or must be empty; folders above it are made where they are
    missing. It appears whole or not at all.

    \b
    What you get:
      DIR/claims/               the base: kb.yaml, sources, evidence, one file a claim
      DIR/schema/               vocabulary, policy, JSON Schemas for your editor
      DIR/.gitattributes        keeps git from changing stored texts

    \b
    Examples:
      kbtool init my-base
      kbtool init ~/checks/tea
      kbtool init checks/2026/tea
    """
    from kbtool.store.files import FileRefused
    from kbtool.store.scaffold import start_base
    from kbtool.store.shipped import NotShipped

    try:
        files = start_base(directory)
    except FileRefused as error:
        raise Refused(error.message, error.hint) from None
    except NotShipped as error:
        raise Unusable(str(error), "install kbtool again; 'kbtool doctor' says what is missing") from None
    _say_next(shown_path(directory), files)


def _say_next(place: str, files: tuple[str, ...]) -> None:
    claims = [name for name in files if name.startswith("claims/tea-note/")]
    click.echo(f"a new base stands in {place}: {len(claims)} claims of a made-up note, {len(files)} files in all\n")
    steps = (
        (f"cd {place}", "go there"),
        ("kbtool validate", "check it: no errors yet"),
        ("kbtool list", "see its claims"),
        (f"kbtool show {Path(claims[0]).stem}", "read one with all that it rests on"),
        ("claims/kb.yaml", "say what your base is and whose it is"),
        ("claims/tea-note/", "change a word of a quote and validate again"),
    )
    width = max(len(step) for step, _ in steps)
    click.echo("next steps:")
    for step, reason in steps:
        click.echo(f"  {step:{width}}  {reason}")
