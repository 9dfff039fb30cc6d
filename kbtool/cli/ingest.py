"""`kbtool ingest`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kbtool.cli.base import Unusable, base_option, finish
from kbtool.cli.reading import format_option
from kbtool.cli.review_desk import not_after_today, on_option
from kbtool.diagnostics import ExitStatus

if TYPE_CHECKING:
    from kbtool.cli.ingest_run import Task

_ARGUMENTS = "kbtool.drafter_arguments"


class WithDrafterArguments(click.Command):
    """A command behind whose `--` the arguments of a drafter stand, where one is named."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take the arguments behind `--` away where `--drafter` stands before it."""
        if "--" in args:
            at = args.index("--")
            if any(each == "--drafter" or each.startswith("--drafter=") for each in args[:at]):
                ctx.meta[_ARGUMENTS] = tuple(args[at + 1 :])
                args = args[:at]
        return super().parse_args(ctx, args)


@click.command(
    "ingest", cls=WithDrafterArguments, short_help="Make draft claims of documents, every sentence accounted for."
)
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--id", "ids", metavar="ID", multiple=True, help="The document's id; one for each FILE.  [default: from its name]"
)
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@click.option("--explain", is_flag=True, help="Say for each sentence what it became, and which cue led to it.")
@click.option(
    "--rights",
    type=click.Choice(("quotes-only", "full-text")),
    default="quotes-only",
    show_default=True,
    help="What exports may carry of the text.",
)
@click.option("--drafter", metavar="PROGRAM", help="Ask this program for drafts; its arguments stand behind '--'.")
@click.option(
    "--timeout",
    metavar="SECONDS",
    type=click.FloatRange(min=0, min_open=True),
    default=600.0,
    show_default=True,
    help="How long the drafter may take for a document.",
)
@base_option
@on_option("of the intake")
@format_option("text", "json")
@click.pass_context
def ingest(
    ctx: click.Context,
    files: tuple[Path, ...],
    ids: tuple[str, ...],
    rights: str,
    drafter: str | None,
    timeout: float,
    kb: Path | None,
    on: date | None,
    format_: str,
    *,
    dry_run: bool,
    explain: bool,
) -> None:
    """Take each FILE (text, Markdown, HTML, PDF, DOCX, ODT or EPUB; "-" for standard input) into the base.

    The text is stored, and every sentence becomes one or more draft claims or a skipped passage with its reason. Drafts
    restate the document word for word; nothing in them is checked or approved, and each says so. The new records
    validate. Nothing is overwritten, and a second run changes nothing; a file that cannot be taken does not stop the
    others. HTML, PDF and DOCX need the extra 'ingest'.

    With --drafter, another program words the drafts. It is started without a shell and without the variables of your
    environment, and gets the sentences as JSON lines. What it answers is refused, and listed, where a quote is not
    verbatim, a number is invented, or a negation or hedge is lost; our own draft then stays.

    \b
    Exit status: 0 all files are in, or were before; 1 some are not; 2 no base, or bad usage.

    \b
    Examples:
      kbtool ingest leaflet.pdf --id hay-fever-leaflet
      kbtool ingest leaflet.md --dry-run --explain
      kbtool ingest one.html two.html --id one --id two
      curl https://example.org/page.html | kbtool ingest - --id page
      kbtool ingest leaflet.md --drafter python3 -- client.py --model small
    """
    from kbtool.cli.ingest_page import result_json, result_lines
    from kbtool.cli.ingest_run import Settings, run_tasks

    tasks = _tasks(files, ids)
    asked = (drafter, *ctx.meta.get(_ARGUMENTS, ())) if drafter else ()
    settings = Settings(kb, not_after_today(on), rights, asked, timeout, write=not dry_run)
    results = run_tasks(tasks, settings, sys.stdin.buffer)
    show = result_json if format_ == "json" else result_lines
    click.echo(show(results, explain=explain, wrote=not dry_run))
    finish(ExitStatus.FINDINGS if any(each.problem for each in results) else ExitStatus.OK)


def _tasks(files: Sequence[Path], ids: Sequence[str]) -> list[Task]:
    """Each file with its id; raises Unusable where they do not go together."""
    from kbtool.cli.ingest_run import Task
    from kbtool.ingest.import_slugs import plain_slug

    if ids and len(ids) != len(files):
        raise Unusable(
            f"{len(files)} {'file' if len(files) == 1 else 'files'} and {len(ids)} ids are given",
            "give --id once for each file, or not at all",
        )
    if not ids and Path("-") in files:
        raise Unusable("standard input has no name to make an id of", "give --id")
    given = ids or [_id_of(plain_slug(file.stem, "document")) for file in files]
    for id_ in given:
        _check_id(id_)
    if twice := next((id_ for id_ in given if list(given).count(id_) > 1), None):
        raise Unusable(f"two files would be the document {twice!r}", "give each an id of its own with --id")
    return [Task(file, id_) for file, id_ in zip(files, given, strict=True)]


def _id_of(name: str) -> str:
    """An id made of a file's name: one that the base uses itself gets a word behind it."""
    from kbtool.records.layout import RESERVED

    return f"{name}-document" if name in RESERVED else name


def _check_id(id_: str) -> None:
    import re

    from kbtool.records.layout import RESERVED, SLUG

    if id_ in RESERVED:
        raise Unusable(f"{id_!r} cannot be the id of a document", "the base has a folder or file of that name itself")
    if not re.fullmatch(SLUG, id_) or len(id_) > 100:
        raise Unusable(f"{id_!r} cannot be the id of a document", "take lower-case words and digits joined by hyphens")
