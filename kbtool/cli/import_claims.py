"""`kbtool import`."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kbtool.cli.base import Refused, Unusable, base_option, finish
from kbtool.cli.reading import format_option
from kbtool.cli.review_desk import not_after_today, on_option
from kbtool.cli.source_base import Opened, open_base
from kbtool.diagnostics import ExitStatus

if TYPE_CHECKING:
    from kbtool.cli.import_plan import Import
    from kbtool.ingest.import_row import Found

FORMS = ("claimreview", "csv", "ndjson", "annotation")


@click.command("import", short_help="Bring claims of others in, each as a draft or with the reason why not.")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--from", "form", type=click.Choice(FORMS), required=True, help="What FILE is.")
@click.option(
    "--id", "id_", metavar="ID", help="The new document that the claims stand in.  [default: from FILE's name]"
)
@click.option("--document", metavar="ID", help="The document of the base that all rows quote.")
@click.option("--map", "pairs", metavar="FIELD=COLUMN", multiple=True, help="Which column holds what; may be repeated.")
@click.option(
    "--mapping", metavar="YAML", type=click.Path(path_type=Path), help="A file with such pairs, FIELD: COLUMN."
)
@click.option(
    "--verdict-words", metavar="YAML", type=click.Path(path_type=Path), help="The table of verdict words to use."
)
@base_option
@on_option("of the import")
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@format_option("text", "json")
def import_claims(
    file: Path,
    form: str,
    id_: str | None,
    document: str | None,
    pairs: tuple[str, ...],
    mapping: Path | None,
    verdict_words: Path | None,
    kb: Path | None,
    on: date | None,
    format_: str,
    *,
    dry_run: bool,
) -> None:
    """Bring the claims in FILE ("-" for standard input) into the base as drafts.

    Every row becomes a record that validates, or a line that says why not; nothing is overwritten, and a second run
    changes nothing. Claims whose words stand in a document of the base quote it there; the others get a new document
    that holds their words. The verdict of others is kept as evidence at second hand. Its words are turned into a rating
    by verdict-words.yaml of the schema folder; words that it does not have are listed.

    FIELD is one of statement, quote, rating, reviewer, review-url, reviewed, rationale, caveats, claimant, claimed,
    document, document-url, document-title, language, type, id and note; columns with a usual name are found without.

    \b
    Exit status: 0 every row is in; 1 some are not, or nothing could be written; 2 no base, or no such file.

    \b
    Examples:
      kbtool import feed.jsonld --from claimreview --id health-feed
      kbtool import checks.csv --from csv --map statement=Claim --map rating=Ruling
      kbtool import notes.json --from annotation --document tea-note --dry-run
      curl https://example.org/feed | kbtool import - --from claimreview --id feed
    """
    from kbtool.cli.import_page import import_json, import_lines
    from kbtool.cli.import_plan import plan_import

    day = not_after_today(on)
    opened = open_base(kb, day)
    content = _bytes(file)
    given = _mapped(pairs, mapping)
    found = _rows(content, form, given, file)
    made = plan_import(opened, found, content, _named(file, form, id_, document, day), verdict_words)
    if not dry_run:
        _write(opened, made)
    click.echo(import_json(made, wrote=not dry_run) if format_ == "json" else import_lines(made, wrote=not dry_run))
    finish(ExitStatus.FINDINGS if made.refused else ExitStatus.OK)


def _bytes(file: Path) -> bytes:
    from kbtool.store.files import FileRefused
    from kbtool.store.intake import read_input

    try:
        return read_input(file, sys.stdin.buffer)
    except FileRefused as error:
        raise Unusable(error.message, error.hint) from None


def _mapped(pairs: tuple[str, ...], mapping: Path | None) -> dict[str, str]:
    """The mapping of fields to columns; a pair on the command line counts before one in the file."""
    from kbtool.ingest.import_mapping import mapping_problem
    from kbtool.yamlsource.parse import parse

    given: dict[str, str] = {}
    if mapping:
        data = parse(_bytes(mapping)).data
        if not isinstance(data, dict) or not all(isinstance(column, str) for column in data.values()):
            raise Unusable(
                f"{mapping.as_posix()!r} is no mapping of fields to columns", "write lines like 'rating: Ruling'"
            )
        given |= {field: column for field, column in data.items() if isinstance(column, str)}
    for pair in pairs:
        field, sign, column = pair.partition("=")
        if not sign:
            raise Unusable(f"{pair!r} is not FIELD=COLUMN", "write for example --map rating=Ruling")
        given[field] = column
    if problem := mapping_problem(given):
        raise Unusable(problem, "see 'kbtool import --help'")
    return given


def _rows(content: bytes, form: str, given: dict[str, str], file: Path) -> list[Found]:
    from kbtool.export.cell import unguard
    from kbtool.ingest.import_annotation import annotation_rows
    from kbtool.ingest.import_claimreview import claimreview_rows
    from kbtool.ingest.import_json import NoJson
    from kbtool.ingest.import_table import BadMapping, ndjson_rows, table_rows

    if given and form not in {"csv", "ndjson"}:
        raise Unusable(f"a mapping of columns says nothing for {form!r}", "leave out --map and --mapping")
    try:
        if form == "csv":
            found = list(table_rows(content, given, unguard))
        elif form == "ndjson":
            found = list(ndjson_rows(content, given))
        else:
            found = list(claimreview_rows(content) if form == "claimreview" else annotation_rows(content))
    except BadMapping as why:
        raise Unusable(str(why), "say with --map which column holds what") from None
    except NoJson as why:
        raise Unusable(
            f"{file.as_posix()!r} cannot be read as {form!r}: {why}", "see that --from says what it is"
        ) from None
    if not found:
        raise Unusable(f"{file.as_posix()!r} has no claims in it", "see that --from says what it is")
    return found


def _named(file: Path, form: str, id_: str | None, document: str | None, day: date) -> Import:
    """What the user named, with the id of the new document."""
    import re

    from kbtool.cli.import_plan import Import
    from kbtool.ingest.import_slugs import plain_slug
    from kbtool.records.layout import RESERVED, SLUG

    shown = "standard input" if file.as_posix() == "-" else " ".join(file.name.split())
    new = id_ if id_ is not None else plain_slug(file.stem, "imported")
    if not re.fullmatch(SLUG, new) or new in RESERVED:
        raise Unusable(f"{new!r} cannot be the id of a document", "take lower-case words and digits joined by hyphens")
    return Import(shown, form, new, document, day)


def _write(opened: Opened, made: Import) -> None:
    from kbtool.cli.review_desk import writing
    from kbtool.store.intake import write_new

    if made.blocked:
        raise Refused(made.blocked, "nothing was written")
    with writing():
        write_new(opened.root, made.files)
