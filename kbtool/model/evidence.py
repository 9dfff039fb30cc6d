"""An evidence record: one study, guideline, notice or page, what it found and how it was seen."""

from typing import Annotated, Literal

from pydantic import Field

from kbtool.model.base import Day, Model, PartialDay, Slug, Text, Url, term


class Name(Model):
    """A person or group, with CSL's name fields."""

    family: Text | None = None
    """Family name."""
    given: Text | None = None
    """Given names or initials."""
    literal: Text | None = None
    """The whole name, for a group or where the parts are not known."""


class Reference(Model):
    """A citation in CSL's fields; only what was seen."""

    type: Text
    """CSL item type, e.g. `article-journal`."""
    title: Text | None = None
    """Title as seen."""
    author: tuple[Name, ...] = ()
    """Authors as seen, in order; `literal: et al.` last where the list seen was cut."""
    container_title: Text | None = Field(default=None, alias="container-title")
    """Journal, site or book."""
    publisher: Text | None = None
    """Publisher or issuing body."""
    volume: Text | None = None
    """Volume."""
    issue: Text | None = None
    """Issue."""
    page: Text | None = None
    """Pages or article number."""
    issued: PartialDay | None = None
    """Year, month or day of publication: YYYY, YYYY-MM or YYYY-MM-DD."""
    genre: Text | None = None
    """What sort of document, where the type does not say: thesis, policy, fact sheet."""
    url: Url | None = Field(default=None, alias="URL")
    """The publication's own address, where seen."""


class Identifiers(Model):
    """Identifiers that were actually seen; nothing recalled."""

    doi: Text | None = None
    """Digital Object Identifier, bare and in lower case."""
    pmid: Text | None = None
    """PubMed id."""
    pmcid: Text | None = None
    """PubMed Central id, with its PMC."""
    registry: tuple[Text, ...] = ()
    """Trial and review registrations: NCT, EudraCT, PROSPERO."""
    other: tuple[Text, ...] = ()
    """Any other identifier, with its kind in front."""


class Seen(Model):
    """How the work was seen by whoever made the record."""

    how: Literal["full-text", "abstract", "second-hand", "not-seen"]
    """The whole work, its abstract, only what others say of it, or nothing at all (an untraced study)."""
    at: tuple[Url, ...] = ()
    """The addresses looked at."""
    detail: Text | None = None
    """What exactly was looked at."""


class Status(Model):
    """Whether the work still stands."""

    state: Literal["current", "corrected", "retracted", "superseded", "untraced"]
    """`untraced`: cited by a document, but nobody could find it."""
    on: Day
    """The day this was established."""
    source: Text
    """How it was established."""


class Checked(Model):
    """When the record was last held against what was seen."""

    on: Day
    """The day."""
    how: Text
    """How, and what is still open."""


class Evidence(Model):
    """One study, guideline, notice or page, shared by the claims that cite it."""

    id: Slug
    """Equal to the file's name without its ending."""
    kind: Annotated[Slug, term("evidence_kinds")]
    """What kind of work it is, from the vocabulary."""
    citation: Reference
    """How to cite it."""
    identifiers: Identifiers = Identifiers()
    """Identifiers that were seen."""
    design: Text | None = None
    """The study's design in words."""
    population: Text | None = None
    """Who or what was studied."""
    n: Text | None = None
    """How many, in words where a bare number would mislead."""
    result: Text
    """What it found, on both sides, in our own words; for an untraced study, what was looked for and where."""
    certainty_stated: Text | None = None
    """Certainty that the work itself states, with the outcome."""
    limits: Text | None = None
    """Limits of the work or of the way it was seen."""
    seen: Seen
    """How it was seen."""
    status: Status
    """Whether it still stands."""
    overlaps: tuple[Slug, ...] = ()
    """Evidence records that share its data or authors, so that the two are not independent."""
    checked: Checked
    """When it was last checked."""
    notes: Text | None = None
    """Remarks for editors; not reviewed."""
