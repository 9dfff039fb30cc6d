"""`kbtool evidence status`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kbtool.cli.base import Outcome, Unusable, base_option, finish, read_named, usable
from kbtool.cli.review_desk import not_after_today, on_option, writing
from kbtool.diagnostics import Diagnostic, ExitStatus, Severity

if TYPE_CHECKING:
    from kbtool.engine.check import Checked
    from kbtool.records.assemble import Files, Loaded
    from kbtool.records.base import KnowledgeBase
    from kbtool.review.notices import Notices
    from kbtool.review.retractions import Applied


@dataclass(frozen=True, slots=True)
class _Effect:
    """A base as it was and as it is with the list applied."""

    before: Checked
    after: Checked
    cited: frozenset[str]
    """Ids of the claims that cite a touched record."""


@click.command(short_help="Apply a list of retractions, and say what now needs review.")
@click.argument("file", type=click.Path(path_type=Path))
@base_option
@on_option("on which the list was looked at")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
def status(file: Path, kb: Path | None, on: date | None, dry_run: bool) -> None:
    """Write the status of every evidence record that FILE lists as retracted, corrected, of concern or reinstated.

    FILE is CSV with the columns of the Retraction Watch database. Records are found by DOI or PubMed id; only their
    status, its day and its source change. Rows that cannot be read are listed.

    \b
    Exit status: 0 applied; 1 something was not read or not written, or the base has new errors; 2 no base or no list.

    \b
    Examples:
      kbtool evidence status retraction_watch.csv --dry-run
      kbtool evidence status retraction_watch.csv
    """
    from kbtool.records.assemble import assemble
    from kbtool.review.retractions import apply_notices
    from kbtool.store.decide import write_edits

    day = not_after_today(on)
    root, shown, found = read_named(kb)
    loaded = assemble(found.files)
    base: KnowledgeBase = usable(Outcome(root, shown, loaded, loaded.diagnostics, loaded.checks, day))
    notices = _notices(file)
    applied = apply_notices(base, notices.found, day)
    effect = _effect(found.files, loaded, applied, day, base)
    if applied.touched and not dry_run:
        with writing():
            write_edits(root, [touched.edit for touched in applied.touched])
    new_errors = _say(notices, applied, effect, dry_run=dry_run)
    finish(ExitStatus.FINDINGS if notices.unread or applied.refused or new_errors else ExitStatus.OK)


def _notices(file: Path) -> Notices:
    from kbtool.review.edits import Refusal
    from kbtool.review.notices import read_notices
    from kbtool.store.files import FileRefused, read_file

    try:
        found = read_notices(read_file(file))
    except FileRefused as error:
        raise Unusable(error.message, error.hint) from None
    if isinstance(found, Refusal):
        raise Unusable(f"{file.as_posix()!r}: {found.message}", found.hint)
    return found


def _effect(files: Files, loaded: Loaded, applied: Applied, day: date, base: KnowledgeBase) -> _Effect:
    """Check the base as it is and as it will be; nothing is written for it."""
    from kbtool.engine.check import check
    from kbtool.model.references import evidence_named
    from kbtool.records.assemble import assemble

    new = {touched.edit.name: touched.edit.content for touched in applied.touched}
    changed = tuple(replace(file, raw=new.get(file.name, file.raw)) for file in files.base)
    slugs = {touched.evidence for touched in applied.touched}
    cited = (id_ for id_, claim in base.claims.items() if slugs & {slug for _, slug in evidence_named(claim.model)})
    return _Effect(check(loaded, day), check(assemble(replace(files, base=changed)), day), frozenset(cited))


def _say(notices: Notices, applied: Applied, effect: _Effect, *, dry_run: bool) -> int:
    """Print everything that the list did; the number of errors that the base did not have before."""
    for row in notices.unread:
        click.echo(f"line {row.line} cannot be read: {row.why}")
    for touched in applied.touched:
        click.echo(f"evidence {touched.evidence}: {touched.before} -> {touched.after}: {touched.source}")
    for refused in applied.refused:
        click.echo(f"evidence {refused.evidence} cannot be written: {refused.why}")
    for line in _claims(effect):
        click.echo(line)
    errors = list(_new_errors(effect))
    for error in errors:
        click.echo(f"{error.location.file}:{error.location.line}: error: {error.message} [{error.rule}]")
    _sum(notices, applied, len(errors), dry_run=dry_run)
    return len(errors)


def _claims(effect: _Effect) -> Iterator[str]:
    """Every claim that a touched record reaches, with what that does to its standing."""
    before, after = effect.before.review, effect.after.review
    if before is None or after is None:
        return
    for id_, review in sorted(after.claims.items()):
        was = before.claims[id_].standing
        if review.standing.value != was.value:
            cause = "; ".join(review.standing.causes) or review.standing.reason
            yield f"claim {id_}: {was.value} -> {review.standing.value}: {cause}"
        elif id_ in effect.cited:
            yield f"claim {id_} ({was.value}) cites it"


def _new_errors(effect: _Effect) -> Iterator[Diagnostic]:
    known = {(d.rule, d.subject, d.message) for d in effect.before.diagnostics}
    for found in effect.after.diagnostics:
        if found.severity is Severity.ERROR and (found.rule, found.subject, found.message) not in known:
            yield found


def _sum(notices: Notices, applied: Applied, errors: int, *, dry_run: bool) -> None:
    click.echo(
        f"{len(notices.found)} notices read, {notices.unnamed} without DOI and PubMed id, "
        f"{len(notices.unread)} not read; {len(applied.already)} records say so already"
    )
    what = "would be written" if dry_run else "written"
    click.echo(f"{len(applied.touched)} records {what}; {errors} new errors in the base")
