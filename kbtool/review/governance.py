"""Who may decide is itself decided: each state of reviewers, policy and root keys is signed by root key holders.

The files `governance/<number>-<digest>.json` are a chain: each names the one before it, and is signed by as many root
keys of the state before as its threshold asks; a change of the root is also signed by the new one (TUF's way).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kbtool.model.base_config import BaseConfig, LogKey, Reviewers, Root
from kbtool.model.decision import GovernanceStatement
from kbtool.records.base import KnowledgeBase
from kbtool.review.content import canonical, digest_of
from kbtool.review.dsse import verify
from kbtool.review.keys import KeyProblem, PublicKey
from kbtool.review.problem import ReviewProblem
from kbtool.review.statements import Signed

SUBJECTS = ("policy.yaml", "reviewers.yaml", "root")
"""What a governance statement is about, in this order."""


@dataclass(frozen=True, slots=True)
class Governance:
    """The chain as far as it holds."""

    chain: tuple[Signed[GovernanceStatement], ...]
    problems: tuple[ReviewProblem, ...]


def root_digest(root: Root, log: LogKey | None) -> str:
    """Digest of the trust root with the log's key, as governance statements name it."""
    value = {
        "_type": "kbtool/root/1",
        "root": root.model_dump(mode="json"),
        "log": log.model_dump(mode="json") if log else None,
    }
    return digest_of(canonical(value))


def governed_digests(base: KnowledgeBase, config: BaseConfig | None = None) -> dict[str, str]:
    """Digests of the governed parts as they are now, by subject name; `config` where kb.yaml is about to change."""
    config = config or base.config.model
    return {
        "policy.yaml": digest_of(base.policy.raw),
        "reviewers.yaml": digest_of(base.reviewers.raw),
        "root": root_digest(config.root, config.log),
    }


def check_governance(base: KnowledgeBase, chain: Sequence[Signed[GovernanceStatement]]) -> Governance:
    """Hold the chain against itself and its last state against the base."""
    config = base.config.model
    problems = list(_unusable_keys(config.root, config.log))
    if not chain:
        if config.root.keys:
            problems.append(_ungoverned("kb.yaml", "root keys are pinned and no governance is signed by them"))
        return Governance((), tuple(problems))
    problems += [*_links(chain), *_signatures(chain)]
    if not problems:
        problems += [*_current(base, chain[-1]), *_revoked(base.reviewers.model, chain)]
    return Governance(tuple(chain), tuple(problems))


def _unusable_keys(root: Root, log: LogKey | None) -> Iterator[ReviewProblem]:
    """Keys of kb.yaml that are none or stand there twice, and a threshold that they cannot reach."""
    found: dict[str, str] = {}
    named = [(f"root key {key.name!r}", key.public) for key in root.keys]
    for name, text in named + ([("log key", log.public)] if log else []):
        public = PublicKey.from_text(text)
        if isinstance(public, KeyProblem):
            yield ReviewProblem("malformed-key", "kb.yaml", f"{name}: {public.message}", public.hint)
        elif text in found:
            message = f"{found[text]} and {name} are the same key"
            yield ReviewProblem("malformed-key", "kb.yaml", message, "each is a key of its own, held by one person")
        else:
            found[text] = name
    if root.keys and not 1 <= root.threshold <= len(root.keys):
        message = f"the threshold is {root.threshold}, and there are {len(root.keys)} root keys"
        yield ReviewProblem("governance-broken", "kb.yaml", message, "ask for at least one and at most all of them")


def _links(chain: Sequence[Signed[GovernanceStatement]]) -> Iterator[ReviewProblem]:
    """Numbers that do not follow one another, links that do not hold, two files of one number (a fork)."""
    before: Signed[GovernanceStatement] | None = None
    for number, signed in enumerate(chain, 1):
        predicate = signed.statement.predicate
        wanted = before.digest if before else None
        if (
            predicate.number != number
            or predicate.previous != wanted
            or not signed.file.startswith(f"governance/{number:04}-")
        ):
            message = f"governance {predicate.number} does not follow the one before it"
            if before and predicate.number == before.statement.predicate.number:
                message = f"there are two governance files numbered {predicate.number}: a fork"
            yield ReviewProblem(
                "governance-broken",
                signed.file,
                message,
                "restore the missing file; of two that follow the same one, one must go",
            )
        names = tuple(subject.name for subject in signed.statement.subject)
        if names != SUBJECTS or signed.statement.subject[2].digest.sha256 != root_digest(predicate.root, predicate.log):
            yield ReviewProblem(
                "governance-broken", signed.file, "its subjects are not policy.yaml, reviewers.yaml and its own root"
            )
        before = signed


def _signatures(chain: Sequence[Signed[GovernanceStatement]]) -> Iterator[ReviewProblem]:
    for index, signed in enumerate(chain):
        own = signed.statement.predicate.root
        before = chain[index - 1].statement.predicate.root if index else own
        for root in (before,) if before == own else (before, own):
            have = _signers(signed, root)
            if not root.keys or have < max(1, root.threshold):
                message = f"signed by {have} of the {max(1, root.threshold)} root keys that it takes"
                hint = "let the holders of the root keys sign it with 'kbtool govern sign'"
                yield ReviewProblem("governance-unsigned", signed.file, message, hint)


def _signers(signed: Signed[GovernanceStatement], root: Root) -> int:
    """How many different root keys signed."""
    keys = (PublicKey.from_text(key.public) for key in root.keys)
    known = {key.key_id(): key for key in keys if not isinstance(key, KeyProblem)}
    return len(set(verify(signed.envelope, known).holds))


def _current(base: KnowledgeBase, newest: Signed[GovernanceStatement]) -> Iterator[ReviewProblem]:
    now = governed_digests(base)
    for subject in newest.statement.subject:
        if now[subject.name] != subject.digest.sha256:
            what = "the root keys or the log key of kb.yaml" if subject.name == "root" else subject.name
            yield _ungoverned(
                "kb.yaml" if subject.name == "root" else subject.name,
                f"{what} changed without the root keys' signatures",
            )


def _revoked(reviewers: Reviewers, chain: Sequence[Signed[GovernanceStatement]]) -> Iterator[ReviewProblem]:
    """Keys that reviewers.yaml says are revoked and no governance names: nobody could tell what came before it."""
    named = revocations(chain, {})
    for reviewer in reviewers.reviewers:
        for key in reviewer.keys:
            public = PublicKey.from_text(key.public)
            if key.revoked and not isinstance(public, KeyProblem) and public.key_id() not in named:
                yield _ungoverned("reviewers.yaml", f"no governance names the revoked key of {reviewer.id!r}")


def _ungoverned(file: str, message: str) -> ReviewProblem:
    hint = (
        "undo the change, or let the holders of the root keys sign it: 'kbtool govern propose' and 'kbtool govern sign'"
    )
    return ReviewProblem("ungoverned-change", file, message, hint)


def revocations(chain: Sequence[Signed[GovernanceStatement]], logged: Mapping[str, int]) -> dict[str, int | None]:
    """For each revoked key id the number in the log of the first governance that revokes it; None while it waits."""
    found: dict[str, int | None] = {}
    for signed in chain:
        for key_id in signed.statement.predicate.revokes:
            found.setdefault(key_id, logged.get(signed.file))
    return found
