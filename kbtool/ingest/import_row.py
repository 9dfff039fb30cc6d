"""A row of a file to be imported, whatever the file's form: what was claimed, where, and what others said of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words of a document with what tells their place."""

    exact: str
    prefix: str | None = None
    suffix: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """What somebody else found on checking a claim."""

    words: str
    """The verdict in the words of whoever gave it."""
    by: str | None = None
    """Who gave it."""
    url: str | None = None
    """Where it was published."""
    title: str | None = None
    """The title of that page."""
    on: str | None = None
    """When: YYYY, YYYY-MM or YYYY-MM-DD."""
    why: str | None = None
    """Their reasons, in their words."""
    cites: tuple[str, ...] = ()
    """What they cite, each on one line."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A caveat that travelled with a claim."""

    text: str
    label: str | None = None
    """What kind of limit it is called there: an id or a label."""


@dataclass(frozen=True, slots=True)
class Row:
    """One claim as a file has it."""

    place: str
    """Where it stands in the file: "line 3", "item 2"."""
    statement: str
    """The claim in the file's words."""
    quotes: tuple[Quoted, ...] = ()
    """The words of the document that make it, where the file gives them."""
    judged: Judged | None = None
    tagged: tuple[Judged, ...] = ()
    """What tags say, which may be verdicts or not: the first whose word is known for one counts."""
    limits: tuple[Limit, ...] = ()
    document: str | None = None
    """The id of a document of a base, where the file names one."""
    home: str | None = None
    """The id of the document in the base that the file was exported from, which another base may not have."""
    document_url: str | None = None
    document_title: str | None = None
    claimant: str | None = None
    """Who made the claim."""
    claimed_on: str | None = None
    """When the claim was made."""
    language: str | None = None
    type: str | None = None
    """The type of claim, where the file names one."""
    fields: dict[str, Any] = field(default_factory=dict)
    """The fields of that type, as records have them."""
    id: str | None = None
    """The claim's id in a base, where the file has one."""
    record: dict[str, Any] | None = None
    """The whole record, where the file is an export that has it."""
    note: str | None = None
    """A remark that came with it."""


@dataclass(frozen=True, slots=True)
class NoRow:
    """A row that holds no claim, and why."""

    place: str
    reason: str


Found = Row | NoRow
