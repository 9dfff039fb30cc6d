"""Kept policies: the exact bytes of each policy that somebody decided under, each under the digest of its bytes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kbtool.model.decision import GovernanceStatement, ReviewStatement
from kbtool.records.layout import BaseFile
from kbtool.review.content import digest_of
from kbtool.review.edits import Edit
from kbtool.review.problem import ReviewProblem
from kbtool.review.statements import Signed, files_named

POLICY = "policy.yaml"
"""The name under which governance statements speak of the policy."""

_NAME = re.compile(r"reviewed/([0-9a-f]{64})\.yaml")


@dataclass(frozen=True, slots=True)
class NamedPolicies:
    """Every policy that a signed file names, by digest, with the files that do, in order."""

    by_decisions: Mapping[str, tuple[Signed[ReviewStatement], ...]]
    by_governance: Mapping[str, tuple[Signed[GovernanceStatement], ...]]

    @property
    def digests(self) -> frozenset[str]:
        """The digests of all of them."""
        return frozenset(self.by_decisions) | frozenset(self.by_governance)


def kept_name(digest: str) -> str:
    """The file in which the policy of this digest is kept."""
    return f"reviewed/{digest}.yaml"


def kept_policy(raw: bytes, files: Mapping[str, BaseFile]) -> tuple[Edit, ...]:
    """The file that keeps a policy which something is about to name; nothing where it is kept already."""
    name = kept_name(digest_of(raw))
    return () if name in files else (Edit(name, raw, None),)


def kept_policies(files: Mapping[str, BaseFile]) -> tuple[dict[str, bytes], list[ReviewProblem]]:
    """Kept policies by digest; a file whose bytes are not the ones that its name promises is a problem."""
    kept: dict[str, bytes] = {}
    problems = []
    for match, file in files_named(_NAME, files):
        if digest_of(file.raw) == match[1]:
            kept[match[1]] = file.raw
        else:
            message = "the bytes of this kept policy are not the ones that its name promises"
            hint = "restore the file from the repository's history"
            problems.append(ReviewProblem("kept-policy-altered", file.name, message, hint))
    return kept, problems


def named_policies(
    decisions: Iterable[Signed[ReviewStatement]], chain: Iterable[Signed[GovernanceStatement]]
) -> NamedPolicies:
    """What these decisions and this governance name."""
    by_decisions: dict[str, list[Signed[ReviewStatement]]] = {}
    by_governance: dict[str, list[Signed[GovernanceStatement]]] = {}
    for decision in decisions:
        by_decisions.setdefault(decision.statement.predicate.policy, []).append(decision)
    for agreed in chain:
        for subject in agreed.statement.subject:
            if subject.name == POLICY:
                by_governance.setdefault(subject.digest.sha256, []).append(agreed)
    return NamedPolicies(
        {digest: tuple(found) for digest, found in sorted(by_decisions.items())},
        {digest: tuple(found) for digest, found in sorted(by_governance.items())},
    )


def policy_remarks(named: NamedPolicies, kept: Iterable[str], present: str) -> Iterator[ReviewProblem]:
    """Named policies whose bytes nobody has any more, and kept ones that nothing names; nothing rests on either.

    `present` is the digest of the policy in force, which is there anyway.
    """
    have = {*kept, present}
    for digest, decisions in named.by_decisions.items():
        if digest not in have:
            yield from (_missing(digest, each.file, each.statement.subject[0].name) for each in decisions)
    for digest, agreed in named.by_governance.items():
        if digest not in have:
            yield from (_missing(digest, each.file, "") for each in agreed)
    for digest in sorted(set(kept) - named.digests):
        message = "no decision and no governance names this kept policy"
        yield ReviewProblem("kept-policy-unnamed", kept_name(digest), message, "delete it, if it was put there by hand")


def _missing(digest: str, file: str, claim: str) -> ReviewProblem:
    message = f"the policy '{digest[:12]}…', which this file names, is not kept"
    hint = f"put its exact bytes into '{kept_name(digest)}', if the repository's history still has them"
    return ReviewProblem("kept-policy-missing", file, message, hint, claim)


def count_by_policy(named: NamedPolicies) -> Counter[str]:
    """How many decisions name each policy, by digest; one that only governance names counts 0."""
    counts = Counter(dict.fromkeys(sorted(named.digests), 0))
    counts.update({digest: len(found) for digest, found in named.by_decisions.items()})
    return counts
