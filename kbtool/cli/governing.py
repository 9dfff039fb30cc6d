"""What the commands of governance share: a base with its chain, the file of a proposal, who is still to sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kbtool import __version__
from kbtool.cli.base import F, Refused, Unusable, read_named, shown_path

if TYPE_CHECKING:
    from kbtool.model.base_config import BaseConfig
    from kbtool.model.decision import GovernanceStatement
    from kbtool.records.base import KnowledgeBase
    from kbtool.review.edits import Edit, Refusal
    from kbtool.review.propose import Proposal
    from kbtool.review.statements import Signed

TOOL = f"kbtool {__version__}"
"""The program, as statements name it."""


@dataclass(frozen=True, slots=True)
class Governed:
    """A base with the governance that it has."""

    root: Path
    shown: str
    base: KnowledgeBase
    chain: Sequence[Signed[GovernanceStatement]]

    @property
    def config(self) -> BaseConfig:
        """What kb.yaml says."""
        return self.base.config.model


def keys_option(command: F) -> F:
    """`--key FILE`, several times."""
    return click.option(
        "--key",
        "keys",
        type=click.Path(path_type=Path),
        metavar="FILE",
        multiple=True,
        help="Sign with the private root key in FILE; may be given several times.",
    )(command)


def proposal_option(command: F) -> F:
    """`--proposal FILE`."""
    return click.option(
        "--proposal",
        "file",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Where to put the proposal, outside of the base.  [default: proposal-<number>.json]",
    )(command)


def open_governed(kb: Path | None) -> Governed:
    """Read a base; raises Unusable where there is none, Refused where its governance does not hold together."""
    from kbtool.cli.base import Outcome, today, usable
    from kbtool.diagnostics import in_order
    from kbtool.records.assemble import assemble
    from kbtool.review.propose import chain_of
    from kbtool.review.statements import read_governance

    root, shown, found = read_named(kb)
    loaded = assemble(found.files)
    problems = in_order((*found.diagnostics, *loaded.diagnostics))
    base: KnowledgeBase = usable(Outcome(root, shown, loaded, problems, loaded.checks, today()))
    if unread := read_governance(base.review)[1]:
        raise Refused(f"{unread[0].file}: {unread[0].message}", unread[0].hint)
    return Governed(root, shown, base, chain_of(base))


def accepted(found: Proposal | Refusal) -> Proposal:
    """The proposal; raises Refused where there is none."""
    from kbtool.review.edits import Refusal

    if isinstance(found, Refusal):
        raise Refused(found.message, found.hint)
    return found


def signed_with(proposal: Proposal, keys: Sequence[Path], passphrase: Path | None, governed: Governed) -> Proposal:
    """The proposal with a signature by each of the keys in these files."""
    from kbtool.cli.signing import signing_key
    from kbtool.review.propose import signed_by

    for path in keys:
        proposal = accepted(signed_by(proposal, signing_key(path, passphrase), governed.chain))
    return proposal


def settle(proposal: Proposal, governed: Governed, edits: Sequence[Edit], file: Path, before: bytes | None) -> None:
    """Put a proposal with all its signatures into the base, one with fewer into its file; and say which.

    `edits` are changed in the base either way; `before` is what the file of the proposal holds now.
    """
    from kbtool.cli.review_desk import writing
    from kbtool.review.propose import governance_files, tallies
    from kbtool.store.decide import write_edits

    found = tallies(proposal, governed.chain)
    done = not any(tally.missing for tally in found)
    made = governance_files(proposal, governed.base)
    if not done or before is not None:
        _write_proposal(file, before, proposal.raw)
    if writes := (*edits, *made) if done else tuple(edits):
        with writing():
            write_edits(governed.root, writes)
    for tally in found:
        need = max(1, tally.root.threshold)
        click.echo(f"signed by {len(tally.have)} of the {need} root keys it takes: {', '.join(tally.have) or 'nobody'}")
    if done:
        click.echo(f"agreed: {governed.shown}/{made[0].name}")
        click.echo("the log takes it up with the next 'kbtool audit checkpoint'")
    else:
        click.echo(f"the proposal stands in {shown_path(file)}; let the others run 'kbtool govern sign' on it")


def proposal_path(file: Path | None, number: int, governed: Governed) -> Path:
    """Where a new proposal goes; raises Refused in the base or over another file."""
    path = file or Path(f"proposal-{number:04}.json")
    if path.resolve().is_relative_to(governed.root.resolve()):
        message = f"{shown_path(path)!r} lies in the base, and a proposal is no part of it"
        raise Refused(message, "name a place outside with --proposal")
    if path.exists() or path.is_symlink():
        raise Refused(f"{shown_path(path)!r} is there already", "name another file with --proposal, or delete it")
    return path


def read_file_of(path: Path) -> bytes:
    """The bytes of the file of a proposal; raises Unusable where it cannot be read."""
    from kbtool.store.files import FileRefused, read_file

    try:
        return read_file(path)
    except FileRefused as error:
        raise Unusable(error.message, error.hint) from None


def _write_proposal(file: Path, before: bytes | None, raw: bytes) -> None:
    from kbtool.store.files import FileRefused, replace_file

    if before == raw:
        return
    try:
        replace_file(file, before, raw)
    except FileRefused as error:
        raise Refused(error.message, error.hint) from None
