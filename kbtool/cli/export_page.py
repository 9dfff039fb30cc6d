"""What `kbtool export` prints: the list of exports, and what a release was written as."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kbtool.cli.base import NOT_REVIEWED, shown_path

if TYPE_CHECKING:
    from kbtool.export import Exported, Exporter
    from kbtool.release.release import Release

_WIDTH = 80
"""Columns that every terminal has."""
_LABELLED = 16
"""Columns of a label with its indent."""


def list_exporters() -> None:
    """Print each export with its purpose, files, standard, contract, and what it cannot carry."""
    from kbtool.export import EXPORTERS

    width = max(map(len, EXPORTERS))
    for name, exporter in EXPORTERS.items():
        click.echo(_wrapped(f"{name:{width}}  {exporter.purpose}", "", " " * (width + 2)))
        for label, text in _facts(exporter):
            click.echo(_wrapped(text, f"  {label:{_LABELLED - 2}}", " " * _LABELLED))


def _facts(exporter: Exporter) -> Iterator[tuple[str, str]]:
    yield "files", ", ".join(exporter.files)
    yield "standard", exporter.standard
    yield "contract", exporter.contract
    yield "cannot carry", "; ".join(exporter.cannot_carry) or "nothing is lost"


def _wrapped(text: str, first: str, others: str) -> str:
    from textwrap import fill

    return fill(
        text, _WIDTH, initial_indent=first, subsequent_indent=others, break_long_words=False, break_on_hyphens=False
    )


def say_what_was_written(release: Release, exporters: Sequence[Exporter], exported: Exported, out: Path) -> None:
    """Print which release it is, how much of it is unreviewed, and one line for each file or pattern of files."""
    unreviewed = sum(claim.standing.value != "approved" for claim in release.claims)
    click.echo(
        f"release {release.id} as of {release.as_of.isoformat()}, gate {release.gate.name!r}: "
        f"{len(release.claims)} claims, {len(release.held)} held, {len(release.tombstones)} withdrawn"
    )
    if unreviewed:
        click.echo(f"{unreviewed} of {len(release.claims)} claims: {NOT_REVIEWED}")
    if release.changes and release.changes.since:
        since = release.changes.since
        count = len(release.changes.claims)
        click.echo(f"{count} claim{'s' * (count != 1)} changed since release {since.id} as of {since.as_of}")
    rows = [row for exporter in exporters for row in _rows(exporter, exported)]
    rows.append(("manifest.json", "every file with its size and SHA-256"))
    width = max(len(file) for file, _ in rows)
    for file, said in rows:
        click.echo(f"  {shown_path(out)}/{file:{width}}  {said}")
    if any(exporter.name == "site" for exporter in exporters):
        from kbtool.site.embed import CARD, card_integrity

        click.echo(f"integrity of {CARD}, for pages that show a claim: {card_integrity()}")


def _rows(exporter: Exporter, exported: Exported) -> Iterator[tuple[str, str]]:
    """One line for each file; where one stands for many, how many there are."""
    from kbtool.export import fits

    for pattern in exporter.files:
        said = exporter.purpose.partition(". ")[0].rstrip(".")
        count = sum(fits(file.path, pattern) for file in exported.artifacts) if "*" in pattern else 0
        yield pattern, f"{said} ({count:,} file{'s' * (count != 1)})" if "*" in pattern else said
