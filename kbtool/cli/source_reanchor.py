"""`kbtool source reanchor`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kbtool.cli.base import Refused, Unusable, base_option, colour_wanted, finish, today
from kbtool.cli.find_record import find_record
from kbtool.cli.source_base import Opened, open_base, standing_changes, write
from kbtool.diagnostics import ExitStatus

if TYPE_CHECKING:
    from kbtool.ingest.reanchor import Loose, Reanchored
    from kbtool.ingest.tracked import Tracked

_PLACE = re.compile(r"(\d{1,12})[:-](\d{1,12})")


class _Place(click.ParamType[tuple[int, int]]):
    """A place in a text, START:END."""

    name = "START:END"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        """The place that `value` names."""
        found = _PLACE.fullmatch(str(value))
        return (int(found[1]), int(found[2])) if found else self.fail(f"{value!r} is no START:END", param, ctx)


@click.command(short_help="Put a quote at the place that you choose.")
@click.argument("claim")
@base_option
@click.option("--quote", "number", type=click.IntRange(min=1), metavar="N", help="Which of its quotes, from 1.")
@click.option("--to", "place", type=_Place(), metavar="START:END", help="Where it stands now, in code points.")
@click.option("--drop", is_flag=True, help="Take a skipped passage or connective that is gone out of the source.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
def reanchor(
    claim: str, kb: Path | None, number: int | None, place: tuple[int, int] | None, *, drop: bool, dry_run: bool
) -> None:
    """Put a quote of CLAIM at the place of the stored text that you choose, with the words that stand there.

    Without --to, offer the likeliest places of each quote that does not stand, with a score and the reasons. The
    quotes of a claim are numbered as they stand in its record, those that caveats rest on last; of a source
    (sources/ID) the skipped passages come first, then the connectives. Nothing else of the record changes: see that
    its statement still says what the document says. New words need a new approval. --drop takes a skipped passage or
    connective that does not stand any more out of the source record.

    \b
    Exit status: 0 done, or every quote stands; 1 quotes that do not stand are listed, or it was refused; 2 no such
    claim.

    \b
    Examples:
      kbtool source reanchor calmer-60-percent-2019
      kbtool source reanchor calmer-60-percent-2019 --quote 2 --to 120:164
      kbtool source reanchor sources/calmer-leaflet --quote 3 --drop
    """
    from kbtool.ingest.reanchor import loose_quotes
    from kbtool.ingest.tracked import record_quotes

    if drop and place:
        raise Unusable("--to and --drop do not go together", "give the passage a place, or take it out")
    opened = open_base(kb, today())
    record, document = _meant(opened, claim)
    text = opened.base.texts[document]
    quotes = record_quotes(opened.base, record, opened.older(document))
    loose = loose_quotes(quotes, text)
    if drop:
        _drop(opened, _chosen(quotes, loose, number), text, dry_run=dry_run)
    elif place is None:
        _offer(record, [each for each in loose if number in {None, each.tracked.number}], text)
        finish(ExitStatus.FINDINGS if loose else ExitStatus.OK)
    else:
        _put(opened, _chosen(quotes, loose, number), place, dry_run=dry_run)


def _meant(opened: Opened, name: str) -> tuple[str, str]:
    """The record and its document; raises Unusable where it is no claim or source whose text can be read."""
    kind, id_ = find_record(opened.base, name)
    if kind == "evidence":
        raise Unusable(f"{name!r} is evidence, and quotes no document under check", "name a claim")
    document = opened.base.claims[id_].model.source.document if kind == "claim" else id_
    if document not in opened.base.texts:
        raise Unusable(f"the text of {document!r} cannot be read", "'kbtool source check' says what is wrong with it")
    return (id_ if kind == "claim" else f"sources/{id_}"), document


def _offer(record: str, loose: Sequence[Loose], text: str) -> None:
    if not loose:
        click.echo(f"{record}: every quote stands in the text under check")
    for line in (line for each in loose for line in _offered(record, each, text)):
        click.echo(line, color=True)


def _offered(record: str, each: Loose, text: str) -> Iterator[str]:
    from kbtool.cli.page import clean, paragraph, terminal_page
    from kbtool.cli.source_page import candidate_lines
    from kbtool.cli.source_report import NAMES

    page = terminal_page(bold=colour_wanted())
    tracked, carried = each.tracked, each.carried
    outcome = carried.outcome if carried else "missing"
    yield f"{record} {tracked.number} ({NAMES[tracked.kind]}): {outcome}"
    yield from paragraph(page, f'"{clean(tracked.quote.exact)}"', 20, first=f"{'':11}words    ")
    if carried is None:
        yield from paragraph(page, "it stands in no stored text, so that its old place is not known", 20)
    elif carried.stands and carried.new:
        yield from paragraph(page, f"its words stand at {carried.new[0]}:{carried.new[1]}", 20)
    else:
        yield from candidate_lines(page, carried.candidates, text)


def _chosen(quotes: Sequence[Tracked], loose: Sequence[Loose], number: int | None) -> Tracked:
    from kbtool.ingest.reanchor import chosen
    from kbtool.review.edits import Refusal

    found = chosen(quotes, loose, number)
    if isinstance(found, Refusal):
        raise Unusable(found.message, found.hint)
    return found


def _put(opened: Opened, tracked: Tracked, place: tuple[int, int], *, dry_run: bool) -> None:
    from kbtool.ingest.reanchor import reanchored
    from kbtool.review.edits import Refusal

    document = opened.base.claims[tracked.record].model.source.document if tracked.record in opened.base.claims else ""
    text = opened.base.texts[document or tracked.record.removeprefix("sources/")]
    found = reanchored(opened.base, tracked, text, place)
    if isinstance(found, Refusal):
        raise Refused(found.message, found.hint)
    edits = [found.edit] if found.edit else []
    changes = standing_changes(opened, edits, today()) if edits else ()
    if not dry_run:
        write(opened, edits)
    for line in _said(tracked, place, found, written=bool(edits) and not dry_run):
        click.echo(line)
    for change in changes:
        click.echo(f"claim {change.claim}: {change.before} -> {change.after}: {change.cause}")


def _drop(opened: Opened, tracked: Tracked, text: str, *, dry_run: bool) -> None:
    from kbtool.cli.page import clean
    from kbtool.cli.source_report import NAMES
    from kbtool.ingest.reanchor import dropped
    from kbtool.review.edits import Refusal

    edit = dropped(opened.base, tracked, text)
    if isinstance(edit, Refusal):
        raise Refused(edit.message, edit.hint)
    if not dry_run:
        write(opened, [edit])
    done = "would be taken out of" if dry_run else "taken out of"
    click.echo(f'{NAMES[tracked.kind]} {tracked.number} {done} {edit.name}: "{clean(tracked.quote.exact)}"')


def _said(tracked: Tracked, place: tuple[int, int], found: Reanchored, *, written: bool) -> Iterator[str]:
    from kbtool.cli.page import clean
    from kbtool.cli.source_page import difference_words, shown_place

    yield f'{tracked.record} {tracked.number}: {shown_place(place)} "{clean(found.words)}"'
    yield from (f"  MIND: {clean(alarm)}" for alarm in found.alarms)
    yield from (f"  differs: {difference_words(mine, theirs)}" for mine, theirs in found.differences)
    if not found.is_unique:
        yield "  MIND: the words stand more than once; add a prefix or suffix to the quote"
    if found.edit is None:
        yield "  the record says so already"
    else:
        yield f"  {'written' if written else 'would be written'}: {found.edit.name}; read its statement again"
