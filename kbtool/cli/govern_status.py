"""`kbtool govern status`, and what a proposal changes in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kbtool.cli.base import base_option
from kbtool.cli.governing import Governed, accepted, open_governed, read_file_of

if TYPE_CHECKING:
    from kbtool.model.base_config import Root
    from kbtool.model.decision import GovernanceStatement
    from kbtool.review.propose import Proposal
    from kbtool.review.statements import Signed


@click.command(short_help="Say who may change what, and what is agreed.")
@click.argument("proposal", type=click.Path(path_type=Path), required=False)
@base_option
def status(proposal: Path | None, kb: Path | None) -> None:
    """Print root keys, the log's key, what was agreed and whether the files still are that; with PROPOSAL, who signed.

    \b
    Exit status: 0; 1 where the files are not what was agreed.

    \b
    Examples:
      kbtool govern status
      kbtool govern status joins.json
    """
    governed = open_governed(kb)
    for line in _lines(governed):
        click.echo(line)
    if proposal is not None:
        _proposal(proposal, governed)
    _agreed(governed)


def _lines(governed: Governed) -> Iterator[str]:
    config, chain = governed.config, governed.chain
    if not config.root.keys:
        yield "no root keys: nobody is trusted to approve; 'kbtool govern init' pins them"
        return
    yield f"root keys, of which {config.root.threshold} must sign:"
    yield from (f"  {key.name:20} {key.public}" for key in config.root.keys)
    yield f"log: {config.log.origin} {config.log.public}" if config.log else "log: no key, so no checkpoint can be made"
    yield f"governance: {len(chain)} files" if chain else "governance: none yet"
    for signed in chain:
        predicate = signed.statement.predicate
        yield f"  {predicate.number:04} {predicate.on} {predicate.note}"


def _proposal(path: Path, governed: Governed) -> None:
    from kbtool.review.propose import out_of_date, read_proposal, tallies

    found = accepted(read_proposal(read_file_of(path)))
    describe(found, governed.chain)
    for tally in tallies(found, governed.chain):
        click.echo(f"signed by {', '.join(tally.have) or 'nobody'}; {tally.missing} more to come")
    if refusal := out_of_date(found, governed.base, governed.config):
        click.echo(f"it can no longer be signed: {refusal.message}")


def _agreed(governed: Governed) -> None:
    from kbtool.cli.base import Refused
    from kbtool.review.governance import check_governance

    if problems := check_governance(governed.base, governed.chain).problems:
        raise Refused(f"{problems[0].file}: {problems[0].message}", problems[0].hint)
    if governed.chain:
        click.echo("reviewers, policy and keys are as agreed")


def describe(proposal: Proposal, chain: Sequence[Signed[GovernanceStatement]]) -> None:
    """Print what a proposal changes against the state before."""
    predicate = proposal.statement.predicate
    click.echo(f"governance {predicate.number:04}, {predicate.on}: {predicate.note}")
    before = {s.name: s.digest.sha256 for s in chain[-1].statement.subject} if chain else {}
    for subject in proposal.statement.subject:
        if before.get(subject.name) != subject.digest.sha256:
            what = "root and log keys" if subject.name == "root" else subject.name
            click.echo(f"  {'new' if not before else 'changed'}: {what} (sha256 {subject.digest.sha256})")
    for line in _root_changes(chain[-1].statement.predicate.root if chain else None, predicate.root):
        click.echo(f"  {line}")
    for key_id in predicate.revokes:
        click.echo(f"  revoked: the key {key_id}")


def _root_changes(before: Root | None, after: Root) -> Iterator[str]:
    old = {key.public: key.name for key in before.keys} if before else {}
    new = {key.public: key.name for key in after.keys}
    yield from (f"root key added: {name} {public}" for public, name in new.items() if public not in old)
    yield from (f"root key removed: {name} {public}" for public, name in old.items() if public not in new)
    if before is None or before.threshold != after.threshold:
        yield f"root keys that must sign: {after.threshold}"
