"""`kbtool govern propose`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from kbtool.cli.base import base_option
from kbtool.cli.governing import (
    TOOL,
    accepted,
    keys_option,
    open_governed,
    proposal_option,
    proposal_path,
    settle,
    signed_with,
)
from kbtool.cli.review_desk import not_after_today, on_option
from kbtool.cli.signing import passphrase_option


@click.command(short_help="Propose to agree on reviewers, policy and keys as they are now.")
@base_option
@click.option("--note", required=True, help="What changes, and why.")
@keys_option
@passphrase_option
@proposal_option
@on_option("of the proposal")
def propose(
    kb: Path | None,
    note: str,
    keys: tuple[Path, ...],
    passphrase_file: Path | None,
    file: Path | None,
    on: date | None,
) -> None:
    """Write a proposal to agree on reviewers.yaml, policy.yaml and the keys of kb.yaml as they are now.

    Edit those files first; the proposal names their digests. Keys that reviewers.yaml newly says are revoked are named
    in it. It becomes part of the base when as many root keys as kb.yaml asks for have signed it; a change of the root
    keys takes the old ones and the new ones.

    \b
    Examples:
      kbtool govern propose --note "Dr Example joins as clinician" --proposal joins.json
      kbtool govern propose --note "a stolen key is revoked" --key anna.pem --key ben.pem
    """
    from kbtool.cli.govern_status import describe
    from kbtool.review.propose import propose as proposed

    governed = open_governed(kb)
    proposal = accepted(proposed(governed.base, governed.config, note, not_after_today(on), TOOL))
    path = proposal_path(file, proposal.statement.predicate.number, governed)
    proposal = signed_with(proposal, keys, passphrase_file, governed)
    describe(proposal, governed.chain)
    settle(proposal, governed, (), path, None)
