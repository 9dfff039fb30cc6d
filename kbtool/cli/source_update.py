"""`kbtool source update`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kbtool.cli.base import Refused, base_option, colour_wanted, finish
from kbtool.cli.reading import format_option
from kbtool.cli.review_desk import not_after_today, on_option
from kbtool.cli.source_base import Opened, open_base, say_unread, source_named, standing_changes, write
from kbtool.diagnostics import ExitStatus

if TYPE_CHECKING:
    from kbtool.cli.source_report import UpdateReport
    from kbtool.review.edits import Edit


@click.command(short_help="Say which quotes still stand in a new revision; store it.")
@click.argument("document", metavar="ID")
@click.argument("file", metavar="NEWFILE", type=click.Path(path_type=Path))
@base_option
@format_option("text", "json", "html")
@on_option("on which the new text is stored")
@click.option("--apply", "apply_", is_flag=True, help="Store the new text and bring quotes that stand to their places.")
@click.option("--as-is", is_flag=True, help="Take NEWFILE byte for byte as plain text in UTF-8.")
@click.option("--all", "with_same", is_flag=True, help="List quotes that stay as they are, too.")
def update(
    document: str,
    file: Path,
    kb: Path | None,
    format_: str,
    on: date | None,
    *,
    apply_: bool,
    as_is: bool,
    with_same: bool,
) -> None:
    """Say what became of every quote on the document ID in its new revision NEWFILE ("-" for standard input).

    A quote is the same, moved, reflowed (white space only), retyped (style of quotation marks and dashes), changed,
    ambiguous or missing. --apply stores the new text beside the old one and brings the first four to their new places
    and words; the others are left as they are, and are errors until 'kbtool source reanchor' puts them in a place. A
    moved or reflowed quote keeps its approval, as long as its paragraph says the same; any other loses it.

    \b
    Exit status: 0 all quotes stand; 1 some need a person, or nothing could be written; 2 no base, source or text.

    \b
    Examples:
      kbtool source update tea new-tea.txt
      kbtool source update tea new-tea.html --format html > report.html
      kbtool source update tea new-tea.txt --apply
    """
    day = not_after_today(on)
    opened = open_base(kb, day)
    say_unread(opened)
    report, edits = _planned(opened, source_named(opened.base, document), file, day, apply_=apply_, as_is=as_is)
    if apply_:
        write(opened, edits)
    _show(report, format_, with_same=with_same)
    finish(ExitStatus.FINDINGS if report.update.undecided else ExitStatus.OK)


def _planned(
    opened: Opened, document: str, file: Path, day: date, *, apply_: bool, as_is: bool
) -> tuple[UpdateReport, tuple[Edit, ...]]:
    from kbtool.cli.source_report import UpdateReport
    from kbtool.cli.source_text import new_text
    from kbtool.ingest.update import plan_update
    from kbtool.ingest.update_edits import Arrival, edits_of
    from kbtool.records.layout import text_name
    from kbtool.review.edits import Refusal

    new = new_text(file, opened.base.texts.get(document), as_is=as_is)
    planned = plan_update(opened.base, document, new.text, opened.older(document), new.blocks)
    if isinstance(planned, Refusal):
        raise Refused(planned.message, planned.hint)
    is_stored = opened.holds(text_name(document, planned.after))
    edits = edits_of(planned, opened.base, Arrival(day, new.origin), is_stored=is_stored)
    if isinstance(edits, Refusal):
        raise Refused(edits.message, edits.hint)
    title = opened.base.sources[document].model.title
    standings = standing_changes(opened, edits, day)
    return UpdateReport(planned, title, day, standings, new.remarks, apply_ and bool(edits)), edits


def _show(report: UpdateReport, format_: str, *, with_same: bool) -> None:
    if format_ == "json":
        from kbtool.cli.source_report import update_json

        click.echo(update_json(report), nl=False)
    elif format_ == "html":
        from kbtool.cli.source_html import update_html

        click.echo(update_html(report), nl=False)
    else:
        from kbtool.cli.page import terminal_page
        from kbtool.cli.source_page import update_lines

        lines = update_lines(terminal_page(bold=colour_wanted()), report, with_same=with_same)
        click.echo("\n".join(lines), color=True)
