"""`kb.yaml` and `reviewers.yaml`: what the base is, whose it is, who may review."""

from __future__ import annotations

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
    root_keys: tuple[Text, ...] = ()
    """Public keys that may change reviewers and policy; empty while nobody signs."""


class Reviewer(Model):
    """A person who may review."""

    id: Slug
    """Short id used in decisions."""
    name: Text
    """Full name."""
    roles: tuple[Slug, ...] = Field(min_length=1)
    """Roles, e.g. clinician, medical-editor."""
    orcid: Text | None = None
    """ORCID iD, where the person has one."""
    keys: tuple[Text, ...] = ()
    """Public keys."""
    interests: Text | None = None
    """Statement of interests."""
    interests_on: Day | None = None
    """The day of that statement."""


class Reviewers(Model):
    """Who may review."""

    reviewers: tuple[Reviewer, ...] = ()
    """The reviewers; empty while there are none."""
