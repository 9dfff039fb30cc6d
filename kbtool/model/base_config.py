"""`kb.yaml` and `reviewers.yaml`: what the base is, whose it is, who may review."""

from typing import Annotated

from pydantic import Field

from kbtool.model.base import Count, Day, Model, Slug, Text, Url


class Publisher(Model):
    """Who publishes the base."""

    name: Text
    """Name."""
    url: Url | None = None
    """Web address, where there is one."""


class Licences(Model):
    """Licences, as SPDX ids or expressions; the texts under check are their owners'."""

    data: Text
    """Licence of the records."""
    code: Text
    """Licence of the code in the same repository."""
    texts: Text
    """What holds for the stored texts and their quotes."""


class SchemaRef(Model):
    """Which schema the base follows."""

    folder: Text
    """The schema folder, relative to `kb.yaml`."""
    version: Count
    """Version of the record format."""


class IntendedUse(Model):
    """What the base is for, shown with every output."""

    is_for: Text
    """What it is for."""
    is_not: tuple[Text, ...] = Field(min_length=1)
    """What it is not."""


class RootKey(Model):
    """A key that may change who reviews and by which policy."""

    name: Slug
    """Who holds it."""
    public: Text
    """The Ed25519 public key: base64 of its 32 bytes."""


class Root(Model):
    """The trust root: which keys, and how many of them must agree."""

    threshold: Count = 1
    """How many different root keys must sign a change."""
    keys: tuple[RootKey, ...] = ()
    """The root keys; empty while nobody signs, and then no approval counts."""


class LogKey(Model):
    """The key that signs checkpoints of the log."""

    origin: Annotated[str, Field(pattern=r"^[^\s+]{1,200}$")]
    """Name of the log, without spaces or plus signs."""
    public: Text
    """The Ed25519 public key: base64 of its 32 bytes."""


class BaseConfig(Model):
    """A knowledge base."""

    title: Text
    """Title of the base."""
    description: Text
    """What it holds, in a sentence or two."""
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
    """Language of the records, as a BCP 47 tag."""
    publisher: Publisher
    """Who publishes it."""
    base_url: Url
    """Stem of every public identifier; ends in a slash."""
    licences: Licences
    """Licences of records, code and texts."""
    schema_: SchemaRef = Field(alias="schema")
    """Which schema it follows."""
    intended_use: IntendedUse
    """What it is for and what it is not."""
    root: Root = Root()
    """The trust root; without keys no approval counts."""
    log: LogKey | None = None
    """The log's name and key; absent while there is no log."""


class ReviewerKey(Model):
    """A reviewer's signing key."""

    public: Text
    """The Ed25519 public key: base64 of its 32 bytes."""
    since: Day
    """The first day on which it counts."""
    revoked: Day | None = None
    """The day it was revoked; what the log does not hold from before the revocation no longer counts."""
    reason: Text | None = None
    """Why it was revoked."""


class Interests(Model):
    """A statement of interests."""

    on: Day
    """The day of the statement."""
    statement: Text
    """What the person declares; "none" is a statement."""


class Absence(Model):
    """Days on which a reviewer is away."""

    first: Day
    """First day."""
    last: Day
    """Last day."""
    delegate: Slug | None = None
    """Who decides meanwhile, with their own key and roles."""


class Reviewer(Model):
    """A person who may review."""

    id: Slug
    """Short id used in decisions."""
    name: Text
    """Full name."""
    roles: tuple[Slug, ...] = Field(min_length=1)
    """Roles, e.g. clinician, medical-editor."""
    affiliation: Text | None = None
    """Where the person works, where they wish to say so."""
    orcid: Text | None = None
    """ORCID iD, where the person has one."""
    keys: tuple[ReviewerKey, ...] = ()
    """Signing keys, the newest last; old ones stay so that old decisions can be checked."""
    interests: tuple[Interests, ...] = ()
    """Statements of interests, the newest last; older ones stay so that old decisions can be checked."""
    absences: tuple[Absence, ...] = ()
    """Days away, with who stands in."""


class Reviewers(Model):
    """Who may review."""

    reviewers: tuple[Reviewer, ...] = ()
    """The reviewers; empty while there are none."""
