"""`kbtool list` and `kbtool show`."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kbtool.cli.base import as_of_option, base_option, colour_wanted, speed_options
from kbtool.cli.reading import format_option, read

if TYPE_CHECKING:
    from kbtool.cli.reading import Reading


def record_ids(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Ids and slugs that begin with what was typed, from file names alone."""
    from kbtool.records.layout import FileKind
    from kbtool.store.names import record_names
    from kbtool.store.read import NoBase, find_base

    del param
    try:
        root = find_base(Path.cwd(), ctx.params.get("kb"))
    except NoBase:
        return []
    names = [(kind, id_) for kind, id_ in record_names(root)]
    slugs = [id_.partition("/")[2] for kind, id_ in names if kind is FileKind.CLAIM and "/" not in incomplete]
    return [name for name in (*(id_ for _, id_ in names), *slugs) if name.startswith(incomplete)]


@click.command("list", short_help="List claims, by type, verdict, standing or words.")
@click.argument("words", nargs=-1)
@base_option
@as_of_option
@click.option("--type", "type_", multiple=True, metavar="TYPE", help="Only this type of claim.")
@click.option("--rating", multiple=True, metavar="RATING", help="Only this rating.")
@click.option("--standing", multiple=True, metavar="STANDING", help="Only this standing.")
@click.option("--caveat", multiple=True, metavar="KIND", help="Only with a caveat of this kind.")
@click.option("--document", multiple=True, metavar="DOCUMENT", help="Only of this document.")
@format_option("text", "json", "ids")
@speed_options
def list_claims(
    words: tuple[str, ...],
    kb: Path | None,
    as_of: date | None,
    format_: str,
    no_cache: bool,
    jobs: int | None,
    **wanted: tuple[str, ...],
) -> None:
    """List claims, one a line: rating, standing, id within its document, statement.

    With WORDS, only claims in whose id, statement, quotes or caveats all of the words stand, in any case. An option
    that is given twice lets through either value; different options must all fit.

    \b
    Examples:
      kbtool list
      kbtool list calm tea
      kbtool list --rating contradicted --rating unverifiable
      kbtool list --caveat untraced-citation --format ids
    """
    from kbtool.cli.boards import say_unread, shown_board
    from kbtool.cli.checkup import Speed
    from kbtool.cli.claim_list import Filter, chosen, json_list, text_list
    from kbtool.cli.page import terminal_page

    with shown_board(kb, as_of, Speed(no_cache=no_cache, jobs=jobs)) as at:
        say_unread(at.board)
        claims, day = chosen(at.board, Filter(words=words, **_as_filter(wanted))), at.as_of.isoformat()
        if format_ == "ids":
            click.echo("".join(f"{each.claim.id}\n" for each in claims), nl=False)
        elif format_ == "json":
            _print_json(json_list(at.board, claims, day))
        else:
            page = terminal_page(bold=colour_wanted())
            click.echo("\n".join(text_list(page, at.board, claims, day)), color=True)


def _as_filter(wanted: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The options under the names of the filter: `--rating` fills `ratings`."""
    return {f"{option.removesuffix('_')}s": values for option, values in wanted.items()}


@click.command(short_help="Show one claim, an evidence record or a source, with all it rests on.")
@click.argument("id_", metavar="ID", shell_complete=record_ids)
@base_option
@as_of_option
@format_option("text", "json")
def show(id_: str, kb: Path | None, as_of: date | None, format_: str) -> None:
    """Show one record in full: a claim with its verdict, caveats, evidence and passage; evidence; or a source.

    ID is a claim's id (document/slug), its slug alone where only one claim has it, an evidence record's id or a
    document's id. Where one name stands for several records, write evidence/ID or sources/ID.

    \b
    Examples:
      kbtool show tea-note/calmer-60-percent-2019
      kbtool show calmer-60-percent-2019
      kbtool show kitchen-notebook
      kbtool show tea-note --format json
    """
    from kbtool.cli.find_record import find_record

    reading = read(kb, as_of)
    kind, found = find_record(reading.base, id_)
    if format_ == "json":
        from kbtool.cli.record_json import record_json

        _print_json(record_json(reading, kind, found))
    else:
        click.echo("\n".join(_lines(reading, kind, found)), color=True)


def _lines(reading: Reading, kind: str, id_: str) -> list[str]:
    from kbtool.cli.claim_page import claim_page
    from kbtool.cli.other_pages import evidence_page, source_page
    from kbtool.cli.page import terminal_page

    page, base = terminal_page(bold=colour_wanted()), reading.base
    if kind == "claim":
        return claim_page(page, reading, base.claims[id_].model)
    if kind == "evidence":
        return list(evidence_page(page, base, base.evidence[id_].model))
    from kbtool.rules.accounts import coverage_of

    return list(source_page(page, base, base.sources[id_].model, coverage_of(base).get(id_)))


def _print_json(value: dict[str, Any]) -> None:
    click.echo(json.dumps(value, indent=2, ensure_ascii=False, sort_keys=True))
