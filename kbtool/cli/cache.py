"""`kbtool cache`."""

from __future__ import annotations

import os
from pathlib import Path

import click

from kbtool.cli.base import base_option, named_base
from kbtool.cli.lazy import Table, TableGroup

TABLE: Table = {
    "info": ("kbtool.cli.cache:info", "Say where results are kept and how much room they take."),
    "clear": ("kbtool.cli.cache:clear", "Delete kept results; the next run finds everything anew."),
}

cache = TableGroup(
    "cache",
    TABLE,
    """Look after the results that are kept between runs.

    They make a run quick and never change what it says: whatever is wrong with them, a run goes on as if there were
    none. They lie outside every base, in the folder that the platform has for such things; KBTOOL_CACHE names another
    folder, and KBTOOL_CACHE=off keeps nothing.
    """,
)


@click.command(short_help="Say where results are kept and how much room they take.")
@base_option
def info(kb: Path | None) -> None:
    """Say where the results of earlier runs are kept and how much room they take.

    With --kb, also which file is that of the base.

    \b
    Examples:
      kbtool cache info
      kbtool cache info --kb my-base
    """
    from kbtool.store.cache import cache_path
    from kbtool.store.cache_place import MOST_BYTES, cache_files, cache_folder

    folder = cache_folder(os.environ)
    if folder is None:
        click.echo("nothing is kept: KBTOOL_CACHE is 'off', or there is no home folder")
        return
    files = cache_files(folder)
    size = sum(bytes_ for _, bytes_ in files)
    click.echo(f"folder: {folder}")
    click.echo(f"kept:   {len(files):,} {'base' if len(files) == 1 else 'bases'}, {size:,} bytes of {MOST_BYTES:,}")
    if kb is not None:
        own = cache_path(named_base(kb)[0], os.environ)
        sizes = dict(files)
        said = "none: the folder lies inside the base" if own is None else f"{own} ({sizes.get(own, 0):,} bytes)"
        click.echo(f"base:   {said}")


@click.command(short_help="Delete kept results; the next run finds everything anew.")
@base_option
def clear(kb: Path | None) -> None:
    """Delete the kept results of all bases, or with --kb those of one.

    \b
    Examples:
      kbtool cache clear
      kbtool cache clear --kb my-base
    """
    from kbtool.store.cache import cache_path, discard
    from kbtool.store.cache_place import cache_files, cache_folder

    folder = cache_folder(os.environ)
    files = cache_files(folder) if folder else []
    if kb is not None:
        own = cache_path(named_base(kb)[0], os.environ)
        files = [(path, size) for path, size in files if path == own]
    for path, _ in files:
        discard(path)
    click.echo(f"deleted: {len(files):,} {'file' if len(files) == 1 else 'files'}, {sum(s for _, s in files):,} bytes")
