"""What is signed: a decision on a claim's content, and a change of who may decide, as in-toto statements.

The predicates are kbtool's own and small; their types are addresses under a reserved domain that nobody serves.
"""

from typing import Annotated, Literal

from pydantic import Field

from kbtool.model.base import ClaimId, Count, Day, Digest, Model, Slug, Text
from kbtool.model.base_config import LogKey, Root

STATEMENT_TYPE = "https://in-toto.io/Statement/v1"
REVIEW_TYPE = "https://kbtool.example/review/v1"
GOVERNANCE_TYPE = "https://kbtool.example/governance/v1"

Verb = Literal["approve", "reaffirm", "request-changes", "dispute", "withdraw", "comment"]
"""What a reviewer can decide; `reaffirm` approves what has changed after seeing the change."""

SIGNED_VERBS = frozenset({"approve", "reaffirm", "dispute", "withdraw"})
"""Decisions that count only when signed; an unsigned file can comment and request changes."""

NOTE_VERBS = frozenset({"request-changes", "dispute", "withdraw", "comment"})
"""Decisions that say nothing without a note."""


class Sha256(Model):
    """A digest set with the one algorithm that is used."""

    sha256: Digest
    """SHA-256 in lower-case hexadecimal."""


class Subject(Model):
    """What a statement is about, by name and digest."""

    name: Text
    """The claim's id, or the name of a governed file."""
    digest: Sha256
    """Digest of the exact bytes."""


class CheckpointRef(Model):
    """A checkpoint of the log that the decider had seen."""

    size: Count
    """Number of entries."""
    root: Text
    """Root hash, base64."""


class ReviewPredicate(Model):
    """What one reviewer decided about one content of one claim."""

    decision: Verb
    """What was decided."""
    by: Slug
    """Id of the reviewer."""
    on: Day
    """The day, as the reviewer states it; the log bounds it."""
    note: Text | None = None
    """The reviewer's words."""
    rests_on: dict[str, Digest] = Field(default_factory=dict)
    """Digest of each thing that the content rests on, by name: `evidence/…`, `text/…`, `claim/…`."""
    policy: Digest
    """Digest of the policy in force."""
    saw: tuple[Digest, ...] = ()
    """Digests of the decisions on this claim that the reviewer had before them."""
    answers: tuple[Digest, ...] = ()
    """Digests of the error reports that this decision settles."""
    checkpoint: CheckpointRef | None = None
    """The newest checkpoint at that time; absent before the first."""
    acting_for: Slug | None = None
    """The absent reviewer for whom this one decides."""
    successor: ClaimId | None = None
    """For a withdrawal: the claim that takes its place."""
    tool: Text
    """The program that wrote the decision, with its version."""


class ReviewStatement(Model):
    """An in-toto statement with the review predicate; its one subject is the kept content."""

    type_: Literal["https://in-toto.io/Statement/v1"] = Field(alias="_type")
    """Type of the statement."""
    subject: Annotated[tuple[Subject, ...], Field(min_length=1, max_length=1)]
    """The claim's id with the digest of its kept content."""
    predicate_type: Literal["https://kbtool.example/review/v1"] = Field(alias="predicateType")
    """Type of the predicate."""
    predicate: ReviewPredicate
    """The decision."""


class GovernancePredicate(Model):
    """A change of who may decide and by which rules, agreed by holders of root keys."""

    on: Day
    """The day, as stated; the log bounds it."""
    note: Text
    """What changes and why."""
    number: Count
    """1 for the first, then one more each time."""
    previous: Digest | None = None
    """Digest of the governance file before this one; absent in the first."""
    root: Root
    """The trust root from here on."""
    log: LogKey | None = None
    """The log's name and key from here on."""
    revokes: tuple[Digest, ...] = ()
    """Ids of reviewers' keys that are no longer trusted from here on."""
    tool: Text
    """The program that wrote it, with its version."""


class GovernanceStatement(Model):
    """An in-toto statement with the governance predicate; its subjects are the governed files."""

    type_: Literal["https://in-toto.io/Statement/v1"] = Field(alias="_type")
    """Type of the statement."""
    subject: Annotated[tuple[Subject, ...], Field(min_length=3, max_length=3)]
    """`policy.yaml`, `reviewers.yaml` and `root`, each with its digest."""
    predicate_type: Literal["https://kbtool.example/governance/v1"] = Field(alias="predicateType")
    """Type of the predicate."""
    predicate: GovernancePredicate
    """The change."""


class ErrorReport(Model):
    """A reader's objection to a claim; unsigned, and nothing but a reason to look."""

    type_: Literal["kbtool/error-report/1"] = Field(alias="_type")
    """Type and version."""
    claim: ClaimId
    """The claim objected to."""
    text: Text
    """The reader's words."""
    on: Day
    """The day of the report."""
    by: Text | None = None
    """A name or address that the reader chose to give."""


class Waiver(Model):
    """A dated, reasoned exception: this rule, this record, this content."""

    rule: Slug
    """The rule that is waived; locked rules cannot be."""
    record: Text
    """Id of the claim or evidence record."""
    content: Digest
    """Digest of the content that the exception is for; another content needs another waiver."""
    reason: Text
    """Why."""
    by: Slug
    """Who grants it: a reviewer's id."""
    on: Day
    """The day it was granted."""
    until: Day
    """The last day on which it holds."""
