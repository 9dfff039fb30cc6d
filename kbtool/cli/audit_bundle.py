"""`kbtool audit bundle` and `kbtool audit verify`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kbtool import __version__
from kbtool.cli.base import Refused, Unusable, as_of_option, base_option, finish, read_named, shown_path, today
from kbtool.diagnostics import ExitStatus, Severity

if TYPE_CHECKING:
    from kbtool.audit.anchors import Anchors
    from kbtool.audit.held import Held
    from kbtool.audit.verdict import Verdict
    from kbtool.engine.check import Checked
    from kbtool.records.assemble import Loaded

_TOOL = f"kbtool {__version__}"
_FEW = 20
"""How many problems of a bundle are printed."""


@click.command(short_help="Put everything that approvals rest on into one archive that anyone can verify.")
@base_option
@as_of_option
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE.zip", required=True, help="Where it goes.")
@click.option(
    "--policy",
    "policies",
    type=click.Path(path_type=Path),
    metavar="FILE",
    multiple=True,
    help="An earlier policy that decisions name and the base does not keep; may be given more than once.",
)
def bundle(kb: Path | None, as_of: date | None, out: Path, policies: tuple[Path, ...]) -> None:
    """Write a BagIt archive of records, texts, evidence, decisions, kept contents and policies, keys, log and proofs.

    The same base and day give the same bytes everywhere. VERIFY.md in it says how to check it without kbtool. Texts
    whose rights allow quotes only are left out. Nothing is refused because of what a check finds; the report is inside.

    \b
    Exit status: 0 written; 1 refused; 2 no base.

    \b
    Examples:
      kbtool audit bundle --out audit.zip
      kbtool audit bundle --out audit.zip --as-of 2026-12-31 --policy old/policy.yaml
    """
    from kbtool.audit.archive import write_archive
    from kbtool.audit.bundle import bundle_files

    root, held, unread = _held(kb, as_of or today(), policies)
    if out.resolve().is_relative_to(root.resolve()):
        raise Refused(f"{shown_path(out)!r} lies in the base {shown_path(root)!r}", "choose a place outside the base")
    files = bundle_files(held)
    _write(out, write_archive(files))
    click.echo(f"{shown_path(out)}: {len(files)} files, {len(held.state.claims)} claims as of {held.as_of.isoformat()}")
    _say_of(held, unread)


def _held(kb: Path | None, as_of: date, policies: Sequence[Path]) -> tuple[Path, Held, list[str]]:
    """The base's folder, what goes into the bundle, and what of the base cannot be read, in sentences."""
    from kbtool.audit.held import Held, policies_kept, policies_named, shown_alike, unfit_names
    from kbtool.engine.check import check
    from kbtool.records.assemble import assemble
    from kbtool.review.content import digest_of

    root, shown, read = read_named(kb)
    if read.diagnostics:
        raise Refused(f"the base {shown!r} cannot be read whole: {read.diagnostics[0].message}", "mend that first")
    if unfit := unfit_names(read.files):
        raise Refused(f"{unfit[0]!r} belongs nowhere in a base, and no bundle takes it", "move it out of the base")
    files = shown_alike(read.files)
    loaded = assemble(files)
    checked = check(loaded, as_of)
    if loaded.base is None or checked.review is None:
        raise Unusable(f"the base {shown!r} has no usable kb.yaml, vocabulary or policy", "run 'kbtool validate'")
    given = {digest_of(raw): raw for raw in map(_bytes_of, policies)}
    if spare := given.keys() - policies_named(loaded.base).keys():
        raise Refused(f"no decision names the policy of digest '{min(spare)}'", "give the files that decisions name")
    there = {digest_of(loaded.base.policy.raw), *policies_kept(loaded.base)}
    given = {digest: raw for digest, raw in given.items() if digest not in there}
    unread = [f"{d.location.file}: {d.message}" for d in loaded.diagnostics if d.severity is Severity.ERROR]
    report = _report_of(loaded, checked, as_of)
    return root, Held(files, loaded.base, checked.review, as_of, report, given, _TOOL), unread


def _report(loaded: Loaded, as_of: date) -> bytes:
    """What a check says, as JSON that does not depend on where the base lay."""
    from kbtool.engine.check import check

    return _report_of(loaded, check(loaded, as_of), as_of)


def _report_of(loaded: Loaded, checked: Checked, as_of: date) -> bytes:
    from kbtool.report import FORMATS, RunReport
    from kbtool.rules import PAGES

    report = RunReport(
        as_of=as_of,
        base="claims",
        diagnostics=checked.diagnostics,
        files=loaded.files,
        records=loaded.records,
        checks=checked.checks,
        waived=len(checked.waived),
        pages=PAGES,
        line=lambda _file, _number: None,
        version=__version__,
        subjects=loaded.subjects,
    )
    return FORMATS["json"](report).encode(errors="backslashreplace")


def _bytes_of(path: Path) -> bytes:
    from kbtool.audit.archive import MOST_BYTES
    from kbtool.store.files import FileRefused, read_file

    try:
        if os.path.lexists(path) and path.lstat().st_size > MOST_BYTES:
            raise Unusable(f"{shown_path(path)!r} has more than {MOST_BYTES:,} bytes", "name another file")
        return read_file(path)
    except FileRefused as error:
        raise Unusable(error.message, error.hint) from None


def _write(out: Path, content: bytes) -> None:
    from kbtool.store.files import FileRefused, replace_file

    try:
        replace_file(out, None, content)
    except FileRefused as error:
        raise Refused(error.message, error.hint) from None


def _say_of(held: Held, unread: Sequence[str]) -> None:
    """What verifying will say of the bundle, as far as that is known without doing it."""
    from kbtool.audit.anchors import Anchors
    from kbtool.audit.outcome import verdict_of
    from kbtool.audit.verdict import WORDS

    if faults := (*unread, *(problem.message for problem in held.state.problems)):
        click.echo(f"it will not verify: {faults[0]}; run 'kbtool validate' for all of it", err=True)
        return
    verdict = verdict_of(held, Anchors())
    click.echo(WORDS[verdict.kind])
    for limit in verdict.limits:
        click.echo(f"  {limit}")


@click.command(short_help="Compute anew everything that a bundle states, and name what does not hold.")
@click.argument("archive", type=click.Path(path_type=Path), metavar="FILE.zip")
@click.option(
    "--root-key",
    "root_keys",
    multiple=True,
    metavar="BASE64",
    help="A root key as its holder gave it to you; may be given more than once.",
)
@click.option(
    "--root-threshold",
    type=click.IntRange(min=1),
    metavar="N",
    help="How many of these root keys must have signed.  [default: all]",
)
@click.option(
    "--checkpoint",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="An older checkpoint of the log, as you kept it.",
)
def verify(archive: Path, root_keys: tuple[str, ...], root_threshold: int | None, checkpoint: Path | None) -> None:
    """Verify a bundle in place, without unpacking it and without trusting those who made it.

    Give the root keys as their holders told you: the ones inside the bundle prove nothing about who they are. A bundle
    that nobody signed can at best be "consistent, not authenticated".

    \b
    Exit status: 0 everything holds (read the verdict); 1 something does not; 2 the archive is not read.

    \b
    Examples:
      kbtool audit verify audit.zip
      kbtool audit verify audit.zip --root-key KEY1 --root-key KEY2 --checkpoint my-copy
    """
    from kbtool.audit.archive import ArchiveProblem
    from kbtool.audit.verify import Verifier, verify_archive

    anchors = _anchors(root_keys, root_threshold, checkpoint)
    outcome = verify_archive(_bytes_of(archive), Verifier(anchors, _TOOL, _report))
    if isinstance(outcome, ArchiveProblem):
        raise Unusable(f"{shown_path(archive)!r} is not read: {outcome.message}", outcome.hint)
    _print(outcome, shown_path(archive))
    finish(ExitStatus.FINDINGS if outcome.problems else ExitStatus.OK)


def _anchors(root_keys: tuple[str, ...], threshold: int | None, checkpoint: Path | None) -> Anchors:
    from kbtool.audit.anchors import Anchors
    from kbtool.review.keys import KeyProblem, PublicKey

    keys = []
    for text in dict.fromkeys(root_keys):
        key = PublicKey.from_text(text)
        if isinstance(key, KeyProblem):
            raise Unusable(key.message, key.hint)
        keys.append(key)
    if threshold is not None and threshold > len(keys):
        raise Unusable(f"{threshold} root keys cannot sign where {len(keys)} are given", "give more --root-key")
    return Anchors(tuple(keys), threshold or 0, _bytes_of(checkpoint) if checkpoint else None)


def _print(verdict: Verdict, shown: str) -> None:
    from kbtool.audit.verdict import WORDS
    from kbtool.report.visible import visible

    def lines(texts: Sequence[Any], head: str) -> None:
        for text in texts:
            click.echo(f"  {head}{visible(str(text))}")

    click.echo(f"{shown}: {WORDS[verdict.kind]}")
    lines(verdict.problems[:_FEW], "does not hold: ")
    if len(verdict.problems) > _FEW:
        click.echo(f"  and {len(verdict.problems) - _FEW} more")
    lines(verdict.facts, "")
    lines(verdict.limits, "note: ")
