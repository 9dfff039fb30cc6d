"""Changing who may decide: from the files as they are now to a governance file that enough root keys have signed.

A proposal is an envelope over the statement, kept outside of the base while signatures are gathered. The file that goes
into the base is named by the digest of its bytes, so it cannot be there before the last signature is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kbtool.model.base_config import BaseConfig, Root
from kbtool.model.decision import (
    GOVERNANCE_TYPE,
    STATEMENT_TYPE,
    GovernancePredicate,
    GovernanceStatement,
    Sha256,
    Subject,
)
from kbtool.records.base import KnowledgeBase
from kbtool.review.content import canonical, digest_of
from kbtool.review.dsse import IN_TOTO, Envelope, EnvelopeProblem, read_envelope, verify, with_signature, write_envelope
from kbtool.review.edits import Edit, Refusal
from kbtool.review.governance import governed_digests, revocations
from kbtool.review.kept_policies import kept_policy
from kbtool.review.keys import KeyProblem, PrivateKey, PublicKey
from kbtool.review.statements import Signed, read_governance, read_statement

_AGAIN = "propose the change anew with 'kbtool govern propose', so that everybody signs what is there now"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change that waits for signatures."""

    envelope: Envelope
    statement: GovernanceStatement

    @property
    def raw(self) -> bytes:
        """The bytes of its file."""
        return write_envelope(self.envelope)


@dataclass(frozen=True, slots=True)
class Tally:
    """The signatures of one set of root keys."""

    root: Root
    have: tuple[str, ...]
    """Names of the keys that signed."""

    @property
    def missing(self) -> int:
        """How many signatures are still to come."""
        return max(0, max(1, self.root.threshold) - len(self.have))


def chain_of(base: KnowledgeBase) -> list[Signed[GovernanceStatement]]:
    """The governance of a base, in order."""
    return read_governance(base.review)[0]


def propose(base: KnowledgeBase, config: BaseConfig, note: str, on: date, tool: str) -> Proposal | Refusal:
    """A proposal to agree on reviewers and policy as they are in `base`, and on root and log key as in `config`."""
    if problem := _root_problem(config.root):
        return problem
    chain = chain_of(base)
    digests = governed_digests(base, config)
    if chain and digests == _agreed(chain[-1].statement):
        return Refusal("nothing has changed since the last governance", "change reviewers, policy or root keys first")
    predicate = GovernancePredicate(
        on=on,
        note=note,
        number=len(chain) + 1,
        previous=chain[-1].digest if chain else None,
        root=config.root,
        log=config.log,
        revokes=_newly_revoked(base, chain),
        tool=tool,
    )
    subjects = tuple(Subject(name=name, digest=Sha256(sha256=digest)) for name, digest in digests.items())
    statement = GovernanceStatement(
        _type=STATEMENT_TYPE, subject=subjects, predicateType=GOVERNANCE_TYPE, predicate=predicate
    )
    payload = canonical(statement.model_dump(mode="json", by_alias=True, exclude_none=True))
    return Proposal(Envelope(payload, IN_TOTO), statement)


def read_proposal(raw: bytes) -> Proposal | Refusal:
    """The proposal in a file, or why it is none."""
    envelope = read_envelope(raw)
    if isinstance(envelope, EnvelopeProblem):
        return Refusal(
            f"the file is no proposal: {envelope.message}", "name the file that 'kbtool govern propose' made"
        )
    statement = read_statement(envelope, GovernanceStatement)
    if isinstance(statement, str):
        return Refusal(f"the file is no proposal: {statement}", "name the file that 'kbtool govern propose' made")
    return Proposal(envelope, statement)


def out_of_date(proposal: Proposal, base: KnowledgeBase, config: BaseConfig) -> Refusal | None:
    """Why a proposal is not about the base as it is, or None; `config` is what kb.yaml says or is about to."""
    chain, predicate = chain_of(base), proposal.statement.predicate
    if (predicate.number, predicate.previous) != (len(chain) + 1, chain[-1].digest if chain else None):
        message = f"the proposal is number {predicate.number}, and the next would be {len(chain) + 1}"
        return Refusal(message if predicate.number != len(chain) + 1 else "the proposal follows another state", _AGAIN)
    now, said = governed_digests(base, config), _agreed(proposal.statement)
    changed = [name for name in now if said.get(name) != now[name]]
    if changed:
        names = {"root": "the keys in kb.yaml"}
        what = names.get(changed[0], changed[0])
        return Refusal(f"the proposal is about another state of {what} than the present one", _AGAIN)
    if predicate.revokes != _newly_revoked(base, chain):
        return Refusal("the proposal revokes other keys than reviewers.yaml does", _AGAIN)
    return None


def signed_by(proposal: Proposal, key: PrivateKey, chain: Sequence[Signed[GovernanceStatement]]) -> Proposal | Refusal:
    """The proposal with one more signature, by a root key of the state before or of the one proposed."""
    public = key.public().to_text()
    if not any(public == each.public for tally in tallies(proposal, chain) for each in tally.root.keys):
        return Refusal(f"the key '{public}' is no root key", "give the private half of a key in 'root' of kb.yaml")
    return Proposal(with_signature(proposal.envelope, key), proposal.statement)


def tallies(proposal: Proposal, chain: Sequence[Signed[GovernanceStatement]]) -> tuple[Tally, ...]:
    """Who has signed: of the root keys before, and of the proposed ones where those differ."""
    own = proposal.statement.predicate.root
    before = chain[-1].statement.predicate.root if chain else own
    return tuple(
        Tally(root, _signers(proposal.envelope, root)) for root in ((own,) if own == before else (before, own))
    )


def governance_files(proposal: Proposal, base: KnowledgeBase) -> tuple[Edit, ...]:
    """The file that a proposal becomes once everybody has signed, and the policy that it names, kept."""
    raw = proposal.raw
    number = proposal.statement.predicate.number
    agreed = Edit(f"governance/{number:04}-{digest_of(raw)}.json", raw, None)
    return (agreed, *kept_policy(base.policy.raw, base.review))


def _signers(envelope: Envelope, root: Root) -> tuple[str, ...]:
    names: dict[str, str] = {}
    keys: dict[str, PublicKey] = {}
    for each in root.keys:
        public = PublicKey.from_text(each.public)
        if not isinstance(public, KeyProblem):
            names[public.key_id()], keys[public.key_id()] = each.name, public
    return tuple(names[key_id] for key_id in verify(envelope, keys).holds)


def _agreed(statement: GovernanceStatement) -> dict[str, str]:
    return {subject.name: subject.digest.sha256 for subject in statement.subject}


def _newly_revoked(base: KnowledgeBase, chain: Sequence[Signed[GovernanceStatement]]) -> tuple[str, ...]:
    """Ids of the keys that reviewers.yaml says are revoked and no governance names yet, sorted."""
    named = revocations(chain, {})
    keys = (key for reviewer in base.reviewers.model.reviewers for key in reviewer.keys if key.revoked)
    found = (PublicKey.from_text(key.public) for key in keys)
    ids = {public.key_id() for public in found if not isinstance(public, KeyProblem)}
    return tuple(sorted(ids - named.keys()))


def _root_problem(root: Root) -> Refusal | None:
    if not root.keys:
        return Refusal("kb.yaml pins no root keys", "run 'kbtool govern init' to hold the first key ceremony")
    for each in root.keys:
        public = PublicKey.from_text(each.public)
        if isinstance(public, KeyProblem):
            return Refusal(f"root key {each.name!r}: {public.message}", public.hint)
    if len({each.public for each in root.keys}) < len(root.keys) or len({e.name for e in root.keys}) < len(root.keys):
        return Refusal("two root keys have the same name or are the same key", "each holder has a key of their own")
    if not 1 <= root.threshold <= len(root.keys):
        message = f"the threshold {root.threshold} is not from 1 to {len(root.keys)}, the number of root keys"
        return Refusal(message, "ask for at least one signature and at most all of them")
    return None
