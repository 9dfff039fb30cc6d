"""`kbtool review approve`, `reaffirm`, `request-changes`, `dispute`, `withdraw` and `comment`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kbtool import __version__
from kbtool.cli.base import F, Refused, Unusable, base_option
from kbtool.cli.browse import record_ids
from kbtool.cli.review_desk import Opened, claim_named, not_after_today, on_option, open_checked_desk, writing
from kbtool.cli.signing import passphrase_option, signing_key

if TYPE_CHECKING:
    from kbtool.model.decision import Verb
    from kbtool.review.decide import Decided, Decisions
    from kbtool.review.wish import Wish

_APPROVING = frozenset({"approve", "reaffirm"})


@dataclass(frozen=True, slots=True)
class Options:
    """What stands on the command line of every decision beside the claims."""

    kb: Path | None
    by: str
    note: str | None
    key: Path | None
    passphrase_file: Path | None
    seen: str | None
    on: date | None
    answers: tuple[str, ...]
    acting_for: str | None
    successor: str | None = None


def _options(command: F) -> F:
    """The arguments and options that all decisions share, the first of them last."""
    decorators = (
        base_option,
        click.option("--acting-for", metavar="ID", help="The absent reviewer who named you to decide meanwhile."),
        click.option(
            "--answers", multiple=True, metavar="DIGEST", help="Settle a reader's report, or 'all' open ones."
        ),
        on_option("of the decision"),
        click.option("--seen", metavar="DIGEST", help="The digest that 'review show' ended with."),
        passphrase_option,
        click.option("--key", type=click.Path(path_type=Path), metavar="FILE", help="Your private key, to sign with."),
        click.option("--note", metavar="TEXT", help="Why, in your words."),
        click.option("--by", required=True, metavar="ID", help="Your id in reviewers.yaml."),
        click.argument("claims", metavar="CLAIM[@DIGEST]...", nargs=-1, required=True, shell_complete=record_ids),
    )
    for decorate in decorators:
        command = decorate(command)
    return command


@click.command(short_help="Approve a claim as it is now; signed.")
@_options
def approve(claims: tuple[str, ...], **options: Any) -> None:
    """Approve what a claim says now: statement, quotes, caveats, evidence and verdict. Needs --key.

    The approval binds to exactly this content: whatever changes later needs a new look. With --seen it is refused where
    the claim is not what was shown to you. Of several claims, each needs the digest of what was shown, as CLAIM@DIGEST;
    at a terminal you are asked about each. Nobody approves what they drafted, or what has errors.

    \b
    Examples:
      kbtool review approve calmer-60-percent-2019 --by ID --key FILE --seen DIGEST
      kbtool review approve a@DIGEST b@DIGEST --by ID --key FILE
    """
    _decide("approve", claims, Options(**options))


@click.command(short_help="Say that a claim still holds after seeing what changed; signed.")
@_options
def reaffirm(claims: tuple[str, ...], **options: Any) -> None:
    """Say that a claim that was approved before is still accurate, after seeing what changed. Needs --key and --seen.

    \b
    Example:
      kbtool review reaffirm calmer-60-percent-2019 --by ID --key FILE --seen DIGEST
    """
    _decide("reaffirm", claims, Options(**options))


@click.command("request-changes", short_help="Ask for changes; needs a note.")
@_options
def request_changes(claims: tuple[str, ...], **options: Any) -> None:
    """Ask for changes to what a claim says now, with a note. May be signed.

    \b
    Example:
      kbtool review request-changes calmer-60-percent-2019 --by ID --note "Say how many people."
    """
    _decide("request-changes", claims, Options(**options))


@click.command(short_help="Dispute a claim until you decide otherwise; signed.")
@_options
def dispute(claims: tuple[str, ...], **options: Any) -> None:
    """Dispute a claim, with a note. Needs --key. A dispute outlives every edit, until you decide otherwise.

    \b
    Example:
      kbtool review dispute calmer-60-percent-2019 --by ID --key FILE --note "The study says the opposite."
    """
    _decide("dispute", claims, Options(**options))


@click.command(short_help="Take a claim back for good, with the reason; signed.")
@click.option("--successor", metavar="CLAIM", help="The claim that takes its place.")
@_options
def withdraw(claims: tuple[str, ...], **options: Any) -> None:
    """Take a claim back for good; the note is the reason that readers see. Needs --key.

    The record stays, so that every export can say that the claim is withdrawn, why, and what takes its place.

    \b
    Example:
      kbtool review withdraw calmer-60-percent-2019 --by ID --key FILE --note "No such study exists."
    """
    _decide("withdraw", claims, Options(**options))


@click.command(short_help="Leave a note that changes no standing.")
@_options
def comment(claims: tuple[str, ...], **options: Any) -> None:
    """Leave a note on what a claim says now. It changes no standing, and may be signed.

    \b
    Example:
      kbtool review comment calmer-60-percent-2019 --by ID --note "A second trial is under way."
    """
    _decide("comment", claims, Options(**options))


def _decide(verb: Verb, claims: Sequence[str], given: Options) -> None:
    from kbtool.review.decide import decide
    from kbtool.review.edits import Refusal
    from kbtool.store.decide import write_decisions

    opened = open_checked_desk(given.kb, not_after_today(given.on))
    wishes = _wishes(verb, claims, given, opened)
    if not wishes:
        raise Refused("nothing was decided")
    key = signing_key(given.key, given.passphrase_file) if given.key else None
    made = decide(wishes, opened.desk, key, f"kbtool {__version__}")
    if isinstance(made, Refusal):
        raise Refused(made.message, made.hint)
    with writing():
        write_decisions(opened.root, made, opened.base)
    _say(made, opened, given)


def _wishes(verb: Verb, claims: Sequence[str], given: Options, opened: Opened) -> list[Wish]:
    """What is wished for each claim; of several to approve, those with a digest or that a person confirms."""
    from kbtool.review.wish import Wish

    targets = [_target(opened, claim, given.seen) for claim in claims]
    if given.seen and len(claims) > 1:
        raise Unusable("--seen is the digest of one claim", "of several, write each as CLAIM@DIGEST")
    if verb in _APPROVING and len(claims) > 1:
        targets = [target for target in (_confirmed(opened, *target) for target in targets) if target]
    successor = claim_named(opened.base, given.successor) if given.successor else None
    return [
        Wish(
            claim=claim,
            verb=verb,
            by=given.by,
            on=opened.as_of,
            note=given.note,
            seen=seen,
            answers=given.answers,
            acting_for=given.acting_for,
            successor=successor,
        )
        for claim, seen in targets
    ]


def _target(opened: Opened, text: str, seen: str | None) -> tuple[str, str | None]:
    """The claim and the digest that `CLAIM` or `CLAIM@DIGEST` and `--seen` name."""
    name, _, digest = text.partition("@")
    if seen and digest and seen != digest:
        raise Unusable(f"{text!r} and --seen name different digests", "give the digest once")
    return claim_named(opened.base, name), digest or seen


def _confirmed(opened: Opened, claim: str, seen: str | None) -> tuple[str, str] | None:
    """The claim with the digest of what was shown: as given, or as confirmed at the terminal; None where it is not."""
    if seen:
        return claim, seen
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        hint = "write each as CLAIM@DIGEST with the digest that 'kbtool review show CLAIM' ends with"
        raise Refused(f"of several claims, each needs the digest of what was shown, and {claim!r} has none", hint)
    from kbtool.cli.review_page import short_page

    click.echo("\n".join(short_page(opened, claim)), color=True)
    return (claim, opened.desk.content(claim).digest) if click.confirm("Approve this?") else None


def _say(made: Decisions, opened: Opened, given: Options) -> None:
    """What was decided and how each claim stands now."""
    from kbtool.review.story import DONE

    how = "signed" if given.key else "not signed"
    for one in made.decided:
        click.echo(f"{one.claim}: {DONE[one.verb]} by {given.by} on {opened.as_of}, {how}")
        for line in _lines(one, opened):
            click.echo(f"  {line}")
    if opened.base.config.model.log:
        click.echo("not in the log yet; 'kbtool audit checkpoint' takes decisions up")


def _lines(one: Decided, opened: Opened) -> list[str]:
    stands = f"{one.standing.value.replace('-', ' ')}: {one.standing.reason}"
    changed = f"{one.before} -> {one.status}" if one.before != one.status else f"{one.status}, as before"
    waits = [f"does not count yet: {one.waits}"] if one.waits else []
    file = f"{opened.shown}/{one.file}".removeprefix("./")
    return [f"status: {changed}", f"stands: {stands}", *waits, f"file: {file}"]
