"""`kbtool audit log`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kbtool.cli.audit_log_json import Verified, log_json
from kbtool.cli.base import Unusable, as_of_option, base_option, finish, shown_path, today
from kbtool.cli.reading import format_option
from kbtool.cli.review_desk import Opened, open_desk
from kbtool.diagnostics import ExitStatus

if TYPE_CHECKING:
    from kbtool.review.log import Log
    from kbtool.review.problem import ReviewProblem


@click.command(short_help="List the log of decisions, or verify it, also against an older copy.")
@base_option
@as_of_option
@click.option("--verify", is_flag=True, help="Hold the log, its keys and every decision against each other.")
@click.option(
    "--since",
    type=click.Path(path_type=Path),
    metavar="CHECKPOINT",
    help="Prove that the log still begins as in a checkpoint that you kept.",
)
@format_option("text", "json")
def log(kb: Path | None, as_of: date | None, verify: bool, since: Path | None, format_: str) -> None:
    """List what the log holds and what waits for it; with --verify, find every edit, gap, forgery and fork.

    A log that was rewritten by whoever has its key looks sound from inside. Only a checkpoint that somebody else kept
    shows it: copy log/checkpoint after each release, and give your copy as --since.

    \b
    Exit status: 0 everything holds; 1 something does not; 2 no base or no checkpoint.

    \b
    Examples:
      kbtool audit log
      kbtool audit log --verify
      kbtool audit log --verify --since ~/kept/checkpoint-2026-06
      kbtool audit log --verify --format json
    """
    opened = open_desk(kb, as_of or today())
    found = opened.desk.state.log
    if found is None or not (found.entries or opened.desk.state.pending or verify or since):
        raise Unusable("the base has no log, and nothing waits for one", "decide about a claim first: 'kbtool review'")
    verified = _verified(opened, found, since) if verify or since is not None else None
    if format_ == "json":
        click.echo(log_json(opened, found, verified), nl=False)
    elif verified is None:
        _list(opened, found)
    else:
        _say(opened, found, verified)
    finish(ExitStatus.FINDINGS if verified and verified.problems else ExitStatus.OK)


def _list(opened: Opened, found: Log) -> None:
    for number, entry in enumerate(found.entries):
        click.echo(f"{number:6}  {entry.on}  {entry.name}")
    for name in opened.desk.state.pending:
        click.echo(f"{'waits':>6}  {'':10}  {name}")
    click.echo(_sum(opened, found))


def _sum(opened: Opened, found: Log) -> str:
    from kbtool.review.base64text import encode

    under = f"checkpoint of {found.checkpoint.size}, root {encode(found.checkpoint.root)}" if found.checkpoint else ""
    return f"{len(found.entries)} logged, {len(opened.desk.state.pending)} waiting; {under or 'no checkpoint'}"


def _verified(opened: Opened, found: Log, since: Path | None) -> Verified:
    own = opened.desk.state.problems
    if since is None:
        return Verified(own)
    kept = _against_kept(opened, found, since)
    return Verified((*own, *kept.problems), kept.since, kept.consistency)


def _say(opened: Opened, found: Log, verified: Verified) -> None:
    if verified.since and verified.consistency:
        number = len(verified.consistency.proof)
        proof = f"proof of {number} hash{'es' * (number != 1)}"
        click.echo(f"the log begins with the {verified.since.size} entries of your checkpoint ({proof})")
    for problem in verified.problems:
        click.echo(f"{problem.file}: error: {problem.message} [{problem.rule}]")
        if problem.hint:
            click.echo(f"  hint: {problem.hint}")
    click.echo(_sum(opened, found))
    click.echo(_verdict(verified))


def _verdict(verified: Verified) -> str:
    problems: Sequence[ReviewProblem] = verified.problems
    if problems:
        return f"{len(problems)} of it does not hold" if len(problems) > 1 else "1 thing does not hold"
    if verified.since is None:
        return "everything holds; that nothing was rewritten by the log's own key, only an older copy of it can show"
    return "everything holds"


def _against_kept(opened: Opened, found: Log, since: Path) -> Verified:
    """Whether the auditor's own checkpoint is the beginning of the log."""
    from kbtool.review.checkpoints import checkpoint_of, log_keys
    from kbtool.review.kept_checkpoint import against
    from kbtool.review.problem import ReviewProblem
    from kbtool.review.propose import chain_of
    from kbtool.store.files import FileRefused, read_file

    try:
        raw = read_file(since)
    except FileRefused as error:
        raise Unusable(error.message, error.hint) from None
    keys = log_keys([entry.name for entry in found.entries], opened.base.config.model.log, chain_of(opened.base))
    checkpoint = checkpoint_of(raw, keys)
    if isinstance(checkpoint, str):
        hint = "it may be of another log, or its key was replaced without the root keys; ask who keeps the log"
        return Verified((ReviewProblem("log-unsigned", shown_path(since), checkpoint, hint),))
    outcome = against(checkpoint, found.tree)
    if outcome.fork:
        hint = "keep your copy: it is the proof; ask who keeps the log which history was published"
        return Verified((ReviewProblem("log-forked", shown_path(since), outcome.fork, hint),))
    return Verified((), checkpoint, outcome)
